/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the platform of Windows makes of Windows' tables, and what it does when Windows says no.
 * What every backend does is in test-platform.c. */

#include <gio/gio.h>

#include "fake-windows.h"
#include "hearth-edit.h"
#include "hearth-listeners.h"
#include "hearth-listeners-windows.h"
#include "hearth-platform-windows.h"
#include "hearth-processes-windows.h"
#include "hearth-rows-windows.h"
#include "hearth-surroundings.h"

#define WAIT_MS 5000
#define FOR_EVER 0xffffffffu

/* Any row of the least size has its bytes checked by the sanitizers. */
static void
assert_text (const char *expected, const WCHAR *text, gsize n)
{
  g_autofree WCHAR *exact = g_memdup2 (text, n * sizeof *text);
  g_autofree char *read = hearth_rows_windows_read_text (exact, n);

  g_assert_cmpstr (read, ==, expected);
}

static void
test_text (void)
{
  static const WCHAR plain[] = { 'a', 0xe9, 0, 'x' }, pair[] = { 0xd83d, 0xde00 },
                     torn[] = { 0xd83d, 'b', 0xde00, 0xd83d };

  assert_text ("aé", plain, G_N_ELEMENTS (plain));
  assert_text ("a", plain, 1);
  assert_text ("😀", pair, G_N_ELEMENTS (pair));
  assert_text ("�b��", torn, G_N_ELEMENTS (torn));
  assert_text ("", plain, 0);
}

/* State */

static void
count_cb (HearthPlatform *platform, const HearthChanges *changes, guint *n)
{
  (*n)++;
}

static HearthPlatform *
start (void)
{
  HearthPlatform *platform = hearth_platform_windows_new (fake_windows_get_calls ());
  g_autoptr (GError) error = NULL;

  hearth_platform_start (platform, &error);
  g_assert_no_error (error);
  return platform;
}

/* Gone, with everything that it had taken. */
static void
finish (HearthPlatform *platform)
{
  g_assert_finalize_object (platform);
  g_assert_cmpuint (fake_windows_count_notices (), ==, 0);
  g_assert_cmpuint (fake_windows_count_open (), ==, 0);
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_number (const guint *n, guint least)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add (WAIT_MS, on_late, &late);

  while (!late && *n < least)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timeout);
}

static HearthLinkAddress
make_address (const char *text, guint32 link)
{
  HearthLinkAddress address = { .link_index = link };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  return address;
}

static const HearthLinkAddress *
get_address (HearthPlatform *platform, const char *text, guint32 link)
{
  HearthLinkAddress key = make_address (text, link);

  return hearth_platform_get_address (platform, &key);
}

static void
test_links (void)
{
  g_autoptr (GPtrArray) links = NULL;
  g_autofree char *long_name = g_strnfill (200, 'x');
  g_autofree char *longest = g_strconcat (long_name, "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ", NULL);
  HearthPlatform *platform;
  const HearthLink *link;

  fake_windows_reset ();
  fake_windows_put_adapter (12, "Ethernet 2", IF_TYPE_ETHERNET_CSMACD, FALSE, FALSE);
  fake_windows_put_adapter (7, "Üwlan", IF_TYPE_ETHERNET_CSMACD, TRUE, TRUE);
  fake_windows_put_adapter (9, longest, IF_TYPE_ETHERNET_CSMACD, TRUE, FALSE);
  platform = start ();
  links = hearth_platform_list_links (platform);
  g_assert_cmpuint (links->len, ==, 4);
  link = links->pdata[0];
  g_assert_cmpuint (link->index, ==, 1);
  g_assert_cmpuint (link->flags, ==, HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK);
  link = links->pdata[1];
  g_assert_cmpuint (link->index, ==, 7); /* that of IPv6 */
  g_assert_cmpstr (link->name, ==, "Üwlan");
  g_assert_cmpuint (link->flags, ==, HEARTH_LINK_FLAG_UP);
  g_assert_cmpuint (link->mtu_bytes, ==, 1500);
  link = links->pdata[2];
  g_assert_cmpuint (strlen (link->name), ==, HEARTH_LINK_NAME_SIZE - 1);
  g_assert_true (g_utf8_validate (link->name, -1, NULL));
  link = links->pdata[3];
  g_assert_cmpstr (link->name, ==, "Ethernet 2");
  g_assert_cmpuint (link->flags, ==, 0);
  finish (platform);
}

