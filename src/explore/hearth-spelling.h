/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthSpellingKind:
 * @HEARTH_SPELLING_IPV4: an IPv4 address, in any of its spellings
 * @HEARTH_SPELLING_IPV6: an IPv6 address
 * @HEARTH_SPELLING_NAME: a name, such as localhost
 * @HEARTH_SPELLING_PORT: a port alone: ":3000", and "3000", which a person means a port by
 * @HEARTH_SPELLING_PREFIX: an address with the length of its network, 127.0.0.1/8
 * @HEARTH_SPELLING_RANGE: a run of addresses, 127.0.0.2-20
 * @HEARTH_SPELLING_ANY: "*", every address of this computer
 * @HEARTH_SPELLING_FILE: file:///x, a file of this computer
 */
typedef enum {
  HEARTH_SPELLING_IPV4,
  HEARTH_SPELLING_IPV6,
  HEARTH_SPELLING_NAME,
  HEARTH_SPELLING_PORT,
  HEARTH_SPELLING_PREFIX,
  HEARTH_SPELLING_RANGE,
  HEARTH_SPELLING_ANY,
  HEARTH_SPELLING_FILE,
} HearthSpellingKind;

/**
 * HearthSpellingTraits:
 * @HEARTH_SPELLING_SHORT: fewer than four numbers: 127.1 (inet_aton(3))
 * @HEARTH_SPELLING_OCTAL: a number that begins with 0: 0177.0.0.1
 * @HEARTH_SPELLING_HEXADECIMAL: one that begins with 0x
 * @HEARTH_SPELLING_ONLY_BROWSERS: browsers take it for an address, inet_aton() does not
 * @HEARTH_SPELLING_OTHER_CHARACTERS: with characters that browsers read as plain ones (UTS #46): １２７。０。０。１
 * @HEARTH_SPELLING_PERCENT: with %-escapes in the host: %31%32%37.0.0.1
 * @HEARTH_SPELLING_FINAL_DOT: a dot at the end of the host
 * @HEARTH_SPELLING_USER: somebody before an "@"
 * @HEARTH_SPELLING_USUAL_PORT: the port is not written, but the usual one of the scheme
 * @HEARTH_SPELLING_USELESS_ZONE: a zone on an address that has none, ::1%lo
 * @HEARTH_SPELLING_LOOKS_LIKE_PORT: an IPv6 address whose last group looks like a port: ::1:8000
 * @HEARTH_SPELLING_SHORT_NETWORK: a network whose last numbers are left out: 10/8
 * @HEARTH_SPELLING_MASK: a network with its mask instead of a length: 127.0.0.0/255.0.0.0
 *
 * How a thing is written, where that is not the plain way.
 */
typedef enum {
  HEARTH_SPELLING_SHORT = 1 << 0,
  HEARTH_SPELLING_OCTAL = 1 << 1,
  HEARTH_SPELLING_HEXADECIMAL = 1 << 2,
  HEARTH_SPELLING_ONLY_BROWSERS = 1 << 3,
  HEARTH_SPELLING_OTHER_CHARACTERS = 1 << 4,
  HEARTH_SPELLING_PERCENT = 1 << 5,
  HEARTH_SPELLING_FINAL_DOT = 1 << 6,
  HEARTH_SPELLING_USER = 1 << 7,
  HEARTH_SPELLING_USUAL_PORT = 1 << 8,
  HEARTH_SPELLING_USELESS_ZONE = 1 << 9,
  HEARTH_SPELLING_LOOKS_LIKE_PORT = 1 << 10,
  HEARTH_SPELLING_SHORT_NETWORK = 1 << 11,
  HEARTH_SPELLING_MASK = 1 << 12,
} HearthSpellingTraits;

/**
 * HearthSpelling:
 * @kind: what it is
 * @traits: #HearthSpellingTraits
 * @address: of IPV4 and IPV6, with the zone that it may have; of PREFIX as written, with all its bits; of
 *   RANGE the first; of PORT what browsers and inet_aton() make of the number, 3000 being 0.0.11.184; else none
 * @last: of RANGE the last, of PREFIX the last of the network, else none
 * @length: of PREFIX the length
 * @port: 1 to 65535, or 0 where none is said
 * @name: (nullable): of NAME: lower case, ASCII (RFC 5891), without a dot at its end
 * @scheme: (nullable): of a URL, "http", in lower case
 * @zone: (nullable): what stands behind the percent sign, where it is no interface of @address
 *
 * What a line of text says, as people, browsers and inet_aton(3) write it. Immutable.
 */
typedef struct {
  HearthSpellingKind kind;
  guint traits;
  HearthAddress address;
  HearthAddress last;
  guint8 length;
  guint16 port;
  char *name;   /* (owned) */
  char *scheme; /* (owned) */
  char *zone;   /* (owned) */
} HearthSpelling;

/* Reads @text: any bytes. Hosts are read as browsers do (the URL Standard, "host parsing") and IPv4 also
 * as inet_aton() does: where the two differ, as browsers do. White space around the whole is passed over.
 * Nothing is looked up: of a name, all that is known is how it is written. Pure.
 * HEARTH_ERROR_INVALID, with what to write instead; the message is one line of valid UTF-8 whatever the
 * text is. (transfer full) */
HearthSpelling *hearth_spelling_read       (const char            *text,
                                            GError               **error);
void            hearth_spelling_free       (HearthSpelling        *self);

/* "ipv4", "ipv6", "name", "port", "prefix", "range", "any", "file": the words of the JSON. */
const char     *hearth_spelling_kind_to_id (HearthSpellingKind     kind);

/* Sentences on how it is written, and on who reads it otherwise; none where it is written plainly.
 * (transfer full) */
GStrv           hearth_spelling_list_notes (const HearthSpelling  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSpelling, hearth_spelling_free)

G_END_DECLS
