/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"

G_BEGIN_DECLS

/* What the kernel's messages of sock_diag(7) say of listening sockets: bytes in, values out. No socket is
 * opened here. */

#define HEARTH_SOCK_DIAG_REQUEST_SIZE 128

/* Writes a request for all sockets of @transport and @family that wait for others (struct inet_diag_req_v2
 * of linux/inet_diag.h). Returns its length.
 * @bytes: aligned to 4 bytes */
gsize hearth_sock_diag_request (guint8            bytes[HEARTH_SOCK_DIAG_REQUEST_SIZE],
                                guint32           sequence,
                                HearthTransport   transport,
                                HearthFamily      family);

/* @listener has no user and no process. */
typedef void (*HearthSockDiagFunc) (const HearthListener *listener, gpointer user_data);

typedef enum {
  HEARTH_SOCK_DIAG_GOES_ON, /* another datagram belongs to the answer */
  HEARTH_SOCK_DIAG_ENDED,   /* this was the last one */
  HEARTH_SOCK_DIAG_REFUSED, /* the kernel did not answer: *error_number */
} HearthSockDiagResult;

/* Calls @func for every socket of one datagram that answers the request with @sequence. What is truncated
 * or contradicts itself is passed over.
 * @bytes: aligned to 4 bytes
 * @error_number: set with REFUSED: an errno, positive */
HearthSockDiagResult hearth_sock_diag_parse (const guint8        *bytes,
                                             gsize                length,
                                             guint32              sequence,
                                             HearthTransport      transport,
                                             HearthSockDiagFunc   func,
                                             gpointer             user_data,
                                             int                 *error_number);

G_END_DECLS
