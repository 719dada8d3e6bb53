/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-platform-fake.h"

#include "hearth-platform-backend.h"
#include "hearth-listener.h"
#include "hearth-surroundings-builder.h"

struct _HearthPlatformFake {
  HearthPlatform parent_instance;

  GPtrArray *links;      /* (owned) (element-type HearthLink) */
  GHashTable *addresses; /* (owned) a set of HearthLinkAddress */
  HearthCounters counters;
  HearthSurroundings *surroundings; /* (owned) (nullable) */
  GPtrArray *listeners;             /* (owned) (nullable) */
  GError *start_error;              /* (owned) (nullable) */
  int n_changes_left;               /* until one fails; negative for never */
  gboolean fails_on;                /* not only that one */
  gboolean started;
  gboolean permitted;
  gboolean keeps_no_tags;
  gboolean only_listed_answer;
};

G_DEFINE_FINAL_TYPE (HearthPlatformFake, hearth_platform_fake, HEARTH_TYPE_PLATFORM)

static HearthLink *
find_link (HearthPlatformFake *self, guint32 index)
{
  for (guint i = 0; i < self->links->len; i++)
    if (((HearthLink *) self->links->pdata[i])->index == index)
      return self->links->pdata[i];
  return NULL;
}

/* Says the whole state again: the base class finds what is new. */
static void
report (HearthPlatformFake *self)
{
  HearthPlatform *platform = HEARTH_PLATFORM (self);
  GHashTableIter iter;
  gpointer address;

  if (!self->started)
    return;
  hearth_platform_begin_snapshot (platform);
  for (guint i = 0; i < self->links->len; i++)
    hearth_platform_put_link (platform, self->links->pdata[i]);
  g_hash_table_iter_init (&iter, self->addresses);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    hearth_platform_put_address (platform, address);
  hearth_platform_commit (platform);
}

/* HearthPlatform */

static gboolean
hearth_platform_fake_start (HearthPlatform *platform, GError **error)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (platform);

  if (self->start_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->start_error));
      return FALSE;
    }
  self->started = TRUE;
  report (self);
  return TRUE;
}

/* Whether a test wants this change to fail. */
static gboolean
check_count (HearthPlatformFake *self, GError **error)
{
  if (self->n_changes_left < 0)
    return TRUE;
  if (self->n_changes_left > 0)
    {
      self->n_changes_left--;
      return TRUE;
    }
  if (!self->fails_on)
    self->n_changes_left = -1;
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_FAILED, "The system has no memory left.");
  return FALSE;
}

static gboolean
check_change (HearthPlatformFake *self, guint32 link_index, GError **error)
{
  if (!check_count (self, error))
    return FALSE;
  if (!self->permitted)
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
                           "This process may not change addresses.");
      return FALSE;
    }
  if (find_link (self, link_index) == NULL)
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                   "There is no network interface with the number %u.", link_index);
      return FALSE;
    }
  return TRUE;
}

/* The kernel keeps an IPv6 address once on a link, whatever its prefix; an IPv4 address once with
 * each prefix. */
static gboolean
is_taken (HearthPlatformFake *self, const HearthLinkAddress *address)
{
  GHashTableIter iter;
  gpointer other;

  if (g_hash_table_contains (self->addresses, address))
    return TRUE;
  g_hash_table_iter_init (&iter, self->addresses);
  while (address->prefix.address.family == HEARTH_FAMILY_IPV6 &&
         g_hash_table_iter_next (&iter, &other, NULL))
    if (((HearthLinkAddress *) other)->link_index == address->link_index &&
        hearth_address_equal (&((HearthLinkAddress *) other)->prefix.address,
                              &address->prefix.address))
      return TRUE;
  return FALSE;
}

static gboolean
hearth_platform_fake_add_address (HearthPlatform *platform,
                                  const HearthLinkAddress *address,
                                  GError **error)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (platform);

  if (!check_change (self, address->link_index, error))
    return FALSE;
  if (address->prefix.length > hearth_address_get_bits (&address->prefix.address))
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_INVALID, "The prefix is too long.");
      return FALSE;
    }
  if (is_taken (self, address))
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS, "The address is there.");
      return FALSE;
    }
  hearth_platform_fake_put_addresses (self, address, 1);
  return TRUE;
}

