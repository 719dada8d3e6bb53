/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-connection.h"

#include "hearth-alias-rules.h"

/* Invariant: what is made here never lists 127.0.0.1, ::1 or a /8, and lists every other address
 * that Reapply would take off, but for those that are to go. */

/* Marks an address that was there before NetworkManager was told of it. The attributes of an
 * address are free; this one lives as long as the connection that is applied. */
#define OTHERS_ATTRIBUTE "io.github.hearthapp.Hearth.others"

static const struct {
  HearthFamily family;
  const char *setting;
} families[] = {
  { HEARTH_FAMILY_IPV4, "ipv4" },
  { HEARTH_FAMILY_IPV6, "ipv6" },
};

/* Reading */

static GVariant *
get_setting (GVariant *connection, const char *setting)
{
  return g_variant_lookup_value (connection, setting, G_VARIANT_TYPE ("a{sv}"));
}

char *
hearth_nm_connection_get_string (GVariant *connection, const char *setting, const char *name)
{
  g_autoptr (GVariant) values = get_setting (connection, setting);
  char *text = NULL;

  if (values != NULL)
    g_variant_lookup (values, name, "s", &text);
  return text;
}

static gboolean
read_entry (GVariant *entry, HearthFamily family, HearthPrefix *prefix)
{
  const char *text;
  guint32 length;

  if (!g_variant_lookup (entry, "address", "&s", &text) ||
      !g_variant_lookup (entry, "prefix", "u", &length) ||
      !hearth_address_parse (text, &prefix->address, NULL))
    return FALSE;
  prefix->length = (guint8) MIN (length, G_MAXUINT8);
  return prefix->address.family == family && length <= hearth_address_get_bits (&prefix->address);
}

typedef void (*EntryFunc) (const HearthPrefix *prefix, GVariant *entry, gpointer user_data);

static void
for_each_entry (GVariant *values, HearthFamily family, EntryFunc found, gpointer user_data)
{
  g_autoptr (GVariant) entries =
      g_variant_lookup_value (values, "address-data", G_VARIANT_TYPE ("aa{sv}"));
  HearthPrefix prefix;

  for (gsize i = 0; entries != NULL && i < g_variant_n_children (entries); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (entries, i);

      if (read_entry (entry, family, &prefix))
        found (&prefix, entry, user_data);
    }
}

static void
append_prefix (const HearthPrefix *prefix, GVariant *entry, gpointer prefixes)
{
  g_array_append_vals (prefixes, prefix, 1);
}

static void
append_own (const HearthPrefix *prefix, GVariant *entry, gpointer prefixes)
{
  gboolean others = FALSE;

  g_variant_lookup (entry, OTHERS_ATTRIBUTE, "b", &others);
  if (!others)
    g_array_append_vals (prefixes, prefix, 1);
}

static GArray *
list_entries (GVariant *connection, EntryFunc append)
{
  GArray *prefixes = hearth_prefixes_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autoptr (GVariant) values = get_setting (connection, families[i].setting);

      if (values != NULL)
        for_each_entry (values, families[i].family, append, prefixes);
    }
  return prefixes;
}

GArray *
hearth_nm_connection_list (GVariant *connection)
{
  return list_entries (connection, append_prefix);
}

GArray *
hearth_nm_connection_list_own (GVariant *connection)
{
  return list_entries (connection, append_own);
}

/* Merging */

typedef struct {
  HearthFamily family;
  GHashTable *on_link; /* (owned) of HearthPrefix to HearthLinkAddress, both borrowed */
  GHashTable *listed;  /* (owned) a set of HearthPrefix, its own */
  const GArray *removed;
  GVariantBuilder entries; /* aa{sv} */
} Merge;

/* No /8 that would be new, because it never appears, or takes the place of 127.0.0.1. One of
 * another network that a profile lists already is on the link by that, and would go with it. */
static gboolean
may_be_listed (const HearthPrefix *prefix, gboolean is_listed)
{
  if (hearth_alias_rules_is_base (&prefix->address))
    return FALSE;
  return prefix->length != 8 || (is_listed && prefix->address.bytes[0] != 127);
}

