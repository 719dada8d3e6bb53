/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the platform of the BSDs alone does, on a fake of its system. */

#include "hearth-platform-bsd.h"

#include <errno.h>
#include <gio/gio.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <netinet/tcp_fsm.h>
#include <netinet6/in6_var.h>
#include <signal.h>
#include <string.h>

#include "fake-bsd.h"
#include "hearth-edit.h"
#include "hearth-listeners.h"
#include "hearth-pcblist-bsd.h"
#include "hearth-process-handle-bsd.h"
#include "hearth-surroundings.h"
#include "messages-bsd.h"

#define WAIT_MS 5000

typedef struct {
  HearthPlatform *platform; /* (owned) */
  guint n_signals;
} Fixture;

static void
on_changed (HearthPlatform *platform, const HearthChanges *changes, Fixture *fixture)
{
  fixture->n_signals++;
}

static void
make (Fixture *fixture, gconstpointer data)
{
  fake_bsd_reset ();
  fixture->platform = hearth_platform_bsd_new (&fake_bsd);
  g_signal_connect (fixture->platform, "changed", G_CALLBACK (on_changed), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make (fixture, data);
  hearth_platform_start (fixture->platform, &error);
  g_assert_no_error (error);
}

/* Resetting asserts that nothing is left open. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->platform);
  fake_bsd_reset ();
}

static HearthLinkAddress
make_address (guint32 link_index, const char *text)
{
  HearthLinkAddress address = { .link_index = link_index };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  return address;
}

static const HearthLinkAddress *
find (Fixture *fixture, guint32 link_index, const char *text)
{
  HearthLinkAddress key = make_address (link_index, text);

  return hearth_platform_get_address (fixture->platform, &key);
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_signal (Fixture *fixture)
{
  guint before = fixture->n_signals;
  gboolean late = FALSE;
  guint timeout = g_timeout_add (WAIT_MS, on_late, &late);

  while (!late && fixture->n_signals == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timeout);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Watching */

static void
test_links (Fixture *fixture, gconstpointer data)
{
  const HearthLink *link;

  fake_bsd_add_link (4, "en0", IFF_UP, 1500);
  wait_for_signal (fixture);
  fake_bsd_add_address (4, "192.0.2.7/24", NULL, 0);
  wait_for_signal (fixture);
  link = hearth_platform_find_link (fixture->platform, "en0");
  g_assert_nonnull (link);
  g_assert_cmpuint (link->index, ==, 4);
  g_assert_cmpuint (link->mtu_bytes, ==, 1500);
  g_assert_cmpuint (link->flags, ==, HEARTH_LINK_FLAG_UP);
  g_assert_cmpuint (find (fixture, 4, "192.0.2.7/24")->scope, ==, HEARTH_SCOPE_GLOBAL);

  fake_bsd_add_link (4, "en0", 0, 1400);
  wait_for_signal (fixture);
  link = hearth_platform_find_link (fixture->platform, "en0");
  g_assert_cmpuint (link->flags, ==, 0);
  g_assert_cmpuint (link->mtu_bytes, ==, 1400);

  fake_bsd_drop_link (4);
  wait_for_signal (fixture);
  g_assert_null (hearth_platform_find_link (fixture->platform, "en0"));
  g_assert_null (find (fixture, 4, "192.0.2.7/24"));
}

static void
test_details (Fixture *fixture, gconstpointer data)
{
  HearthLinkAddress key = make_address (6, "10.8.0.2/32");
  const HearthLinkAddress *record;

  fake_bsd_add_link (6, "utun0", IFF_UP | IFF_POINTOPOINT, 1380);
  fake_bsd_add_address (6, "10.8.0.2/32", "10.8.0.1", 0);
  fake_bsd_add_address (1, "fd00::7/128", NULL, IN6_IFF_TENTATIVE);
  fake_bsd_add_address (1, "fd00::8/128", NULL, IN6_IFF_DUPLICATED | IN6_IFF_DEPRECATED);
  fake_bsd_add_address (1, "fe80::1/64", NULL, 0);
  fake_bsd_add_address (1, "169.254.1.1/16", NULL, 0);
  wait_for_signal (fixture);

  record = find (fixture, 1, "fd00::7/128");
  g_assert_cmpuint (record->flags, ==, HEARTH_LINK_ADDRESS_FLAG_TENTATIVE);
  record = find (fixture, 1, "fd00::8/128");
  g_assert_cmpuint (record->flags, ==,
                    HEARTH_LINK_ADDRESS_FLAG_DUPLICATE | HEARTH_LINK_ADDRESS_FLAG_DEPRECATED);
  g_assert_cmpuint (find (fixture, 1, "fe80::1/64")->scope, ==, HEARTH_SCOPE_LINK);
  g_assert_cmpuint (find (fixture, 1, "169.254.1.1/16")->scope, ==, HEARTH_SCOPE_LINK);
  g_assert_cmpuint (find (fixture, 1, "::1/128")->scope, ==, HEARTH_SCOPE_HOST);
  g_assert_true (hearth_address_parse ("10.8.0.1", &key.peer, NULL));
  g_assert_nonnull (hearth_platform_get_address (fixture->platform, &key));
}

/* Many messages are one reading of the state, and one signal. */
static void
test_one_signal_for_many (Fixture *fixture, gconstpointer data)
{
  for (int i = 2; i < 12; i++)
    {
      g_autofree char *text = g_strdup_printf ("127.0.0.%d/32", i);

      fake_bsd_add_address (1, text, NULL, 0);
    }
  wait_for_signal (fixture);
  settle ();
  g_assert_cmpuint (fixture->n_signals, ==, 1);
  g_assert_nonnull (find (fixture, 1, "127.0.0.11/32"));
}

/* What says nothing new, and what is no message, is no signal. */
static void
test_nothing_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const HearthCounters counters = { 1, 2, 3, 4, 5, 6, 7, 8 };

  messages_bsd_add_link (bytes, 1, &counters);
  messages_bsd_add_route (bytes, "192.0.2.0/24", NULL, 4, 0);
  fake_bsd_say (bytes->data, bytes->len);
  fake_bsd_say ("x", 1);
  settle ();
  g_assert_cmpuint (fixture->n_signals, ==, 0);
}

