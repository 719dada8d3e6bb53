/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gtk/gtk.h>
#include <string.h>

#include "hearth-address-list.h"
#include "hearth-loopback-trouble.h"
#include "hearth-platform-fake.h"

typedef struct {
  HearthPlatform *platform;
  HearthInterfaces *interfaces;
  HearthOtherInterfaces *others;
  HearthAddressList *list;
} Fixture;

/* What one model told. */
typedef struct {
  guint n_signals;
  guint position;
  guint removed;
  guint added;
} Changes;

static HearthPlatformFake *
fake (Fixture *fixture)
{
  return HEARTH_PLATFORM_FAKE (fixture->platform);
}

static HearthLinkAddress
make_record (guint32 link_index, const char *text)
{
  HearthLinkAddress record = { .link_index = link_index, .scope = HEARTH_SCOPE_HOST };

  g_assert_true (hearth_prefix_parse (text, &record.prefix, NULL));
  return record;
}

static void
put_address (Fixture *fixture, guint32 link_index, const char *text)
{
  HearthLinkAddress record = make_record (link_index, text);

  hearth_platform_fake_put_addresses (fake (fixture), &record, 1);
}

static void
remove_address (Fixture *fixture, guint32 link_index, const char *text)
{
  HearthLinkAddress record = make_record (link_index, text);

  g_assert_true (hearth_platform_remove_address (fixture->platform, &record, NULL));
}

static void
put_link (Fixture *fixture, guint32 index, const char *name, guint32 flags)
{
  HearthLink link = { .index = index, .mtu_bytes = 1500, .flags = flags };

  g_strlcpy (link.name, name, sizeof link.name);
  hearth_platform_fake_put_link (fake (fixture), &link);
}

/* The rows of @model as words, a section in brackets: "[127.0.0.1 ::1] [others] [(eth0)]". */
static char *
describe (GListModel *model)
{
  GString *text = g_string_new (NULL);
  guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      guint start, end;

      gtk_section_model_get_section (GTK_SECTION_MODEL (model), i, &start, &end);
      g_string_append (text, i == start ? "[" : " ");
      if (HEARTH_IS_INTERFACE_ADDRESS (item))
        {
          g_autofree char *address =
              hearth_interface_address_dup_text (HEARTH_INTERFACE_ADDRESS (item));

          g_string_append (text, address);
        }
      else if (HEARTH_IS_INTERFACE (item))
        g_string_append_printf (text, "(%s)", hearth_interface_get_name (HEARTH_INTERFACE (item)));
      else
        g_string_append (text, "others");
      if (i + 1 == end)
        g_string_append (text, i + 1 < n_items ? "] " : "]");
    }
  return g_string_free_and_steal (text);
}

static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autofree char *found = describe (hearth_address_list_get_found (fixture->list));

  g_assert_cmpstr (found, ==, expected);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->interfaces = hearth_interfaces_new (fixture->platform);
  fixture->others = hearth_other_interfaces_new ();
  fixture->list = hearth_address_list_new (fixture->interfaces, fixture->others);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->list);
  g_assert_finalize_object (fixture->others);
  g_assert_finalize_object (fixture->interfaces);
  g_assert_finalize_object (fixture->platform);
}

static void
changed_cb (Changes *changes, guint position, guint removed, guint added)
{
  changes->n_signals++;
  changes->position = position;
  changes->removed = removed;
  changes->added = added;
}

static void
arrived_cb (Changes *changes, guint position, guint added)
{
  changes->n_signals++;
  changes->position = position;
  changes->added = added;
}

static void
test_sections (Fixture *fixture, gconstpointer user_data)
{
  assert_rows (fixture, "[127.0.0.1 ::1]");

  put_link (fixture, 2, "eth0", HEARTH_LINK_FLAG_UP);
  put_address (fixture, 2, "192.168.1.5/24");
  assert_rows (fixture, "[127.0.0.1 ::1] [others]");

  hearth_other_interfaces_set_shown (fixture->others, TRUE);
  assert_rows (fixture, "[127.0.0.1 ::1] [others] [192.168.1.5]");

  hearth_platform_fake_drop_link (fake (fixture), 2);
  assert_rows (fixture, "[127.0.0.1 ::1]");
}

static void
test_empty_interface (Fixture *fixture, gconstpointer user_data)
{
  hearth_other_interfaces_set_shown (fixture->others, TRUE);
  put_link (fixture, 2, "eth0", 0);
  assert_rows (fixture, "[127.0.0.1 ::1] [others] [(eth0)]");

  put_address (fixture, 2, "192.168.1.5/24");
  assert_rows (fixture, "[127.0.0.1 ::1] [others] [192.168.1.5]");

  remove_address (fixture, 2, "192.168.1.5/24");
  assert_rows (fixture, "[127.0.0.1 ::1] [others] [(eth0)]");
}

