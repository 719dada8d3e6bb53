/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: nothing leaves this computer: it goes from 127.0.0.1 or ::1 to the same. */

#include "hearth-echo-ask.h"

#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <icmpapi.h>

#include "hearth-message-windows.h"

/* Loopback answers within a tenth of a millisecond; the rest is for a computer with too much to do.
 */
#define WAIT_MS 2000

#define PAYLOAD_BYTES 32

/* The answer, what was sent, and what the call needs besides (IcmpSendEcho2Ex). */
#define REPLY_BYTES (sizeof (ICMP_ECHO_REPLY) + sizeof (ICMPV6_ECHO_REPLY) + PAYLOAD_BYTES + 64)

static gboolean
is_status_good (HearthFamily family, const guint8 *reply)
{
  ULONG status;

  if (family == HEARTH_FAMILY_IPV4)
    status = ((const ICMP_ECHO_REPLY *) (gconstpointer) reply)->Status;
  else
    status = ((const ICMPV6_ECHO_REPLY *) (gconstpointer) reply)->Status;
  return status == IP_SUCCESS;
}

static DWORD
send_ipv4 (HANDLE handle, void *payload, void *reply)
{
  return IcmpSendEcho2Ex (handle, NULL, NULL, NULL, htonl (INADDR_LOOPBACK),
                          htonl (INADDR_LOOPBACK), payload, PAYLOAD_BYTES, NULL, reply, REPLY_BYTES,
                          WAIT_MS);
}

static DWORD
send_ipv6 (HANDLE handle, void *payload, void *reply)
{
  struct sockaddr_in6 base = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
  struct sockaddr_in6 to = base;

  return Icmp6SendEcho2 (handle, NULL, NULL, NULL, &base, &to, payload, PAYLOAD_BYTES, NULL, reply,
                         REPLY_BYTES, WAIT_MS);
}

static HearthEchoOutcome
fail (HearthEchoOutcome outcome, DWORD number, GError **error)
{
  g_autofree char *message = hearth_windows_message_dup ((int) number);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, message);
  return outcome;
}

/* It cannot be cancelled, and waits for no longer than WAIT_MS. */
HearthEchoOutcome
hearth_echo_ask (HearthFamily family, GCancellable *cancellable, gint64 *us, GError **error)
{
  HANDLE handle = family == HEARTH_FAMILY_IPV4 ? IcmpCreateFile () : Icmp6CreateFile ();
  g_autofree guint8 *reply = g_malloc0 (REPLY_BYTES);
  guint8 payload[PAYLOAD_BYTES] = { 0 };
  gint64 start_us = g_get_monotonic_time ();
  DWORD number, n;

  if (handle == INVALID_HANDLE_VALUE)
    return fail (HEARTH_ECHO_BROKEN, GetLastError (), error);
  n = family == HEARTH_FAMILY_IPV4 ? send_ipv4 (handle, payload, reply)
                                   : send_ipv6 (handle, payload, reply);
  number = GetLastError ();
  *us = g_get_monotonic_time () - start_us;
  IcmpCloseHandle (handle);
  if (n > 0 && is_status_good (family, reply))
    return HEARTH_ECHO_ANSWERED;
  if (n == 0 && number == ERROR_ACCESS_DENIED)
    return fail (HEARTH_ECHO_NOT_ALLOWED, number, error);
  if (n > 0 || number == IP_REQ_TIMED_OUT)
    return fail (HEARTH_ECHO_SILENT, ERROR_TIMEOUT, error);
  return fail (HEARTH_ECHO_BROKEN, number, error);
}

char *
hearth_echo_dup_allow_command (void)
{
  return NULL;
}

char *
hearth_echo_dup_answer_command (HearthFamily family)
{
  return NULL;
}
