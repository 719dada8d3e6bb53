/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthEdit:
 * @before: (nullable): the address as it is, with every detail
 * @after: (nullable): the address as it shall be
 *
 * One step of a change of addresses: without @before it adds, without @after it removes, with both,
 * which then have the same key, it gives the address another tag (#HearthLinkAddress.protocol) and
 * nothing else. At least one of the two is set. The step that takes it back is the one with both
 * exchanged.
 */
typedef struct {
  HearthLinkAddress *before;
  HearthLinkAddress *after;
} HearthEdit;

/* A list of steps that owns its records. (transfer full) (element-type HearthEdit) */
GArray   *hearth_edits_new    (void);
void      hearth_edits_add    (GArray                   *edits,
                               const HearthLinkAddress  *before,
                               const HearthLinkAddress  *after);

/* What takes @edits back: each exchanged, the last one first. (transfer full) */
GArray   *hearth_edits_invert (const GArray             *edits);

/* Carries out @edits in their order, with the rights of this process: all of them or none. When one
 * fails, those before it are taken back, and the error is that one's; when even that fails, the error
 * says which addresses are left changed.
 *
 * This is the one door through which Hearth changes addresses, so it refuses, before it touches
 * anything (HEARTH_ERROR_INVALID): a link that is not loopback; 127.0.0.1 and ::1 in any step; and
 * removing an address that is the first of its network while the kernel would drop others with it
 * (HEARTH_LINK_ADDRESS_FLAG_SECONDARY), unless steps before it remove those. No rule on what an alias may be is asked here
 * (hearth-alias-rules.h).
 * Errors: as hearth_platform_add_address(). Returns when the kernel has answered; the mirror follows
 * with its signal. */
gboolean  hearth_platform_apply (HearthPlatform          *self,
                                 const GArray            *edits,
                                 GError                 **error);

/* What hearth_platform_apply() refuses before it touches anything, for who lets the system's own commands carry
 * out the steps. HEARTH_ERROR_INVALID. */
gboolean  hearth_platform_check_edits (HearthPlatform   *self,
                                       const GArray     *edits,
                                       GError          **error);

/* Whether @there, a record of an address that is on a link, has the tag @tag, a #HearthLinkAddressProtocol. It
 * counts as having any where the system keeps no tags at all (Linux before 5.18): there holds what is known of it
 * from elsewhere. */
gboolean  hearth_platform_has_tag (HearthPlatform          *self,
                                   const HearthLinkAddress *there,
                                   guint8                   tag);

/* Whether this process has the right to change addresses, found by asking the system for a change that cannot
 * happen: nothing is changed either way. HEARTH_ERROR_NOT_PERMITTED with the sentence that says what it lacks,
 * HEARTH_ERROR_NOT_SUPPORTED, HEARTH_ERROR_FAILED. */
gboolean  hearth_platform_may_change (HearthPlatform     *self,
                                      GError            **error);

G_END_DECLS
