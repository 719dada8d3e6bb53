/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <arpa/inet.h>
#include <glib.h>

#include "serve-proc-net.h"

#define PORT 8000
#define INODE 23456

/* What the kernel has between the state and the inode, and behind it. */
#define MIDDLE " 00000000:00000000 00:00000000 00000000  1000        0 "
#define END " 1 000000003a4ae3a5 100 0 0 10 0                     \n"

static gboolean
find (const char *line, const char *text, unsigned port, uint64_t *inode)
{
  ServeAddress address;

  g_assert_true (serve_address_parse (&address, serve_text (text)));
  return serve_proc_net_find (serve_text (line), &address, port, inode);
}

/* As tcp4_seq_show() and tcp6_seq_show() print it: each word as this computer's memory has it. */
static char *
line_of (const char *text, unsigned port, unsigned state)
{
  gboolean is_ipv6 = strchr (text, ':') != NULL;
  guint n_words = is_ipv6 ? 4 : 1;
  guint32 words[4] = { 0 };
  g_autoptr (GString) line = g_string_new ("   0: ");

  g_assert_cmpint (inet_pton (is_ipv6 ? AF_INET6 : AF_INET, text, words), ==, 1);
  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (line, "%08X", words[i]);
  g_string_append_printf (line, ":%04X ", port);
  for (guint i = 0; i < n_words; i++)
    g_string_append (line, "00000000");
  g_string_append_printf (line, ":0000 %02X" MIDDLE "%d" END, state, INODE);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Whoever listens at the first keeps who wants the second from it. */
static void
test_addresses (void)
{
  static const struct {
    const char *taken;
    const char *wanted;
    gboolean is_found;
  } rows[] = {
    { "127.0.0.1", "127.0.0.1", TRUE },
    { "127.0.0.1", "127.0.0.2", FALSE },
    { "192.0.2.7", "192.0.2.7", TRUE },
    { "7.2.0.192", "192.0.2.7", FALSE },
    { "0.0.0.0", "127.0.0.1", TRUE },
    { "0.0.0.0", "0.0.0.0", TRUE },
    { "::1", "::1", TRUE },
    { "::1", "::2", FALSE },
    { "2001:db8::7", "2001:db8::7", TRUE },
    { "2001:db8::7", "2001:db8:7::", FALSE },
    { "::", "::1", TRUE },
    { "::", "::", TRUE },
    /* All of IPv6 is all of IPv4 too, and not the other way round. */
    { "::", "127.0.0.1", TRUE },
    { "0.0.0.0", "::1", FALSE },
    { "127.0.0.1", "::1", FALSE },
    { "::1", "127.0.0.1", FALSE },
    /* As programs do that know of IPv6 alone. */
    { "::ffff:127.0.0.1", "127.0.0.1", TRUE },
    { "::ffff:127.0.0.1", "127.0.0.2", FALSE },
    { "::ffff:0.0.0.0", "127.0.0.1", TRUE },
    { "::ffff:127.0.0.1", "::1", FALSE },
    { "::ffff:0.0.0.0", "::1", FALSE },
    { "::fffe:7f00:1", "127.0.0.1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = line_of (rows[i].taken, PORT, 0x0a);
      uint64_t inode = 0;

      g_test_message ("%s, %s", rows[i].taken, rows[i].wanted);
      g_assert_cmpint (find (line, rows[i].wanted, PORT, &inode), ==, rows[i].is_found);
      if (rows[i].is_found)
        g_assert_cmpuint (inode, ==, INODE);
    }
}

static void
test_ports (void)
{
  static const unsigned ports[] = { 1, 80, 8000, 8001, 0x401f, 65535 };

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ports); j++)
      {
        g_autofree char *line = line_of ("127.0.0.1", ports[i], 0x0a);
        uint64_t inode;

        g_assert_cmpint (find (line, "127.0.0.1", ports[j], &inode), ==, i == j);
      }
}

/* TCP_ESTABLISHED to TCP_NEW_SYN_RECV of the kernel's tcp_states.h; only the tenth listens. */
static void
test_states (void)
{
  for (unsigned state = 1; state <= 12; state++)
    {
      g_autofree char *line = line_of ("127.0.0.1", PORT, state);
      uint64_t inode;

      g_assert_cmpint (find (line, "127.0.0.1", PORT, &inode), ==, state == 10);
    }
}

static void
test_inodes (void)
{
  static const struct {
    const char *text;
    gboolean is_found;
    uint64_t inode;
  } rows[] = {
    { "0", TRUE, 0 },
    { "4294967296", TRUE, G_GUINT64_CONSTANT (4294967296) },
    { "18446744073709551615", TRUE, G_MAXUINT64 },
    { "18446744073709551616", FALSE, 0 },
    { "99999999999999999999999", FALSE, 0 },
    { "-1", FALSE, 0 },
    { "12a", FALSE, 0 },
    { "", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strconcat ("0: 00000000:1F40 00000000:0000 0A" MIDDLE, rows[i].text,
                                           rows[i].text[0] != '\0' ? END : "", NULL);
      uint64_t inode = 0;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (find (line, "127.0.0.1", PORT, &inode), ==, rows[i].is_found);
      if (rows[i].is_found)
        g_assert_cmpuint (inode, ==, rows[i].inode);
    }
}

/* Nothing that the kernel writes, but for the heading; and the last line may be cut off. */
static void
test_garbage (void)
{
  static const char *const lines[] = {
    "",
    "\n",
    "          ",
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
    "inode                                                     \n",
    "0: 0000000:1F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 000000000:1F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 0000000000000000:1F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 0000000000000000000000000000000000000000:1F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 0000000G:1F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 00000000 00000000:0000 0A" MIDDLE "1" END,
    "0: 00000000: 00000000:0000 0A" MIDDLE "1" END,
    "0: :1F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 00000000:1F4G 00000000:0000 0A" MIDDLE "1" END,
    "0: 00000000:1F40:1F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 00000000:11F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 00000000:10000000000001F40 00000000:0000 0A" MIDDLE "1" END,
    "0: 00000000:1F40 00000000:0000 1000000000000000A" MIDDLE "1" END,
    "0: 00000000:1F40 00000000:0000 0x0A" MIDDLE "1" END,
    "0: 00000000:1F40 00000000:0000 0A" MIDDLE,
    "0: 00000000:1F40 00000000:0000",
    "0:\t00000000:1F40\t00000000:0000\t0A" MIDDLE "1" END,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      uint64_t inode;

      g_test_message ("%s", lines[i]);
      g_assert_false (find (lines[i], "127.0.0.1", PORT, &inode));
      g_assert_false (find (lines[i], "::1", PORT, &inode));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-proc-net/addresses", test_addresses);
  g_test_add_func ("/serve-proc-net/ports", test_ports);
  g_test_add_func ("/serve-proc-net/states", test_states);
  g_test_add_func ("/serve-proc-net/inodes", test_inodes);
  g_test_add_func ("/serve-proc-net/garbage", test_garbage);

  return g_test_run ();
}