static void
test_search (Fixture *fixture, gconstpointer user_data)
{
  put_address (fixture, 1, "127.0.0.2/32");
  put_address (fixture, 1, "127.0.0.22/32");
  put_link (fixture, 2, "eth0", 0);
  hearth_other_interfaces_set_shown (fixture->others, TRUE);

  hearth_address_list_search (fixture->list, "0.2");
  assert_rows (fixture, "[127.0.0.2 127.0.0.22]");
  hearth_address_list_search (fixture->list, "0.22");
  assert_rows (fixture, "[127.0.0.22]");
  hearth_address_list_search (fixture->list, "0.2");
  assert_rows (fixture, "[127.0.0.2 127.0.0.22]");

  put_address (fixture, 1, "127.0.0.20/32");
  put_address (fixture, 1, "127.0.0.3/32");
  assert_rows (fixture, "[127.0.0.2 127.0.0.20 127.0.0.22]");

  hearth_address_list_search (fixture->list, "nothing");
  assert_rows (fixture, "");
  hearth_address_list_search (fixture->list, " ");
  g_assert_false (hearth_address_list_is_searching (fixture->list));
  assert_rows (fixture,
               "[127.0.0.1 ::1 127.0.0.2 127.0.0.3 127.0.0.20 127.0.0.22] [others] [(eth0)]");
}

static void
test_arrived (Fixture *fixture, gconstpointer user_data)
{
  Changes arrived = { 0 };

  g_signal_connect_swapped (fixture->list, "arrived", G_CALLBACK (arrived_cb), &arrived);

  put_address (fixture, 1, "127.0.0.2/32");
  g_assert_cmpuint (arrived.n_signals, ==, 1);
  g_assert_cmpuint (arrived.position, ==, 2);
  g_assert_cmpuint (arrived.added, ==, 1);

  remove_address (fixture, 1, "127.0.0.2/32");
  g_assert_cmpuint (arrived.n_signals, ==, 1);

  put_link (fixture, 2, "eth0", 0);
  arrived.n_signals = 0;
  hearth_other_interfaces_set_shown (fixture->others, TRUE);
  hearth_other_interfaces_set_shown (fixture->others, FALSE);
  hearth_address_list_search (fixture->list, "127");
  hearth_address_list_search (fixture->list, "");
  g_assert_cmpuint (arrived.n_signals, ==, 0);
}

static void
put_many (Fixture *fixture, guint n_addresses)
{
  g_autofree HearthLinkAddress *records = g_new0 (HearthLinkAddress, n_addresses);

  for (guint i = 0; i < n_addresses; i++)
    {
      guint8 bytes[4] = { 127, 1, i / 250, 1 + i % 250 };

      records[i].link_index = 1;
      records[i].prefix.address = hearth_address_from_bytes (HEARTH_FAMILY_IPV4, bytes);
      records[i].prefix.length = 32;
    }
  hearth_platform_fake_put_addresses (fake (fixture), records, n_addresses);
}

static void
test_one_of_many (Fixture *fixture, gconstpointer user_data)
{
  Changes rows = { 0 };
  Changes found = { 0 };

  put_many (fixture, 10000);
  g_signal_connect_swapped (hearth_address_list_get_rows (fixture->list), "items-changed",
                            G_CALLBACK (changed_cb), &rows);
  g_signal_connect_swapped (hearth_address_list_get_found (fixture->list), "items-changed",
                            G_CALLBACK (changed_cb), &found);

  put_address (fixture, 1, "127.1.20.255/32");
  g_assert_cmpuint (rows.n_signals, ==, 1);
  g_assert_cmpuint (rows.removed, ==, 0);
  g_assert_cmpuint (rows.added, ==, 1);
  g_assert_cmpmem (&rows, sizeof rows, &found, sizeof found);

  remove_address (fixture, 1, "127.1.20.255/32");
  g_assert_cmpuint (rows.n_signals, ==, 2);
  g_assert_cmpuint (rows.removed, ==, 1);
  g_assert_cmpuint (rows.added, ==, 0);
  g_assert_cmpmem (&rows, sizeof rows, &found, sizeof found);
}

