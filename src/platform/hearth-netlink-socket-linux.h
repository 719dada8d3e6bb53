/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthNetlinkSocket:
 *
 * A socket of netlink(7) that takes datagrams from the kernel alone: strict checking, extended
 * acknowledgements, room for the largest datagram of a dump.
 */
typedef struct _HearthNetlinkSocket HearthNetlinkSocket;

typedef enum {
  HEARTH_NETLINK_DATA,    /* a datagram of the kernel's */
  HEARTH_NETLINK_NOTHING, /* none is there now */
  HEARTH_NETLINK_OVERRUN, /* at least one was lost: the state must be read again */
  HEARTH_NETLINK_FAILED,  /* the socket is of no use any more; the error says why */
} HearthNetlinkReceived;

/* Opens a socket.
 * @protocol: NETLINK_ROUTE or NETLINK_SOCK_DIAG of linux/netlink.h
 * @groups: the multicast groups to hear, RTMGRP_* of linux/rtnetlink.h, or 0
 * @receive_buffer_bytes: how much the kernel should keep for us, or 0 for its default
 * HEARTH_ERROR_NOT_PERMITTED where a sandbox forbids it, HEARTH_ERROR_FAILED. (transfer full) */
HearthNetlinkSocket  *hearth_netlink_socket_new     (int                   protocol,
                                                     guint32               groups,
                                                     gsize                 receive_buffer_bytes,
                                                     GError              **error);
void                  hearth_netlink_socket_free    (HearthNetlinkSocket  *self);

/* For waiting only. */
int                   hearth_netlink_socket_get_fd  (HearthNetlinkSocket  *self);

/* Sends one request to the kernel. HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_FAILED. */
gboolean              hearth_netlink_socket_send    (HearthNetlinkSocket  *self,
                                                     const void           *bytes,
                                                     gsize                 length,
                                                     GError              **error);

/* Takes one datagram. @bytes is the socket's own, aligned, and valid until the next call.
 * With @wait it waits for one, 5 s at the most, where the kernel owes an answer; without, it returns
 * NOTHING. Datagrams from anybody but the kernel are dropped with a debug line. */
HearthNetlinkReceived hearth_netlink_socket_receive (HearthNetlinkSocket  *self,
                                                     gboolean              wait,
                                                     const guint8        **bytes,
                                                     gsize                *length,
                                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthNetlinkSocket, hearth_netlink_socket_free)

G_END_DECLS
