/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "hearth-link-address.h"
#include "hearth-owner-source.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

/* What the window says of an address. Pure functions of values, without a display, in the user's
 * language. */

/* The icon of who can reach it. Static. */
const char *hearth_address_words_reach_icon      (HearthReach              reach);

/* The name of its row, a sentence: "127.0.0.2, only this computer, until restart".
 * @pending: (nullable): what happens to it just now, "being removed" (transfer full) */
char       *hearth_address_words_sentence        (const HearthLinkAddress *record,
                                                  HearthReach              reach,
                                                  HearthOwnership          ownership,
                                                  const char              *pending);

/* What the row shows besides, for its description: "Prefix /8, on lo, added by the system".
 * (transfer full) */
char       *hearth_address_words_description     (const HearthLinkAddress *record,
                                                  const char              *interface_name,
                                                  HearthOwner              owner);

/* The URL of a web server on @address: IPv6 in brackets, and a link-local one with the zone it
 * needs, percent-encoded (RFC 6874), which is @interface_name where the address has none. (transfer
 * full) */
char       *hearth_address_words_url             (const HearthAddress     *address,
                                                  const char              *interface_name);

/* "/8". (transfer full) */
char       *hearth_address_words_prefix          (const HearthPrefix      *prefix);

/* "/8: the first 8 of 32 bits name the network", or what a full prefix means. (transfer full) */
char       *hearth_address_words_prefix_meaning  (const HearthPrefix      *prefix);

/* How far it is valid: "Host: valid inside this computer". (transfer full) */
char       *hearth_address_words_scope           (guint8                   scope);

/* What the #HearthLinkAddressFlags mean, a sentence for each, or that nothing is the matter.
 * (transfer full) */
char       *hearth_address_words_flags           (guint32                  flags);

/* When it goes by itself: "Never", or the date and time. @now_s is what g_get_monotonic_time() says
 * in seconds, @now the same moment on the clock. (transfer full) */
char       *hearth_address_words_valid_until     (gint64                   valid_until_s,
                                                  gint64                   now_s,
                                                  GDateTime               *now);

/* @text so that it keeps its order among, or as, text that is written from right to left (Unicode
 * Standard Annex #9: first strong would turn "::1" around). (transfer full) */
char       *hearth_address_words_isolate         (const char              *text);

/* What a toast says of the text that went to the clipboard: "Copied 127.0.0.2". (transfer full) */
char       *hearth_address_words_copied          (const char              *text);
char       *hearth_address_words_copied_addresses (guint                   n_addresses);

G_END_DECLS
