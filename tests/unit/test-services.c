/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-error.h"
#include "hearth-listeners.h"
#include "hearth-platform-backend.h"
#include "hearth-platform-fake.h"
#include "hearth-services.h"

#define N_RANDOM_ROUNDS 300
#define LIMIT_MS 20000

static void
add_listener (
    GPtrArray *listeners, const char *address, guint16 port, guint64 socket_id, gint32 pid)
{
  HearthListener listener = { .transport = HEARTH_TRANSPORT_TCP,
                              .port = port,
                              .socket_id = socket_id };

  g_assert_true (hearth_address_parse_canonical (address, &listener.address, NULL));
  listener.process = pid != 0 ? hearth_process_new (pid, "program", "program --port") : NULL;
  g_ptr_array_add (listeners, hearth_listener_copy (&listener));
  g_clear_pointer (&listener.process, hearth_process_unref);
}

static GPtrArray *
make_listeners (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return hearth_listener_compare (*(HearthListener **) a, *(HearthListener **) b);
}

static void
take (HearthServices *services, GPtrArray *listeners)
{
  g_ptr_array_sort (listeners, compare);
  hearth_services_take (services, listeners);
}

typedef struct {
  HearthPlatform *platform;
  HearthServices *services;
  GString *log; /* of items-changed, notify and details-changed */
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%s%u-%u+%u", log->len ? " " : "", position, removed, added);
}

static void
on_notify (GObject *object, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s%s", log->len ? " " : "", pspec->name);
}

static void
on_details_changed (HearthServices *services, GString *log)
{
  g_string_append_printf (log, "%sdetails-changed", log->len ? " " : "");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->services = hearth_services_new (fixture->platform);
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->services, "items-changed", G_CALLBACK (on_items_changed),
                    fixture->log);
  g_signal_connect (fixture->services, "details-changed", G_CALLBACK (on_details_changed),
                    fixture->log);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->services);
  g_object_unref (fixture->platform); /* the thread that read it may have it a moment longer */
  g_string_free (fixture->log, TRUE);
}

static void
assert_log (GString *log, const char *expected)
{
  g_assert_cmpstr (log->str, ==, expected);
  g_string_truncate (log, 0);
}

static HearthService *
get (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->services), position);
}

/* "8000 8001", by port. */
static void
assert_ports (HearthServices *services, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (services)); i++)
    {
      g_autoptr (HearthService) service = g_list_model_get_item (G_LIST_MODEL (services), i);

      g_string_append_printf (text, "%s%u", i > 0 ? " " : "",
                              hearth_service_get_record (service)->port);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_items (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first = make_listeners ();
  g_autoptr (GPtrArray) second = make_listeners ();
  g_autoptr (HearthService) kept = NULL;
  g_autoptr (HearthService) same = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->services)), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->services)) ==
                 HEARTH_TYPE_SERVICE);
  add_listener (first, "127.0.0.1", 8001, 2, 10);
  add_listener (first, "127.0.0.1", 8000, 1, 10);
  add_listener (first, "::1", 8000, 3, 10);
  take (fixture->services, first);
  assert_log (fixture->log, "0-0+3");
  assert_ports (fixture->services, "8000 8000 8001");
  kept = get (fixture, 2);
  g_assert_null (get (fixture, 3));

  add_listener (second, "127.0.0.1", 80, 5, 0);
  add_listener (second, "127.0.0.1", 8001, 2, 10);
  add_listener (second, "127.0.0.1", 9000, 6, 0);
  take (fixture->services, second);
  assert_log (fixture->log, "0-0+1 1-2+0 2-0+1");
  assert_ports (fixture->services, "80 8001 9000");
  same = get (fixture, 1);
  g_assert_true (same == kept);
  take (fixture->services, second);
  assert_log (fixture->log, "");
}

