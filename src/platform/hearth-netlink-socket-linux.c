/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-netlink-socket-linux.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <libmnl/libmnl.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "hearth-error.h"

/* Twice what the kernel puts into one datagram of a dump (NLMSG_GOODSIZE up to 32 KiB). A smaller
 * buffer loses addresses silently. */
#define DATAGRAM_SIZE (64 * 1024)
#define ANSWER_TIMEOUT_S 5

struct _HearthNetlinkSocket {
  struct mnl_socket *socket; /* (owned) */
  _Alignas (8) guint8 datagram[DATAGRAM_SIZE];
};

static void
set_open_error (GError **error, int number)
{
  if (number == EPERM || number == EACCES || number == EAFNOSUPPORT || number == EPROTONOSUPPORT)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
                 _ ("Hearth may not ask the kernel for the network interfaces (%s). Something "
                    "confines it; allow it sockets of the family AF_NETLINK."),
                 g_strerror (number));
  else
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                 _ ("The kernel could not be asked for the network interfaces: %s. Try again."),
                 g_strerror (number));
}

/* Best effort: an old kernel without one of them works too, with less detail. */
static void
set_options (struct mnl_socket *socket, gsize receive_buffer_bytes)
{
  int fd = mnl_socket_get_fd (socket), on = 1, size = (int) receive_buffer_bytes;
  struct timeval timeout = { .tv_sec = ANSWER_TIMEOUT_S };

  mnl_socket_setsockopt (socket, NETLINK_GET_STRICT_CHK, &on, sizeof on);
  mnl_socket_setsockopt (socket, NETLINK_EXT_ACK, &on, sizeof on);
  mnl_socket_setsockopt (socket, NETLINK_CAP_ACK, &on, sizeof on);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  if (size > 0 && setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

HearthNetlinkSocket *
hearth_netlink_socket_new (int protocol, guint32 groups, gsize receive_buffer_bytes, GError **error)
{
  g_autoptr (HearthNetlinkSocket) self = g_new0 (HearthNetlinkSocket, 1);

  self->socket = mnl_socket_open2 (protocol, SOCK_CLOEXEC);
  if (self->socket == NULL)
    {
      set_open_error (error, errno);
      return NULL;
    }
  set_options (self->socket, receive_buffer_bytes);
  if (mnl_socket_bind (self->socket, groups, MNL_SOCKET_AUTOPID) != 0)
    {
      set_open_error (error, errno);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
hearth_netlink_socket_free (HearthNetlinkSocket *self)
{
  if (self->socket != NULL)
    mnl_socket_close (self->socket);
  g_free (self);
}

int
hearth_netlink_socket_get_fd (HearthNetlinkSocket *self)
{
  return mnl_socket_get_fd (self->socket);
}

gboolean
hearth_netlink_socket_send (HearthNetlinkSocket *self,
                            const void *bytes,
                            gsize length,
                            GError **error)
{
  if (mnl_socket_sendto (self->socket, bytes, length) == (ssize_t) length)
    return TRUE;
  set_open_error (error, errno);
  return FALSE;
}

static HearthNetlinkReceived
explain_failure (int number, GError **error)
{
  switch (number)
    {
    case EAGAIN:
      return HEARTH_NETLINK_NOTHING;
    case ENOBUFS:
    case ENOMEM:
      return HEARTH_NETLINK_OVERRUN;
    default:
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                   _ ("The kernel's answer about the network interfaces could not be read: %s."),
                   g_strerror (number));
      return HEARTH_NETLINK_FAILED;
    }
}

HearthNetlinkReceived
hearth_netlink_socket_receive (
    HearthNetlinkSocket *self, gboolean wait, const guint8 **bytes, gsize *length, GError **error)
{
  struct sockaddr_nl sender;
  struct iovec buffer = { self->datagram, sizeof self->datagram };
  struct msghdr message = { .msg_iov = &buffer, .msg_iovlen = 1, .msg_name = &sender };
  ssize_t n;

  for (;;)
    {
      message.msg_namelen = sizeof sender;
      n = recvmsg (hearth_netlink_socket_get_fd (self), &message, wait ? 0 : MSG_DONTWAIT);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return explain_failure (errno, error);
      if (message.msg_namelen == sizeof sender && sender.nl_pid == 0)
        break;
      g_debug ("Netlink datagram that is not from the kernel, dropped");
    }

  *bytes = self->datagram;
  *length = (gsize) n;
  return message.msg_flags & MSG_TRUNC ? HEARTH_NETLINK_OVERRUN : HEARTH_NETLINK_DATA;
}
