/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: nothing leaves this computer. The socket is bound to 127.0.0.1 or ::1, from where no
 * system lets a packet out, before it is connected to the same. */

#include "hearth-check-echo.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hearth-check-round-trip.h"
#include "hearth-icmp-echo.h"
#include "hearth-own-connection.h"
#include "hearth-proof.h"

/* Loopback answers within a tenth of a millisecond; the rest is for a computer with too much to do.
 */
#define WAIT_US (2 * G_USEC_PER_SEC)

/* Which groups may open such sockets (icmp(7)): for IPv6 as well. */
#define ALLOW_COMMAND "sysctl -w net.ipv4.ping_group_range=\"0 2147483647\""

typedef enum {
  ANSWERED,
  NOT_ALLOWED,
  SILENT,
  BROKEN,
} Outcome;

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
static Outcome
judge (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
                 g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
             ? SILENT
             : BROKEN;
}

static Outcome
ask (HearthFamily family, GCancellable *cancellable, gint64 *us, GError **error)
{
  g_autoptr (GSocket) socket = make_socket (family, error);
  gint64 start_us;

  if (socket == NULL)
    return g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ? NOT_ALLOWED
                                                                              : BROKEN;
  start_us = g_get_monotonic_time ();
  if (!bind_and_connect (socket, family, error) || !exchange (socket, family, cancellable, error))
    return judge (*error);
  *us = g_get_monotonic_time () - start_us;
  return ANSWERED;
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

static HearthCheckVerdict *
advise_silent (HearthCheckVerdict *verdict, HearthFamily family)
{
  if (!is_told_to_be_silent (family))
    return hearth_check_verdict_advise (
        verdict,
        _ ("A firewall on this computer may hold them up; where you want them answered, let it "
           "accept ICMP on the loopback interface."),
        NULL);
  return hearth_check_verdict_advise (
      verdict, _ ("This computer is told to answer none; where you want it to, allow it."),
      g_strdup (family == HEARTH_FAMILY_IPV4 ? "sysctl -w net.ipv4.icmp_echo_ignore_all=0"
                                             : "sysctl -w net.ipv6.icmp.echo_ignore_all=0"));
}

/* TCP instead of the echo that did not come. */
static HearthCheckVerdict *
try_tcp (const HearthAddress *base, Outcome outcome, const char *message, GCancellable *cancellable)
{
  GError *error = NULL;
  guint64 us;
  g_autofree char *what = NULL;
  HearthCheckVerdict *verdict;
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (!hearth_proof_run (base, cancellable, &us, &error))
    return hearth_check_round_trip_fail (error);
  if (outcome == NOT_ALLOWED)
    what = g_strdup (_ ("Ordinary programs may not send a ping here."));
  else if (outcome == SILENT)
    what = g_strdup (_ ("A ping was not answered."));
  else
    what = g_strdup_printf (_ ("A ping could not be sent (%s)."), message);
  verdict = hearth_check_verdict_new (
      HEARTH_CHECK_WARNING,
      /* Translators: a sentence on why there was no ping, an address, milliseconds */
      g_strdup_printf (_ ("%s TCP was tried instead, and %s answered in %.2f ms."), what,
                       hearth_address_print (base, text), (double) us / 1000));
  if (outcome == NOT_ALLOWED)
    return hearth_check_verdict_advise (verdict, _ ("Where you want it, allow it to everybody."),
                                        g_strdup (ALLOW_COMMAND));
  return outcome == SILENT ? advise_silent (verdict, base->family) : verdict;
}

HearthCheckVerdict *
hearth_check_echo (const HearthCheckFacts *facts, HearthFamily family, GCancellable *cancellable)
{
  HearthAddress base = hearth_check_facts_get_base (family);
  g_autoptr (GError) error = NULL;
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  gint64 us = 0;
  Outcome outcome = ask (family, cancellable, &us, &error);

  if (outcome != ANSWERED)
    return try_tcp (&base, outcome, error->message, cancellable);
  return hearth_check_verdict_new (HEARTH_CHECK_PASSED,
                                   g_strdup_printf (_ ("%s answered in %.2f ms."),
                                                    hearth_address_print (&base, text),
                                                    (double) us / 1000));
}