static void
test_trouble (Fixture *fixture, gconstpointer user_data)
{
  HearthInterface *lo = hearth_interfaces_find_by_name (fixture->interfaces, "lo");

  put_many (fixture, 100);
  g_assert_cmpint (hearth_loopback_trouble_find (lo), ==, HEARTH_LOOPBACK_TROUBLE_NONE);

  remove_address (fixture, 1, "::1/128");
  g_assert_cmpint (hearth_loopback_trouble_find (lo), ==, HEARTH_LOOPBACK_TROUBLE_NO_IPV6);
  remove_address (fixture, 1, "127.0.0.1/8");
  g_assert_cmpint (hearth_loopback_trouble_find (lo), ==, HEARTH_LOOPBACK_TROUBLE_NO_IPV4);
  put_link (fixture, 1, "lo", HEARTH_LINK_FLAG_LOOPBACK);
  g_assert_cmpint (hearth_loopback_trouble_find (lo), ==, HEARTH_LOOPBACK_TROUBLE_DOWN);
}

static void
test_trouble_in (Fixture *fixture, gconstpointer user_data)
{
  HearthInterface *loopback;

  g_assert_cmpint (hearth_loopback_trouble_find_in (fixture->interfaces, &loopback), ==,
                   HEARTH_LOOPBACK_TROUBLE_NONE);
  g_assert_cmpstr (hearth_interface_get_name (loopback), ==, "lo");
  put_link (fixture, 2, "eth0", 0);
  hearth_platform_fake_drop_link (HEARTH_PLATFORM_FAKE (fixture->platform), 1);
  g_assert_cmpint (hearth_loopback_trouble_find_in (fixture->interfaces, &loopback), ==,
                   HEARTH_LOOPBACK_TROUBLE_MISSING);
  g_assert_null (loopback);
  hearth_platform_fake_drop_link (HEARTH_PLATFORM_FAKE (fixture->platform), 2);
  g_assert_cmpint (hearth_loopback_trouble_find_in (fixture->interfaces, &loopback), ==,
                   HEARTH_LOOPBACK_TROUBLE_NONE);
}

/* What changes while a search is on is searched again, in both directions. */
static void
test_search_follows_changes (Fixture *fixture, gconstpointer user_data)
{
  HearthLinkAddress address = { .link_index = 1 };
  GListModel *found = hearth_address_list_get_found (fixture->list);

  put_address (fixture, 1, "127.0.0.2/32");
  hearth_address_list_search (fixture->list, "until restart");
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 0);

  hearth_prefix_parse ("127.0.0.2/32", &address.prefix, NULL);
  address.protocol = HEARTH_PROTOCOL_RESTART;
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 1);

  address.protocol = HEARTH_PROTOCOL_ALWAYS;
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 0);
}

/* An interface that comes before one that is shown has its own rows, in its own place. */
static void
test_interface_in_between (Fixture *fixture, gconstpointer user_data)
{
  hearth_other_interfaces_set_shown (fixture->others, TRUE);
  put_link (fixture, 30, "eth30", 0);
  put_link (fixture, 20, "eth20", 0);
  put_link (fixture, 10, "eth10", 0);
  assert_rows (fixture, "[127.0.0.1 ::1] [others] [(eth10)] [(eth20)] [(eth30)]");
  hearth_platform_fake_drop_link (HEARTH_PLATFORM_FAKE (fixture->platform), 20);
  put_link (fixture, 20, "eth20", 0);
  assert_rows (fixture, "[127.0.0.1 ::1] [others] [(eth10)] [(eth20)] [(eth30)]");
  hearth_other_interfaces_set_shown (fixture->others, FALSE);
  assert_rows (fixture, "[127.0.0.1 ::1] [others]");
}

static void
test_trouble_elsewhere (Fixture *fixture, gconstpointer user_data)
{
  HearthInterface *eth0;

  put_link (fixture, 2, "eth0", 0);
  eth0 = hearth_interfaces_find_by_name (fixture->interfaces, "eth0");
  g_assert_cmpint (hearth_loopback_trouble_find (eth0), ==, HEARTH_LOOPBACK_TROUBLE_NONE);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app-list/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sections", test_sections);
  ADD ("empty-interface", test_empty_interface);
  ADD ("search", test_search);
  ADD ("arrived", test_arrived);
  ADD ("one-of-many", test_one_of_many);
  ADD ("trouble", test_trouble);
  ADD ("trouble/elsewhere", test_trouble_elsewhere);
  ADD ("trouble/in", test_trouble_in);
  ADD ("interface-in-between", test_interface_in_between);
  ADD ("search/follows-changes", test_search_follows_changes);

  return g_test_run ();
}