/* Several sockets at one place are one service, whose process is the one with the lowest number. */
static void
test_shared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first = make_listeners ();
  g_autoptr (GPtrArray) second = make_listeners ();
  g_autoptr (HearthService) service = NULL;

  add_listener (first, "127.0.0.1", 8000, 1, 0);
  add_listener (first, "127.0.0.1", 8000, 2, 30);
  add_listener (first, "127.0.0.1", 8000, 3, 20);
  add_listener (first, "127.0.0.1", 8000, 4, 40);
  take (fixture->services, first);
  assert_log (fixture->log, "0-0+1");
  service = get (fixture, 0);
  g_assert_cmpint (hearth_service_get_record (service)->process->pid, ==, 20);
  g_assert_cmpuint (hearth_service_get_record (service)->socket_id, ==, 3);

  g_signal_connect (service, "notify", G_CALLBACK (on_notify), fixture->log);
  add_listener (second, "127.0.0.1", 8000, 4, 40);
  take (fixture->services, second);
  assert_log (fixture->log, "record details-changed");
  g_assert_cmpint (hearth_service_get_record (service)->process->pid, ==, 40);
  g_signal_handlers_disconnect_by_data (service, fixture->log);
}

/* Another socket of the same program at the same place is nothing that a person sees. */
static void
test_notify (Fixture *fixture, gconstpointer data)
{
  static const struct {
    guint64 socket_id;
    gint32 pid;
    gboolean only_ipv6;
    const char *log;
  } rows[] = {
    { 1, 10, FALSE, "" },
    { 2, 10, FALSE, "" },
    { 2, 11, FALSE, "record details-changed" },
    { 2, 11, TRUE, "record details-changed" },
    { 3, 0, TRUE, "record details-changed" },
    { 3, 0, TRUE, "" },
  };
  g_autoptr (GPtrArray) first = make_listeners ();
  g_autoptr (HearthService) service = NULL;

  add_listener (first, "::", 8000, 1, 10);
  take (fixture->services, first);
  assert_log (fixture->log, "0-0+1");
  service = get (fixture, 0);
  g_signal_connect (service, "notify", G_CALLBACK (on_notify), fixture->log);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) listeners = make_listeners ();

      add_listener (listeners, "::", 8000, rows[i].socket_id, rows[i].pid);
      ((HearthListener *) listeners->pdata[0])->only_ipv6 = rows[i].only_ipv6;
      take (fixture->services, listeners);
      assert_log (fixture->log, rows[i].log);
      g_assert_cmpuint (hearth_service_get_record (service)->socket_id, ==, rows[i].socket_id);
    }
  g_signal_handlers_disconnect_by_data (service, fixture->log);
}

/* The computer gets an address that others can reach. */
static void
test_reach (Fixture *fixture, gconstpointer data)
{
  HearthLinkAddress address = { .link_index = 2 };
  HearthLink link = { .index = 2, .flags = HEARTH_LINK_FLAG_UP, .name = "eth0" };
  g_autoptr (GPtrArray) listeners = make_listeners ();
  g_autoptr (HearthService) everywhere = NULL;
  g_autoptr (HearthService) at_home = NULL;

  add_listener (listeners, "0.0.0.0", 8000, 1, 10);
  add_listener (listeners, "127.0.0.1", 8001, 2, 10);
  take (fixture->services, listeners);
  everywhere = get (fixture, 0);
  at_home = get (fixture, 1);
  g_assert_cmpint (hearth_service_get_reach (everywhere), ==, HEARTH_REACH_THIS_COMPUTER);
  g_string_truncate (fixture->log, 0);

  g_signal_connect (everywhere, "notify", G_CALLBACK (on_notify), fixture->log);
  g_assert_true (hearth_prefix_parse ("192.168.1.5/24", &address.prefix, NULL));
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (fixture->platform), &link);
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
  take (fixture->services, listeners);
  assert_log (fixture->log, "reach details-changed");
  g_assert_cmpint (hearth_service_get_reach (everywhere), ==, HEARTH_REACH_LOCAL_NETWORK);
  g_assert_cmpint (hearth_service_get_reach (at_home), ==, HEARTH_REACH_THIS_COMPUTER);
  g_signal_handlers_disconnect_by_data (everywhere, fixture->log);
}

/* What a view makes of items-changed. */
static void
on_mirror (GListModel *model, guint position, guint removed, guint added, GPtrArray *mirror)
{
  g_assert_cmpuint (position + removed, <=, mirror->len);
  g_assert_cmpuint (removed + added, >, 0);
  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror, (int) (position + i), g_list_model_get_item (model, position + i));
  g_assert_cmpuint (mirror->len, ==, g_list_model_get_n_items (model));
}

