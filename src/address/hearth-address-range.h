/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthAddressRange:
 * @first: the first address
 * @last: the last one, of the same family and not before @first
 *
 * A run of addresses, both ends included, a value.
 */
typedef struct {
  HearthAddress first;
  HearthAddress last;
} HearthAddressRange;

/* Parses what a person writes for one address or a run of them:
 *   127.0.0.2                    one
 *   127.0.0.2-20                 the last part runs from 2 to 20
 *   127.0.0.2-127.0.1.9          from one address to another
 *   fd00::2-fd00::9, fd00::2-9   the same for IPv6; a short end is the last group, in hexadecimal
 * White space around the whole and around the dash is allowed. On failure HEARTH_ERROR_INVALID, for
 * an end before its beginning too, and all of @range is 0. A zone is refused, and so is a short end
 * after an IPv6 address that ends with dots: nobody could say whether it is decimal. */
gboolean  hearth_address_range_parse     (const char                *text,
                                          HearthAddressRange        *range,
                                          GError                   **error);

/* "127.0.0.2" or "127.0.0.2-127.0.0.20". (transfer full) */
char     *hearth_address_range_to_string (const HearthAddressRange  *range);

/* How many addresses: G_MAXUINT64 where there are more than fit. */
guint64   hearth_address_range_count     (const HearthAddressRange  *range);

/* Whether @address is one of them. Zones do not count. */
gboolean  hearth_address_range_contains  (const HearthAddressRange  *range,
                                          const HearthAddress       *address);

G_END_DECLS
