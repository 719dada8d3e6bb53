/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthFamily:
 *
 * The version of the Internet Protocol that an address belongs to. The numbers are the version
 * numbers of the protocol (RFC 791, RFC 8200), not those of any system's `AF_` constants.
 */
typedef enum {
  HEARTH_FAMILY_NONE = 0,
  HEARTH_FAMILY_IPV4 = 4,
  HEARTH_FAMILY_IPV6 = 6,
} HearthFamily;

/* The longest zone (RFC 4007), an interface's name, with its NUL: IF_NAMESIZE on every system. */
#define HEARTH_ZONE_SIZE 16

/* The longest text of an address, "xxxx:" seven times, "xxxx", "%", a zone, and the NUL. */
#define HEARTH_ADDRESS_TEXT_SIZE 56

/**
 * HearthAddress:
 * @family: a #HearthFamily
 * @bytes: the address in network byte order; of an IPv4 address the first 4 bytes count and the
 *   others are 0
 * @zone: the zone of an IPv6 address (RFC 4007), NUL-terminated, or empty
 *
 * An address as a value: copied by assignment, owned by nobody. All bytes are 0 in the address that
 * stands for "none".
 */
typedef struct {
  guint8 family;
  guint8 bytes[16];
  char zone[HEARTH_ZONE_SIZE];
} HearthAddress;

#define HEARTH_ADDRESS_NONE ((HearthAddress){ 0 })

/* Parse: strict. IPv4 is four decimal numbers without leading zeros (RFC 6943, section 3.1.1, says
 * what comes of anything looser), IPv6 is RFC 4291, section 2.2, in any of its forms, with a zone
 * only where RFC 4007 has one: on addresses of one link or one interface. A zone is 1 to 15
 * printable ASCII characters other than "%", "/" and ":". Nothing before the address, nothing after
 * it. On failure HEARTH_ERROR_INVALID, and @address is HEARTH_ADDRESS_NONE. */
gboolean      hearth_address_parse           (const char           *text,
                                              HearthAddress        *address,
                                              GError              **error);

/* The same, but takes only the one canonical spelling of each address (RFC 5952): the one that
 * hearth_address_print() gives. The message of the error names that spelling. */
gboolean      hearth_address_parse_canonical (const char           *text,
                                              HearthAddress        *address,
                                              GError              **error);

/* Makes an address of 4 or 16 @bytes in network byte order, without a zone. */
HearthAddress hearth_address_from_bytes      (HearthFamily          family,
                                              const guint8         *bytes);

/* The IPv4 address inside an IPv4-mapped one (RFC 4291, section 2.5.5.2); of all others the address itself. */
HearthAddress hearth_address_unmap           (const HearthAddress  *address);

/* Prints the canonical text (RFC 5952; IPv4-mapped with dots) into @text and returns @text. The
 * address that stands for "none" is an empty text. */
const char   *hearth_address_print           (const HearthAddress  *address,
                                              char                  text[HEARTH_ADDRESS_TEXT_SIZE]);

/* The same as a new string. (transfer full) */
char         *hearth_address_to_string       (const HearthAddress  *address);

/* The width of the address in bits: 32 or 128; 0 for none. */
guint         hearth_address_get_bits        (const HearthAddress  *address);

/* The address @steps after this one, with the same zone. FALSE, and @next untouched, past the last
 * of its family. @next may be @address. */
gboolean      hearth_address_advance         (const HearthAddress  *address,
                                              guint32               steps,
                                              HearthAddress        *next);

/* Order: IPv4 before IPv6, then as numbers, then by zone. Equality and hash are for hash tables as well. */
int           hearth_address_compare         (const HearthAddress  *a,
                                              const HearthAddress  *b);
gboolean      hearth_address_equal           (gconstpointer         a,
                                              gconstpointer         b);
guint         hearth_address_hash            (gconstpointer         address);

G_END_DECLS