/* Without the one, the other says whether a cable is in it. */
static void
test_links_without_rows (void)
{
  HearthPlatform *platform;

  fake_windows_reset ();
  fake_windows_fail ("GetIfEntry2", ERROR_NOT_SUPPORTED);
  platform = start ();
  g_assert_cmpuint (hearth_platform_get_link (platform, 1)->flags, ==, HEARTH_LINK_FLAG_LOOPBACK);
  finish (platform);
}

static void
test_addresses (void)
{
  gint64 now_s = g_get_monotonic_time () / G_USEC_PER_SEC;
  const HearthLinkAddress *record;
  HearthPlatform *platform;

  fake_windows_reset ();
  fake_windows_put_adapter (5, "Ethernet", IF_TYPE_ETHERNET_CSMACD, TRUE, FALSE);
  fake_windows_put_address (5, "192.168.1.5/24", IpDadStatePreferred, 3600);
  fake_windows_put_address (5, "169.254.7.7/16", IpDadStateDuplicate, FOR_EVER);
  fake_windows_put_address (5, "fe80::5/64", IpDadStateTentative, FOR_EVER);
  fake_windows_put_address (5, "2001:db8::5/64", IpDadStateDeprecated, FOR_EVER);
  fake_windows_put_address (77, "10.7.7.7/8", IpDadStatePreferred, FOR_EVER); /* no such link */
  platform = start ();
  record = get_address (platform, "192.168.1.5/24", 5);
  g_assert_cmpuint (record->scope, ==, HEARTH_SCOPE_GLOBAL);
  g_assert_cmpuint (record->flags, ==, 0);
  g_assert_cmpint (ABS (record->valid_until_s - now_s - 3600), <=, 2);
  record = get_address (platform, "169.254.7.7/16", 5);
  g_assert_cmpuint (record->scope, ==, HEARTH_SCOPE_LINK);
  g_assert_cmpuint (record->flags, ==, HEARTH_LINK_ADDRESS_FLAG_DUPLICATE);
  g_assert_cmpint (record->valid_until_s, ==, 0);
  record = get_address (platform, "fe80::5/64", 5);
  g_assert_cmpuint (record->scope, ==, HEARTH_SCOPE_LINK);
  g_assert_cmpuint (record->flags, ==, HEARTH_LINK_ADDRESS_FLAG_TENTATIVE);
  record = get_address (platform, "2001:db8::5/64", 5);
  g_assert_cmpuint (record->flags, ==, HEARTH_LINK_ADDRESS_FLAG_DEPRECATED);
  g_assert_cmpuint (get_address (platform, "::1/128", 1)->scope, ==, HEARTH_SCOPE_HOST);
  g_assert_null (get_address (platform, "10.7.7.7/8", 77));
  finish (platform);
}

static void
test_row_without_prefix (void)
{
  MIB_UNICASTIPADDRESS_ROW row = { .Address.si_family = AF_INET6,
                                   .InterfaceIndex = 3,
                                   .OnLinkPrefixLength = 255,
                                   .ValidLifetime = FOR_EVER };
  HearthLinkAddress address;

  g_assert_true (hearth_rows_windows_read_link_address (&row, 5, &address));
  g_assert_cmpuint (address.prefix.length, ==, 128);
  row.Address.si_family = 99;
  g_assert_false (hearth_rows_windows_read_link_address (&row, 5, &address));
}

/* What others change, of links and of addresses, comes by itself, one read for many. */
static void
test_changes (void)
{
  HearthPlatform *platform;
  guint n = 0;

  fake_windows_reset ();
  platform = start ();
  g_signal_connect (platform, "changed", G_CALLBACK (count_cb), &n);
  fake_windows_put_address (1, "127.0.0.5/32", IpDadStatePreferred, FOR_EVER);
  wait_for_number (&n, 1);
  g_assert_nonnull (get_address (platform, "127.0.0.5/32", 1));

  n = 0;
  fake_windows_put_adapter (5, "Ethernet", IF_TYPE_ETHERNET_CSMACD, TRUE, FALSE);
  wait_for_number (&n, 1);
  g_assert_nonnull (hearth_platform_get_link (platform, 5));
  n = 0;
  fake_windows_put_address (5, "192.168.1.5/24", IpDadStatePreferred, FOR_EVER);
  wait_for_number (&n, 1);
  n = 0;
  fake_windows_drop_adapter (5);
  wait_for_number (&n, 1);
  g_assert_null (hearth_platform_get_link (platform, 5));
  g_assert_null (get_address (platform, "192.168.1.5/24", 5));
  g_assert_nonnull (get_address (platform, "127.0.0.5/32", 1));
  finish (platform);
}

