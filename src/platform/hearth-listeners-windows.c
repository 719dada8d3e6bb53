/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-listeners-windows.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-processes-windows.h"

/* A table grows between asking how long it is and asking for it. */
#define MAX_TRIES 8
#define ROOM_TO_GROW (16 * 1024)

static const struct {
  HearthTransport transport;
  HearthFamily family;
} tables[] = {
  { HEARTH_TRANSPORT_TCP, HEARTH_FAMILY_IPV4 },
  { HEARTH_TRANSPORT_TCP, HEARTH_FAMILY_IPV6 },
  { HEARTH_TRANSPORT_UDP, HEARTH_FAMILY_IPV4 },
  { HEARTH_TRANSPORT_UDP, HEARTH_FAMILY_IPV6 },
};

static DWORD
ask (const HearthCallsWindows *calls, guint table, gpointer bytes, DWORD *size)
{
  ULONG family = tables[table].family == HEARTH_FAMILY_IPV4 ? AF_INET : AF_INET6;

  if (tables[table].transport == HEARTH_TRANSPORT_TCP)
    return calls->GetExtendedTcpTable (bytes, size, FALSE, family, TCP_TABLE_OWNER_MODULE_LISTENER,
                                       0);
  return calls->GetExtendedUdpTable (bytes, size, FALSE, family, UDP_TABLE_OWNER_MODULE, 0);
}

static DWORD
read_table (const HearthCallsWindows *calls,
            guint table,
            HearthRowsWindowsFunc func,
            gpointer user_data)
{
  DWORD number = ERROR_INSUFFICIENT_BUFFER, size = ROOM_TO_GROW;

  for (int i = 0; number == ERROR_INSUFFICIENT_BUFFER && i < MAX_TRIES; i++)
    {
      DWORD room = size + ROOM_TO_GROW;
      g_autofree guint8 *bytes = g_malloc0 (room);

      size = room;
      number = ask (calls, table, bytes, &size);
      if (number == NO_ERROR)
        hearth_rows_windows_read_listeners (bytes, room, tables[table].transport,
                                            tables[table].family, func, user_data);
    }
  return number;
}

/* Reading */

typedef struct {
  GPtrArray *listeners;              /* (owned) */
  HearthProcessesWindows *processes; /* (owned) */
} Reading;

static void
take_listener (const HearthListener *listener, guint32 pid, gpointer data)
{
  Reading *reading = data;
  HearthListener *own = hearth_listener_copy (listener);

  hearth_processes_windows_describe (reading->processes, pid, own);
  g_ptr_array_add (reading->listeners, own);
}

/* A computer without one of the protocols has no such table. */
GPtrArray *
hearth_listeners_windows_read (const HearthCallsWindows *calls, GError **error)
{
  g_autoptr (GPtrArray) listeners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);
  g_autoptr (HearthProcessesWindows) processes = hearth_processes_windows_new (calls);
  Reading reading = { .listeners = listeners, .processes = processes };
  g_autofree char *said = NULL;
  gboolean could = FALSE;
  DWORD number = NO_ERROR, last;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if ((last = read_table (calls, i, take_listener, &reading)) == NO_ERROR)
      could = TRUE;
    else
      number = last;
  if (could)
    return g_steal_pointer (&listeners);

  said = calls->describe_error (number);
  g_set_error (error, HEARTH_ERROR,
               number == ERROR_ACCESS_DENIED ? HEARTH_ERROR_NOT_PERMITTED : HEARTH_ERROR_FAILED,
               _ ("Who listens on this computer could not be read: %s."), said);
  return NULL;
}

/* One */

typedef struct {
  const HearthListener *wanted;
  guint32 pid;
  gboolean found;
} Search;

static void
compare (const HearthListener *listener, guint32 pid, gpointer data)
{
  Search *search = data;

  search->found |= pid == search->pid && listener->port == search->wanted->port &&
                   listener->socket_id == search->wanted->socket_id &&
                   hearth_address_equal (&listener->address, &search->wanted->address);
}

gboolean
hearth_listeners_windows_has (const HearthCallsWindows *calls,
                              guint32 pid,
                              const HearthListener *listener)
{
  Search search = { .wanted = listener, .pid = pid };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (tables[i].transport == listener->transport && tables[i].family == listener->address.family)
      read_table (calls, i, compare, &search);
  return search.found;
}
