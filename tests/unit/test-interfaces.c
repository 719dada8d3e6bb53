/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-interfaces.h"
#include "hearth-platform-fake.h"

#define N_RANDOM_ROUNDS 300

typedef struct {
  HearthPlatform *platform;
  HearthPlatformFake *fake;
  HearthInterfaces *interfaces;
} Fixture;

static HearthLinkAddress
make_address (const char *text)
{
  HearthLinkAddress address = { .link_index = 1 };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  return address;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  fixture->fake = HEARTH_PLATFORM_FAKE (fixture->platform);
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->interfaces = hearth_interfaces_new (fixture->platform);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthInterface) lo = g_list_model_get_item (G_LIST_MODEL (fixture->interfaces), 0);
  g_autoptr (HearthInterfaceAddress) first =
      lo ? g_list_model_get_item (G_LIST_MODEL (lo), 0) : NULL;

  g_assert_finalize_object (fixture->interfaces);
  if (first != NULL)
    {
      g_clear_object (&lo);
      g_assert_finalize_object (g_steal_pointer (&first));
    }
  g_assert_finalize_object (fixture->platform);
}

static void
add (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = make_address (text);

  g_assert_true (hearth_platform_add_address (fixture->platform, &address, NULL));
}

static void
put (Fixture *fixture, const char *texts)
{
  g_auto (GStrv) split = g_strsplit (texts, " ", -1);
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (HearthLinkAddress));

  for (guint i = 0; split[i] != NULL; i++)
    {
      HearthLinkAddress address = make_address (split[i]);

      g_array_append_val (addresses, address);
    }
  hearth_platform_fake_put_addresses (fixture->fake, (gpointer) addresses->data, addresses->len);
}

static void
add_link (Fixture *fixture, guint32 index, const char *name, guint32 flags)
{
  HearthLink link = { .index = index, .mtu_bytes = 1500, .flags = flags };

  g_strlcpy (link.name, name, sizeof link.name);
  hearth_platform_fake_put_link (fixture->fake, &link);
}

static HearthInterface *
get_lo (Fixture *fixture)
{
  return hearth_interfaces_find_by_name (fixture->interfaces, "lo");
}

static char *
describe (HearthInterface *interface)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (interface)); i++)
    {
      g_autoptr (HearthInterfaceAddress) item = g_list_model_get_item (G_LIST_MODEL (interface), i);
      g_autofree char *address = hearth_interface_address_dup_text (item);

      g_assert_true (hearth_interface_address_get_interface (item) == interface);
      g_string_append_printf (text, "%s%s", text->len ? " " : "", address);
    }
  return g_string_free (text, FALSE);
}

static void
assert_addresses (HearthInterface *interface, const char *expected)
{
  g_autofree char *text = describe (interface);

  g_assert_cmpstr (text, ==, expected);
}

/* Every items-changed, as "position-removed+added". */
static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%s%u-%u+%u", log->len ? " " : "", position, removed, added);
}

static GString *
log_items_changed (gpointer model)
{
  GString *log = g_string_new (NULL);

  g_assert_nonnull (model);
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), log);
  return log;
}

static void
assert_log (GString *log, const char *expected)
{
  g_assert_cmpstr (log->str, ==, expected);
  g_string_truncate (log, 0);
}

static void
test_loopback (Fixture *fixture, gconstpointer data)
{
  HearthInterface *lo = get_lo (fixture);
  g_autoptr (HearthInterfaceAddress) item = g_list_model_get_item (G_LIST_MODEL (lo), 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->interfaces)), ==, 1);
  g_assert_true (hearth_interface_is_loopback (lo));
  g_assert_true (hearth_interface_is_up (lo));
  g_assert_cmpuint (hearth_interface_get_mtu (lo), ==, 65536);
  assert_addresses (lo, "127.0.0.1 ::1");
  g_assert_cmpint (hearth_interface_address_get_reach (item), ==, HEARTH_REACH_THIS_COMPUTER);
  g_assert_cmpint (hearth_interface_address_get_owner (item), ==, HEARTH_OWNER_SYSTEM);
  g_assert_cmpint (hearth_interface_address_get_lifetime (item), ==, HEARTH_LIFETIME_ALWAYS);
  g_clear_object (&item);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (lo), 2));
}

