/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-connections.h"
#include "serve-sending.h"

/**
 * ServeConnection: one client's connection
 *
 * The state says what it waits for; the invariant is that @head has the bytes that were received and not yet
 * answered, and that @sending is there while the state is ANSWERING and at no other time.
 */
struct ServeConnection {
  uv_poll_t poll;
  ServeLink link; /* in its state's list */
  ServeConnections *all;
  const ServeAddress *local; /* (borrowed) */
  uint64_t deadline; /* of uv_now(), ms */
  ServeSending *sending;
  char *head; /* NULL where there is nothing */
  size_t head_length;
  ServeHeadScan scan;
  size_t drained; /* bytes that were thrown away */
  size_t unread;  /* bytes that the other side had not taken when that was looked at last */
  ServeSocket socket;
  ServeState state;
  int events; /* that the loop tells of */
  bool is_here;
  char peer[SERVE_ADDRESS_TEXT_SIZE];
};

/* Takes over @socket, that @peer opened to @local (borrowed). False without memory; then it is closed. */
bool serve_connection_open    (ServeConnections   *all,
                               ServeSocket         socket,
                               const ServeAddress *peer,
                               const ServeAddress *local);
/* At once; an answer that was on its way is told as aborted. */
void serve_connection_close   (ServeConnection *connection);
/* Its state's time is over. */
void serve_connection_expire  (ServeConnection *connection);
/* Reads what came, in case that nobody has looked yet. */
void serve_connection_look    (ServeConnection *connection);
/* Whether the other side took something of an answer since that was looked at last. */
bool serve_connection_moves   (ServeConnection *connection);
/* Where it follows the changes. */
void serve_connection_tell    (ServeConnection *connection,
                               ServeText        message);
