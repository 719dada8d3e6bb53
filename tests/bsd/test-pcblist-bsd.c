/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of sockets and command lines of sysctl(3), made by hand as each system writes them. */

#include "hearth-pcblist-bsd.h"

#include <netinet/tcp_fsm.h>
#include <string.h>

#include "hearth-processes-bsd.h"
#include "messages-bsd.h"

static HearthListener
make_listener (HearthTransport transport, const char *address, guint16 port)
{
  HearthListener listener = {
    .transport = (guint8) transport, .port = port, .user_id = 501, .socket_id = port + 0x100000000u
  };

  g_assert_true (hearth_address_parse (address, &listener.address, NULL));
  return listener;
}

static void
take (const HearthListener *listener, gpointer said)
{
  g_autofree char *address = hearth_address_to_string (&listener->address);

  g_string_append_printf (said, "%s %s %u%s user %u socket %" G_GINT64_MODIFIER "x link %u; ",
                          hearth_transport_to_id ((HearthTransport) listener->transport), address,
                          listener->port, listener->only_ipv6 ? " only" : "", listener->user_id,
                          listener->socket_id, listener->link_index);
}

static char *
parse (const GByteArray *bytes, gsize length, HearthTransport transport)
{
  g_autofree guint8 *exact = g_memdup2 (bytes->data, length);
  GString *said = g_string_new (NULL);

  hearth_pcblist_bsd_parse (exact, length, transport, take, said);
  return g_string_free (said, FALSE);
}

static void
test_tcp (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  HearthListener listener = make_listener (HEARTH_TRANSPORT_TCP, "127.0.0.1", 8080);
  g_autofree char *said = NULL;

  messages_bsd_add_generation (bytes);
  messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
  messages_bsd_add_socket (bytes, &listener, 55555, TCPS_LISTEN + 3); /* somebody's connection */
  listener = make_listener (HEARTH_TRANSPORT_TCP, "::", 3000);
  messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
  listener.only_ipv6 = TRUE;
  messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
  listener = make_listener (HEARTH_TRANSPORT_TCP, "::1", 3001);
  listener.only_ipv6 = TRUE; /* of one address nobody asks */
  messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
  messages_bsd_add_generation (bytes);
  said = parse (bytes, bytes->len, HEARTH_TRANSPORT_TCP);
  g_assert_cmpstr (said, ==,
                   "tcp 127.0.0.1 8080 user 501 socket 100001f90 link 0; "
                   "tcp :: 3000 user 501 socket 100000bb8 link 0; "
                   "tcp :: 3000 only user 501 socket 100000bb8 link 0; "
                   "tcp ::1 3001 user 501 socket 100000bb9 link 0; ");
}

static void
test_udp (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  HearthListener listener = make_listener (HEARTH_TRANSPORT_UDP, "0.0.0.0", 5353);
  g_autofree char *said = NULL;

  messages_bsd_add_generation (bytes);
  messages_bsd_add_socket (bytes, &listener, 0, 0);
  messages_bsd_add_socket (bytes, &listener, 53, 0); /* has a peer */
  listener.port = 0;                                 /* has no port yet */
  messages_bsd_add_socket (bytes, &listener, 0, 0);
  listener = make_listener (HEARTH_TRANSPORT_UDP, "fe80::1", 546);
  listener.address.bytes[3] = 4; /* KAME keeps the number of the link inside the address */
  messages_bsd_add_socket (bytes, &listener, 0, 0);
  messages_bsd_add_generation (bytes);
  said = parse (bytes, bytes->len, HEARTH_TRANSPORT_UDP);
  g_assert_cmpstr (said, ==,
                   "udp 0.0.0.0 5353 user 501 socket 1000014e9 link 0; "
                   "udp fe80::1 546 user 501 socket 100000222 link 4; ");
}