static void
test_one_address_is_one_item (Fixture *fixture, gconstpointer data)
{
  HearthInterface *lo = get_lo (fixture);
  GString *log = log_items_changed (lo);
  HearthLinkAddress address = make_address ("127.0.0.2/32");

  add (fixture, "127.0.0.2/32");
  assert_log (log, "2-0+1");
  add (fixture, "fd00::2/128");
  assert_log (log, "3-0+1");
  add (fixture, "10.0.0.1/32");
  assert_log (log, "2-0+1");
  assert_addresses (lo, "127.0.0.1 ::1 10.0.0.1 127.0.0.2 fd00::2");

  g_assert_true (hearth_platform_remove_address (fixture->platform, &address, NULL));
  assert_log (log, "3-1+0");
  assert_addresses (lo, "127.0.0.1 ::1 10.0.0.1 fd00::2");
  g_signal_handlers_disconnect_by_data (lo, log);
  g_string_free (log, TRUE);
}

static void
test_neighbours_are_one_run (Fixture *fixture, gconstpointer data)
{
  HearthInterface *lo = get_lo (fixture);
  GString *log = log_items_changed (lo);

  put (fixture, "127.0.0.4/32 127.0.0.2/32 127.0.0.3/32");
  assert_log (log, "2-0+3");
  put (fixture, "10.0.0.1/32 10.0.0.2/32 127.0.0.5/32 fd00::1/128 fd00::2/128");
  assert_log (log, "2-0+2 7-0+3");
  assert_addresses (lo, "127.0.0.1 ::1 10.0.0.1 10.0.0.2 127.0.0.2 127.0.0.3 127.0.0.4 127.0.0.5 "
                        "fd00::1 fd00::2");
  g_signal_handlers_disconnect_by_data (lo, log);
  g_string_free (log, TRUE);
}

static void
on_notify (GObject *object, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s%s", log->len ? " " : "", pspec->name);
}

static void
test_change_keeps_the_item (Fixture *fixture, gconstpointer data)
{
  HearthInterface *lo = get_lo (fixture);
  HearthLinkAddress address = make_address ("127.0.0.2/32");
  g_autoptr (HearthInterfaceAddress) item = NULL;
  g_autoptr (HearthInterfaceAddress) same = NULL;
  GString *log = log_items_changed (lo), *notified = g_string_new (NULL);

  add (fixture, "127.0.0.2/32");
  assert_log (log, "2-0+1");
  item = g_list_model_get_item (G_LIST_MODEL (lo), 2);
  g_assert_cmpint (hearth_interface_address_get_owner (item), ==, HEARTH_OWNER_UNKNOWN);
  g_signal_connect (item, "notify", G_CALLBACK (on_notify), notified);

  address.protocol = HEARTH_PROTOCOL_RESTART;
  hearth_platform_fake_put_addresses (fixture->fake, &address, 1);
  assert_log (notified, "record lifetime owner");
  assert_log (log, "");
  same = g_list_model_get_item (G_LIST_MODEL (lo), 2);
  g_assert_true (item == same);
  g_assert_cmpint (hearth_interface_address_get_owner (item), ==, HEARTH_OWNER_HEARTH);
  g_assert_cmpint (hearth_interface_address_get_lifetime (item), ==, HEARTH_LIFETIME_RESTART);

  /* The same once more is nothing. */
  hearth_platform_fake_put_addresses (fixture->fake, &address, 1);
  assert_log (notified, "");

  g_signal_handlers_disconnect_by_data (item, notified);
  g_signal_handlers_disconnect_by_data (lo, log);
  g_string_free (notified, TRUE);
  g_string_free (log, TRUE);
}