/* Reapply with the flag PRESERVE_EXTERNAL_IP leaves an IPv4 address alone that it never set; of
 * IPv6 it takes off and puts back all that are listed, and loses the others. A list has no room for
 * a lifetime or a peer. */
static gboolean
is_better_left_alone (const HearthLinkAddress *address)
{
  return address->prefix.address.family == HEARTH_FAMILY_IPV4 &&
         (address->valid_until_s != 0 || address->peer.family != HEARTH_FAMILY_NONE);
}

static gboolean
begin_entry (Merge *merge, const HearthPrefix *prefix, gboolean is_listed)
{
  if (prefix->address.family != merge->family || !may_be_listed (prefix, is_listed) ||
      hearth_prefixes_contain (merge->removed, prefix) ||
      g_hash_table_contains (merge->listed, prefix))
    return FALSE;
  return g_hash_table_add (merge->listed, g_memdup2 (prefix, sizeof *prefix));
}

/* What was listed stays as it is, if it is still there. */
static void
keep_entry (const HearthPrefix *prefix, GVariant *entry, gpointer user_data)
{
  Merge *merge = user_data;

  if (g_hash_table_contains (merge->on_link, prefix) && begin_entry (merge, prefix, TRUE))
    g_variant_builder_add_value (&merge->entries, entry);
}

/* An entry for @address, or for @prefix alone where it is new. */
static void
add_entry (Merge *merge, const HearthPrefix *prefix, const HearthLinkAddress *address)
{
  GVariantBuilder *entry = g_variant_builder_new (G_VARIANT_TYPE ("a{sv}"));
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  g_variant_builder_add (entry, "{sv}", "address",
                         g_variant_new_string (hearth_address_print (&prefix->address, text)));
  g_variant_builder_add (entry, "{sv}", "prefix", g_variant_new_uint32 (prefix->length));
  if (address != NULL)
    {
      g_variant_builder_add (entry, "{sv}", OTHERS_ATTRIBUTE, g_variant_new_boolean (TRUE));
      if (hearth_alias_rules_check_label (address->label, NULL))
        g_variant_builder_add (entry, "{sv}", "label", g_variant_new_string (address->label));
    }
  g_variant_builder_add_value (&merge->entries, g_variant_builder_end (entry));
  g_variant_builder_unref (entry);
}

static void
collect (Merge *merge, GVariant *values, GPtrArray *on_link, const GArray *added)
{
  if (values != NULL)
    for_each_entry (values, merge->family, keep_entry, merge);
  for (guint i = 0; i < on_link->len; i++)
    {
      const HearthLinkAddress *address = on_link->pdata[i];

      if (!is_better_left_alone (address) && begin_entry (merge, &address->prefix, FALSE))
        add_entry (merge, &address->prefix, address);
    }
  for (guint i = 0; added != NULL && i < added->len; i++)
    if (begin_entry (merge, &g_array_index (added, HearthPrefix, i), FALSE))
      add_entry (merge, &g_array_index (added, HearthPrefix, i), NULL);
}

/* "manual" wants an address or a route, "disabled" allows neither; "auto" does nothing on loopback.
 */
static const char *
choose_method (GVariant *values, gboolean has_addresses)
{
  g_autoptr (GVariant) routes = NULL;

  if (values != NULL)
    routes = g_variant_lookup_value (values, "route-data", G_VARIANT_TYPE ("aa{sv}"));
  if (has_addresses || (routes != NULL && g_variant_n_children (routes) > 0))
    return "manual";
  return "auto";
}

/* The same in other words, which would contradict: the deprecated form, and what is made of the
 * labels. */
static gboolean
is_replaced (const char *name)
{
  return g_str_equal (name, "address-data") || g_str_equal (name, "addresses") ||
         g_str_equal (name, "address-labels") || g_str_equal (name, "method");
}