/* Hundreds of threads tell of changes while it goes. */
static void
test_gone_while_told (void)
{
  fake_windows_reset ();
  for (int i = 0; i < 50; i++)
    {
      HearthPlatform *platform = start ();

      for (int j = 0; j < 10; j++)
        fake_windows_put_address (1, j % 2 ? "127.0.0.7/32" : "127.0.0.8/32", IpDadStatePreferred,
                                  FOR_EVER);
      if (i % 2)
        g_main_context_iteration (NULL, FALSE);
      finish (platform);
    }
}

/* In the context that was the default where it started, and nowhere else. */
static void
test_own_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  HearthPlatform *platform;
  guint n = 0;

  fake_windows_reset ();
  g_main_context_push_thread_default (context);
  platform = start ();
  g_main_context_pop_thread_default (context);
  g_signal_connect (platform, "changed", G_CALLBACK (count_cb), &n);
  fake_windows_put_address (1, "127.0.0.5/32", IpDadStatePreferred, FOR_EVER);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n, ==, 0);
  while (n == 0)
    g_main_context_iteration (context, TRUE);
  finish (platform);
}

/* Nothing is heard in here. */
static void
catch_up_cb (HearthPlatform *platform, const HearthChanges *changes, gpointer data)
{
  if (get_address (platform, "127.0.0.3/32", 1) != NULL)
    return;
  fake_windows_put_address (1, "127.0.0.3/32", IpDadStatePreferred, FOR_EVER);
  hearth_platform_catch_up (platform);
  g_assert_null (get_address (platform, "127.0.0.3/32", 1));
}

static void
test_catch_up (void)
{
  HearthLinkAddress address = make_address ("127.0.0.2/32", 1);
  HearthPlatform *platform;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  fake_windows_reset ();
  platform = hearth_platform_windows_new (fake_windows_get_calls ());
  hearth_platform_catch_up (platform); /* before it has started */
  hearth_platform_start (platform, &error);
  g_assert_no_error (error);
  g_signal_connect (platform, "changed", G_CALLBACK (count_cb), &n);
  g_signal_connect (platform, "changed", G_CALLBACK (catch_up_cb), NULL);
  hearth_platform_add_address (platform, &address, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  hearth_platform_catch_up (platform);
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (get_address (platform, "127.0.0.2/32", 1));
  finish (platform);
}

/* A system that tells of nothing is looked at, whether it says that it tells or not. */
static void
test_silent (gconstpointer answer)
{
  HearthPlatform *platform;
  guint n = 0;

  fake_windows_reset ();
  fake_windows_be_silent (GPOINTER_TO_UINT (answer));
  platform = start ();
  g_signal_connect (platform, "changed", G_CALLBACK (count_cb), &n);
  fake_windows_put_address (1, "127.0.0.5/32", IpDadStatePreferred, FOR_EVER);
  wait_for_number (&n, 1);
  if (GPOINTER_TO_UINT (answer) == NO_ERROR)
    {
      finish (platform);
      return;
    }
  fake_windows_put_address (1, "127.0.0.6/32", IpDadStatePreferred, FOR_EVER);
  wait_for_number (&n, 2);
  finish (platform);
}

static void
test_start_fails (void)
{
  static const char *const functions[] = { "GetAdaptersAddresses", "GetUnicastIpAddressTable" };

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      HearthPlatform *platform;
      g_autoptr (GError) error = NULL;

      fake_windows_reset ();
      platform = hearth_platform_windows_new (fake_windows_get_calls ());
      fake_windows_fail (functions[i], ERROR_NOT_ENOUGH_MEMORY);
      g_assert_false (hearth_platform_start (platform, &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, "error 8."));
      g_assert_cmpuint (fake_windows_count_notices (), ==, 0);
      fake_windows_fail (functions[i], NO_ERROR);
      g_assert_true (hearth_platform_start (platform, NULL));
      g_assert_nonnull (get_address (platform, "127.0.0.1/8", 1));
      finish (platform);
    }
}

