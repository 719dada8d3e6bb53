/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-name-lookup.h"

#include <glib/gi18n-lib.h>

#include "hearth-name-ask.h"

/* Shared by the one who waits and the thread that is asked; counted by reference. */
typedef struct {
  GMutex mutex;
  GCond ended;
  gboolean is_ended;
  GArray *addresses; /* (owned) */
  GError *error;     /* (owned) (nullable) */
  char *name;        /* (owned) */
} Lookup;

static void
clear_lookup (gpointer data)
{
  Lookup *self = data;

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  g_array_unref (self->addresses);
  g_clear_error (&self->error);
  g_free (self->name);
}

static void
lookup_unref (Lookup *self)
{
  g_atomic_rc_box_release_full (self, clear_lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_unref)

static void
add_address (gpointer native, gsize size, gpointer data)
{
  GArray *addresses = data;
  g_autoptr (GSocketAddress) taken = g_socket_address_new_from_native (native, size);
  GInetAddress *inet;
  HearthAddress address;

  if (!G_IS_INET_SOCKET_ADDRESS (taken))
    return;
  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (taken));
  address = hearth_address_from_bytes (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV4
                                           ? HEARTH_FAMILY_IPV4
                                           : HEARTH_FAMILY_IPV6,
                                       g_inet_address_to_bytes (inet));
  for (guint i = 0; i < addresses->len; i++)
    if (hearth_address_equal (&g_array_index (addresses, HearthAddress, i), &address))
      return;
  g_array_append_val (addresses, address);
}

static gpointer
look_up (gpointer data)
{
  g_autoptr (Lookup) self = data;
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  GError *error = NULL;

  hearth_name_ask (self->name, add_address, addresses, &error);
  g_mutex_lock (&self->mutex);
  g_array_append_vals (self->addresses, addresses->data, addresses->len);
  self->error = error;
  self->is_ended = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
  g_array_unref (addresses);
  return NULL;
}

static Lookup *
lookup_new (const char *name)
{
  Lookup *self = g_atomic_rc_box_new0 (Lookup);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->addresses = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  self->name = g_strdup (name);
  return self;
}

static gboolean
wait_until_ended (Lookup *self, guint time_out_ms)
{
  gint64 end_us = g_get_monotonic_time () + time_out_ms * (gint64) 1000;
  gboolean is_ended;

  g_mutex_lock (&self->mutex);
  while (!self->is_ended && g_cond_wait_until (&self->ended, &self->mutex, end_us))
    ;
  is_ended = self->is_ended;
  g_mutex_unlock (&self->mutex);
  return is_ended;
}

GArray *
hearth_name_lookup_run (const char *name, guint time_out_ms, GError **error)
{
  g_autoptr (Lookup) self = lookup_new (name);
  g_autoptr (GThread) thread =
      g_thread_try_new ("name-lookup", look_up, g_atomic_rc_box_acquire (self), error);

  if (thread == NULL)
    {
      lookup_unref (self);
      return NULL;
    }
  if (!wait_until_ended (self, time_out_ms))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("no answer came in time"));
      return NULL;
    }
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return NULL;
    }
  return g_array_ref (self->addresses);
}
