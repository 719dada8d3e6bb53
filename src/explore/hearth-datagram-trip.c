/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: nothing leaves this computer. Both sockets are bound to addresses of loopback before
 * one is connected to the other, and from 127.0.0.1 and ::1 no system lets a packet out. */

#include "hearth-datagram-trip.h"

#include <glib/gi18n-lib.h>

#include "hearth-check-facts.h"
#include "hearth-own-connection.h"

#define MAX_US (2 * G_USEC_PER_SEC)

static GSocket *
make_socket (const HearthAddress *address, GError **error)
{
  GSocketFamily family =
      address->family == HEARTH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  g_autoptr (GInetAddress) bytes = g_inet_address_new_from_bytes (address->bytes, family);
  g_autoptr (GSocketAddress) local = g_inet_socket_address_new (bytes, 0);
  g_autoptr (GSocket) socket =
      g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);

  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_socket_bind (socket, local, FALSE, error) ? g_steal_pointer (&socket) : NULL;
}

/* From then on each hears nobody but the other. */
static gboolean
connect_to (GSocket *socket, GSocket *other, GError **error)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (other, error);

  return address != NULL && g_socket_connect (socket, address, NULL, error);
}

static gboolean
pass_byte (
    GSocket *from, GSocket *to, gint64 deadline_us, GCancellable *cancellable, GError **error)
{
  char sent = 'h', received = 0;

  if (g_socket_send (from, &sent, 1, cancellable, error) != 1 ||
      !hearth_own_connection_wait (to, G_IO_IN, deadline_us, cancellable, error) ||
      g_socket_receive (to, &received, 1, cancellable, error) < 0)
    return FALSE;
  if (received == sent)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("the byte did not arrive"));
  return FALSE;
}

gboolean
hearth_datagram_trip_run (const HearthAddress *address,
                          guint ttl,
                          GCancellable *cancellable,
                          guint64 *round_trip_us,
                          GError **error)
{
  HearthAddress base = hearth_check_facts_get_base (address->family);
  g_autoptr (GSocket) server = make_socket (address, error);
  g_autoptr (GSocket) client = server != NULL ? make_socket (&base, error) : NULL;
  gint64 start_us = g_get_monotonic_time ();

  if (client == NULL || !connect_to (client, server, error) || !connect_to (server, client, error))
    return FALSE;
  if (ttl != 0)
    g_socket_set_ttl (client, ttl);
  if (!pass_byte (client, server, start_us + MAX_US, cancellable, error) ||
      !pass_byte (server, client, start_us + MAX_US, cancellable, error))
    return FALSE;
  *round_trip_us = (guint64) (g_get_monotonic_time () - start_us);
  return TRUE;
}
