/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthLooseIpv4Result:
 * @HEARTH_LOOSE_IPV4_RIGHT: an address
 * @HEARTH_LOOSE_IPV4_NO_NUMBER: nothing, or nothing but letters, where a number must be
 * @HEARTH_LOOSE_IPV4_WRONG_NUMBER: digits that do not fit how it begins: 08, 0x7g
 * @HEARTH_LOOSE_IPV4_BIG_NUMBER: over 255, or what is left for the last one
 * @HEARTH_LOOSE_IPV4_MANY_NUMBERS: more than four
 */
typedef enum {
  HEARTH_LOOSE_IPV4_RIGHT,
  HEARTH_LOOSE_IPV4_NO_NUMBER,
  HEARTH_LOOSE_IPV4_WRONG_NUMBER,
  HEARTH_LOOSE_IPV4_BIG_NUMBER,
  HEARTH_LOOSE_IPV4_MANY_NUMBERS,
} HearthLooseIpv4Result;

/**
 * HearthLooseIpv4:
 * @address: the address
 * @n_numbers: how many there are, 1 to 4
 * @has_octal: one begins with 0
 * @has_hexadecimal: one begins with 0x
 * @is_url_only: inet_aton(3) does not take it: a dot at the end, or 0x without digits
 */
typedef struct {
  HearthAddress address;
  guint n_numbers;
  gboolean has_octal;
  gboolean has_hexadecimal;
  gboolean is_url_only;
} HearthLooseIpv4;

/* Whether browsers take @host, ASCII, for an IPv4 address, right or wrong, and for no name: it ends in a number
 * (URL Standard, "ends-in-a-number checker"). */
gboolean              hearth_loose_ipv4_is_meant (const char       *host);

/* Reads @host as browsers do (URL Standard, "IPv4 parser"), which is inet_aton(3) and a little more: one to
 * four numbers, the last of which fills what is left, each decimal, octal after a 0 or hexadecimal after
 * 0x. */
HearthLooseIpv4Result hearth_loose_ipv4_parse    (const char       *host,
                                                  HearthLooseIpv4  *found);

G_END_DECLS