/* A message was lost: the next one, whichever, brings all of it. */
static void
test_loss (Fixture *fixture, gconstpointer data)
{
  fake_bsd_lose_messages (TRUE);
  fake_bsd_add_address (1, "127.0.0.2/32", NULL, 0);
  fake_bsd_lose_messages (FALSE);
  settle ();
  g_assert_null (find (fixture, 1, "127.0.0.2/32"));
  fake_bsd_add_address (1, "127.0.0.3/32", NULL, 0);
  wait_for_signal (fixture);
  g_assert_nonnull (find (fixture, 1, "127.0.0.2/32"));
}

/* FreeBSD says that one was lost (ENOBUFS), where there is another one to be read. */
static void
test_loss_that_is_told (Fixture *fixture, gconstpointer data)
{
  fake_bsd_lose_messages (TRUE);
  fake_bsd_add_address (1, "127.0.0.2/32", NULL, 0);
  fake_bsd_lose_messages (FALSE);
  fake_bsd_fail ("read", ENOBUFS, 1);
  fake_bsd_say ("x", 1);
  wait_for_signal (fixture);
  g_assert_nonnull (find (fixture, 1, "127.0.0.2/32"));
}

static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  fake_bsd_fail ("read", EINTR, 3);
  fake_bsd_add_address (1, "127.0.0.2/32", NULL, 0);
  wait_for_signal (fixture);
  g_assert_nonnull (find (fixture, 1, "127.0.0.2/32"));
}

