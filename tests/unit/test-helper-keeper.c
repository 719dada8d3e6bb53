/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-keeper.h"
#include "hearth-platform-fake.h"

#define LONG_ENOUGH_MS (3 * HEARTH_HELPER_KEEPER_GRACE_MS)

typedef struct {
  HearthPlatform *platform;
  HearthHelperRecords *records;
  GHashTable *lost;
  HearthHelperKeeper *keeper;
  guint n_removed;
  gboolean nobody_can_tell;
} Fixture;

static const HearthHelperRecords *
get_records (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->nobody_can_tell ? NULL : fixture->records;
}

static void
on_removed (GPtrArray *records, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_removed += records->len;
  for (guint i = 0; i < records->len; i++)
    hearth_helper_records_drop (fixture->records, records->pdata[i]);
}

static void
put (Fixture *fixture, const HearthLinkAddress *address)
{
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), address, 1);
}

static void
add (Fixture *fixture, const char *text)
{
  HearthHelperRecord record = { .interface = "lo", .lifetime = HEARTH_HELPER_ALWAYS };
  g_autoptr (HearthHelperRecord) copy = NULL;
  g_autoptr (HearthLinkAddress) address = NULL;

  g_assert_true (hearth_prefix_parse (text, &record.prefix, NULL));
  copy = hearth_helper_record_copy (&record);
  hearth_helper_records_put (fixture->records, copy);
  address = hearth_helper_record_to_address (copy, 1);
  put (fixture, address);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const HearthHelperKeeperFuncs funcs = { get_records, on_removed, NULL };

  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->records = hearth_helper_records_new ();
  fixture->lost = g_hash_table_new_full (hearth_helper_record_hash, hearth_helper_record_equal,
                                         (GDestroyNotify) hearth_helper_record_unref, NULL);
  fixture->keeper = hearth_helper_keeper_new (fixture->platform, fixture->lost, &funcs, fixture);
  add (fixture, "127.0.0.2/32");
  add (fixture, "fd00::2/128");
  add (fixture, "fd00::3/128");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hearth_helper_keeper_free (fixture->keeper);
  hearth_helper_records_free (fixture->records);
  g_hash_table_unref (fixture->lost);
  g_assert_finalize_object (fixture->platform);
}

static HearthLinkAddress
make_address (const char *text)
{
  HearthLinkAddress address = { .link_index = 1 };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  return address;
}

static void
drop (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = make_address (text);

  g_assert_true (hearth_platform_remove_address (fixture->platform, &address, NULL));
}

static gboolean
is_there (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = make_address (text);

  return hearth_platform_get_address (fixture->platform, &address) != NULL;
}

static gboolean
on_time (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_link (Fixture *fixture, gboolean up)
{
  HearthLink lo = { .index = 1,
                    .mtu_bytes = 65536,
                    .flags = HEARTH_LINK_FLAG_LOOPBACK | (up ? HEARTH_LINK_FLAG_UP : 0),
                    .name = "lo" };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (fixture->platform), &lo);
}

static void
bring_loopback_back (Fixture *fixture)
{
  HearthLinkAddress loopback = make_address ("::1/128");

  put (fixture, &loopback);
}

/* As the kernel does it: the link first, then the addresses. */
static void
test_link_down_and_up (Fixture *fixture, gconstpointer data)
{
  set_link (fixture, FALSE);
  drop (fixture, "fd00::2/128");
  drop (fixture, "::1/128");
  drop (fixture, "fd00::3/128");
  wait_ms (LONG_ENOUGH_MS);
  g_assert_cmpuint (g_hash_table_size (fixture->lost), ==, 2);
  g_assert_true (hearth_helper_keeper_waits (fixture->keeper));
  g_assert_false (is_there (fixture, "fd00::2/128"));

  set_link (fixture, TRUE);
  wait_ms (LONG_ENOUGH_MS);
  g_assert_false (is_there (fixture, "fd00::2/128"));
  bring_loopback_back (fixture);
  wait_ms (LONG_ENOUGH_MS);
  g_assert_true (is_there (fixture, "fd00::2/128"));
  g_assert_true (is_there (fixture, "fd00::3/128"));
  g_assert_cmpuint (fixture->n_removed, ==, 0);
  g_assert_false (hearth_helper_keeper_waits (fixture->keeper));
}