/* A read that fails later is tried again, and what was known stays until then. */
static void
test_read_fails (gconstpointer catches_up)
{
  HearthPlatform *platform;
  guint n = 0;

  fake_windows_reset ();
  platform = start ();
  if (catches_up)
    fake_windows_be_silent (NO_ERROR);
  g_signal_connect (platform, "changed", G_CALLBACK (count_cb), &n);
  fake_windows_fail ("GetUnicastIpAddressTable", ERROR_NOT_ENOUGH_MEMORY);
  fake_windows_put_address (1, "127.0.0.5/32", IpDadStatePreferred, FOR_EVER);
  if (catches_up)
    hearth_platform_catch_up (platform);
  else
    g_main_context_iteration (NULL, TRUE); /* the notice */
  g_assert_nonnull (get_address (platform, "127.0.0.1/8", 1));
  fake_windows_fail ("GetUnicastIpAddressTable", NO_ERROR);
  wait_for_number (&n, 1);
  g_assert_nonnull (get_address (platform, "127.0.0.5/32", 1));
  finish (platform);
}

/* More adapters than the first room holds. */
static void
test_many_adapters (void)
{
  g_autoptr (GPtrArray) links = NULL;
  HearthPlatform *platform;

  fake_windows_reset ();
  for (guint i = 10; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("vEthernet %u", i);

      fake_windows_put_adapter (i, name, IF_TYPE_ETHERNET_CSMACD, TRUE, FALSE);
    }
  platform = start ();
  links = hearth_platform_list_links (platform);
  g_assert_cmpuint (links->len, ==, 51);
  finish (platform);
}

/* Changing */

typedef struct {
  DWORD number;
  HearthError code;
  const char *words;
} Refusal;

static void
test_refusals (void)
{
  static const Refusal refusals[] = {
    { ERROR_ACCESS_DENIED, HEARTH_ERROR_NOT_PERMITTED, "permission" },
    { ERROR_INVALID_PARAMETER, HEARTH_ERROR_INVALID, "does not take 127.0.0.2/32" },
    { ERROR_OBJECT_ALREADY_EXISTS, HEARTH_ERROR_EXISTS, "127.0.0.2/32 is on Loopback Pseudo" },
    { ERROR_NOT_FOUND, HEARTH_ERROR_NOT_FOUND, "no network interface Loopback Pseudo" },
    { ERROR_NOT_SUPPORTED, HEARTH_ERROR_NOT_SUPPORTED, "does not support" },
    { ERROR_NOT_ENOUGH_MEMORY, HEARTH_ERROR_FAILED, "memory" },
    { 1450, HEARTH_ERROR_FAILED, "error 1450" },
  };
  HearthLinkAddress address = make_address ("127.0.0.2/32", 1);
  HearthPlatform *platform;

  fake_windows_reset ();
  platform = start ();
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      fake_windows_fail ("CreateUnicastIpAddressEntry", refusals[i].number);
      g_assert_false (hearth_platform_add_address (platform, &address, &error));
      g_assert_error (error, HEARTH_ERROR, (int) refusals[i].code);
      if (strstr (error->message, refusals[i].words) == NULL)
        g_error ("“%s” without “%s”", error->message, refusals[i].words);
    }
  finish (platform);
}