/* The socket has ended: another one is opened, and what came meanwhile is seen. */
static void
test_broken_socket (Fixture *fixture, gconstpointer data)
{
  fake_bsd_break_events ();
  fake_bsd_add_address (1, "127.0.0.2/32", NULL, 0);
  fake_bsd_fail ("open_events", ENFILE, 1);
  wait_for_signal (fixture);
  g_assert_nonnull (find (fixture, 1, "127.0.0.2/32"));
  fake_bsd_drop_address (1, "127.0.0.2");
  wait_for_signal (fixture);
  g_assert_null (find (fixture, 1, "127.0.0.2/32"));
}

/* The state could not be read when a message came: it is tried again. */
static void
test_unreadable_for_a_moment (Fixture *fixture, gconstpointer data)
{
  fake_bsd_fail ("getifaddrs", ENOMEM, 1);
  fake_bsd_add_address (1, "127.0.0.2/32", NULL, 0);
  wait_for_signal (fixture);
  g_assert_nonnull (find (fixture, 1, "127.0.0.2/32"));
}

static void
test_catch_up (Fixture *fixture, gconstpointer data)
{
  HearthLinkAddress address = make_address (1, "127.0.0.2/32");

  g_assert_true (hearth_platform_add_address (fixture->platform, &address, NULL));
  g_assert_null (hearth_platform_get_address (fixture->platform, &address));
  hearth_platform_catch_up (fixture->platform);
  g_assert_nonnull (hearth_platform_get_address (fixture->platform, &address));
  hearth_platform_catch_up (fixture->platform);
  g_assert_cmpuint (fixture->n_signals, ==, 1);
}

static void
catch_up_again (HearthPlatform *platform, const HearthChanges *changes, Fixture *fixture)
{
  if (fixture->n_signals > 1)
    return;
  fake_bsd_add_address (1, "127.0.0.3/32", NULL, 0);
  hearth_platform_catch_up (platform);
  g_assert_null (find (fixture, 1, "127.0.0.3/32"));
}

static void
test_catch_up_in_a_handler (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->platform, "changed", G_CALLBACK (catch_up_again), fixture);
  fake_bsd_add_address (1, "127.0.0.2/32", NULL, 0);
  hearth_platform_catch_up (fixture->platform);
  g_assert_cmpuint (fixture->n_signals, ==, 1);
  wait_for_signal (fixture);
  g_assert_nonnull (find (fixture, 1, "127.0.0.3/32"));
}

/* Starting */

static void
assert_start_fails (Fixture *fixture, const char *function, int number, int code)
{
  g_autoptr (GError) error = NULL;

  fake_bsd_fail (function, number, 1);
  g_assert_false (hearth_platform_start (fixture->platform, &error));
  g_assert_error (error, HEARTH_ERROR, code);
}

static void
test_start_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_start_fails (fixture, "open_events", EPERM, HEARTH_ERROR_NOT_PERMITTED);
  assert_start_fails (fixture, "open_events", EMFILE, HEARTH_ERROR_FAILED);
  assert_start_fails (fixture, "getifaddrs", ENOMEM, HEARTH_ERROR_FAILED);
  hearth_platform_start (fixture->platform, &error);
  g_assert_no_error (error);
  g_assert_nonnull (find (fixture, 1, "127.0.0.1/8"));
}

/* Changing */

static void
assert_change_fails (
    Fixture *fixture, gboolean remove, const char *text, int code, const char *phrase)
{
  HearthLinkAddress address = make_address (1, text);
  g_autoptr (GError) error = NULL;
  gboolean done = remove ? hearth_platform_remove_address (fixture->platform, &address, &error)
                         : hearth_platform_add_address (fixture->platform, &address, &error);

  g_assert_false (done);
  g_assert_error (error, HEARTH_ERROR, code);
  g_assert_nonnull (strstr (error->message, phrase));
  g_assert_nonnull (strstr (error->message, "lo0"));
}