static gboolean
hearth_platform_fake_remove_address (HearthPlatform *platform,
                                     const HearthLinkAddress *address,
                                     GError **error)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (platform);

  if (!check_change (self, address->link_index, error))
    return FALSE;
  if (!g_hash_table_remove (self->addresses, address))
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                           "The address is not there.");
      return FALSE;
    }
  hearth_platform_begin (platform);
  hearth_platform_drop_address (platform, address);
  hearth_platform_commit (platform);
  return TRUE;
}

static gboolean
hearth_platform_fake_tag_address (HearthPlatform *platform,
                                  const HearthLinkAddress *address,
                                  GError **error)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (platform);

  if (!check_change (self, address->link_index, error))
    return FALSE;
  if (!g_hash_table_contains (self->addresses, address))
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                           "The address is not there.");
      return FALSE;
    }
  hearth_platform_fake_put_addresses (self, address, 1);
  return TRUE;
}

static gboolean
hearth_platform_fake_read_counters (HearthPlatform *platform,
                                    guint32 link_index,
                                    HearthCounters *counters,
                                    GError **error)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (platform);

  if (find_link (self, link_index) == NULL)
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                   "There is no network interface with the number %u.", link_index);
      return FALSE;
    }
  *counters = self->counters;
  return TRUE;
}

static gboolean
hearth_platform_fake_read_surroundings (HearthPlatform *platform,
                                        HearthSurroundingsBuilder *builder,
                                        GError **error)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (platform);

  if (self->surroundings != NULL)
    hearth_surroundings_builder_add_all (builder, self->surroundings);
  return TRUE;
}

/* GObject */

static gpointer
copy_listener (gconstpointer listener, gpointer data)
{
  return hearth_listener_ref (listener);
}

static GPtrArray *
hearth_platform_fake_read_listeners (HearthPlatform *platform, GPtrArray *known, GError **error)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (platform);

  if (self->listeners == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);
  return g_ptr_array_copy (self->listeners, copy_listener, NULL);
}

static gboolean
hearth_platform_fake_only_listed_answer (HearthPlatform *platform)
{
  return HEARTH_PLATFORM_FAKE (platform)->only_listed_answer;
}

static void
hearth_platform_fake_finalize (GObject *object)
{
  HearthPlatformFake *self = HEARTH_PLATFORM_FAKE (object);

  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_pointer (&self->addresses, g_hash_table_unref);
  g_clear_pointer (&self->surroundings, hearth_surroundings_unref);
  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  g_clear_error (&self->start_error);

  G_OBJECT_CLASS (hearth_platform_fake_parent_class)->finalize (object);
}

static void
hearth_platform_fake_class_init (HearthPlatformFakeClass *klass)
{
  HearthPlatformClass *platform_class = HEARTH_PLATFORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_platform_fake_finalize;
  platform_class->start = hearth_platform_fake_start;
  platform_class->add_address = hearth_platform_fake_add_address;
  platform_class->remove_address = hearth_platform_fake_remove_address;
  platform_class->tag_address = hearth_platform_fake_tag_address;
  platform_class->read_counters = hearth_platform_fake_read_counters;
  platform_class->read_surroundings = hearth_platform_fake_read_surroundings;
  platform_class->read_listeners = hearth_platform_fake_read_listeners;
  platform_class->only_listed_answer = hearth_platform_fake_only_listed_answer;
}

static void
hearth_platform_fake_init (HearthPlatformFake *self)
{
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_link_unref);
  self->addresses = g_hash_table_new_full (hearth_link_address_hash, hearth_link_address_equal,
                                           (GDestroyNotify) hearth_link_address_unref, NULL);
  self->permitted = TRUE;
  self->n_changes_left = -1;
}

/* Public */

HearthPlatform *
hearth_platform_fake_new (void)
{
  return g_object_new (HEARTH_TYPE_PLATFORM_FAKE, NULL);
}

