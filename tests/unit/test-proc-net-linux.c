/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <arpa/inet.h>
#include <string.h>

#include "hearth-proc-net-linux.h"

#define LISTEN "0A"
#define CLOSE "07"

/* As tcp4_seq_show() and tcp6_seq_show() print it: each word as this computer's memory has it. */
static char *
make_line (
    const char *address, const char *port, const char *state, const char *user, const char *inode)
{
  gboolean is_ipv6 = strchr (address, ':') != NULL;
  guint32 words[4] = { 0 };
  g_autoptr (GString) line = g_string_new ("   0: ");

  g_assert_cmpint (inet_pton (is_ipv6 ? AF_INET6 : AF_INET, address, words), ==, 1);
  for (guint i = 0; i < (is_ipv6 ? 4 : 1); i++)
    g_string_append_printf (line, "%08X", words[i]);
  g_string_append_printf (line,
                          ":%s %s:0000 %s 00000000:00000000 00:00000000 00000000 %5s        0 %s 1 "
                          "0000000000000000 100 0 0 10 0",
                          port, is_ipv6 ? "00000000000000000000000000000000" : "00000000", state,
                          user, inode);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean
parse (const char *line, HearthTransport transport, HearthListener *listener)
{
  gsize length = strlen (line);
  g_autofree char *exact = g_memdup2 (line, length); /* so that a read past the end is caught */

  return hearth_proc_net_parse_line (exact, length, transport, listener);
}

static void
test_addresses (void)
{
  static const char *const addresses[] = {
    "127.0.0.1", "0.0.0.0", "192.0.2.7", "::1", "::", "fd00::2", "::ffff:127.0.0.1", "2001:db8::7:1"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *line = make_line (addresses[i], "1F40", LISTEN, "1000", "23456");
      char text[HEARTH_ADDRESS_TEXT_SIZE];
      HearthListener listener;

      g_assert_true (parse (line, HEARTH_TRANSPORT_TCP, &listener));
      g_assert_cmpstr (hearth_address_print (&listener.address, text), ==, addresses[i]);
      g_assert_cmpuint (listener.transport, ==, HEARTH_TRANSPORT_TCP);
      g_assert_cmpuint (listener.port, ==, 8000);
      g_assert_cmpuint (listener.user_id, ==, 1000);
      g_assert_cmpuint (listener.socket_id, ==, 23456);
      g_assert_cmpuint (listener.link_index, ==, 0);
      g_assert_false (listener.only_ipv6);
      g_assert_null (listener.user);
      g_assert_null (listener.process);
    }
}

/* TCP in LISTEN, UDP without a peer. */
static void
test_states (void)
{
  static const struct {
    const char *state;
    HearthTransport transport;
    gboolean waits;
  } rows[] = {
    { LISTEN, HEARTH_TRANSPORT_TCP, TRUE },  { "0a", HEARTH_TRANSPORT_TCP, TRUE },
    { CLOSE, HEARTH_TRANSPORT_TCP, FALSE },  { "01", HEARTH_TRANSPORT_TCP, FALSE },
    { CLOSE, HEARTH_TRANSPORT_UDP, TRUE },   { "01", HEARTH_TRANSPORT_UDP, FALSE },
    { LISTEN, HEARTH_TRANSPORT_UDP, FALSE }, { "10A", HEARTH_TRANSPORT_TCP, FALSE },
    { "x", HEARTH_TRANSPORT_TCP, FALSE },    { "-1", HEARTH_TRANSPORT_TCP, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = make_line ("127.0.0.1", "0050", rows[i].state, "0", "1");
      HearthListener listener;

      g_test_message ("%s", line);
      g_assert_cmpint (parse (line, rows[i].transport, &listener), ==, rows[i].waits);
    }
}

static void
test_numbers (void)
{
  static const struct {
    const char *port, *user, *inode;
    gboolean is_right;
  } rows[] = {
    { "FFFF", "4294967295", "18446744073709551615", TRUE },
    { "0001", "0", "0", TRUE },
    { "0000", "0", "1", FALSE },
    { "10000", "0", "1", FALSE },
    { "", "0", "1", FALSE },
    { "0x50", "0", "1", FALSE },
    { "+050", "0", "1", FALSE },
    { "0050", "4294967296", "1", FALSE },
    { "0050", "-1", "1", FALSE },
    { "0050", "0", "18446744073709551616", FALSE },
    { "0050", "0", "1x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line =
          make_line ("127.0.0.1", rows[i].port, LISTEN, rows[i].user, rows[i].inode);
      HearthListener listener;

      g_test_message ("%s", line);
      g_assert_cmpint (parse (line, HEARTH_TRANSPORT_TCP, &listener), ==, rows[i].is_right);
    }
}

static void
test_what_is_no_line (void)
{
  static const char *const lines[] = {
    "",
    " ",
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout",
    "   0: 0100007F:1F40 00000000:0000 0A",
    "   0: 0100007F 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1",
    "   0: 0100007:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1",
    "   0: 0100007G:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1",
    "   0: -100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1",
    "   0: 0000000000000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1",
  };
  g_autofree char *long_line = g_strnfill (5000, '0');
  HearthListener listener;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_false (parse (lines[i], HEARTH_TRANSPORT_TCP, &listener));
  g_assert_false (parse (long_line, HEARTH_TRANSPORT_TCP, &listener));
}

/* Cut anywhere before the inode it says nothing; the inode itself is all that it has. */
static void
test_truncated (void)
{
  g_autofree char *line = make_line ("::1", "1F40", LISTEN, "1000", "23456");
  gsize n_before = (gsize) (strstr (line, "23456") - line);
  HearthListener listener;

  for (gsize n = 0; n < strlen (line); n++)
    {
      g_autofree char *exact = g_memdup2 (line, n);

      g_assert_cmpint (hearth_proc_net_parse_line (exact, n, HEARTH_TRANSPORT_TCP, &listener), ==,
                       n > n_before);
    }
}

static void
test_nul (void)
{
  g_autofree char *line = make_line ("127.0.0.1", "1F40", LISTEN, "1000", "23456");
  HearthListener listener;

  *strstr (line, "1000") = '\0';
  g_assert_false (hearth_proc_net_parse_line (line, 100, HEARTH_TRANSPORT_TCP, &listener));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/proc-net/addresses", test_addresses);
  g_test_add_func ("/proc-net/states", test_states);
  g_test_add_func ("/proc-net/numbers", test_numbers);
  g_test_add_func ("/proc-net/what-is-no-line", test_what_is_no_line);
  g_test_add_func ("/proc-net/truncated", test_truncated);
  g_test_add_func ("/proc-net/nul", test_nul);

  return g_test_run ();
}
