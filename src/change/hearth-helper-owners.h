/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-owner-source.h"

G_BEGIN_DECLS

/**
 * HearthHelperOwners:
 *
 * What hearth-helper said last of whose addresses are whose: a value without a bus.
 */
typedef struct _HearthHelperOwners HearthHelperOwners;

HearthHelperOwners *hearth_helper_owners_new       (void);
void                hearth_helper_owners_free      (HearthHelperOwners       *self);

/* Takes the properties `Owned` (a(sssu)) and `Kept` (a(ssu)) in place of what was said before. What is not of
 * these types, and rows that make no sense, are passed over. NULL is nothing. */
void                hearth_helper_owners_set_owned (HearthHelperOwners       *self,
                                                    GVariant                 *owned);
void                hearth_helper_owners_set_kept  (HearthHelperOwners       *self,
                                                    GVariant                 *kept);

/* TRUE, and fills @ownership, where the helper said something of @address, on the link @link_name. */
gboolean            hearth_helper_owners_look_up   (const HearthHelperOwners *self,
                                                    const char               *link_name,
                                                    const HearthLinkAddress  *address,
                                                    HearthOwnership          *ownership);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperOwners, hearth_helper_owners_free)

G_END_DECLS