static void
assert_mirror (Fixture *fixture, GPtrArray *mirror, GPtrArray *expected)
{
  g_assert_cmpuint (mirror->len, ==, expected->len);
  for (guint i = 0; i < mirror->len; i++)
    {
      g_autoptr (HearthService) service = get (fixture, i);

      g_assert_true (service == mirror->pdata[i]);
      g_assert_cmpint (
          hearth_listener_compare (hearth_service_get_record (service), expected->pdata[i]), ==, 0);
    }
}

/* Items that stay are the same objects: each port keeps its own while it is there. */
static void
assert_same (GPtrArray *mirror, HearthService *by_port[])
{
  HearthService *now[64] = { NULL };

  for (guint i = 0; i < mirror->len; i++)
    {
      guint16 port = hearth_service_get_record (mirror->pdata[i])->port;

      now[port] = mirror->pdata[i];
      g_assert_true (by_port[port] == NULL || by_port[port] == now[port]);
    }
  memcpy (by_port, now, sizeof now);
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) mirror = g_ptr_array_new_with_free_func (g_object_unref);
  HearthService *by_port[64] = { NULL };

  g_signal_connect (fixture->services, "items-changed", G_CALLBACK (on_mirror), mirror);
  for (int round = 0; round < N_RANDOM_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) listeners = make_listeners ();
      int density = g_rand_int_range (random, 0, 101);

      for (guint16 port = 1; port < 64; port++)
        if (g_rand_int_range (random, 0, 100) < density)
          add_listener (listeners, "127.0.0.1", port, port, g_rand_int_range (random, 0, 3));
      take (fixture->services, listeners);
      assert_mirror (fixture, mirror, listeners);
      assert_same (mirror, by_port);
    }
  g_signal_handlers_disconnect_by_data (fixture->services, mirror);
}

/* A platform of a test's own: it counts how often it is read, fails, and takes its time. */

struct _TestPlatform {
  HearthPlatform parent_instance;

  GMutex mutex;
  GCond cond;
  guint n_reads;
  guint n_known;
  gboolean fails, waits;
};

#define TEST_TYPE_PLATFORM (test_platform_get_type ())
G_DECLARE_FINAL_TYPE (TestPlatform, test_platform, TEST, PLATFORM, HearthPlatform)
G_DEFINE_FINAL_TYPE (TestPlatform, test_platform, HEARTH_TYPE_PLATFORM)

static gboolean
test_platform_start (HearthPlatform *platform, GError **error)
{
  hearth_platform_begin_snapshot (platform);
  hearth_platform_commit (platform);
  return TRUE;
}

static GPtrArray *
test_platform_read_listeners (HearthPlatform *platform, GPtrArray *known, GError **error)
{
  TestPlatform *self = TEST_PLATFORM (platform);
  GPtrArray *listeners = make_listeners ();
  gboolean fails;

  g_mutex_lock (&self->mutex);
  self->n_reads++;
  self->n_known = known != NULL ? known->len : 0;
  g_cond_broadcast (&self->cond);
  while (self->waits)
    g_cond_wait (&self->cond, &self->mutex);
  fails = self->fails;
  g_mutex_unlock (&self->mutex);
  if (!fails)
    {
      add_listener (listeners, "127.0.0.1", 8001, 2, 10);
      add_listener (listeners, "127.0.0.1", 8000, 1, 10);
      return listeners;
    }
  g_ptr_array_unref (listeners);
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_FAILED, "No.");
  return NULL;
}

static void
test_platform_class_init (TestPlatformClass *klass)
{
  HEARTH_PLATFORM_CLASS (klass)->start = test_platform_start;
  HEARTH_PLATFORM_CLASS (klass)->read_listeners = test_platform_read_listeners;
}

static void
test_platform_init (TestPlatform *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

static guint
count_reads (TestPlatform *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_reads;
}

static void
set_waits (TestPlatform *self, gboolean waits)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->waits = waits;
  g_cond_broadcast (&self->cond);
}

static void
set_fails (TestPlatform *self, gboolean fails)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->fails = fails;
}

static void
on_limit (gpointer data)
{
  g_error ("It did not happen within %d ms", LIMIT_MS);
}

