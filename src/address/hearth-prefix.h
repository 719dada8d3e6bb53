/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthPrefix:
 * @address: the address, with all its bits: `127.0.0.2/8` keeps the 2
 * @length: how many leading bits are the network's, 0 to 32 or 0 to 128
 *
 * An address with the length of its prefix (RFC 4632, RFC 4291 section 2.3), a value.
 */
typedef struct {
  HearthAddress address;
  guint8 length;
} HearthPrefix;

/* HEARTH_ADDRESS_TEXT_SIZE and "/128". */
#define HEARTH_PREFIX_TEXT_SIZE (HEARTH_ADDRESS_TEXT_SIZE + 4)

/* Parses "127.0.0.2/32"; without a slash the length is that of one address, 32 or 128. A zone
 * stands before the slash (RFC 4007, section 11.7). Strict like hearth_address_parse(). On failure
 * HEARTH_ERROR_INVALID, and all of @prefix is 0. */
gboolean     hearth_prefix_parse     (const char           *text,
                                      HearthPrefix         *prefix,
                                      GError              **error);

/* Prints "127.0.0.2/32" into @text and returns @text. */
const char  *hearth_prefix_print     (const HearthPrefix   *prefix,
                                      char                  text[HEARTH_PREFIX_TEXT_SIZE]);

/* The same as a new string. (transfer full) */
char        *hearth_prefix_to_string (const HearthPrefix   *prefix);

/* Whether @address lies in the network of @prefix: same family, same leading bits. Zones do not
 * count. */
gboolean     hearth_prefix_contains  (const HearthPrefix   *prefix,
                                      const HearthAddress  *address);

/* Order: by address, then by length, short ones first. Equality and hash are for hash tables as well. */
int          hearth_prefix_compare   (const HearthPrefix   *a,
                                      const HearthPrefix   *b);
gboolean     hearth_prefix_equal     (gconstpointer         a,
                                      gconstpointer         b);
guint        hearth_prefix_hash      (gconstpointer         prefix);

G_END_DECLS
