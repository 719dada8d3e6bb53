/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only a kernel does: storms, losses, interrupted dumps, strangers on the socket, switches in
 * /proc/sys. Runs in a network namespace of its own; ip(8) is the witness. */

#include <arpa/inet.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hearth-platform-linux.h"

#define WAIT_MS 20000
#define N_STABLE 2000

/* ip(8) */

static char *
run (const char *const *argv)
{
  char *output = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &problem,
                &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s %s: %s", argv[0], argv[1], problem);
  return output;
}

static void
run_batch (const char *name, GString *lines)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  const char *const argv[] = { "ip", "-batch", path, NULL };
  g_autofree char *output = NULL;

  g_assert_true (g_file_set_contents (path, lines->str, (gssize) lines->len, NULL));
  output = run (argv);
  g_assert_cmpint (unlink (path), ==, 0);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char **) a, *(char **) b);
}

static char *
join (GPtrArray *texts)
{
  g_ptr_array_sort (texts, compare_text);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv ("\n", (char **) texts->pdata);
}

static char *
ask_ip (void)
{
  const char *const argv[] = { "ip", "-j", "addr", "show", NULL };
  g_autofree char *output = run (argv);
  g_autoptr (JsonNode) root = json_from_string (output, NULL);
  JsonArray *links = json_node_get_array (root);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (links); i++)
    {
      JsonObject *link = json_array_get_object_element (links, i);
      JsonArray *infos = json_object_get_array_member (link, "addr_info");

      for (guint j = 0; j < json_array_get_length (infos); j++)
        {
          JsonObject *info = json_array_get_object_element (infos, j);

          g_ptr_array_add (texts,
                           g_strdup_printf ("%d %s/%d",
                                            (int) json_object_get_int_member (link, "ifindex"),
                                            json_object_get_string_member (info, "local"),
                                            (int) json_object_get_int_member (info, "prefixlen")));
        }
    }
  return join (texts);
}

static char *
ask_mirror (HearthPlatform *platform)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < addresses->len; i++)
    {
      HearthLinkAddress *address = addresses->pdata[i];
      g_autofree char *prefix = hearth_prefix_to_string (&address->prefix);

      g_ptr_array_add (texts, g_strdup_printf ("%u %s", address->link_index, prefix));
    }
  return join (texts);
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the loop until the mirror says what ip(8) says. */
static void
wait_for_agreement (HearthPlatform *platform)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add (WAIT_MS, on_late, &late);
  g_autofree char *witness = ask_ip ();

  for (;;)
    {
      g_autofree char *mirror = ask_mirror (platform);

      if (late)
        g_assert_cmpstr (mirror, ==, witness);
      if (g_str_equal (mirror, witness))
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timeout);
}

static HearthPlatform *
start (gsize receive_buffer_bytes)
{
  HearthPlatform *platform = receive_buffer_bytes
                                 ? hearth_platform_linux_new_with_buffer (receive_buffer_bytes)
                                 : hearth_platform_new ();
  g_autoptr (GError) error = NULL;

  hearth_platform_start (platform, &error);
  g_assert_no_error (error);
  return platform;
}

static void
flush (void)
{
  g_autoptr (GString) lines = g_string_new ("addr flush dev lo to 10.0.0.0/8\n");

  run_batch ("flush", lines);
}

/* 5,000 changes; half of what comes goes again. */
static void
make_storm (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (int i = 0; i < 3333; i++)
    {
      g_string_append_printf (lines, "addr add 10.1.%d.%d/32 dev lo\n", i / 256, i % 256);
      if (i % 2 == 0)
        g_string_append_printf (lines, "addr del 10.1.%d.%d/32 dev lo\n", i / 256, i % 256);
    }
  run_batch ("storm", lines);
}

static void
test_storm (void)
{
  g_autoptr (HearthPlatform) platform = start (0);

  make_storm ();
  wait_for_agreement (platform);
  g_assert_cmpuint (hearth_platform_linux_get_n_reads (HEARTH_PLATFORM_LINUX (platform)), ==, 1);
  flush ();
  wait_for_agreement (platform);
}

static void
test_overrun (void)
{
  g_autoptr (HearthPlatform) platform = start (2048);

  make_storm ();
  wait_for_agreement (platform);
  g_assert_cmpuint (hearth_platform_linux_get_n_reads (HEARTH_PLATFORM_LINUX (platform)), >, 1);

  /* It still hears single changes, without reading it all again. */
  flush ();
  wait_for_agreement (platform);
}

/* After a loss, what waits in the socket is older than what was lost; none of it may come back.
 * More waits here than is heard at once, and it is time to read the state again. */
