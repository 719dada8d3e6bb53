/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-connection.h"

/* As NetworkManager 1.52.1 gives it for a lo that it calls connected (externally): what it found
 * there when it started. */
#define EXTERNAL                                                                                   \
  "{'connection': {'autoconnect': <false>, 'id': <'lo'>, 'interface-name': <'lo'>, "               \
  "'permissions': <@as []>, 'timestamp': <uint64 1795570866>, 'type': <'loopback'>, "              \
  "'uuid': <'aa2c3df5-ad64-4f6b-83e8-60e8bbeefa8e'>}, 'loopback': {}, "                            \
  "'ipv4': {'address-data': <[{'address': <'10.1.1.1'>, 'prefix': <uint32 32>}, "                  \
  "{'address': <'127.0.0.1'>, 'prefix': <uint32 8>}]>, "                                           \
  "'addresses': <[[uint32 16843018, 32, 0], [16777343, 8, 0]]>, 'method': <'manual'>, "            \
  "'route-data': <@aa{sv} []>, 'routes': <@aau []>}, "                                             \
  "'ipv6': {'address-data': <[{'address': <'::1'>, 'prefix': <uint32 128>}]>, "                    \
  "'method': <'manual'>, 'route-data': <@aa{sv} []>}, 'proxy': {}}"

/* After a Reapply: one with a label, one of others, one that Hearth added. */
#define REAPPLIED                                                                                  \
  "{'connection': {'id': <'lo'>, 'type': <'loopback'>}, "                                          \
  "'ipv4': {'address-data': <[{'address': <'10.1.1.1'>, 'prefix': <uint32 32>, "                   \
  "'label': <'lo:q'>}, {'address': <'10.1.1.2'>, 'prefix': <uint32 32>, "                          \
  "'io.github.hearthapp.Hearth.others': <true>}, "                                                 \
  "{'address': <'127.0.0.2'>, 'prefix': <uint32 32>}]>, 'address-labels': <['lo:q', '', '']>, "    \
  "'method': <'manual'>}}"

/* Nobody's, and wrong in every way that its type allows. */
#define WRONG                                                                                      \
  "{'ipv4': {'address-data': <[{'address': <'no address'>, 'prefix': <uint32 32>}, "               \
  "{'address': <'fd00::1'>, 'prefix': <uint32 32>}, {'prefix': <uint32 32>}, "                     \
  "{'address': <'10.0.0.1'>, 'prefix': <uint32 33>}, "                                             \
  "{'address': <'10.0.0.1'>, 'prefix': <uint32 288>}, "                                            \
  "{'address': <'10.0.0.1'>, 'prefix': <'32'>}, {'address': <7>, 'prefix': <uint32 32>}, "         \
  "{'address': <'10.0.0.2'>, 'prefix': <uint32 32>}]>}, 'ipv6': {'address-data': <'nothing'>}}"

#define EMPTY "{'connection': {'type': <'loopback'>}}"

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *connection = g_variant_parse (G_VARIANT_TYPE ("a{sa{sv}}"), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static char *
describe (const GArray *prefixes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char prefix[HEARTH_PREFIX_TEXT_SIZE];

  for (guint i = 0; i < prefixes->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? " " : "",
        hearth_prefix_print (&g_array_index (prefixes, HearthPrefix, i), prefix));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "10.1.1.1/32 fd00::1/128" */
static GArray *
parse_prefixes (const char *text)
{
  GArray *prefixes = hearth_prefixes_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      HearthPrefix prefix;

      if (words[i][0] == '\0')
        continue;
      g_assert_true (hearth_prefix_parse (words[i], &prefix, NULL));
      g_array_append_val (prefixes, prefix);
    }
  return prefixes;
}

/* The same; "=lo:x" after an address is its label, "!" says that it ends by itself, ">" that it has
 * a peer. */
static GPtrArray *
parse_link (const char *text)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_link_address_unref);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      HearthLinkAddress address = { .link_index = 1 };
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);

      if (g_str_has_suffix (parts[0], "!"))
        address.valid_until_s = 1000;
      if (g_str_has_suffix (parts[0], ">"))
        hearth_address_parse ("10.9.9.9", &address.peer, NULL);
      g_strdelimit (parts[0], "!>", '\0');
      g_assert_true (hearth_prefix_parse (parts[0], &address.prefix, NULL));
      g_strlcpy (address.label, parts[1] != NULL ? parts[1] : "lo", sizeof address.label);
      g_ptr_array_add (records, hearth_link_address_copy (&address));
    }
  return records;
}

