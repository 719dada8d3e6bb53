/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-owner-source.h"

G_BEGIN_DECLS

/**
 * HearthOwnerTags:
 *
 * The owner source that needs nobody else: 127.0.0.1/8 and ::1 and what the kernel tagged belong to
 * the system, what has a tag of ours to Hearth (#HearthLinkAddressProtocol).
 */
#define HEARTH_TYPE_OWNER_TAGS (hearth_owner_tags_get_type ())
G_DECLARE_FINAL_TYPE (HearthOwnerTags, hearth_owner_tags, HEARTH, OWNER_TAGS, GObject)

/* (transfer full) */
HearthOwnerSource *hearth_owner_tags_new (void);

G_END_DECLS
