/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-kernel-wait.h"
#include "hearth-platform-fake.h"
#include "hearth-prefix-list.h"

typedef struct {
  HearthPlatform *platform;
  GArray *present;
  GArray *absent;
  int result; /* -1 while it waits */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  hearth_platform_start (fixture->platform, NULL);
  fixture->present = hearth_prefixes_new ();
  fixture->absent = hearth_prefixes_new ();
  fixture->result = -1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->present);
  g_array_unref (fixture->absent);
  g_assert_finalize_object (fixture->platform);
}

static HearthPrefix
parse (const char *text)
{
  HearthPrefix prefix;

  g_assert_true (hearth_prefix_parse (text, &prefix, NULL));
  return prefix;
}

static void
expect (GArray *prefixes, const char *text)
{
  HearthPrefix prefix = parse (text);

  hearth_prefixes_add (prefixes, &prefix);
}

static void
put (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = { .link_index = 1, .prefix = parse (text) };

  g_assert_true (hearth_platform_add_address (fixture->platform, &address, NULL));
}

static void
drop (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = { .link_index = 1, .prefix = parse (text) };

  g_assert_true (hearth_platform_remove_address (fixture->platform, &address, NULL));
}

static void
on_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *) user_data)->result = hearth_kernel_wait_run_finish (result);
}

static HearthKernelWait *
make (Fixture *fixture)
{
  return hearth_kernel_wait_new (fixture->platform, 1, fixture->present, fixture->absent);
}

static gboolean
run (Fixture *fixture, HearthKernelWait *wait, guint timeout_ms)
{
  hearth_kernel_wait_run_async (wait, timeout_ms, on_waited, fixture);
  while (fixture->result < 0)
    g_main_context_iteration (NULL, TRUE);
  return fixture->result;
}

static gboolean
put_later (gpointer user_data)
{
  put (user_data, "fd00::1/128");
  return G_SOURCE_REMOVE;
}

static void
test_is_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthKernelWait) wait = NULL;

  expect (fixture->present, "127.0.0.1/8");
  expect (fixture->absent, "127.0.0.2/32");
  wait = make (fixture);
  g_assert_true (run (fixture, wait, 5000));
}

static void
test_comes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthKernelWait) wait = NULL;

  expect (fixture->present, "fd00::1/128");
  wait = make (fixture);
  g_timeout_add (150, put_later, fixture);
  g_assert_true (run (fixture, wait, 5000));
}

static void
test_never_comes_and_never_goes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthKernelWait) wait = NULL;
  g_autoptr (GArray) missing = NULL;
  g_autoptr (GArray) left = NULL;

  expect (fixture->present, "127.0.0.1/8");
  expect (fixture->present, "127.0.0.2/32");
  expect (fixture->absent, "::1/128");
  expect (fixture->absent, "127.0.0.3/32");
  wait = make (fixture);
  g_assert_false (run (fixture, wait, 200));
  missing = hearth_kernel_wait_list_missing (wait);
  left = hearth_kernel_wait_list_left (wait);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpuint (left->len, ==, 1);
}

/* IPv6 that is taken off and put back is not there meanwhile. */
static void
test_taken_off_and_put_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthKernelWait) wait = NULL;

  put (fixture, "fd00::1/128");
  expect (fixture->present, "fd00::1/128");
  wait = make (fixture);
  drop (fixture, "fd00::1/128");
  g_timeout_add (150, put_later, fixture);
  g_assert_true (run (fixture, wait, 5000));
  g_assert_true (
      hearth_kernel_has (fixture->platform, 1, &g_array_index (fixture->present, HearthPrefix, 0)));
}

/* What others add meanwhile is missed when it goes: IPv6, because of IPv4 nothing is taken off. */
static void
test_added_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthKernelWait) wait = make (fixture);
  g_autoptr (GArray) missing = NULL;

  put (fixture, "fd00::1/128");
  put (fixture, "10.0.0.1/32");
  drop (fixture, "fd00::1/128");
  drop (fixture, "10.0.0.1/32");
  g_assert_false (run (fixture, wait, 200));
  missing = hearth_kernel_wait_list_missing (wait);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpuint (g_array_index (missing, HearthPrefix, 0).length, ==, 128);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/kernel-wait/is-there", test_is_there },
    { "/kernel-wait/comes", test_comes },
    { "/kernel-wait/never-comes-and-never-goes", test_never_comes_and_never_goes },
    { "/kernel-wait/taken-off-and-put-back", test_taken_off_and_put_back },
    { "/kernel-wait/added-meanwhile", test_added_meanwhile },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
