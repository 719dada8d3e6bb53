/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the kernel of this network namespace knows of other hosts, set up with ip(8), and the files
 * that name name servers, in this mount namespace. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hearth-error.h"
#include "hearth-surroundings-builder.h"

static guint32 lo = 1;

static void
run (const char *command)
{
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (command, NULL, &problem, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", command, problem);
}

static void
set_up_network (void)
{
  static const char *const commands[] = {
    "ip link add h0 type veth peer name h1",
    "ip link set h0 up",
    "ip link set h1 up",
    "ip addr add 192.0.2.1/24 dev h0",
    "ip -6 addr add fd00:5::1/64 dev h0 nodad",
    "ip addr add 10.9.9.9/32 dev lo",
    "ip route add default via 192.0.2.254",
    "ip -6 route add default via fd00:5::fe dev h0",
    "ip route add 198.51.100.0/24 nexthop via 192.0.2.251 nexthop via 192.0.2.252",
    "ip route add 203.0.113.0/24 via inet6 fd00:5::9 dev h0",
    "ip route add 10.44.0.0/16 via 192.0.2.250 table 77",
    "ip route add unreachable 10.99.0.0/16",
    "ip route add 10.98.0.0/16 dev lo",
    "ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev h0 nud permanent",
    "ip neigh add 192.0.2.8 lladdr 02:00:00:00:00:08 dev h0 nud noarp",
    "ip neigh add fd00:5::7 lladdr 02:00:00:00:00:07 dev h0 nud stale",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    run (commands[i]);
}

static void
assert_nearness (HearthSurroundings *surroundings, const char *text, HearthNearness expected)
{
  HearthAddress address;

  g_assert_true (hearth_address_parse (text, &address, NULL));
  if (hearth_surroundings_find (surroundings, &address, lo) != expected)
    g_error ("%s: %d, not %d", text, hearth_surroundings_find (surroundings, &address, lo),
             expected);
}

static HearthSurroundings *
read_surroundings (void)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_new ();
  HearthSurroundings *surroundings;
  g_autoptr (GError) error = NULL;

  hearth_platform_start (platform, &error);
  g_assert_no_error (error);
  surroundings = hearth_platform_read_surroundings (platform, &error);
  g_assert_no_error (error);
  return surroundings;
}

static void
test_kernel (void)
{
  static const struct {
    const char *address;
    HearthNearness expected;
  } rows[] = {
    { "192.0.2.254", HEARTH_NEARNESS_GATEWAY },
    { "192.0.2.251", HEARTH_NEARNESS_GATEWAY },
    { "192.0.2.252", HEARTH_NEARNESS_GATEWAY },
    { "192.0.2.250", HEARTH_NEARNESS_GATEWAY }, /* of another table */
    { "fd00:5::fe", HEARTH_NEARNESS_GATEWAY },
    { "fd00:5::9", HEARTH_NEARNESS_GATEWAY },
    { "192.0.2.1", HEARTH_NEARNESS_OWN },
    { "fd00:5::1", HEARTH_NEARNESS_OWN },
    { "192.0.2.7", HEARTH_NEARNESS_NEIGHBOUR },
    { "fd00:5::7", HEARTH_NEARNESS_NEIGHBOUR },
    { "192.0.2.8", HEARTH_NEARNESS_ROUTED }, /* nobody ever answered */
    { "192.0.2.9", HEARTH_NEARNESS_ROUTED },
    { "198.51.100.1", HEARTH_NEARNESS_ROUTED },
    { "203.0.113.1", HEARTH_NEARNESS_ROUTED },
    { "fd00:5::77", HEARTH_NEARNESS_ROUTED },
    { "8.8.8.8", HEARTH_NEARNESS_NONE },
    { "10.99.0.1", HEARTH_NEARNESS_NONE },
    { "10.98.0.1", HEARTH_NEARNESS_NONE },
    { "10.9.9.9", HEARTH_NEARNESS_NONE },
    { "127.0.0.2", HEARTH_NEARNESS_NONE },
    { "127.0.0.1", HEARTH_NEARNESS_NONE },
    { "::1", HEARTH_NEARNESS_NONE },
  };
  g_autoptr (HearthSurroundings) surroundings = NULL;

  set_up_network ();
  surroundings = read_surroundings ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_nearness (surroundings, rows[i].address, rows[i].expected);
  run ("ip link del h0");
  run ("ip addr del 10.9.9.9/32 dev lo");
}

/* A network with nothing in it, as here now. */
static void
test_nothing (void)
{
  g_autoptr (HearthSurroundings) surroundings = read_surroundings ();

  assert_nearness (surroundings, "192.0.2.254", HEARTH_NEARNESS_NONE);
  assert_nearness (surroundings, "fd00:5::7", HEARTH_NEARNESS_NONE);
}

/* Files */

/* Lets the system's resolv.conf be one that says @contents. */
static void
mount_resolv_conf (const char *contents)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "resolv.conf", NULL);
  g_autofree char *target = g_file_read_link ("/etc/resolv.conf", NULL);
  g_autofree char *command = g_strdup_printf ("mount --bind %s /etc/resolv.conf", path);

  g_assert_null (target); /* mount(8) would follow it out of here */
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  run (command);
}

