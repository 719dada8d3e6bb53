/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-kernel-wait.h"

#include "hearth-prefix-list.h"

/* How long nothing may happen on the link until what is there counts: NetworkManager takes a few
 * milliseconds to put back what it took off. */
#define QUIET_MS 60

/* How long nothing may happen until nothing will. */
#define STALL_MS 2000

#define LOOPBACK "lo"

struct _HearthKernelWait {
  HearthPlatform *platform; /* (owned) */
  gulong handler;
  guint32 link_index;

  GArray *present; /* (owned) of HearthPrefix */
  GArray *absent;  /* (owned) of HearthPrefix */

  GTask *task; /* (owned) (nullable), while it runs */
  guint quiet_id;
  guint timeout_id;
};

guint32
hearth_kernel_find_loopback (HearthPlatform *platform)
{
  const HearthLink *link = hearth_platform_find_link (platform, LOOPBACK);

  return link != NULL && (link->flags & HEARTH_LINK_FLAG_LOOPBACK) != 0 ? link->index : 0;
}

GPtrArray *
hearth_kernel_list_on_link (HearthPlatform *platform, guint32 link_index)
{
  GPtrArray *addresses = hearth_platform_list_addresses (platform);

  for (guint i = addresses->len; i > 0; i--)
    if (((HearthLinkAddress *) addresses->pdata[i - 1])->link_index != link_index)
      g_ptr_array_remove_index (addresses, i - 1);
  return addresses;
}

gboolean
hearth_kernel_has (HearthPlatform *platform, guint32 link_index, const HearthPrefix *prefix)
{
  HearthLinkAddress key = { .link_index = link_index, .prefix = *prefix };

  return hearth_platform_get_address (platform, &key) != NULL;
}

/* A set of what the link has, for long lists. */
static GHashTable *
index_link (HearthKernelWait *self)
{
  GHashTable *there = g_hash_table_new_full (hearth_prefix_hash, hearth_prefix_equal, g_free, NULL);
  g_autoptr (GPtrArray) addresses = hearth_kernel_list_on_link (self->platform, self->link_index);

  for (guint i = 0; i < addresses->len; i++)
    g_hash_table_add (there, g_memdup2 (&((HearthLinkAddress *) addresses->pdata[i])->prefix,
                                        sizeof (HearthPrefix)));
  return there;
}

static GArray *
filter (HearthKernelWait *self, const GArray *prefixes, gboolean there)
{
  g_autoptr (GHashTable) on_link = index_link (self);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (HearthPrefix));

  for (guint i = 0; i < prefixes->len; i++)
    {
      const HearthPrefix *prefix = &g_array_index (prefixes, HearthPrefix, i);

      if (g_hash_table_contains (on_link, prefix) == there)
        g_array_append_val (found, *prefix);
    }
  return found;
}

GArray *
hearth_kernel_wait_list_missing (HearthKernelWait *self)
{
  return filter (self, self->present, FALSE);
}

GArray *
hearth_kernel_wait_list_left (HearthKernelWait *self)
{
  return filter (self, self->absent, TRUE);
}

static void
finish (HearthKernelWait *self, gboolean done)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_task_return_boolean (task, done);
}

static gboolean
on_stalled (gpointer user_data)
{
  HearthKernelWait *self = user_data;

  self->quiet_id = 0;
  finish (self, FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_quiet (gpointer user_data)
{
  HearthKernelWait *self = user_data;
  g_autoptr (GArray) missing = hearth_kernel_wait_list_missing (self);
  g_autoptr (GArray) left = hearth_kernel_wait_list_left (self);

  self->quiet_id = 0;
  if (missing->len == 0 && left->len == 0)
    finish (self, TRUE);
  else
    self->quiet_id = g_timeout_add (STALL_MS, on_stalled, self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout (gpointer user_data)
{
  HearthKernelWait *self = user_data;

  self->timeout_id = 0;
  finish (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
wait_for_quiet (HearthKernelWait *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add (QUIET_MS, on_quiet, self);
}

/* IPv6 that somebody adds while NetworkManager puts its own list back would be lost. */
static void
expect_too (HearthKernelWait *self, const HearthPrefix *prefix)
{
  if (prefix->address.family == HEARTH_FAMILY_IPV6 &&
      !hearth_prefixes_contain (self->present, prefix) &&
      !hearth_prefixes_contain (self->absent, prefix))
    g_array_append_val (self->present, *prefix);
}

static void
on_changed (HearthPlatform *platform, const HearthChanges *changes, HearthKernelWait *self)
{
  for (gsize i = 0; i < changes->n_items; i++)
    {
      const HearthLinkAddress *address = changes->items[i].address;

      if (address == NULL || address->link_index != self->link_index)
        continue;
      if (changes->items[i].kind == HEARTH_CHANGE_ADDED)
        expect_too (self, &address->prefix);
      if (self->task != NULL)
        wait_for_quiet (self);
    }
}

HearthKernelWait *
hearth_kernel_wait_new (HearthPlatform *platform,
                        guint32 link_index,
                        const GArray *present,
                        const GArray *absent)
{
  HearthKernelWait *self = g_new0 (HearthKernelWait, 1);

  self->platform = g_object_ref (platform);
  self->link_index = link_index;
  self->present = g_array_copy ((GArray *) present);
  self->absent = g_array_copy ((GArray *) absent);
  self->handler = g_signal_connect (platform, "changed", G_CALLBACK (on_changed), self);
  return self;
}

void
hearth_kernel_wait_free (HearthKernelWait *self)
{
  g_return_if_fail (self->task == NULL);

  g_clear_signal_handler (&self->handler, self->platform);
  g_clear_object (&self->platform);
  g_clear_pointer (&self->present, g_array_unref);
  g_clear_pointer (&self->absent, g_array_unref);
  g_free (self);
}

void
hearth_kernel_wait_run_async (HearthKernelWait *self,
                              guint timeout_ms,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self->platform, NULL, callback, user_data);
  self->timeout_id = g_timeout_add (timeout_ms, on_timeout, self);
  wait_for_quiet (self);
}

gboolean
hearth_kernel_wait_run_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
