/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-own-addresses.h"
#include "hearth-spelling.h"

G_BEGIN_DECLS

/* Who of @listeners answers now at what @spelling says, in their order, once each: of several sockets of one
 * process on one address and port, one.
 * @listeners: (nullable) (element-type HearthListener): by hearth_listener_compare()
 * @addresses: (element-type HearthAddress): where @spelling leads
 * (transfer full) (element-type HearthListener) */
GPtrArray    *hearth_explain_find_answers (const HearthOwnAddresses *own,
                                           GPtrArray                *listeners,
                                           const HearthSpelling     *spelling,
                                           const GArray             *addresses);

/* The first address of a range or of a network. */
HearthAddress hearth_explain_get_first    (const HearthSpelling     *spelling);

/* Whether this computer takes an address of a range or of a network. */
gboolean      hearth_explain_has_own      (const HearthOwnAddresses *own,
                                           const HearthSpelling     *spelling);

G_END_DECLS
