/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-owner-source.h"

G_BEGIN_DECLS

/**
 * HearthOwners:
 *
 * All owner sources of this process as one, which is an owner source itself. It begins with
 * #HearthOwnerTags, which needs nobody else.
 */
#define HEARTH_TYPE_OWNERS (hearth_owners_get_type ())
G_DECLARE_FINAL_TYPE (HearthOwners, hearth_owners, HEARTH, OWNERS, GObject)

/* (transfer full) */
HearthOwners   *hearth_owners_new     (void);

/* Asks @source too, before those it has. */
void            hearth_owners_add     (HearthOwners            *self,
                                       HearthOwnerSource       *source);

/* What the first source that knows @address says; unknown where nobody knows. */
HearthOwnership hearth_owners_look_up (HearthOwners            *self,
                                       const HearthLinkAddress *address);

G_END_DECLS
