/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-listeners-linux.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <unistd.h>

#include "hearth-error.h"
#include "hearth-listener-owners-posix.h"
#include "hearth-netlink-socket-linux.h"
#include "hearth-proc-net-linux.h"
#include "hearth-processes-linux.h"
#include "hearth-sock-diag-linux.h"

static const struct {
  HearthTransport transport;
  HearthFamily family;
  const char *path;
} tables[] = {
  { HEARTH_TRANSPORT_TCP, HEARTH_FAMILY_IPV4, "/proc/net/tcp" },
  { HEARTH_TRANSPORT_TCP, HEARTH_FAMILY_IPV6, "/proc/net/tcp6" },
  { HEARTH_TRANSPORT_UDP, HEARTH_FAMILY_IPV4, "/proc/net/udp" },
  { HEARTH_TRANSPORT_UDP, HEARTH_FAMILY_IPV6, "/proc/net/udp6" },
};

static void
take_listener (const HearthListener *listener, gpointer listeners)
{
  g_ptr_array_add (listeners, hearth_listener_copy (listener));
}

/* By sock_diag(7). What a failed try had taken is taken back. */
static gboolean
ask_kernel (HearthNetlinkSocket *socket, guint table, GPtrArray *listeners)
{
  _Alignas (8) guint8 request[HEARTH_SOCK_DIAG_REQUEST_SIZE];
  HearthSockDiagResult result = HEARTH_SOCK_DIAG_GOES_ON;
  guint32 sequence = table + 1;
  guint n_before = listeners->len;
  const guint8 *bytes;
  gsize length;
  int number;

  length =
      hearth_sock_diag_request (request, sequence, tables[table].transport, tables[table].family);
  if (!hearth_netlink_socket_send (socket, request, length, NULL))
    return FALSE;
  while (result == HEARTH_SOCK_DIAG_GOES_ON &&
         hearth_netlink_socket_receive (socket, TRUE, &bytes, &length, NULL) == HEARTH_NETLINK_DATA)
    result = hearth_sock_diag_parse (bytes, length, sequence, tables[table].transport,
                                     take_listener, listeners, &number);
  if (result == HEARTH_SOCK_DIAG_ENDED)
    return TRUE;
  g_ptr_array_set_size (listeners, (int) n_before);
  return FALSE;
}

/* FALSE where there is no such table. */
static gboolean
read_table (guint table, GPtrArray *listeners)
{
  FILE *file = fopen (tables[table].path, "re");
  HearthListener listener;
  char line[512];

  if (file == NULL)
    return FALSE;
  while (fgets (line, sizeof line, file) != NULL)
    if (hearth_proc_net_parse_line (line, strcspn (line, "\n"), tables[table].transport, &listener))
      take_listener (&listener, listeners);
  fclose (file);
  return TRUE;
}

/* Each table in the better of the two ways that there is: a kernel can be without one of them. */
static gboolean
read_sockets (GPtrArray *listeners, gboolean use_proc)
{
  g_autoptr (HearthNetlinkSocket) socket =
      use_proc ? NULL : hearth_netlink_socket_new (NETLINK_SOCK_DIAG, 0, 0, NULL);
  gboolean could = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    could |= (socket != NULL && ask_kernel (socket, i, listeners)) || read_table (i, listeners);
  return could;
}

/* Processes */

/* One that has ended and whose parent did not ask for it yet has its number still, but no program.
 */
static gboolean
is_running (const HearthProcess *process, gpointer data)
{
  char path[64], target[1];

  g_snprintf (path, sizeof path, "/proc/%d/exe", process->pid);
  return readlink (path, target, sizeof target) >= 0 || errno == EACCES || errno == EPERM;
}

static void
find_processes (GHashTable *sockets, gpointer data)
{
  hearth_processes_find (sockets);
}

static const HearthListenerOwners owners = { is_running, find_processes, NULL };

GPtrArray *
hearth_listeners_linux_read (GPtrArray *known, gboolean use_proc, GError **error)
{
  g_autoptr (GPtrArray) listeners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);

  if (!read_sockets (listeners, use_proc))
    {
      g_set_error_literal (
          error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
          _ ("Hearth may not ask who listens on this computer. Something confines it; "
             "allow it sockets of the family AF_NETLINK, or to read /proc/net."));
      return NULL;
    }
  hearth_listener_owners_name (listeners, known, &owners);
  return g_steal_pointer (&listeners);
}