static void
test_interfaces_in_order (Fixture *fixture, gconstpointer data)
{
  GString *log = log_items_changed (fixture->interfaces);
  g_autoptr (HearthInterface) second = NULL;

  add_link (fixture, 7, "eth1", HEARTH_LINK_FLAG_UP);
  assert_log (log, "1-0+1");
  add_link (fixture, 3, "eth0", 0);
  assert_log (log, "1-0+1");
  add_link (fixture, 9, "lo9", HEARTH_LINK_FLAG_LOOPBACK);
  assert_log (log, "1-0+1");
  second = g_list_model_get_item (G_LIST_MODEL (fixture->interfaces), 1);
  g_assert_cmpstr (hearth_interface_get_name (second), ==, "lo9");
  g_assert_true (hearth_interfaces_find_by_index (fixture->interfaces, 9) == second);

  hearth_platform_fake_drop_link (fixture->fake, 3);
  assert_log (log, "2-1+0");
  g_assert_null (hearth_interfaces_find_by_name (fixture->interfaces, "eth0"));
  g_signal_handlers_disconnect_by_data (fixture->interfaces, log);
  g_string_free (log, TRUE);
}

static void
test_link_changes_are_notified (Fixture *fixture, gconstpointer data)
{
  HearthInterface *lo = get_lo (fixture);
  HearthLink link = *hearth_interface_get_record (lo);
  GString *notified = g_string_new (NULL);

  g_signal_connect (lo, "notify", G_CALLBACK (on_notify), notified);
  link.flags &= ~(guint32) HEARTH_LINK_FLAG_UP;
  hearth_platform_fake_put_link (fixture->fake, &link);
  assert_log (notified, "up");
  g_assert_false (hearth_interface_is_up (lo));
  link.mtu_bytes = 1280;
  g_strlcpy (link.name, "lo1", sizeof link.name);
  hearth_platform_fake_put_link (fixture->fake, &link);
  assert_log (notified, "mtu name");
  g_signal_handlers_disconnect_by_data (lo, notified);
  g_string_free (notified, TRUE);
}

/* A link that goes takes its addresses along, before it goes itself. */
static void
test_link_goes_with_addresses (Fixture *fixture, gconstpointer data)
{
  HearthLinkAddress address = make_address ("192.0.2.1/24");
  g_autoptr (HearthInterface) interface = NULL;
  GString *log;

  add_link (fixture, 3, "eth0", HEARTH_LINK_FLAG_UP);
  address.link_index = 3;
  hearth_platform_fake_put_addresses (fixture->fake, &address, 1);
  interface = g_object_ref (hearth_interfaces_find_by_index (fixture->interfaces, 3));
  assert_addresses (interface, "192.0.2.1");

  log = log_items_changed (interface);
  hearth_platform_fake_drop_link (fixture->fake, 3);
  assert_log (log, "0-1+0");
  g_string_free (log, TRUE);
  g_assert_finalize_object (g_steal_pointer (&interface));
}

/* An owner source of a test's own: it claims one address, and changes its mind. */

struct _TestSource {
  GObject parent_instance;
  HearthOwnership answer;
};

#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, GObject)

static gboolean
test_source_look_up (HearthOwnerSource *source,
                     const HearthLinkAddress *address,
                     HearthOwnership *ownership)
{
  *ownership = TEST_SOURCE (source)->answer;
  return address->prefix.address.bytes[3] == 2;
}

static void
test_source_iface_init (HearthOwnerSourceInterface *iface)
{
  iface->look_up = test_source_look_up;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSource,
                               test_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_OWNER_SOURCE,
                                                      test_source_iface_init))

static void
test_source_class_init (TestSourceClass *klass)
{
}

static void
test_source_init (TestSource *self)
{
}

