/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-platform-fake.h"
#include "hearth-traffic-private.h"

#define LAST (HEARTH_TRAFFIC_SECONDS - 1)
#define SECOND G_USEC_PER_SEC

typedef struct {
  HearthPlatform *platform;
  HearthTraffic *traffic;
  guint n_changed;
  gint64 now_us;
} Fixture;

static void
on_changed (HearthTraffic *traffic, Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->traffic = hearth_traffic_new (fixture->platform);
  g_signal_connect (fixture->traffic, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->traffic);
  g_assert_finalize_object (fixture->platform);
}

static void
look (Fixture *fixture, guint64 bytes, guint64 packets)
{
  HearthCounters counters = { .received_bytes = bytes,
                              .received_packets = packets,
                              .sent_bytes = bytes,
                              .sent_packets = packets };

  hearth_platform_fake_set_counters (HEARTH_PLATFORM_FAKE (fixture->platform), &counters);
  fixture->now_us += SECOND;
  hearth_traffic_look (fixture->traffic, fixture->now_us);
}

static void
assert_last (Fixture *fixture, guint64 bytes, guint64 packets)
{
  g_assert_cmpuint (hearth_traffic_get_bytes (fixture->traffic)[LAST], ==, bytes);
  g_assert_cmpuint (hearth_traffic_get_packets (fixture->traffic)[LAST], ==, packets);
}

static void
test_rates (void)
{
  static const struct {
    guint64 before, after;
    gint64 elapsed_us;
    guint64 rate;
  } rows[] = {
    { 0, 0, SECOND, 0 },
    { 100, 300, SECOND, 200 },
    { 100, 300, 2 * SECOND, 100 },
    { 100, 300, SECOND / 2, 400 },
    { 100, 300, 0, 0 },
    { 100, 300, -1, 0 },
    /* Past the end of 32 bits, and of 64. */
    { G_MAXUINT32, 0, SECOND, 1 },
    { G_MAXUINT32 - 99, 100, SECOND, 200 },
    { G_MAXUINT64 - 99, 100, SECOND, 200 },
    /* Begun anew. */
    { 5000, 10, SECOND, 0 },
    { (guint64) G_MAXUINT32 + 5000, 10, SECOND, 0 },
    { G_MAXUINT32, G_MAXUINT32 - 1, SECOND, 0 },
    { G_MAXUINT64, G_MAXUINT64 / 2, SECOND, 0 },
    /* More than can be. */
    { 0, G_MAXUINT64, 1, G_MAXINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (hearth_traffic_to_rate (rows[i].before, rows[i].after, rows[i].elapsed_us),
                      ==, rows[i].rate);
}

static void
test_look (Fixture *fixture, gconstpointer data)
{
  HearthCounters totals;

  g_assert_false (hearth_traffic_get_totals (fixture->traffic, &totals));
  look (fixture, 1000000, 5000);
  /* What was counted before anybody looked did not come in that second. */
  assert_last (fixture, 0, 0);
  look (fixture, 1000500, 5003);
  assert_last (fixture, 500, 3);
  look (fixture, 1000500, 5003);
  assert_last (fixture, 0, 0);
  g_assert_cmpuint (hearth_traffic_get_bytes (fixture->traffic)[LAST - 1], ==, 500);
  g_assert_cmpuint (fixture->n_changed, ==, 3);
  g_assert_true (hearth_traffic_get_totals (fixture->traffic, &totals));
  g_assert_cmpuint (totals.received_bytes, ==, 1000500);
  g_assert_null (hearth_traffic_get_error (fixture->traffic));
}

static void
test_keeps_the_last (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i <= 3 * HEARTH_TRAFFIC_SECONDS; i++)
    look (fixture, (guint64) i * i, i);
  for (guint i = 0; i < HEARTH_TRAFFIC_SECONDS; i++)
    {
      guint64 n = 2 * HEARTH_TRAFFIC_SECONDS + i;

      g_assert_cmpuint (hearth_traffic_get_bytes (fixture->traffic)[i], ==, 2 * n + 1);
      g_assert_cmpuint (hearth_traffic_get_packets (fixture->traffic)[i], ==, 1);
    }
}

static void
test_link_goes (Fixture *fixture, gconstpointer data)
{
  HearthLink lo = { .index = 9,
                    .mtu_bytes = 65536,
                    .flags = HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK,
                    .name = "lo" };
  HearthCounters totals;

  look (fixture, 100, 1);
  look (fixture, 200, 2);
  hearth_platform_fake_drop_link (HEARTH_PLATFORM_FAKE (fixture->platform), 1);
  look (fixture, 300, 3);
  assert_last (fixture, 0, 0);
  g_assert_cmpstr (hearth_traffic_get_error (fixture->traffic), ==,
                   "This computer has no loopback interface.");
  g_assert_false (hearth_traffic_get_totals (fixture->traffic, &totals));

  /* Another one: what it counted is not what came since. */
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (fixture->platform), &lo);
  look (fixture, 90000, 90);
  assert_last (fixture, 0, 0);
  look (fixture, 90010, 91);
  assert_last (fixture, 10, 1);
  g_assert_null (hearth_traffic_get_error (fixture->traffic));
}

static void
test_active (Fixture *fixture, gconstpointer data)
{
  g_assert_false (hearth_traffic_get_active (fixture->traffic));
  look (fixture, 100, 1);
  look (fixture, 200, 2);

  /* It looks at once, and has forgotten what it saw. */
  hearth_traffic_set_active (fixture->traffic, TRUE);
  g_assert_true (hearth_traffic_get_active (fixture->traffic));
  g_assert_cmpuint (fixture->n_changed, ==, 3);
  assert_last (fixture, 0, 0);
  while (fixture->n_changed < 5)
    g_main_context_iteration (NULL, TRUE);

  /* Nothing is left that could wake anybody. */
  hearth_traffic_set_active (fixture->traffic, FALSE);
  g_assert_false (hearth_traffic_get_active (fixture->traffic));
  g_assert_null (g_main_context_find_source_by_user_data (NULL, fixture->traffic));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic/rates", test_rates);
  add ("/traffic/look", test_look);
  add ("/traffic/keeps-the-last", test_keeps_the_last);
  add ("/traffic/link-goes", test_link_goes);
  add ("/traffic/active", test_active);
  return g_test_run ();
}
