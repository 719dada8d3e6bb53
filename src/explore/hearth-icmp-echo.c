/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-icmp-echo.h"

#include <string.h>

#define HEADER_BYTES 8

#define IPV4_REQUEST 8
#define IPV4_REPLY 0
#define IPV6_REQUEST 128
#define IPV6_REPLY 129

void
hearth_icmp_echo_write (HearthFamily family, guint64 number, guint8 bytes[HEARTH_ICMP_ECHO_BYTES])
{
  memset (bytes, 0, HEARTH_ICMP_ECHO_BYTES);
  bytes[0] = family == HEARTH_FAMILY_IPV4 ? IPV4_REQUEST : IPV6_REQUEST;
  bytes[7] = 1; /* the sequence number */
  memcpy (bytes + HEADER_BYTES, &number, sizeof number);
}

gboolean
hearth_icmp_echo_is_answer (HearthFamily family, guint64 number, const guint8 *bytes, gsize length)
{
  return length == HEARTH_ICMP_ECHO_BYTES &&
         bytes[0] == (family == HEARTH_FAMILY_IPV4 ? IPV4_REPLY : IPV6_REPLY) && bytes[1] == 0 &&
         memcmp (bytes + HEADER_BYTES, &number, sizeof number) == 0;
}