static void
test_list (void)
{
  static const struct {
    const char *connection;
    const char *all;
    const char *own;
  } rows[] = {
    { EXTERNAL, "10.1.1.1/32 127.0.0.1/8 ::1/128", "10.1.1.1/32 127.0.0.1/8 ::1/128" },
    { REAPPLIED, "10.1.1.1/32 10.1.1.2/32 127.0.0.2/32", "10.1.1.1/32 127.0.0.2/32" },
    { WRONG, "10.0.0.2/32", "10.0.0.2/32" },
    { EMPTY, "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GVariant) connection = parse (rows[i].connection);
      g_autoptr (GArray) all = hearth_nm_connection_list (connection);
      g_autoptr (GArray) own = hearth_nm_connection_list_own (connection);
      g_autofree char *all_text = describe (all);
      g_autofree char *own_text = describe (own);

      g_assert_cmpstr (all_text, ==, rows[i].all);
      g_assert_cmpstr (own_text, ==, rows[i].own);
    }
}

/* What is sent for what is there, what comes and what goes */

typedef struct {
  const char *connection;
  const char *on_link;
  const char *added;
  const char *removed;
  const char *all;
  const char *own;
} MergeRow;

static const MergeRow merge_rows[] = {
  /* Nothing is listed that NetworkManager adds by itself. */
  { EXTERNAL, "127.0.0.1/8 ::1/128", "", "", "", "" },
  { EMPTY, "127.0.0.1/8 ::1/128 127.0.0.1/32", "", "", "", "" },
  { EXTERNAL, "127.0.0.1/8 ::1/128 10.1.1.1/32", "127.0.0.2/32 fd00::2/128", "",
    "10.1.1.1/32 127.0.0.2/32 fd00::2/128", "10.1.1.1/32 127.0.0.2/32 fd00::2/128" },
  /* What others added is listed, and known as theirs. */
  { EXTERNAL, "127.0.0.1/8 10.1.1.1/32 10.7.7.7/24 fd00::9/64", "127.0.0.2/32", "",
    "10.1.1.1/32 10.7.7.7/24 127.0.0.2/32 fd00::9/64", "10.1.1.1/32 127.0.0.2/32" },
  /* What was listed and is no longer there has been taken off by somebody. */
  { REAPPLIED, "10.1.1.2/32 127.0.0.2/32", "", "", "10.1.1.2/32 127.0.0.2/32", "127.0.0.2/32" },
  { REAPPLIED, "10.1.1.1/32 10.1.1.2/32 127.0.0.2/32", "", "127.0.0.2/32",
    "10.1.1.1/32 10.1.1.2/32", "10.1.1.1/32" },
  { REAPPLIED, "10.1.1.1/32 10.1.1.2/32 127.0.0.2/32", "127.0.0.2/32", "",
    "10.1.1.1/32 10.1.1.2/32 127.0.0.2/32", "10.1.1.1/32 127.0.0.2/32" },
  /* Never a /8, whosever it is. */
  { EXTERNAL, "127.0.0.1/8 127.0.0.9/8 10.0.0.1/8", "127.0.0.8/8", "", "", "" },
  /* IPv4 that ends by itself or has a peer is left alone; IPv6 would be lost. */
  { EMPTY, "10.1.1.1/32! 10.1.1.2/32> fd00::1/128! fd00::2/128", "", "", "fd00::1/128 fd00::2/128",
    "" },
  /* The base addresses are in no list, whoever asks for it. */
  { EMPTY, "127.0.0.1/8", "127.0.0.1/32 ::1/128 127.0.0.2/32", "", "127.0.0.2/32", "127.0.0.2/32" },
  { WRONG, "10.0.0.2/32", "", "", "10.0.0.2/32", "10.0.0.2/32" },
};

static void
check_setting (GVariant *connection, const char *name)
{
  g_autoptr (GVariant) setting =
      g_variant_lookup_value (connection, name, G_VARIANT_TYPE ("a{sv}"));
  g_autoptr (GVariant) entries = NULL;
  const char *method;

  g_assert_nonnull (setting);
  entries = g_variant_lookup_value (setting, "address-data", G_VARIANT_TYPE ("aa{sv}"));
  g_assert_nonnull (entries);
  g_assert_true (g_variant_lookup (setting, "method", "&s", &method));
  g_assert_cmpstr (method, ==, g_variant_n_children (entries) > 0 ? "manual" : "auto");
  g_assert_false (g_variant_lookup (setting, "addresses", "*", NULL));
  g_assert_false (g_variant_lookup (setting, "address-labels", "*", NULL));
}

static void
test_merge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (merge_rows); i++)
    {
      const MergeRow *row = &merge_rows[i];
      g_autoptr (GVariant) connection = parse (row->connection);
      g_autoptr (GPtrArray) on_link = parse_link (row->on_link);
      g_autoptr (GArray) added = parse_prefixes (row->added);
      g_autoptr (GArray) removed = parse_prefixes (row->removed);
      g_autoptr (GVariant) merged =
          hearth_nm_connection_merge (connection, on_link, added, removed);
      g_autoptr (GArray) all = hearth_nm_connection_list (merged);
      g_autoptr (GArray) own = hearth_nm_connection_list_own (merged);
      g_autofree char *all_text = describe (all);
      g_autofree char *own_text = describe (own);

      g_assert_cmpstr (all_text, ==, row->all);
      g_assert_cmpstr (own_text, ==, row->own);
      check_setting (merged, "ipv4");
      check_setting (merged, "ipv6");
    }
}