/* Ours go before ::1, in messages that are heard apart; and it is all over before anybody judges.
 */
static void
test_ipv6_off_and_on_at_once (Fixture *fixture, gconstpointer data)
{
  drop (fixture, "fd00::2/128");
  wait_ms (5);
  drop (fixture, "fd00::3/128");
  drop (fixture, "::1/128");
  wait_ms (5);
  bring_loopback_back (fixture);
  wait_ms (LONG_ENOUGH_MS);
  g_assert_true (is_there (fixture, "fd00::2/128"));
  g_assert_true (is_there (fixture, "fd00::3/128"));
  g_assert_cmpuint (fixture->n_removed, ==, 0);
}

/* The same where the kernel keeps no tags; these have come back before anybody judges. */
static void
test_back_without_tags (Fixture *fixture, gconstpointer data)
{
  HearthLinkAddress two = make_address ("fd00::2/128");

  hearth_platform_fake_keep_no_tags (HEARTH_PLATFORM_FAKE (fixture->platform));
  drop (fixture, "fd00::2/128");
  put (fixture, &two);
  wait_ms (LONG_ENOUGH_MS);
  g_assert_cmpuint (fixture->n_removed, ==, 0);
}

static void
test_removed_by_hand (Fixture *fixture, gconstpointer data)
{
  drop (fixture, "127.0.0.2/32");
  drop (fixture, "fd00::2/128");
  g_assert_cmpuint (fixture->n_removed, ==, 1);
  wait_ms (LONG_ENOUGH_MS);
  g_assert_cmpuint (fixture->n_removed, ==, 2);

  /* Nor when the rest is lost later. */
  set_link (fixture, FALSE);
  drop (fixture, "::1/128");
  drop (fixture, "fd00::3/128");
  wait_ms (LONG_ENOUGH_MS);
  set_link (fixture, TRUE);
  bring_loopback_back (fixture);
  wait_ms (LONG_ENOUGH_MS);
  g_assert_false (is_there (fixture, "127.0.0.2/32"));
  g_assert_false (is_there (fixture, "fd00::2/128"));
  g_assert_true (is_there (fixture, "fd00::3/128"));
}

/* What was given up while it was lost does not come back, and nothing does while nobody can tell.
 */
static void
test_records_are_asked_again (Fixture *fixture, gconstpointer data)
{
  HearthLinkAddress gone = make_address ("fd00::2/128");
  const HearthHelperRecord *record;

  drop (fixture, "::1/128");
  drop (fixture, "fd00::2/128");
  drop (fixture, "fd00::3/128");
  wait_ms (LONG_ENOUGH_MS);
  record = hearth_helper_records_find (fixture->records, "lo", &gone.prefix);
  hearth_helper_records_drop (fixture->records, record);
  fixture->nobody_can_tell = TRUE;
  bring_loopback_back (fixture);
  wait_ms (100);
  g_assert_false (is_there (fixture, "fd00::3/128"));

  fixture->nobody_can_tell = FALSE;
  wait_ms (1500);
  g_assert_true (is_there (fixture, "fd00::3/128"));
  g_assert_false (is_there (fixture, "fd00::2/128"));
  g_assert_cmpuint (g_hash_table_size (fixture->lost), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/helper-keeper/down-and-up", Fixture, NULL, set_up, test_link_down_and_up,
              tear_down);
  g_test_add ("/helper-keeper/ipv6-off-and-on", Fixture, NULL, set_up, test_ipv6_off_and_on_at_once,
              tear_down);
  g_test_add ("/helper-keeper/back-without-tags", Fixture, NULL, set_up, test_back_without_tags,
              tear_down);
  g_test_add ("/helper-keeper/by-hand", Fixture, NULL, set_up, test_removed_by_hand, tear_down);
  g_test_add ("/helper-keeper/asked-again", Fixture, NULL, set_up, test_records_are_asked_again,
              tear_down);
  return g_test_run ();
}
