/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-icmp-echo.h"

#include <string.h>

#define NUMBER G_GUINT64_CONSTANT (0x0123456789abcdef)

static gboolean
is_answer (HearthFamily family, const guint8 *bytes, gsize length)
{
  return hearth_icmp_echo_is_answer (family, NUMBER, bytes, length);
}

static void
check_family (HearthFamily family, guint8 request, guint8 reply)
{
  guint8 bytes[HEARTH_ICMP_ECHO_BYTES + 1] = { 0 };

  hearth_icmp_echo_write (family, NUMBER, bytes);
  g_assert_cmpuint (bytes[0], ==, request);
  g_assert_cmpuint (bytes[1], ==, 0);
  g_assert_false (is_answer (family, bytes, HEARTH_ICMP_ECHO_BYTES));
  bytes[0] = reply;
  /* What the kernel fills in. */
  memset (bytes + 2, 0xa5, 4);
  g_assert_true (is_answer (family, bytes, HEARTH_ICMP_ECHO_BYTES));
  g_assert_false (is_answer (family, bytes, HEARTH_ICMP_ECHO_BYTES - 1));
  g_assert_false (is_answer (family, bytes, HEARTH_ICMP_ECHO_BYTES + 1));
  g_assert_false (is_answer (family, bytes, 0));
  bytes[HEARTH_ICMP_ECHO_BYTES - 1] ^= 1;
  g_assert_false (is_answer (family, bytes, HEARTH_ICMP_ECHO_BYTES));
}

static void
test_ipv4 (void)
{
  check_family (HEARTH_FAMILY_IPV4, 8, 0);
}

static void
test_ipv6 (void)
{
  check_family (HEARTH_FAMILY_IPV6, 128, 129);
}

/* By RFC 1071: with the checksum in it, the sum of all is all ones. */
static void
test_checksum (void)
{
  guint8 bytes[HEARTH_ICMP_ECHO_BYTES];
  guint32 sum = 0;

  hearth_icmp_echo_write (HEARTH_FAMILY_IPV4, NUMBER, bytes);
  for (gsize i = 0; i < sizeof bytes; i += 2)
    sum += ((guint32) bytes[i] << 8) | bytes[i + 1];
  g_assert_cmphex ((sum & 0xffff) + (sum >> 16), ==, 0xffff);
  hearth_icmp_echo_write (HEARTH_FAMILY_IPV6, NUMBER, bytes);
  g_assert_cmphex (bytes[2] | bytes[3], ==, 0);
}

static void
test_header (void)
{
  const guint8 header[20] = { 0x45 }, long_header[24] = { 0x46 }, message[16] = { 0 };

  g_assert_cmpuint (hearth_icmp_echo_find (HEARTH_FAMILY_IPV4, header, 20), ==, 20);
  g_assert_cmpuint (hearth_icmp_echo_find (HEARTH_FAMILY_IPV4, long_header, 24), ==, 24);
  g_assert_cmpuint (hearth_icmp_echo_find (HEARTH_FAMILY_IPV4, header, 19), ==, 0);
  g_assert_cmpuint (hearth_icmp_echo_find (HEARTH_FAMILY_IPV4, message, 16), ==, 0);
  g_assert_cmpuint (hearth_icmp_echo_find (HEARTH_FAMILY_IPV6, header, 20), ==, 0);
  g_assert_cmpuint (hearth_icmp_echo_find (HEARTH_FAMILY_IPV4, header, 0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/icmp-echo/ipv4", test_ipv4);
  g_test_add_func ("/icmp-echo/ipv6", test_ipv6);
  g_test_add_func ("/icmp-echo/checksum", test_checksum);
  g_test_add_func ("/icmp-echo/header", test_header);

  return g_test_run ();
}