static void
test_name_servers (void)
{
  g_autoptr (HearthSurroundings) before = read_surroundings ();
  g_autoptr (HearthSurroundings) after = NULL;

  mount_resolv_conf ("nameserver 192.0.2.53\nnameserver 127.0.0.53\n");
  run ("mkdir -p /run/systemd/resolve");
  g_assert_true (g_file_set_contents ("/run/systemd/resolve/resolv.conf",
                                      "nameserver 2001:db8::53\n", -1, NULL));
  after = read_surroundings ();
  assert_nearness (before, "192.0.2.53", HEARTH_NEARNESS_NONE);
  assert_nearness (after, "192.0.2.53", HEARTH_NEARNESS_NAME_SERVER);
  assert_nearness (after, "127.0.0.53", HEARTH_NEARNESS_NAME_SERVER);
  assert_nearness (after, "2001:db8::53", HEARTH_NEARNESS_NAME_SERVER);
  run ("umount /etc/resolv.conf");
  run ("rm -r /run/systemd");
}

/* What is no file, or has no end, is no file with name servers; nobody waits for it. */
static void
test_files_that_are_none (void)
{
  g_autofree char *fifo = g_build_filename (g_get_tmp_dir (), "fifo", NULL);
  const char *const paths[] = { fifo, g_get_tmp_dir (), "/dev/zero", "/nowhere/resolv.conf" };
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();
  g_autoptr (HearthSurroundings) surroundings = NULL;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    hearth_surroundings_builder_read_file (builder, paths[i]);
  surroundings = hearth_surroundings_builder_end (builder);
  assert_nearness (surroundings, "192.0.2.53", HEARTH_NEARNESS_NONE);
}

static void
test_long_file (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "long", NULL);
  g_autoptr (GString) text = g_string_new ("nameserver 192.0.2.53\n");
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();
  g_autoptr (HearthSurroundings) surroundings = NULL;

  while (text->len < 10 * 1000 * 1000)
    g_string_append (text, "# nothing\n");
  g_string_append (text, "nameserver 192.0.2.54\n");
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  hearth_surroundings_builder_read_file (builder, path);
  surroundings = hearth_surroundings_builder_end (builder);
  assert_nearness (surroundings, "192.0.2.53", HEARTH_NEARNESS_NAME_SERVER);
  assert_nearness (surroundings, "192.0.2.54", HEARTH_NEARNESS_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform-surroundings/kernel", test_kernel);
  g_test_add_func ("/platform-surroundings/nothing", test_nothing);
  g_test_add_func ("/platform-surroundings/name-servers", test_name_servers);
  g_test_add_func ("/platform-surroundings/files-that-are-none", test_files_that_are_none);
  g_test_add_func ("/platform-surroundings/long-file", test_long_file);
  return g_test_run ();
}
