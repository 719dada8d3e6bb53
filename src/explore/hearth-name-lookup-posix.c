/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-name-lookup-posix.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

/* HOST_NAME_MAX of Linux is 64, POSIX allows 255. */
#define HOST_NAME_SIZE 256

/* Shared by the one who waits and the thread that is asked; counted by reference. */
typedef struct {
  GMutex mutex;
  GCond ended;
  gboolean is_ended;
  int code;          /* of getaddrinfo() */
  GArray *addresses; /* (owned) */
  char *name;        /* (owned) */
} Lookup;

static void
clear_lookup (gpointer data)
{
  Lookup *self = data;

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  g_array_unref (self->addresses);
  g_free (self->name);
}

static void
lookup_unref (Lookup *self)
{
  g_atomic_rc_box_release_full (self, clear_lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_unref)

static void
add_address (GArray *addresses, const struct addrinfo *info)
{
  g_autoptr (GSocketAddress) native =
      g_socket_address_new_from_native (info->ai_addr, info->ai_addrlen);
  GInetAddress *inet;
  HearthAddress address;

  if (!G_IS_INET_SOCKET_ADDRESS (native))
    return;
  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (native));
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
  const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
  struct addrinfo *infos = NULL;
  int code = getaddrinfo (self->name, NULL, &hints, &infos);

  g_mutex_lock (&self->mutex);
  for (const struct addrinfo *info = infos; code == 0 && info != NULL; info = info->ai_next)
    add_address (self->addresses, info);
  self->code = code;
  self->is_ended = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
  if (code == 0)
    freeaddrinfo (infos);
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

static gboolean
is_about_the_name (int code)
{
#ifdef EAI_NODATA
  if (code == EAI_NODATA)
    return TRUE;
#endif
  return code == EAI_NONAME;
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
  if (self->code != 0)
    {
      g_set_error_literal (error, G_IO_ERROR,
                           is_about_the_name (self->code) ? G_IO_ERROR_NOT_FOUND
                                                          : G_IO_ERROR_FAILED,
                           gai_strerror (self->code));
      return NULL;
    }
  return g_array_ref (self->addresses);
}

/* As glibc finds it. */
gboolean
hearth_name_lookup_has_source (const char *source)
{
  g_autofree char *file = g_strdup_printf ("libnss_%s.so.2", source);
  void *library = dlopen (file, RTLD_LAZY | RTLD_LOCAL);

  if (library == NULL)
    return FALSE;
  dlclose (library);
  return TRUE;
}

char *
hearth_name_lookup_dup_host (void)
{
  char name[HOST_NAME_SIZE] = "";

  if (gethostname (name, sizeof name - 1) != 0 || name[0] == '\0')
    return NULL;
  return g_strdup (name);
}