/* All that is not about addresses is as it was. */
static void
test_merge_keeps_the_rest (void)
{
  g_autoptr (GVariant) connection =
      parse ("{'connection': {'id': <'lo'>, 'uuid': <'u'>}, 'loopback': {'mtu': <uint32 9000>}, "
             "'ipv4': {'method': <'manual'>, 'dns-priority': <7>, "
             "'route-data': <[{'dest': <'10.0.0.0'>, 'prefix': <uint32 8>}]>}, "
             "'ipv6': {'method': <'disabled'>, 'may-fail': <true>}}");
  g_autoptr (GPtrArray) on_link = parse_link ("127.0.0.1/8");
  g_autoptr (GVariant) merged = hearth_nm_connection_merge (connection, on_link, NULL, NULL);
  g_autoptr (GVariant) expected =
      parse ("{'connection': {'id': <'lo'>, 'uuid': <'u'>}, 'loopback': {'mtu': <uint32 9000>}, "
             "'ipv4': {'dns-priority': <7>, "
             "'route-data': <[{'dest': <'10.0.0.0'>, 'prefix': <uint32 8>}]>, "
             "'method': <'manual'>, 'address-data': <@aa{sv} []>}, "
             "'ipv6': {'may-fail': <true>, 'method': <'auto'>, 'address-data': <@aa{sv} []>}}");

  g_assert_cmpvariant (merged, expected);
}

/* A label that NetworkManager would refuse would make it refuse everything. */
static void
test_labels (void)
{
  static const struct {
    const char *label;
    gboolean passed_on;
  } rows[] = { { "lo", FALSE },     { "lo:three", TRUE }, { "", FALSE },
               { "lo:a/b", FALSE }, { "lo:\n", FALSE },   { "lo:two words", FALSE },
               { "eth0:x", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GVariant) connection = parse (EMPTY);
      g_autoptr (GPtrArray) on_link = parse_link ("10.1.1.1/32");
      g_autoptr (GVariant) merged = NULL;
      g_autofree char *text = NULL;

      g_strlcpy (((HearthLinkAddress *) on_link->pdata[0])->label, rows[i].label,
                 HEARTH_LABEL_SIZE);
      merged = hearth_nm_connection_merge (connection, on_link, NULL, NULL);
      text = g_variant_print (merged, FALSE);
      g_assert_cmpint (g_strstr_len (text, -1, "'label'") != NULL, ==, rows[i].passed_on);
    }
}

static void
test_attributes_stay (void)
{
  g_autoptr (GVariant) connection = parse (REAPPLIED);
  g_autoptr (GPtrArray) on_link = parse_link ("10.1.1.1/32=lo:q 10.1.1.2/32");
  g_autoptr (GVariant) merged = hearth_nm_connection_merge (connection, on_link, NULL, NULL);
  g_autoptr (GVariant) expected =
      parse ("{'connection': {'id': <'lo'>, 'type': <'loopback'>}, "
             "'ipv4': {'method': <'manual'>, "
             "'address-data': <[{'address': <'10.1.1.1'>, 'prefix': <uint32 32>, "
             "'label': <'lo:q'>}, {'address': <'10.1.1.2'>, 'prefix': <uint32 32>, "
             "'io.github.hearthapp.Hearth.others': <true>}]>}, "
             "'ipv6': {'method': <'auto'>, 'address-data': <@aa{sv} []>}}");

  g_assert_cmpvariant (merged, expected);
}

static void
test_profile (void)
{
  g_autoptr (GArray) prefixes = parse_prefixes ("127.0.0.2/32");
  g_autoptr (GVariant) profile = hearth_nm_connection_new_profile (prefixes, TRUE);
  g_autoptr (GVariant) connection =
      g_variant_lookup_value (profile, "connection", G_VARIANT_TYPE ("a{sv}"));
  g_autofree char *id = hearth_nm_connection_get_string (profile, "connection", "id");
  g_autofree char *type = hearth_nm_connection_get_string (profile, "connection", "type");
  g_autofree char *interface =
      hearth_nm_connection_get_string (profile, "connection", "interface-name");
  g_autofree char *nothing = hearth_nm_connection_get_string (profile, "proxy", "id");
  g_autofree char *uuid = hearth_nm_connection_get_string (profile, "connection", "uuid");
  gboolean autoconnect = FALSE;

  g_assert_cmpstr (id, ==, "Hearth aliases");
  g_assert_cmpstr (type, ==, "loopback");
  g_assert_cmpstr (interface, ==, "lo");
  g_assert_null (nothing);
  g_assert_true (g_uuid_string_is_valid (uuid));
  g_assert_true (g_variant_lookup (connection, "autoconnect", "b", &autoconnect));
  g_assert_true (autoconnect);
  check_setting (profile, "ipv4");
  check_setting (profile, "ipv6");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nm-connection/list", test_list);
  g_test_add_func ("/nm-connection/merge", test_merge);
  g_test_add_func ("/nm-connection/merge-keeps-the-rest", test_merge_keeps_the_rest);
  g_test_add_func ("/nm-connection/labels", test_labels);
  g_test_add_func ("/nm-connection/attributes-stay", test_attributes_stay);
  g_test_add_func ("/nm-connection/profile", test_profile);
  return g_test_run ();
}
