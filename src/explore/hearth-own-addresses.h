/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthOwnAddresses:
 *
 * The addresses of this computer at one moment, asked from the outside: is this one mine, does what is sent
 * to it stay here, how far can I be reached.
 */
typedef struct _HearthOwnAddresses HearthOwnAddresses;

/* Those that @platform, which is started, has now. It borrows the records of the platform: it is for one
 * question, and must be gone before the main loop runs again. (transfer full) */
HearthOwnAddresses      *hearth_own_addresses_new           (HearthPlatform           *platform);
void                     hearth_own_addresses_free          (HearthOwnAddresses       *self);

/* The record of @address on the first link that has it, up or down; with a zone, on the link of that
 * name. (nullable) (transfer none) */
const HearthLinkAddress *hearth_own_addresses_find          (const HearthOwnAddresses *self,
                                                             const HearthAddress      *address);

/* The link that has @index. (nullable) (transfer none) */
const HearthLink        *hearth_own_addresses_get_link      (const HearthOwnAddresses *self,
                                                             guint32                   index);
const HearthLink        *hearth_own_addresses_find_link     (const HearthOwnAddresses *self,
                                                             const char               *name);

/* Whether @address is one of this computer's or in an IPv4 network of its loopback interface, up or down. */
gboolean                 hearth_own_addresses_have          (const HearthOwnAddresses *self,
                                                             const HearthAddress      *address);

/* Whether what is sent to @address comes to this computer itself: it has it on a link that is up, or, of
 * IPv4, on one that is down while loopback is up, or it is in an IPv4 network of loopback, all of which
 * answers but its last address, which is the broadcast one. */
gboolean                 hearth_own_addresses_take          (const HearthOwnAddresses *self,
                                                             const HearthAddress      *address);

gboolean                 hearth_own_addresses_is_broadcast  (const HearthOwnAddresses *self,
                                                             const HearthAddress      *address);

/* Whether it takes an address between @first and @last.
 * @link_index: only one that is on that link, or 0 */
gboolean                 hearth_own_addresses_take_any_of   (const HearthOwnAddresses *self,
                                                             const HearthAddress      *first,
                                                             const HearthAddress      *last,
                                                             guint32                   link_index);

/* The address that can be reached from farthest, of those on links that are up; HEARTH_ADDRESS_NONE where
 * there is none.
 * @family: whose, or HEARTH_FAMILY_NONE for both */
HearthAddress            hearth_own_addresses_find_farthest (const HearthOwnAddresses *self,
                                                             HearthFamily              family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthOwnAddresses, hearth_own_addresses_free)

G_END_DECLS