/* The kernels would replace 127.0.0.1/8 by it, and take it away for it. */
static void
test_base_stays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *left = NULL;

  assert_change_fails (fixture, FALSE, "127.0.0.1/32", HEARTH_ERROR_EXISTS, "already");
  assert_change_fails (fixture, TRUE, "127.0.0.1/32", HEARTH_ERROR_NOT_FOUND, "is not on");
  assert_change_fails (fixture, TRUE, "::1/64", HEARTH_ERROR_NOT_FOUND, "is not on");
  left = fake_bsd_list_addresses ();
  g_assert_cmpstr (left, ==, "127.0.0.1/8 ::1/128");
}

static void
test_refusals_of_the_kernel (Fixture *fixture, gconstpointer data)
{
  static const struct {
    int number, code;
    const char *phrase;
  } rows[] = {
    { EPERM, HEARTH_ERROR_NOT_PERMITTED, "needs the system's permission" },
    { EEXIST, HEARTH_ERROR_EXISTS, "already" },
    { EINVAL, HEARTH_ERROR_INVALID, "does not take" },
    { ENXIO, HEARTH_ERROR_NOT_FOUND, "no network interface" },
    { EAFNOSUPPORT, HEARTH_ERROR_NOT_SUPPORTED, "does not support" },
    { EIO, HEARTH_ERROR_FAILED, "refused" },
  };
  HearthLinkAddress address = make_address (1, "127.0.0.2/32");
  g_autoptr (GError) error = NULL;

  fake_bsd_fail ("open_requests", EAFNOSUPPORT, 1);
  assert_change_fails (fixture, FALSE, "127.0.0.2/32", HEARTH_ERROR_NOT_SUPPORTED, "support");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fake_bsd_fail ("ioctl", rows[i].number, 1);
      assert_change_fails (fixture, FALSE, "127.0.0.2/32", rows[i].code, rows[i].phrase);
    }
  fake_bsd_fail ("getifaddrs", ENOMEM, 1);
  g_assert_false (hearth_platform_add_address (fixture->platform, &address, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
}

/* Who may not change anything is told so before anything else. */
static void
test_ordinary_user (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  hearth_platform_may_change (fixture->platform, &error);
  g_assert_no_error (error);

  fake_bsd_set_user (501);
  g_assert_false (hearth_platform_may_change (fixture->platform, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
  assert_change_fails (fixture, FALSE, "127.0.0.2/32", HEARTH_ERROR_NOT_PERMITTED, "permission");
  assert_change_fails (fixture, TRUE, "127.0.0.1/8", HEARTH_ERROR_NOT_PERMITTED, "permission");
}

/* Counters and surroundings */

static void
test_counters (Fixture *fixture, gconstpointer data)
{
  const HearthCounters expected = { 5000000001, 3, 4, 5, 5000000001, 6, 7, 8 };
  g_autoptr (GError) error = NULL;
  HearthCounters counters;

  fake_bsd_add_link (4, "en0", IFF_UP, 1500);
  g_assert_true (hearth_platform_read_counters (fixture->platform, 1, &counters, &error));
  g_assert_cmpmem (&counters, sizeof counters, &expected, sizeof expected);

  fake_bsd_fail ("sysctl", EPERM, 1);
  g_assert_false (hearth_platform_read_counters (fixture->platform, 1, &counters, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
}

/* The list grows between asking how long it is and reading it. */
static void
test_growing_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  HearthCounters counters;

  for (guint32 i = 10; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("vlan%u", i);

      fake_bsd_add_link (i, name, IFF_UP, 1500);
    }
  g_assert_true (hearth_platform_read_counters (fixture->platform, 39, &counters, &error));
  g_assert_cmpuint (counters.received_bytes, ==, 5000000039);
}

static HearthNearness
look (const HearthSurroundings *surroundings, const char *text)
{
  HearthAddress address;

  g_assert_true (hearth_address_parse (text, &address, NULL));
  return hearth_surroundings_find (surroundings, &address, 1);
}

static void
test_surroundings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) routes = g_byte_array_new ();
  g_autoptr (GByteArray) neighbours = g_byte_array_new ();
  g_autoptr (HearthSurroundings) surroundings = NULL;
  g_autoptr (GError) error = NULL;

  messages_bsd_add_route (routes, "0.0.0.0/0", "192.0.2.1", 4, 0);
  messages_bsd_add_route (routes, "198.51.100.0/24", "192.0.2.9", 4, 0);
  messages_bsd_add_neighbour (neighbours, "192.0.2.20", 6, 0);
  fake_bsd_set_table (AF_INET, NET_RT_DUMP, routes);
  fake_bsd_set_table (AF_INET, NET_RT_FLAGS, neighbours);
  fake_bsd_add_link (4, "en0", IFF_UP, 1500);
  fake_bsd_add_address (4, "192.0.2.7/24", NULL, 0);
  wait_for_signal (fixture);

  surroundings = hearth_platform_read_surroundings (fixture->platform, &error);
  g_assert_no_error (error);
  g_assert_cmpint (look (surroundings, "192.0.2.1"), ==, HEARTH_NEARNESS_GATEWAY);
  g_assert_cmpint (look (surroundings, "192.0.2.7"), ==, HEARTH_NEARNESS_OWN);
  g_assert_cmpint (look (surroundings, "192.0.2.20"), ==, HEARTH_NEARNESS_NEIGHBOUR);
  g_assert_cmpint (look (surroundings, "198.51.100.3"), ==, HEARTH_NEARNESS_ROUTED);
  g_assert_cmpint (look (surroundings, "203.0.113.1"), ==, HEARTH_NEARNESS_NONE);

  g_clear_pointer (&surroundings, hearth_surroundings_unref);
  fake_bsd_fail ("sysctl", EACCES, 1);
  surroundings = hearth_platform_read_surroundings (fixture->platform, &error);
  g_assert_null (surroundings);
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
}

/* Listeners */

static void
set_sockets (HearthTransport transport, const char *address, guint64 first, guint n)
{
  g_autoptr (GByteArray) list = g_byte_array_new ();

  messages_bsd_add_generation (list);
  for (guint i = 0; i < n; i++)
    {
      HearthListener listener = { .transport = (guint8) transport,
                                  .port = (guint16) (8000 + i),
                                  .user_id = 0,
                                  .socket_id = first + i };

      g_assert_true (hearth_address_parse (address, &listener.address, NULL));
      messages_bsd_add_socket (list, &listener, 0, TCPS_LISTEN);
    }
  messages_bsd_add_generation (list);
  fake_bsd_set_list (hearth_pcblist_bsd_get_name (transport), list);
}

static GPtrArray *
read_listeners (Fixture *fixture, GPtrArray *known)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *listeners = hearth_platform_read_listeners (fixture->platform, known, &error);

  g_assert_no_error (error);
  return listeners;
}

static void
add_python (gint32 pid)
{
#ifdef __APPLE__
  static const char command[] = "\2\0\0\0/usr/bin/python3\0\0python3\0site.py\0HOME=/\0";
#else
  static const char command[] = "python3\0site.py\0";
#endif

  fake_bsd_add_process (pid, 0, "python3", command, sizeof command - 1);
}

static void
test_listeners (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) listeners = NULL;
  const HearthListener *listener;

  set_sockets (HEARTH_TRANSPORT_TCP, "127.0.0.1", 0xfffff000, 2);
  set_sockets (HEARTH_TRANSPORT_UDP, "::", 0xffffe000, 1);
  add_python (900);
  add_python (70);
  fake_bsd_open_socket (900, 0xfffff000);
  fake_bsd_open_socket (70, 0xfffff000); /* inherited: the lowest number has it */
  fake_bsd_open_socket (70, 0x1234);     /* of another kind */
  listeners = read_listeners (fixture, NULL);
  g_assert_cmpuint (listeners->len, ==, 3);

  listener = listeners->pdata[0];
  g_assert_cmpuint (listener->port, ==, 8000);
  g_assert_cmpint (listener->transport, ==, HEARTH_TRANSPORT_TCP);
  g_assert_cmpint (listener->process->pid, ==, 70);
  g_assert_cmpstr (listener->process->program, ==, "python3");
  g_assert_cmpstr (listener->process->command, ==, "python3 site.py");
  g_assert_cmpstr (listener->user, ==, "root");
  listener = listeners->pdata[1];
  g_assert_cmpint (listener->transport, ==, HEARTH_TRANSPORT_UDP);
  listener = listeners->pdata[2];
  g_assert_cmpuint (listener->port, ==, 8001);
  g_assert_null (listener->process);
}