static void
test_overrun_leaves_nothing_behind (void)
{
  g_autoptr (HearthPlatform) platform = start (1024 * 1024);
  g_autofree char *before = ask_mirror (platform);

  make_storm ();
  flush ();
  g_main_context_iteration (NULL, TRUE);
  g_usleep (100 * 1000);
  for (int i = 0; i < 100; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
  {
    g_autofree char *after = ask_mirror (platform);

    g_assert_cmpstr (after, ==, before);
  }
}

/* Interrupted dumps: a writer that never rests, and addresses that are there all the time. */

static gpointer
write_without_rest (gpointer stop)
{
  g_autoptr (HearthPlatform) platform = NULL;
  GMainContext *context = g_main_context_new ();
  HearthLinkAddress address = { .link_index = 1 };

  g_main_context_push_thread_default (context);
  platform = start (0);
  hearth_prefix_parse ("10.2.0.1/32", &address.prefix, NULL);
  while (!g_atomic_int_get ((int *) stop))
    {
      hearth_platform_add_address (platform, &address, NULL);
      hearth_platform_remove_address (platform, &address, NULL);
    }
  g_clear_object (&platform);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
  return NULL;
}

static guint
count_stable (HearthPlatform *platform)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);
  HearthPrefix stable;
  guint n = 0;

  hearth_prefix_parse ("10.3.0.0/16", &stable, NULL);
  for (guint i = 0; i < addresses->len; i++)
    n += hearth_prefix_contains (&stable,
                                 &((HearthLinkAddress *) addresses->pdata[i])->prefix.address);
  return n;
}

static void
test_interrupted_dump (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n_tries = 0;
  int stop = 0;
  GThread *writer;

  for (int i = 0; i < N_STABLE; i++)
    g_string_append_printf (lines, "addr add 10.3.%d.%d/32 dev lo\n", i / 256, i % 256);
  run_batch ("stable", lines);

  writer = g_thread_new ("writer", write_without_rest, &stop);
  for (int i = 0; i < 20; i++)
    {
      g_autoptr (HearthPlatform) platform = start (0);

      g_assert_cmpuint (count_stable (platform), ==, N_STABLE);
      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (count_stable (platform), ==, N_STABLE);
      n_tries = MAX (n_tries, hearth_platform_linux_get_n_reads (HEARTH_PLATFORM_LINUX (platform)));
    }
  g_assert_cmpuint (n_tries, >, 1);
  g_atomic_int_set (&stop, 1);
  g_thread_join (writer);
  {
    g_autoptr (HearthPlatform) platform = start (0);

    flush ();
    wait_for_agreement (platform);
  }
}

/* A stranger: a process with CAP_NET_ADMIN may send to our socket; the kernel's number is 0. */

static guint32
find_port (guint32 groups)
{
  g_autofree char *table = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents ("/proc/net/netlink", &table, NULL, NULL));
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      unsigned int protocol, port, mask;

      if (sscanf (lines[i], "%*s %u %u %x", &protocol, &port, &mask) == 3 &&
          protocol == NETLINK_ROUTE && mask == groups)
        return port;
    }
  g_assert_not_reached ();
}