/* Windows finds an address by its interface alone; what is asked for here has a prefix too. */
static void
test_remove_by_prefix (void)
{
  HearthLinkAddress other = make_address ("127.0.0.2/8", 1), own = make_address ("127.0.0.2/32", 1);
  HearthPlatform *platform;
  g_autoptr (GError) error = NULL;
  g_autofree char *there = NULL;

  fake_windows_reset ();
  platform = start ();
  g_assert_true (hearth_platform_add_address (platform, &own, NULL));
  g_assert_false (hearth_platform_remove_address (platform, &other, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "127.0.0.2/8 is not on Loopback Pseudo-Interface 1.");
  there = fake_windows_list (1);
  g_assert_cmpstr (there, ==, "127.0.0.1/8 127.0.0.2/32 ::1/128");
  finish (platform);
}

static void
test_may_change (void)
{
  HearthLinkAddress address = make_address ("127.0.0.2/32", 1);
  HearthPlatform *platform;
  g_autoptr (GError) error = NULL;

  fake_windows_reset ();
  platform = start ();
  g_assert_true (hearth_platform_may_change (platform, NULL));
  fake_windows_set_elevated (FALSE);
  g_assert_false (hearth_platform_may_change (platform, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
  g_clear_error (&error);
  g_assert_false (hearth_platform_add_address (platform, &address, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
  finish (platform);
}

/* A lifetime that is over is the shortest there is, and not one without an end. */
static void
test_write_row (void)
{
  HearthLinkAddress address = make_address ("127.0.0.2/32", 1);
  MIB_UNICASTIPADDRESS_ROW row;

  fake_windows_get_calls ()->InitializeUnicastIpAddressEntry (&row);
  hearth_rows_windows_write_link_address (&address, 1000, &row);
  g_assert_cmpuint (row.ValidLifetime, ==, FOR_EVER);
  g_assert_cmpuint (row.OnLinkPrefixLength, ==, 32);
  g_assert_cmpuint (row.InterfaceIndex, ==, 1);
  g_assert_cmpint (row.DadState, ==, IpDadStatePreferred);
  address.valid_until_s = 900;
  hearth_rows_windows_write_link_address (&address, 1000, &row);
  g_assert_cmpuint (row.ValidLifetime, ==, 1);
  address.valid_until_s = G_MAXINT64;
  hearth_rows_windows_write_link_address (&address, 1000, &row);
  g_assert_cmpuint (row.ValidLifetime, ==, FOR_EVER - 1);
  g_assert_cmpuint (row.PreferredLifetime, ==, FOR_EVER - 1);
}

static void
test_counters (void)
{
  HearthPlatform *platform;
  HearthCounters counters;
  g_autoptr (GError) error = NULL;

  fake_windows_reset ();
  platform = start ();
  g_assert_true (hearth_platform_read_counters (platform, 1, &counters, NULL));
  g_assert_cmpuint (counters.received_bytes, ==, 1001);
  g_assert_cmpuint (counters.sent_bytes, ==, 1001);
  g_assert_cmpuint (counters.received_packets, ==, 23);
  g_assert_cmpuint (counters.received_errors, ==, 4);
  g_assert_cmpuint (counters.received_dropped, ==, 5);
  g_assert_cmpuint (counters.sent_packets, ==, 67);
  g_assert_cmpuint (counters.sent_errors, ==, 8);
  g_assert_cmpuint (counters.sent_dropped, ==, 9);
  fake_windows_fail ("GetIfEntry2", ERROR_NOT_ENOUGH_MEMORY);
  g_assert_false (hearth_platform_read_counters (platform, 1, &counters, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  finish (platform);
}

/* Surroundings */

static void
assert_nearness (HearthSurroundings *surroundings, const char *text, HearthNearness expected)
{
  HearthAddress address;

  g_assert_true (hearth_address_parse (text, &address, NULL));
  if (hearth_surroundings_find (surroundings, &address, 1) != expected)
    g_error ("%s: %d, not %d", text, hearth_surroundings_find (surroundings, &address, 1),
             expected);
}

static void
test_surroundings (void)
{
  g_autoptr (HearthSurroundings) surroundings = NULL;
  HearthPlatform *platform;
  g_autoptr (GError) error = NULL;

  fake_windows_reset ();
  fake_windows_put_adapter (5, "Ethernet", IF_TYPE_ETHERNET_CSMACD, TRUE, FALSE);
  fake_windows_put_address (5, "192.168.1.5/24", IpDadStatePreferred, FOR_EVER);
  fake_windows_add_route (5, "0.0.0.0/0", "192.168.1.1", FALSE);
  fake_windows_add_route (5, "192.168.1.0/24", "0.0.0.0", FALSE);
  fake_windows_add_route (5, "192.168.1.5/32", "0.0.0.0", FALSE);
  fake_windows_add_route (5, "10.20.0.0/16", "192.168.1.9", FALSE);
  fake_windows_add_route (5, "10.30.0.0/16", "0.0.0.0", TRUE);
  fake_windows_add_route (5, "::/0", "fe80::1", FALSE);
  fake_windows_add_neighbour (5, "192.168.1.20", NlnsStale);
  fake_windows_add_neighbour (5, "10.9.9.9", NlnsPermanent);
  fake_windows_add_neighbour (5, "10.9.9.8", NlnsUnreachable);
  fake_windows_add_neighbour (5, "224.0.0.22", NlnsPermanent);
  fake_windows_add_name_server (5, "9.9.9.9");
  fake_windows_add_name_server (5, "2001:db8::53");
  platform = start ();
  surroundings = hearth_platform_read_surroundings (platform, &error);
  g_assert_no_error (error);
  assert_nearness (surroundings, "192.168.1.1", HEARTH_NEARNESS_GATEWAY);
  assert_nearness (surroundings, "192.168.1.9", HEARTH_NEARNESS_GATEWAY);
  assert_nearness (surroundings, "fe80::1", HEARTH_NEARNESS_GATEWAY);
  assert_nearness (surroundings, "9.9.9.9", HEARTH_NEARNESS_NAME_SERVER);
  assert_nearness (surroundings, "2001:db8::53", HEARTH_NEARNESS_NAME_SERVER);
  assert_nearness (surroundings, "192.168.1.5", HEARTH_NEARNESS_OWN);
  assert_nearness (surroundings, "192.168.1.20", HEARTH_NEARNESS_NEIGHBOUR);
  assert_nearness (surroundings, "10.9.9.9", HEARTH_NEARNESS_NEIGHBOUR);
  assert_nearness (surroundings, "10.9.9.8", HEARTH_NEARNESS_NONE);
  assert_nearness (surroundings, "224.0.0.22", HEARTH_NEARNESS_NONE);
  assert_nearness (surroundings, "192.168.1.77", HEARTH_NEARNESS_ROUTED);
  assert_nearness (surroundings, "10.20.1.1", HEARTH_NEARNESS_ROUTED);
  assert_nearness (surroundings, "10.30.1.1", HEARTH_NEARNESS_NONE);
  assert_nearness (surroundings, "8.8.8.8", HEARTH_NEARNESS_NONE);
  finish (platform);
}

static void
test_surroundings_fail (void)
{
  static const char *const functions[] = { "GetIpForwardTable2", "GetIpNetTable2" };

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      g_autoptr (HearthSurroundings) surroundings = NULL;
      HearthPlatform *platform;
      g_autoptr (GError) error = NULL;

      fake_windows_reset ();
      platform = start ();
      fake_windows_fail (functions[i], ERROR_NOT_ENOUGH_MEMORY);
      g_assert_null (hearth_platform_read_surroundings (platform, &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
      g_clear_error (&error);
      fake_windows_fail (functions[i], ERROR_INVALID_FUNCTION); /* no such table here */
      surroundings = hearth_platform_read_surroundings (platform, &error);
      g_assert_no_error (error);
      assert_nearness (surroundings, "127.0.0.1", HEARTH_NEARNESS_NONE);
      finish (platform);
    }
}

/* Listeners */

static char *
describe (GPtrArray *listeners)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < listeners->len; i++)
    {
      const HearthListener *listener = listeners->pdata[i];
      char address[HEARTH_ADDRESS_TEXT_SIZE];

      g_string_append_printf (text, "%s %s %u%s link=%u socket=%u %s/%u %s %s\n",
                              hearth_transport_to_id (listener->transport),
                              hearth_address_print (&listener->address, address), listener->port,
                              listener->only_ipv6 ? " only" : "", listener->link_index,
                              (guint) listener->socket_id,
                              listener->user != NULL ? listener->user : "-", listener->user_id,
                              listener->process != NULL ? listener->process->program : "-",
                              listener->process != NULL ? listener->process->command : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_listeners (void)
{
  g_autoptr (GPtrArray) listeners = NULL;
  g_autofree char *text = NULL;
  HearthPlatform *platform;
  g_autoptr (GError) error = NULL;

  fake_windows_reset ();
  fake_windows_add_process (4, "System", NULL, NULL, 0);
  fake_windows_add_process (812, "svchost.exe", NULL, NULL, 0);
  fake_windows_add_process (4321, "node.exe", "\"C:\\Tools\\node.exe\" server.js", "anna", 1001);
  fake_windows_add_process (5000, "odd.exe", "odd", "", 1002);
  fake_windows_add_socket (TRUE, "0.0.0.0", 0, 8080, 4321, 11, FALSE);
  fake_windows_add_socket (TRUE, "::", 0, 8080, 4321, 11, FALSE);
  fake_windows_add_socket (TRUE, "127.0.0.1", 0, 51000, 4321, 12, TRUE);
  fake_windows_add_socket (TRUE, "0.0.0.0", 0, 445, 4, 13, FALSE);
  fake_windows_add_socket (TRUE, "fe80::5", 5, 3000, 5000, 14, FALSE);
  fake_windows_add_socket (FALSE, "127.0.0.1", 0, 53, 812, 15, FALSE);
  fake_windows_add_socket (FALSE, "::1", 0, 65535, 999, 16, FALSE);
  platform = start ();
  listeners = hearth_platform_read_listeners (platform, NULL, &error);
  g_assert_no_error (error);
  text = describe (listeners);
  g_assert_cmpstr (
      text, ==,
      "udp 127.0.0.1 53 link=0 socket=15 -/0 svchost.exe \n"
      "tcp 0.0.0.0 445 link=0 socket=13 -/0 System \n"
      "tcp fe80::5 3000 link=5 socket=14 -/1002 odd.exe odd\n"
      "tcp 0.0.0.0 8080 link=0 socket=11 anna/1001 node.exe \"C:\\Tools\\node.exe\" server.js\n"
      "tcp :: 8080 only link=0 socket=11 anna/1001 node.exe \"C:\\Tools\\node.exe\" server.js\n"
      "udp ::1 65535 link=0 socket=16 -/0 - \n");
  g_assert_cmpuint (fake_windows_count_opened (), ==, 5); /* each once */
  finish (platform);
}

/* More than the first room holds, and a command line longer than is kept. */
static void
test_many_listeners (void)
{
  g_autofree char *command = g_strnfill (3 * HEARTH_COMMAND_SIZE, 'c');
  g_autoptr (GPtrArray) listeners = NULL;
  const HearthListener *first;
  HearthPlatform *platform;

  fake_windows_reset ();
  fake_windows_add_process (44, "many.exe", command, "anna", 1001);
  for (guint i = 1; i <= 2000; i++)
    fake_windows_add_socket (TRUE, "127.0.0.1", 0, (guint16) i, 44, i, FALSE);
  platform = start ();
  listeners = hearth_platform_read_listeners (platform, NULL, NULL);
  g_assert_cmpuint (listeners->len, ==, 2000);
  first = listeners->pdata[0];
  g_assert_cmpuint (strlen (first->process->command), ==, HEARTH_COMMAND_SIZE - 1);
  g_assert_cmpuint (fake_windows_count_opened (), ==, 1);
  finish (platform);
}

static void
test_listeners_fail (void)
{
  g_autoptr (GPtrArray) listeners = NULL;
  HearthPlatform *platform;
  g_autoptr (GError) error = NULL;

  fake_windows_reset ();
  fake_windows_add_socket (FALSE, "127.0.0.1", 0, 53, 0, 15, FALSE);
  fake_windows_fail ("CreateToolhelp32Snapshot", ERROR_ACCESS_DENIED);
  fake_windows_fail ("GetExtendedTcpTable", ERROR_NOT_SUPPORTED);
  platform = start ();
  listeners = hearth_platform_read_listeners (platform, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listeners->len, ==, 1);
  fake_windows_fail ("GetExtendedUdpTable", ERROR_ACCESS_DENIED);
  g_assert_null (hearth_platform_read_listeners (platform, NULL, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
  g_assert_nonnull (strstr (error->message, "error 5."));
  finish (platform);
}

static void
test_has_socket (void)
{
  HearthListener listener = { .transport = HEARTH_TRANSPORT_TCP, .port = 8080, .socket_id = 11 };

  fake_windows_reset ();
  fake_windows_add_socket (TRUE, "127.0.0.1", 0, 8080, 4321, 11, FALSE);
  g_assert_true (hearth_address_parse ("127.0.0.1", &listener.address, NULL));
  g_assert_true (hearth_listeners_windows_has (fake_windows_get_calls (), 4321, &listener));
  g_assert_false (hearth_listeners_windows_has (fake_windows_get_calls (), 4322, &listener));
  listener.socket_id = 12; /* another one, later */
  g_assert_false (hearth_listeners_windows_has (fake_windows_get_calls (), 4321, &listener));
}

static void
count_listener (const HearthListener *listener, guint32 pid, gpointer n)
{
  (*(guint *) n)++;
}

/* A table that says it is longer than it is. */
static void
test_short_table (void)
{
  gsize size =
      G_STRUCT_OFFSET (MIB_TCPTABLE_OWNER_MODULE, table) + sizeof (MIB_TCPROW_OWNER_MODULE);
  MIB_TCPROW_OWNER_MODULE row = { .dwState = MIB_TCP_STATE_LISTEN, .dwLocalPort = 80 << 8 };
  g_autofree guint8 *table = g_malloc0 (size);
  guint32 lie = 0xffffffff;
  guint n = 0;

  memcpy (table, &lie, sizeof lie);
  memcpy (table + G_STRUCT_OFFSET (MIB_TCPTABLE_OWNER_MODULE, table), &row, sizeof row);
  g_assert_false (hearth_rows_windows_read_listeners (table, size, HEARTH_TRANSPORT_TCP,
                                                      HEARTH_FAMILY_IPV4, count_listener, &n));
  g_assert_cmpuint (n, ==, 1);
  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *cut = g_memdup2 (table, i);

      n = 0;
      g_assert_false (hearth_rows_windows_read_listeners (cut, i, HEARTH_TRANSPORT_TCP,
                                                          HEARTH_FAMILY_IPV4, count_listener, &n));
      g_assert_cmpuint (n, ==, 0);
    }
}

static void
test_user_id (void)
{
  static const guint8 sid[] = { 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0 };
  static const guint8 none[] = { 1, 0, 0, 0, 0, 0, 0, 5 };

  g_assert_cmpuint (hearth_processes_windows_read_user_id (sid, sizeof sid), ==, 544);
  g_assert_cmpuint (hearth_processes_windows_read_user_id (none, sizeof none), ==, 0);
  for (gsize i = 0; i < sizeof sid; i++)
    {
      g_autofree guint8 *cut = g_memdup2 (sid, i);

      g_assert_cmpuint (hearth_processes_windows_read_user_id (cut, i), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform-windows/text", test_text);
  g_test_add_func ("/platform-windows/links", test_links);
  g_test_add_func ("/platform-windows/links-without-rows", test_links_without_rows);
  g_test_add_func ("/platform-windows/addresses", test_addresses);
  g_test_add_func ("/platform-windows/row-without-prefix", test_row_without_prefix);
  g_test_add_func ("/platform-windows/changes", test_changes);
  g_test_add_func ("/platform-windows/gone-while-told", test_gone_while_told);
  g_test_add_func ("/platform-windows/own-context", test_own_context);
  g_test_add_func ("/platform-windows/catch-up", test_catch_up);
  g_test_add_data_func ("/platform-windows/silent", GUINT_TO_POINTER (ERROR_NOT_SUPPORTED),
                        test_silent);
  g_test_add_data_func ("/platform-windows/silent-and-lying", GUINT_TO_POINTER (NO_ERROR),
                        test_silent);
  g_test_add_func ("/platform-windows/start-fails", test_start_fails);
  g_test_add_data_func ("/platform-windows/read-fails", NULL, test_read_fails);
  g_test_add_data_func ("/platform-windows/catching-up-fails", "", test_read_fails);
  g_test_add_func ("/platform-windows/many-adapters", test_many_adapters);
  g_test_add_func ("/platform-windows/refusals", test_refusals);
  g_test_add_func ("/platform-windows/remove-by-prefix", test_remove_by_prefix);
  g_test_add_func ("/platform-windows/may-change", test_may_change);
  g_test_add_func ("/platform-windows/write-row", test_write_row);
  g_test_add_func ("/platform-windows/counters", test_counters);
  g_test_add_func ("/platform-windows/surroundings", test_surroundings);
  g_test_add_func ("/platform-windows/surroundings-fail", test_surroundings_fail);
  g_test_add_func ("/platform-windows/listeners", test_listeners);
  g_test_add_func ("/platform-windows/many-listeners", test_many_listeners);
  g_test_add_func ("/platform-windows/listeners-fail", test_listeners_fail);
  g_test_add_func ("/platform-windows/has-socket", test_has_socket);
  g_test_add_func ("/platform-windows/short-table", test_short_table);
  g_test_add_func ("/platform-windows/user-id", test_user_id);
  return g_test_run ();
}