/* Processes are looked for only where a socket came or a process went. */
static void
test_known_listeners (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first = NULL, second = NULL, third = NULL;

  set_sockets (HEARTH_TRANSPORT_TCP, "127.0.0.1", 0x100, 1);
  set_sockets (HEARTH_TRANSPORT_UDP, "127.0.0.1", 0x200, 0);
  add_python (70);
  fake_bsd_open_socket (70, 0x100);
  first = read_listeners (fixture, NULL);
  g_assert_cmpuint (fake_bsd_get_n_looks (), ==, 1);
  second = read_listeners (fixture, first);
  g_assert_cmpuint (fake_bsd_get_n_looks (), ==, 1);
  g_assert_cmpint (((HearthListener *) second->pdata[0])->process->pid, ==, 70);

  fake_bsd_end_process (70);
  fake_bsd_add_process (70, 0, "other", NULL, 0);
  third = read_listeners (fixture, second);
  g_assert_cmpuint (fake_bsd_get_n_looks (), ==, 2);
  g_assert_null (((HearthListener *) third->pdata[0])->process);
}

static void
test_listeners_are_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fake_bsd_fail ("sysctlbyname", EPERM, 1);
  g_assert_null (hearth_platform_read_listeners (fixture->platform, NULL, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
  g_clear_error (&error);
  g_assert_null (hearth_platform_read_listeners (fixture->platform, NULL, &error)); /* no list */
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
}

/* Processes that are held */

static HearthListener
make_listener (gint32 pid)
{
  return (HearthListener) { .transport = HEARTH_TRANSPORT_TCP,
                            .port = 8000,
                            .socket_id = 0x100,
                            .process = hearth_process_new (pid, "python3", "python3") };
}

static void
assert_no_handle (gint32 pid, int code, const char *phrase)
{
  HearthListener listener = make_listener (pid);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthProcessHandle) handle =
      hearth_process_handle_bsd_open (&fake_bsd, &listener, &error);

  g_assert_null (handle);
  g_assert_error (error, HEARTH_ERROR, code);
  g_assert_nonnull (strstr (error->message, phrase));
  hearth_process_unref (listener.process);
}

