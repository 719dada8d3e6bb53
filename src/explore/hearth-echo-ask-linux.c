/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: nothing leaves this computer. The socket is bound to 127.0.0.1 or ::1, from where no
 * system lets a packet out, before it is connected to the same. */

#include "hearth-echo-ask.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hearth-icmp-echo.h"
#include "hearth-own-connection.h"

/* Loopback answers within a tenth of a millisecond; the rest is for a computer with too much to do.
 */
#define WAIT_US (2 * G_USEC_PER_SEC)

/* Which groups may open such sockets (icmp(7)): for IPv6 as well. */
#define ALLOW_COMMAND "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\""

/* A socket that takes ICMP by itself, for which nobody needs a privilege (Linux 3.0 on). */
static GSocket *
make_socket (HearthFamily family, GError **error)
{
  int fd = family == HEARTH_FAMILY_IPV4
               ? socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMP)
               : socket (AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_ICMPV6);
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
  guint8 sent[HEARTH_ICMP_ECHO_BYTES], received[2 * HEARTH_ICMP_ECHO_BYTES];
  guint64 number = (guint64) g_random_int () << 32 | g_random_int ();
  gint64 deadline_us = g_get_monotonic_time () + WAIT_US;
  gssize n;

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
  } while (!hearth_icmp_echo_is_answer (family, number, received, (gsize) n));
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

static gboolean
is_told_to_be_silent (HearthFamily family)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (family == HEARTH_FAMILY_IPV4
                                  ? "/proc/sys/net/ipv4/icmp_echo_ignore_all"
                                  : "/proc/sys/net/ipv6/icmp/echo_ignore_all",
                              &text, NULL, NULL) &&
         text[0] == '1';
}

char *
hearth_echo_dup_allow_command (void)
{
  return g_strdup (ALLOW_COMMAND);
}

char *
hearth_echo_dup_answer_command (HearthFamily family)
{
  if (!is_told_to_be_silent (family))
    return NULL;
  return g_strdup (family == HEARTH_FAMILY_IPV4 ? "sysctl -w net.ipv4.icmp_echo_ignore_all=0"
                                                : "sysctl -w net.ipv6.icmp.echo_ignore_all=0");
}
