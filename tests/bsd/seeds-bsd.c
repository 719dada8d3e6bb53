/* SPDX-License-Identifier: GPL-3.0-or-later */

/* seeds-bsd FOLDER: what the harnesses begin with, in FOLDER/route-message and FOLDER/pcblist. They
 * are made and not kept, as they are of one system and one width of its words. */

#include <glib/gstdio.h>
#include <net/route.h>
#include <netinet/tcp_fsm.h>

#include "messages-bsd.h"

static void
write_seed (const char *folder, const char *harness, const char *name, GByteArray *bytes)
{
  g_autofree char *inner = g_build_filename (folder, harness, NULL);
  g_autofree char *path = g_build_filename (inner, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (inner, 0755), ==, 0);
  g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, &error);
  g_assert_no_error (error);
  g_byte_array_set_size (bytes, 0);
}

static void
write_routes (const char *folder, GByteArray *bytes)
{
  const HearthCounters counters = { 1, 2, 3, 4, 5, 6, 7, 8 };
  HearthPrefix prefix;

  g_assert_true (hearth_prefix_parse ("127.0.0.2/32", &prefix, NULL));
  messages_bsd_add_address (bytes, FALSE, 1, &prefix);
  messages_bsd_add_address (bytes, TRUE, 1, &prefix);
  messages_bsd_add_link (bytes, 1, &counters);
  write_seed (folder, "route-message", "changes", bytes);
  messages_bsd_add_route (bytes, "0.0.0.0/0", "192.0.2.1", 4, 0);
  messages_bsd_add_route (bytes, "fd00:1::/48", "fe80::1", 5, 0);
  messages_bsd_add_route (bytes, "198.51.100.7/32", NULL, 4, RTF_HOST);
  write_seed (folder, "route-message", "routes", bytes);
  messages_bsd_add_neighbour (bytes, "192.0.2.20", 6, 0);
  messages_bsd_add_neighbour (bytes, "fe80::20", 6, 0);
  write_seed (folder, "route-message", "neighbours", bytes);
}

static void
write_sockets (const char *folder, GByteArray *bytes, HearthTransport transport)
{
  HearthListener listener = { .transport = (guint8) transport, .port = 80, .socket_id = 7 };
  const guint8 first = transport == HEARTH_TRANSPORT_TCP ? 0 : 1;

  g_byte_array_append (bytes, &first, 1);
  messages_bsd_add_generation (bytes);
  g_assert_true (hearth_address_parse ("127.0.0.1", &listener.address, NULL));
  messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
  g_assert_true (hearth_address_parse ("::", &listener.address, NULL));
  messages_bsd_add_socket (bytes, &listener, 0, TCPS_LISTEN);
  messages_bsd_add_generation (bytes);
  write_seed (folder, "pcblist", hearth_transport_to_id (transport), bytes);
}

int
main (int argc, char **argv)
{
  static const char command[] = "\2\2\0\0\0/usr/bin/python3\0\0python3\0site.py\0HOME=/\0";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_assert_cmpint (argc, ==, 2);
  write_routes (argv[1], bytes);
  write_sockets (argv[1], bytes, HEARTH_TRANSPORT_TCP);
  write_sockets (argv[1], bytes, HEARTH_TRANSPORT_UDP);
  g_byte_array_append (bytes, (const guint8 *) command, sizeof command - 1);
  write_seed (argv[1], "pcblist", "command", bytes);
  return 0;
}
