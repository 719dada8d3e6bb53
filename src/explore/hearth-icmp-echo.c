/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-icmp-echo.h"

#include <string.h>

#define HEADER_BYTES 8

#define IPV4_REQUEST 8
#define IPV4_REPLY 0
#define IPV6_REQUEST 128
#define IPV6_REPLY 129

/* RFC 1071. That of IPv6 is over its addresses too, so that every kernel fills it in (RFC 3542,
 * section 3.1). */
static void
write_checksum (guint8 bytes[HEARTH_ICMP_ECHO_BYTES])
{
  guint32 sum = 0;

  for (gsize i = 0; i < HEARTH_ICMP_ECHO_BYTES; i += 2)
    sum += ((guint32) bytes[i] << 8) | bytes[i + 1];
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  sum ^= 0xffff;
  bytes[2] = (guint8) (sum >> 8);
  bytes[3] = (guint8) sum;
}

void
hearth_icmp_echo_write (HearthFamily family, guint64 number, guint8 bytes[HEARTH_ICMP_ECHO_BYTES])
{
  memset (bytes, 0, HEARTH_ICMP_ECHO_BYTES);
  bytes[0] = family == HEARTH_FAMILY_IPV4 ? IPV4_REQUEST : IPV6_REQUEST;
  bytes[7] = 1; /* the sequence number */
  memcpy (bytes + HEADER_BYTES, &number, sizeof number);
  if (family == HEARTH_FAMILY_IPV4)
    write_checksum (bytes);
}

gsize
hearth_icmp_echo_find (HearthFamily family, const guint8 *bytes, gsize length)
{
  gsize header = length > 0 ? (gsize) (bytes[0] & 0x0f) * 4 : 0;

  return family == HEARTH_FAMILY_IPV4 && length > 0 && bytes[0] >> 4 == 4 && header <= length
             ? header
             : 0;
}

gboolean
hearth_icmp_echo_is_answer (HearthFamily family, guint64 number, const guint8 *bytes, gsize length)
{
  return length == HEARTH_ICMP_ECHO_BYTES &&
         bytes[0] == (family == HEARTH_FAMILY_IPV4 ? IPV4_REPLY : IPV6_REPLY) && bytes[1] == 0 &&
         memcmp (bytes + HEADER_BYTES, &number, sizeof number) == 0;
}