static TestPlatform *
make_platform (void)
{
  TestPlatform *platform = g_object_new (TEST_TYPE_PLATFORM, NULL);

  g_assert_true (hearth_platform_start (HEARTH_PLATFORM (platform), NULL));
  return platform;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The condition may be a thread's, which wakes no main loop. */
#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint limit = g_timeout_add_once (LIMIT_MS, on_limit, NULL);                                   \
    guint tick = g_timeout_add (10, tick_cb, NULL);                                                \
                                                                                                   \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (limit);                                                                       \
    g_source_remove (tick);                                                                        \
  }                                                                                                \
  G_STMT_END

static gboolean
has_passed (gint64 until_us)
{
  return g_get_monotonic_time () >= until_us;
}

/* Lets everything happen that is going to. */
static void
let_pass (guint ms)
{
  gint64 until_us = g_get_monotonic_time () + (gint64) ms * 1000;

  WAIT_UNTIL (has_passed (until_us));
}

static void
test_active (void)
{
  TestPlatform *platform = make_platform ();
  HearthServices *services = hearth_services_new (HEARTH_PLATFORM (platform));
  GString *log = g_string_new (NULL);

  g_signal_connect (services, "notify", G_CALLBACK (on_notify), log);
  let_pass (50);
  g_assert_cmpuint (count_reads (platform), ==, 0);
  g_assert_false (hearth_services_get_ready (services));

  hearth_services_set_active (services, TRUE);
  hearth_services_set_active (services, TRUE);
  assert_log (log, "active");
  WAIT_UNTIL (hearth_services_get_ready (services));
  assert_log (log, "ready");
  assert_ports (services, "8000 8001");
  g_assert_cmpuint (platform->n_known, ==, 0);
  WAIT_UNTIL (count_reads (platform) >= 3);
  g_assert_cmpuint (platform->n_known, ==, 2);
  assert_log (log, "");

  g_object_unref (services);
  let_pass (100);
  g_object_unref (platform);
  g_string_free (log, TRUE);
}

/* Not active it reads nothing, and keeps what it saw; active again it looks at once. */
static void
test_inactive (void)
{
  TestPlatform *platform = make_platform ();
  HearthServices *services = hearth_services_new (HEARTH_PLATFORM (platform));
  guint n_reads;

  hearth_services_set_active (services, TRUE);
  WAIT_UNTIL (hearth_services_get_ready (services));
  hearth_services_set_active (services, FALSE);
  n_reads = count_reads (platform);
  let_pass (2 * HEARTH_SERVICES_INTERVAL_MS + 200);
  g_assert_cmpuint (count_reads (platform), ==, n_reads);
  assert_ports (services, "8000 8001");
  g_assert_true (hearth_services_get_ready (services));

  hearth_services_set_active (services, TRUE);
  WAIT_UNTIL (count_reads (platform) == n_reads + 1);
  hearth_services_set_active (services, FALSE);
  g_assert_finalize_object (g_steal_pointer (&services));
  g_object_unref (platform);
}

/* One look at a time, however often it is switched; what a look finds that nobody wants any more is
 * dropped. */
static void
test_switched_while_looking (void)
{
  TestPlatform *platform = make_platform ();
  HearthServices *services = hearth_services_new (HEARTH_PLATFORM (platform));

  set_waits (platform, TRUE);
  for (int i = 0; i < 5; i++)
    {
      hearth_services_set_active (services, TRUE);
      hearth_services_set_active (services, FALSE);
    }
  WAIT_UNTIL (count_reads (platform) == 1);
  set_waits (platform, FALSE);
  let_pass (100);
  g_assert_cmpuint (count_reads (platform), ==, 1);
  g_assert_false (hearth_services_get_ready (services));
  assert_ports (services, "");

  set_waits (platform, TRUE);
  hearth_services_set_active (services, TRUE);
  hearth_services_set_active (services, FALSE);
  hearth_services_set_active (services, TRUE);
  set_waits (platform, FALSE);
  WAIT_UNTIL (hearth_services_get_ready (services));
  g_assert_cmpuint (count_reads (platform), ==, 2);
  assert_ports (services, "8000 8001");
  hearth_services_set_active (services, FALSE);
  g_assert_finalize_object (g_steal_pointer (&services));
  g_object_unref (platform);
}