typedef struct {
  gboolean done, ended;
} Outcome;

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  g_autoptr (GError) error = NULL;

  outcome->ended =
      hearth_process_handle_wait_finish (HEARTH_PROCESS_HANDLE (source), result, &error);
  g_assert_no_error (error);
  outcome->done = TRUE;
}

static gboolean
wait_for_end (HearthProcessHandle *handle, guint limit_ms)
{
  Outcome outcome = { 0 };

  hearth_process_handle_wait_async (handle, limit_ms, NULL, waited_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  return outcome.ended;
}

static HearthProcessHandle *
hold (gint32 pid)
{
  HearthListener listener = make_listener (pid);
  g_autoptr (GError) error = NULL;
  HearthProcessHandle *handle = hearth_process_handle_bsd_open (&fake_bsd, &listener, &error);

  g_assert_no_error (error);
  hearth_process_unref (listener.process);
  return handle;
}

static void
test_process (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthProcessHandle) handle = NULL;
  g_autoptr (GError) error = NULL;

  fake_bsd_add_process (70, 0, "python3", NULL, 0);
  fake_bsd_open_socket (70, 0x100);
  handle = hold (70);
  g_assert_true (hearth_process_handle_end (handle, FALSE, &error));
  g_assert_cmpint (fake_bsd_get_signal (70), ==, SIGTERM);
  g_assert_false (wait_for_end (handle, 10));
  g_assert_true (hearth_process_handle_end (handle, TRUE, &error));
  g_assert_true (wait_for_end (handle, WAIT_MS));
}

