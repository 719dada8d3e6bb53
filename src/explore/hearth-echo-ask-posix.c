/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: nothing leaves this computer. The socket is bound to 127.0.0.1 or ::1, from where no
 * system lets a packet out, before it is connected to the same. */

#include "hearth-echo-ask.h"

#include <errno.h>
#include <unistd.h>

#include "hearth-echo-socket.h"
#include "hearth-icmp-echo.h"
#include "hearth-own-connection.h"

/* Loopback answers within a tenth of a millisecond; the rest is for a computer with too much to do.
 */
#define WAIT_US (2 * G_USEC_PER_SEC)

static GSocket *
make_socket (HearthFamily family, GError **error)
{
  int fd = hearth_echo_socket_open (family);
  GSocket *socket;

  if (fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  socket = g_socket_new_from_fd (fd, error);
  if (socket == NULL)
    close (fd);
  else
    g_socket_set_blocking (socket, FALSE);
  return socket;
}

static gboolean
bind_and_connect (GSocket *socket, HearthFamily family, GError **error)
{
  GSocketFamily number = family == HEARTH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  g_autoptr (GInetAddress) base = g_inet_address_new_loopback (number);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (base, 0);

  return g_socket_bind (socket, address, FALSE, error) &&
         g_socket_connect (socket, address, NULL, error);
}

static gboolean
exchange (GSocket *socket, HearthFamily family, GCancellable *cancellable, GError **error)
{
  guint8 sent[HEARTH_ICMP_ECHO_BYTES];
  guint8 received[HEARTH_ICMP_ECHO_MAX_HEADER_BYTES + 2 * HEARTH_ICMP_ECHO_BYTES];
  guint64 number = (guint64) g_random_int () << 32 | g_random_int ();
  gint64 deadline_us = g_get_monotonic_time () + WAIT_US;
  gssize n, start;

  hearth_icmp_echo_write (family, number, sent);
  if (g_socket_send (socket, (const char *) sent, sizeof sent, cancellable, error) < 0)
    return FALSE;
  do
    {
      if (!hearth_own_connection_wait (socket, G_IO_IN, deadline_us, cancellable, error))
        return FALSE;
      n = g_socket_receive (socket, (char *) received, sizeof received, cancellable, error);
      if (n < 0)
        return FALSE;
      start = (gssize) hearth_icmp_echo_find (family, received, (gsize) n);
  } while (!hearth_icmp_echo_is_answer (family, number, received + start, (gsize) (n - start)));
  return TRUE;
}

/* Of a socket that there is: what is forbidden then, a firewall holds up. */
static HearthEchoOutcome
judge (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
             ? HEARTH_ECHO_SILENT
             : HEARTH_ECHO_BROKEN;
}

HearthEchoOutcome
hearth_echo_ask (HearthFamily family, GCancellable *cancellable, gint64 *us, GError **error)
{
  g_autoptr (GSocket) socket = make_socket (family, error);
  gint64 start_us;

  if (socket == NULL)
    return g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
               ? HEARTH_ECHO_NOT_ALLOWED
               : HEARTH_ECHO_BROKEN;
  start_us = g_get_monotonic_time ();
  if (!bind_and_connect (socket, family, error) || !exchange (socket, family, cancellable, error))
    return judge (*error);
  *us = g_get_monotonic_time () - start_us;
  return HEARTH_ECHO_ANSWERED;
}