static void
test_owner_sources (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (HearthInterfaceAddress) item = NULL;

  add (fixture, "127.0.0.2/32");
  item = g_list_model_get_item (G_LIST_MODEL (get_lo (fixture)), 2);
  source->answer = (HearthOwnership) { HEARTH_OWNER_NETWORKMANAGER, HEARTH_LIFETIME_ALWAYS };
  hearth_owners_add (hearth_interfaces_get_owners (fixture->interfaces),
                     HEARTH_OWNER_SOURCE (source));
  g_assert_cmpint (hearth_interface_address_get_owner (item), ==, HEARTH_OWNER_NETWORKMANAGER);

  source->answer.lifetime = HEARTH_LIFETIME_RESTART;
  hearth_owner_source_emit_changed (HEARTH_OWNER_SOURCE (source));
  g_assert_cmpint (hearth_interface_address_get_lifetime (item), ==, HEARTH_LIFETIME_RESTART);
}

/* Whatever happens, following items-changed alone gives what is there. */

static void
follow (GListModel *model, guint position, guint removed, guint added, GPtrArray *followed)
{
  g_assert_cmpuint (position + removed, <=, followed->len);
  if (removed > 0)
    g_ptr_array_remove_range (followed, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (followed, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (followed->len, ==, g_list_model_get_n_items (model));
}

static void
change_at_random (Fixture *fixture)
{
  HearthLinkAddress addresses[8];
  gsize n = (gsize) g_test_rand_int_range (1, 9);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("127.0.0.%d/32", g_test_rand_int_range (2, 40));

      addresses[i] = make_address (text);
      addresses[i].protocol = (guint8) g_test_rand_int_range (0x68, 0x6b);
    }
  if (g_test_rand_int_range (0, 2) == 0)
    hearth_platform_fake_put_addresses (fixture->fake, addresses, n);
  else
    for (gsize i = 0; i < n; i++)
      hearth_platform_remove_address (fixture->platform, &addresses[i], NULL);
}

static void
test_random_changes (Fixture *fixture, gconstpointer data)
{
  HearthInterface *lo = get_lo (fixture);
  g_autoptr (GPtrArray) followed = g_ptr_array_new_with_free_func (g_object_unref);

  follow (G_LIST_MODEL (lo), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (lo)), followed);
  g_signal_connect (lo, "items-changed", G_CALLBACK (follow), followed);
  for (int i = 0; i < N_RANDOM_ROUNDS; i++)
    {
      g_autoptr (GPtrArray) records = NULL;

      change_at_random (fixture);
      records = hearth_platform_list_addresses (fixture->platform);
      g_assert_cmpuint (followed->len, ==, records->len);
      for (guint j = 0; j < followed->len; j++)
        {
          g_autoptr (HearthInterfaceAddress) item = g_list_model_get_item (G_LIST_MODEL (lo), j);
          const HearthLinkAddress *record = hearth_interface_address_get_record (item);

          g_assert_true (item == followed->pdata[j]);
          g_assert_true (hearth_platform_get_address (fixture->platform, record) == record);
        }
    }
  g_signal_handlers_disconnect_by_data (lo, followed);
}

int
main (int argc, char **argv)
{
#define TEST(name, function)                                                                       \
  g_test_add ("/interfaces/" name, Fixture, NULL, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  TEST ("loopback", test_loopback);
  TEST ("one-address-is-one-item", test_one_address_is_one_item);
  TEST ("neighbours-are-one-run", test_neighbours_are_one_run);
  TEST ("change-keeps-the-item", test_change_keeps_the_item);
  TEST ("interfaces-in-order", test_interfaces_in_order);
  TEST ("link-changes-are-notified", test_link_changes_are_notified);
  TEST ("link-goes-with-addresses", test_link_goes_with_addresses);
  TEST ("owner-sources", test_owner_sources);
  TEST ("random-changes", test_random_changes);
  return g_test_run ();
}