HearthPlatform *
hearth_platform_fake_new_with_loopback (void)
{
  HearthPlatform *self = hearth_platform_fake_new ();
  HearthLink lo = { .index = 1,
                    .mtu_bytes = 65536,
                    .flags = HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK,
                    .name = "lo" };
  HearthLinkAddress addresses[] = {
    { .link_index = 1, .scope = HEARTH_SCOPE_HOST, .label = "lo" },
    { .link_index = 1, .scope = HEARTH_SCOPE_HOST, .protocol = HEARTH_PROTOCOL_KERNEL_LOOPBACK },
  };

  hearth_prefix_parse ("127.0.0.1/8", &addresses[0].prefix, NULL);
  hearth_prefix_parse ("::1/128", &addresses[1].prefix, NULL);
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (self), &lo);
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (self), addresses,
                                      G_N_ELEMENTS (addresses));
  return self;
}

void
hearth_platform_fake_fail_start (HearthPlatformFake *self, const GError *error)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  g_clear_error (&self->start_error);
  if (error != NULL)
    self->start_error = g_error_copy (error);
}

void
hearth_platform_fake_set_permitted (HearthPlatformFake *self, gboolean permitted)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  self->permitted = permitted;
}

void
hearth_platform_fake_fail_after (HearthPlatformFake *self, int n_changes, gboolean stays)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  self->n_changes_left = n_changes;
  self->fails_on = stays;
}

void
hearth_platform_fake_put_link (HearthPlatformFake *self, const HearthLink *link)
{
  HearthLink *there;

  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  there = find_link (self, link->index);
  if (there != NULL)
    g_ptr_array_remove (self->links, there);
  g_ptr_array_add (self->links, hearth_link_copy (link));
  report (self);
}

static gboolean
is_on_link (gpointer key, gpointer value, gpointer user_data)
{
  return ((HearthLinkAddress *) key)->link_index == GPOINTER_TO_UINT (user_data);
}

void
hearth_platform_fake_drop_link (HearthPlatformFake *self, guint32 index)
{
  HearthLink *there;

  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  there = find_link (self, index);
  g_return_if_fail (there != NULL);
  g_ptr_array_remove (self->links, there);
  g_hash_table_foreach_remove (self->addresses, is_on_link, GUINT_TO_POINTER (index));
  report (self);
}

void
hearth_platform_fake_put_addresses (HearthPlatformFake *self,
                                    const HearthLinkAddress *addresses,
                                    gsize n_addresses)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  hearth_platform_begin (HEARTH_PLATFORM (self));
  for (gsize i = 0; i < n_addresses; i++)
    {
      HearthLinkAddress *record = hearth_link_address_copy (&addresses[i]);

      if (self->keeps_no_tags)
        record->protocol = HEARTH_PROTOCOL_UNSPECIFIED;
      g_hash_table_add (self->addresses, record);
      if (self->started)
        hearth_platform_put_address (HEARTH_PLATFORM (self), record);
    }
  hearth_platform_commit (HEARTH_PLATFORM (self));
}

void
hearth_platform_fake_keep_no_tags (HearthPlatformFake *self)
{
  g_autoptr (GPtrArray) addresses = NULL;

  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  self->keeps_no_tags = TRUE;
  addresses = hearth_platform_list_addresses (HEARTH_PLATFORM (self));
  for (guint i = 0; i < addresses->len; i++)
    hearth_platform_fake_put_addresses (self, addresses->pdata[i], 1);
}

void
hearth_platform_fake_let_only_listed_answer (HearthPlatformFake *self)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  self->only_listed_answer = TRUE;
}

void
hearth_platform_fake_set_counters (HearthPlatformFake *self, const HearthCounters *counters)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  self->counters = *counters;
}

void
hearth_platform_fake_set_surroundings (HearthPlatformFake *self, HearthSurroundings *surroundings)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  g_clear_pointer (&self->surroundings, hearth_surroundings_unref);
  if (surroundings != NULL)
    self->surroundings = hearth_surroundings_ref (surroundings);
}

void
hearth_platform_fake_set_listeners (HearthPlatformFake *self, GPtrArray *listeners)
{
  g_return_if_fail (HEARTH_IS_PLATFORM_FAKE (self));

  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  if (listeners != NULL)
    self->listeners = g_ptr_array_ref (listeners);
}
