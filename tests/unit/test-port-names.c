/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-port-names.h"

#include <string.h>

static void
assert_name (const char *file, HearthTransport transport, guint16 port, const char *expected)
{
  g_autofree char *exact =
      g_memdup2 (file, strlen (file)); /* so that a read past the end is caught */
  g_autoptr (HearthPortNames) names = hearth_port_names_parse (exact, strlen (file));

  g_test_message ("%s", file);
  g_assert_cmpstr (hearth_port_names_look_up (names, transport, port), ==, expected);
}

static void
test_lines (void)
{
  static const struct {
    const char *file;
    const char *name; /* of 631/tcp */
  } rows[] = {
    { "ipp 631/tcp", "ipp" },
    { "ipp\t\t631/tcp\t\tcups # Internet Printing Protocol\n", "ipp" },
    { "  ipp 631/tcp\r\n", "ipp" },
    { "http 80/tcp\nipp 631/tcp\n", "ipp" },
    { "\n\n# ipp 631/tcp\n", NULL },
    { "#ipp 631/tcp\nother 631/tcp", "other" },
    { "first 631/tcp\nsecond 631/tcp\n", "first" },
    { "ipp 631/udp\n", NULL },
    { "ipp 631/sctp\nother 631/tcp\n", "other" },
    { "ipp 631\n", NULL },
    { "ipp 631/\n", NULL },
    { "ipp /tcp\n", NULL },
    { "ipp 0631/tcp\n", "ipp" },
    { "ipp 0x277/tcp\n", NULL },
    { "ipp +631/tcp\n", NULL },
    { "ipp 66167/tcp\n", NULL }, /* 631 + 65536 */
    { "ipp 631/TCP\n", NULL },
    { "ipp 631/tcp/udp\n", NULL },
    { "ipp\n631/tcp\n", NULL },
    { "ipp # 631/tcp\n", NULL },
    { "\xff\xfe 631/tcp\nother 631/tcp", "other" },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_name (rows[i].file, HEARTH_TRANSPORT_TCP, 631, rows[i].name);
}

static void
test_transports (void)
{
  const char *file = "domain 53/tcp\nname-server 53/udp\n";

  assert_name (file, HEARTH_TRANSPORT_TCP, 53, "domain");
  assert_name (file, HEARTH_TRANSPORT_UDP, 53, "name-server");
  assert_name (file, HEARTH_TRANSPORT_UDP, 54, NULL);
}

/* The ends of what there is. */
static void
test_limits (void)
{
  g_autofree char *name = g_strnfill (64, 'n');
  g_autofree char *long_name = g_strnfill (65, 'n');
  g_autofree char *file = g_strdup_printf ("%s 1/tcp\n%s 65535/tcp\nzero 0/tcp", name, long_name);

  assert_name (file, HEARTH_TRANSPORT_TCP, 1, name);
  assert_name (file, HEARTH_TRANSPORT_TCP, 65535, NULL);
  assert_name (file, HEARTH_TRANSPORT_TCP, 0, NULL);
  assert_name ("last 65535/tcp", HEARTH_TRANSPORT_TCP, 65535, "last");
}

static void
test_bytes (void)
{
  const char file[] = "a\0b 631/tcp\nipp 631/tcp\0\nother 632/tcp\n";
  g_autoptr (HearthPortNames) names = hearth_port_names_parse (file, sizeof file - 1);

  g_assert_cmpstr (hearth_port_names_look_up (names, HEARTH_TRANSPORT_TCP, 631), ==, "ipp");
  g_assert_cmpstr (hearth_port_names_look_up (names, HEARTH_TRANSPORT_TCP, 632), ==, "other");
}

static void
test_system (void)
{
  g_autoptr (HearthPortNames) names = hearth_port_names_read ();
  g_autoptr (HearthPortNames) again = hearth_port_names_ref (names);

  g_assert_cmpstr (hearth_port_names_look_up (again, HEARTH_TRANSPORT_TCP, 22), ==, "ssh");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/port-names/lines", test_lines);
  g_test_add_func ("/port-names/transports", test_transports);
  g_test_add_func ("/port-names/limits", test_limits);
  g_test_add_func ("/port-names/bytes", test_bytes);
  g_test_add_func ("/port-names/system", test_system);

  return g_test_run ();
}