static void
send_forged_address (guint32 port)
{
  struct {
    struct nlmsghdr header;
    struct ifaddrmsg info;
    struct rtattr attribute;
    guint8 bytes[4];
  } message = {
    .header = { .nlmsg_len = sizeof message, .nlmsg_type = RTM_NEWADDR },
    .info = { .ifa_family = AF_INET, .ifa_prefixlen = 32, .ifa_index = 1 },
    .attribute = { .rta_len = RTA_LENGTH (4), .rta_type = IFA_LOCAL },
    .bytes = { 6, 6, 6, 6 },
  };
  struct sockaddr_nl to = { .nl_family = AF_NETLINK, .nl_pid = port };
  int fd = socket (AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (sendto (fd, &message, sizeof message, 0, (struct sockaddr *) &to, sizeof to), ==,
                   sizeof message);
  close (fd);
}

static void
test_forged_datagram (void)
{
  g_autoptr (HearthPlatform) platform = start (0);
  g_autofree char *before = ask_mirror (platform);
  g_autofree char *after = NULL;
  g_autoptr (GString) lines = g_string_new ("addr add 10.4.0.1/32 dev lo\n");

  send_forged_address (find_port (RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR));
  for (int i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
  after = ask_mirror (platform);
  g_assert_cmpstr (after, ==, before);

  /* And the socket is as good as before. */
  run_batch ("after", lines);
  wait_for_agreement (platform);
  flush ();
  wait_for_agreement (platform);
}

/* Switches */

static void
set_ipv6_disabled (gboolean disabled)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full ("/proc/sys/net/ipv6/conf/lo/disable_ipv6", disabled ? "1" : "0", 1,
                            G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

static void
test_ipv6_off (void)
{
  g_autoptr (HearthPlatform) platform = start (0);
  HearthLinkAddress address = { .link_index = 1 };
  g_autoptr (GError) error = NULL;

  hearth_prefix_parse ("fd00::7/128", &address.prefix, NULL);
  set_ipv6_disabled (TRUE);
  wait_for_agreement (platform);

  /* EACCES, which is not about rights here. */
  g_assert_false (hearth_platform_add_address (platform, &address, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (error->message, "IPv6 is switched off"));

  set_ipv6_disabled (FALSE);
  wait_for_agreement (platform);
}

static void
test_link_down_and_up (void)
{
  g_autoptr (HearthPlatform) platform = start (0);
  g_autoptr (GString) down = g_string_new ("addr add 10.5.0.1/32 dev lo\n"
                                           "addr add fd00::8/128 dev lo\nlink set lo down\n");
  g_autoptr (GString) up = g_string_new ("link set lo up\n");

  run_batch ("down", down);
  wait_for_agreement (platform);
  g_assert_cmpuint (hearth_platform_get_link (platform, 1)->flags, ==, HEARTH_LINK_FLAG_LOOPBACK);

  run_batch ("up", up);
  wait_for_agreement (platform);
  g_assert_cmpuint (hearth_platform_get_link (platform, 1)->flags, ==,
                    HEARTH_LINK_FLAG_LOOPBACK | HEARTH_LINK_FLAG_UP);
  flush ();
  wait_for_agreement (platform);
}

static void
test_links_come_and_go (void)
{
  g_autoptr (HearthPlatform) platform = start (0);
  g_autoptr (GString) come = g_string_new ("link add h0 type veth peer name h1\n"
                                           "addr add 192.0.2.1 peer 192.0.2.2/32 dev h0\n"
                                           "link set h0 mtu 1400\n");
  g_autoptr (GString) go = g_string_new ("link del h0\n");
  g_autoptr (GPtrArray) links = NULL;
  guint n_with_peer = 0;

  run_batch ("come", come);
  wait_for_agreement (platform);
  links = hearth_platform_list_links (platform);
  g_assert_cmpuint (links->len, ==, 3);
  {
    g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);

    for (guint i = 0; i < addresses->len; i++)
      n_with_peer += ((HearthLinkAddress *) addresses->pdata[i])->peer.family == HEARTH_FAMILY_IPV4;
  }
  g_assert_cmpuint (n_with_peer, ==, 1);

  run_batch ("go", go);
  wait_for_agreement (platform);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_pointer (&links, g_ptr_array_unref);
  links = hearth_platform_list_links (platform);
  g_assert_cmpuint (links->len, ==, 1);
}

/* The one case that cost other programs 127.0.0.1: a secondary of its network is removed. */
static void
test_secondary_leaves_base (void)
{
  g_autoptr (HearthPlatform) platform = start (0);
  HearthLinkAddress address = { .link_index = 1, .scope = HEARTH_SCOPE_HOST };
  g_autofree char *before = ask_mirror (platform);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  hearth_prefix_parse ("127.0.0.2/8", &address.prefix, NULL);
  hearth_platform_add_address (platform, &address, &error);
  g_assert_no_error (error);
  wait_for_agreement (platform);
  g_assert_cmpuint (hearth_platform_get_address (platform, &address)->flags, ==,
                    HEARTH_LINK_ADDRESS_FLAG_SECONDARY);

  hearth_platform_remove_address (platform, &address, &error);
  g_assert_no_error (error);
  wait_for_agreement (platform);
  after = ask_mirror (platform);
  g_assert_cmpstr (after, ==, before);
}

/* What has an end goes by itself, and is heard to go. */
static void
test_lifetime_ends (void)
{
  g_autoptr (HearthPlatform) platform = start (0);
  HearthLinkAddress address = { .link_index = 1 };
  gint64 now_s = g_get_monotonic_time () / G_USEC_PER_SEC;
  gboolean late = FALSE;
  guint timeout;
  g_autoptr (GError) error = NULL;

  hearth_prefix_parse ("10.6.0.1/32", &address.prefix, NULL);
  address.valid_until_s = now_s + 1;
  hearth_platform_add_address (platform, &address, &error);
  g_assert_no_error (error);
  wait_for_agreement (platform);
  g_assert_nonnull (hearth_platform_get_address (platform, &address));

  timeout = g_timeout_add (WAIT_MS, on_late, &late);
  while (!late && hearth_platform_get_address (platform, &address) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timeout);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform-linux/storm", test_storm);
  g_test_add_func ("/platform-linux/overrun", test_overrun);
  g_test_add_func ("/platform-linux/overrun-leaves-nothing-behind",
                   test_overrun_leaves_nothing_behind);
  g_test_add_func ("/platform-linux/interrupted-dump", test_interrupted_dump);
  g_test_add_func ("/platform-linux/forged-datagram", test_forged_datagram);
  g_test_add_func ("/platform-linux/ipv6-off", test_ipv6_off);
  g_test_add_func ("/platform-linux/link-down-and-up", test_link_down_and_up);
  g_test_add_func ("/platform-linux/links-come-and-go", test_links_come_and_go);
  g_test_add_func ("/platform-linux/secondary-leaves-base", test_secondary_leaves_base);
  g_test_add_func ("/platform-linux/lifetime-ends", test_lifetime_ends);
  return g_test_run ();
}
