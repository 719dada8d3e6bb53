/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-listeners-bsd.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-listener-owners-posix.h"
#include "hearth-pcblist-bsd.h"
#include "hearth-processes-bsd.h"

static const HearthTransport transports[] = { HEARTH_TRANSPORT_TCP, HEARTH_TRANSPORT_UDP };

static void
take_listener (const HearthListener *listener, gpointer listeners)
{
  g_ptr_array_add (listeners, hearth_listener_copy (listener));
}

static gboolean
read_sockets (const HearthSystemBsd *system, GPtrArray *listeners, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    {
      g_autoptr (GBytes) bytes =
          hearth_system_bsd_read (system, NULL, 0, hearth_pcblist_bsd_get_name (transports[i]));

      if (bytes == NULL)
        {
          g_set_error_literal (error, HEARTH_ERROR,
                               errno == EPERM || errno == EACCES ? HEARTH_ERROR_NOT_PERMITTED
                                                                 : HEARTH_ERROR_FAILED,
                               _ ("Who listens on a port cannot be read on this system."));
          return FALSE;
        }
      hearth_pcblist_bsd_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                transports[i], take_listener, listeners);
    }
  return TRUE;
}

static gboolean
is_running (const HearthProcess *process, gpointer system)
{
  return hearth_processes_bsd_is_running (system, process);
}

static void
find (GHashTable *sockets, gpointer system)
{
  hearth_processes_bsd_find (system, sockets);
}

GPtrArray *
hearth_listeners_bsd_read (const HearthSystemBsd *system, GPtrArray *known, GError **error)
{
  g_autoptr (GPtrArray) listeners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);
  HearthListenerOwners owners = { is_running, find, (gpointer) system };

  if (!read_sockets (system, listeners, error))
    return NULL;
  hearth_listener_owners_name (listeners, known, &owners);
  return g_steal_pointer (&listeners);
}