/* Its number is another's by now: nothing goes to that one. */
static void
test_number_of_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthProcessHandle) handle = NULL;

  fake_bsd_add_process (70, 0, "python3", NULL, 0);
  fake_bsd_open_socket (70, 0x100);
  handle = hold (70);
  fake_bsd_end_process (70);
  fake_bsd_add_process (70, 0, "innocent", NULL, 0);
  g_assert_true (hearth_process_handle_end (handle, TRUE, NULL));
  g_assert_cmpint (fake_bsd_get_signal (70), ==, 0);
}

static void
test_no_process (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthProcessHandle) handle = NULL;

  assert_no_handle (70, HEARTH_ERROR_NOT_FOUND, "python3 has ended already");
  fake_bsd_add_process (70, 0, "python3", NULL, 0);
  fake_bsd_fail ("watch_process", ENFILE, 1);
  assert_no_handle (70, HEARTH_ERROR_FAILED, "could not be stopped");
  fake_bsd_open_socket (70, 0x100);
  handle = hold (70);
  fake_bsd_fail ("kill", EPERM, 1);
  g_assert_false (hearth_process_handle_end (handle, FALSE, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
}

static void
test_closed_its_socket (Fixture *fixture, gconstpointer data)
{
  fake_bsd_add_process (70, 0, "python3", NULL, 0);
  fake_bsd_open_socket (70, 0x101);
  assert_no_handle (70, HEARTH_ERROR_NOT_FOUND, "python3 has ended already");
}

static void
test_of_another_user (Fixture *fixture, gconstpointer data)
{
  fake_bsd_add_process (70, 501, "python3", NULL, 0);
  fake_bsd_open_socket (70, 0x100);
  assert_no_handle (70, HEARTH_ERROR_NOT_PERMITTED, "python3 belongs to another user");
}

static const struct {
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "links", test_links },
  { "details", test_details },
  { "one-signal-for-many", test_one_signal_for_many },
  { "nothing-new", test_nothing_new },
  { "loss", test_loss },
  { "loss-that-is-told", test_loss_that_is_told },
  { "interrupted", test_interrupted },
  { "broken-socket", test_broken_socket },
  { "unreadable-for-a-moment", test_unreadable_for_a_moment },
  { "catch-up", test_catch_up },
  { "catch-up-in-a-handler", test_catch_up_in_a_handler },
  { "base-stays", test_base_stays },
  { "refusals-of-the-kernel", test_refusals_of_the_kernel },
  { "ordinary-user", test_ordinary_user },
  { "counters", test_counters },
  { "growing-list", test_growing_list },
  { "surroundings", test_surroundings },
  { "listeners", test_listeners },
  { "known-listeners", test_known_listeners },
  { "listeners-are-refused", test_listeners_are_refused },
  { "process", test_process },
  { "number-of-another", test_number_of_another },
  { "no-process", test_no_process },
  { "closed-its-socket", test_closed_its_socket },
  { "of-another-user", test_of_another_user },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/platform-bsd/%s", tests[i].name);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  g_test_add ("/platform-bsd/start-again", Fixture, NULL, make, test_start_again, tear_down);
  return g_test_run ();
}