static void
test_truncated (void)
{
  static const HearthTransport transports[] = { HEARTH_TRANSPORT_TCP, HEARTH_TRANSPORT_UDP };

  for (gsize i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      HearthListener listener = make_listener (transports[i], "127.0.0.1", 80);

      messages_bsd_add_generation (bytes);
      messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
      for (guint length = 0; length < bytes->len; length++)
        {
          g_autofree char *said = parse (bytes, length, transports[i]);

          g_assert_cmpstr (said, ==, "");
        }
    }
}

/* A record that says that it is shorter than it must be, or longer than the list. */
static void
test_lengths (void)
{
  static const guint8 wrong[] = { 0, 1, 7, 0xff };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      HearthListener listener = make_listener (HEARTH_TRANSPORT_TCP, "127.0.0.1", 80);
      g_autofree char *said = NULL;
      guint second;

      messages_bsd_add_generation (bytes);
      second = bytes->len;
      messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
      bytes->data[second] = wrong[i];
      bytes->data[second + 1] = wrong[i] == 0xff ? 0xff : 0;
      said = parse (bytes, bytes->len, HEARTH_TRANSPORT_TCP);
      g_assert_cmpstr (said, ==, "");
    }
}

/* Command lines */

#ifdef __APPLE__
#  define WORDS(n, words) #n "\0\0\0/usr/bin/python3\0\0\0\0" words
#else
#  define WORDS(n, words) "0" words
#endif

/* The number in front of the words is a byte of text above, so that they stay readable. */
static char *
parse_command (const char *text, gsize length)
{
  g_autofree guint8 *bytes = g_memdup2 (text, length);

  bytes[0] = (guint8) (bytes[0] - '0');
#ifdef __APPLE__
  return hearth_processes_bsd_parse_command (bytes, length);
#else
  return hearth_processes_bsd_parse_command (bytes + 1, length - 1);
#endif
}

static void
test_command (void)
{
  static const char plain[] = WORDS (3, "python3\0-m\0http.server\0");
  static const char bad[] = WORDS (1, "a\xff\0");
  g_autofree char *words = parse_command (plain, sizeof plain - 1);
  g_autofree char *valid = parse_command (bad, sizeof bad - 1);

  g_assert_cmpstr (words, ==, "python3 -m http.server");
  g_assert_cmpstr (valid, ==, "a\xef\xbf\xbd");
}

#ifdef __APPLE__
/* The environment, which comes after the words, may hold secrets. */
static void
test_environment (void)
{
  static const char bytes[] = WORDS (2, "node\0server.js\0TOKEN=secret\0");
  g_autofree char *words = parse_command (bytes, sizeof bytes - 1);

  g_assert_cmpstr (words, ==, "node server.js");
}
#endif

static void
test_command_ends_anywhere (void)
{
  static const char bytes[] = WORDS (3, "python3\0-m\0http.server");

  for (gsize length = 1; length < sizeof bytes; length++)
    {
      g_autofree char *words = parse_command (bytes, length);

      g_assert_true (g_str_has_prefix ("python3 -m http.server", words) ||
                     g_str_has_prefix ("python3 -m http.server", g_strchomp (words)));
    }
}

static void
test_long_command (void)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *words = NULL;

  g_string_append_len (bytes, WORDS (1, ""), sizeof (WORDS (1, "")) - 1);
  for (int i = 0; i < 3 * HEARTH_COMMAND_SIZE; i++)
    g_string_append_c (bytes, 'x');
  words = parse_command (bytes->str, bytes->len);
  g_assert_cmpuint (strlen (words), ==, HEARTH_COMMAND_SIZE - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pcblist/tcp", test_tcp);
  g_test_add_func ("/pcblist/udp", test_udp);
  g_test_add_func ("/pcblist/truncated", test_truncated);
  g_test_add_func ("/pcblist/lengths", test_lengths);
  g_test_add_func ("/command/words", test_command);
#ifdef __APPLE__
  g_test_add_func ("/command/environment", test_environment);
#endif
  g_test_add_func ("/command/ends-anywhere", test_command_ends_anywhere);
  g_test_add_func ("/command/long", test_long_command);

  return g_test_run ();
}