static void
test_error (void)
{
  TestPlatform *platform = make_platform ();
  HearthServices *services = hearth_services_new (HEARTH_PLATFORM (platform));
  GString *log = g_string_new (NULL);

  set_fails (platform, TRUE);
  hearth_services_set_active (services, TRUE);
  g_signal_connect (services, "notify", G_CALLBACK (on_notify), log);
  WAIT_UNTIL (hearth_services_get_ready (services));
  assert_log (log, "error ready");
  g_assert_cmpstr (hearth_services_get_error (services), ==, "No.");

  set_fails (platform, FALSE);
  WAIT_UNTIL (hearth_services_get_error (services) == NULL);
  assert_log (log, "error");
  assert_ports (services, "8000 8001");

  /* What was seen stays. */
  set_fails (platform, TRUE);
  WAIT_UNTIL (hearth_services_get_error (services) != NULL);
  assert_ports (services, "8000 8001");

  hearth_services_set_active (services, FALSE);
  g_assert_finalize_object (g_steal_pointer (&services));
  g_object_unref (platform);
  g_string_free (log, TRUE);
}

/* The last reference goes while the thread reads. */
static void
test_disposed_while_looking (void)
{
  TestPlatform *platform = make_platform ();
  HearthServices *services = hearth_services_new (HEARTH_PLATFORM (platform));
  gpointer alive = services;

  g_object_add_weak_pointer (G_OBJECT (services), &alive);
  set_waits (platform, TRUE);
  hearth_services_set_active (services, TRUE);
  WAIT_UNTIL (count_reads (platform) == 1);
  g_object_run_dispose (G_OBJECT (services));
  g_object_unref (services);
  set_waits (platform, FALSE);
  WAIT_UNTIL (alive == NULL);
  let_pass (HEARTH_SERVICES_INTERVAL_MS + 200);
  g_assert_cmpuint (count_reads (platform), ==, 1);
  g_object_unref (platform);
}

/* Without dispose() before: it is still active when its look comes back, and lives no longer than
 * that. */
static void
test_dropped_while_looking (void)
{
  TestPlatform *platform = make_platform ();
  HearthServices *services = hearth_services_new (HEARTH_PLATFORM (platform));
  gpointer alive = services;

  g_object_add_weak_pointer (G_OBJECT (services), &alive);
  set_waits (platform, TRUE);
  hearth_services_set_active (services, TRUE);
  WAIT_UNTIL (count_reads (platform) == 1);
  g_object_unref (services);
  set_waits (platform, FALSE);
  WAIT_UNTIL (alive == NULL);
  let_pass (HEARTH_SERVICES_INTERVAL_MS + 200);
  g_assert_cmpuint (count_reads (platform), ==, 1);
  g_object_unref (platform);
}

/* What the fake says, through the thread. */
static void
test_fake (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) listeners = make_listeners ();

  add_listener (listeners, "127.0.0.1", 8001, 2, 10);
  add_listener (listeners, "127.0.0.1", 8000, 1, 10);
  hearth_platform_fake_set_listeners (HEARTH_PLATFORM_FAKE (fixture->platform), listeners);
  g_object_set (fixture->services, "active", TRUE, NULL);
  WAIT_UNTIL (hearth_services_get_ready (fixture->services));
  assert_log (fixture->log, "0-0+2");
  assert_ports (fixture->services, "8000 8001");
  hearth_platform_fake_set_listeners (HEARTH_PLATFORM_FAKE (fixture->platform), NULL);
  WAIT_UNTIL (fixture->log->len > 0);
  assert_log (fixture->log, "0-2+0");
  hearth_services_set_active (fixture->services, FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/services/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("items", test_items);
  ADD ("shared", test_shared);
  ADD ("notify", test_notify);
  ADD ("reach", test_reach);
  ADD ("random", test_random);
  ADD ("fake", test_fake);
#undef ADD
  g_test_add_func ("/services/active", test_active);
  g_test_add_func ("/services/inactive", test_inactive);
  g_test_add_func ("/services/switched-while-looking", test_switched_while_looking);
  g_test_add_func ("/services/error", test_error);
  g_test_add_func ("/services/disposed-while-looking", test_disposed_while_looking);
  g_test_add_func ("/services/dropped-while-looking", test_dropped_while_looking);

  return g_test_run ();
}