/* @values with these @entries. (transfer floating) */
static GVariant *
make_setting (GVariant *values, GVariant *entries)
{
  g_autoptr (GVariantBuilder) setting = g_variant_builder_new (G_VARIANT_TYPE ("a{sv}"));
  GVariantIter iter;
  const char *name;
  GVariant *value;

  if (values != NULL)
    {
      g_variant_iter_init (&iter, values);
      while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
        if (!is_replaced (name))
          g_variant_builder_add (setting, "{sv}", name, value);
    }
  g_variant_builder_add (
      setting, "{sv}", "method",
      g_variant_new_string (choose_method (values, g_variant_n_children (entries) > 0)));
  g_variant_builder_add (setting, "{sv}", "address-data", entries);
  return g_variant_builder_end (setting);
}

static GVariant *
merge_family (GVariant *connection,
              gsize position,
              GPtrArray *on_link,
              const GArray *added,
              const GArray *removed)
{
  g_autoptr (GVariant) values = get_setting (connection, families[position].setting);
  g_autoptr (GHashTable) there = g_hash_table_new (hearth_prefix_hash, hearth_prefix_equal);
  g_autoptr (GHashTable) listed =
      g_hash_table_new_full (hearth_prefix_hash, hearth_prefix_equal, g_free, NULL);
  Merge merge = { families[position].family, there, listed, removed };

  for (guint i = 0; i < on_link->len; i++)
    g_hash_table_add (there, (gpointer) & ((HearthLinkAddress *) on_link->pdata[i])->prefix);
  g_variant_builder_init (&merge.entries, G_VARIANT_TYPE ("aa{sv}"));
  collect (&merge, values, on_link, added);
  return make_setting (values, g_variant_builder_end (&merge.entries));
}

static gboolean
is_family (const char *setting)
{
  return g_str_equal (setting, "ipv4") || g_str_equal (setting, "ipv6");
}

GVariant *
hearth_nm_connection_merge (GVariant *connection,
                            GPtrArray *on_link,
                            const GArray *added,
                            const GArray *removed)
{
  g_autoptr (GVariantBuilder) merged = g_variant_builder_new (G_VARIANT_TYPE ("a{sa{sv}}"));
  GVariantIter iter;
  const char *name;
  GVariant *values;

  g_variant_iter_init (&iter, connection);
  while (g_variant_iter_loop (&iter, "{&s@a{sv}}", &name, &values))
    if (!is_family (name))
      g_variant_builder_add (merged, "{s@a{sv}}", name, values);
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    g_variant_builder_add (merged, "{s@a{sv}}", families[i].setting,
                           merge_family (connection, i, on_link, added, removed));
  return g_variant_ref_sink (g_variant_builder_end (merged));
}

/* Hearth's profile */

static GVariant *
make_connection_setting (gboolean autoconnect)
{
  GVariantDict setting;

  g_variant_dict_init (&setting, NULL);
  g_variant_dict_insert (&setting, "id", "s", HEARTH_NM_PROFILE_ID);
  g_variant_dict_insert (&setting, "uuid", "s", HEARTH_NM_PROFILE_UUID);
  g_variant_dict_insert (&setting, "type", "s", "loopback");
  g_variant_dict_insert (&setting, "interface-name", "s", "lo");
  g_variant_dict_insert (&setting, "autoconnect", "b", autoconnect);
  return g_variant_dict_end (&setting);
}

GVariant *
hearth_nm_connection_new_profile (const GArray *prefixes, gboolean autoconnect)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (GVariant) bare = NULL;
  GVariantBuilder *builder = g_variant_builder_new (G_VARIANT_TYPE ("a{sa{sv}}"));

  g_variant_builder_add (builder, "{s@a{sv}}", "connection", make_connection_setting (autoconnect));
  g_variant_builder_add (builder, "{sa{sv}}", "loopback", NULL);
  bare = g_variant_ref_sink (g_variant_builder_end (builder));
  g_variant_builder_unref (builder);
  return hearth_nm_connection_merge (bare, nothing, prefixes, NULL);
}
