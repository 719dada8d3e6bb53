/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-event.h"
#include "serve-options.h"
#include "serve-socket.h"

/**
 * ServeListener: the sockets that connections come to, one an address, all with the same port
 */
typedef struct {
  ServeSocket sockets[SERVE_ADDRESSES_MAX];
  ServeAddress addresses[SERVE_ADDRESSES_MAX];
  size_t n_sockets;
  unsigned port;
  unsigned taken_port; /* that was wanted by default and is somebody's; 0: none */
  ServeHolder holder;  /* of it */
  char failed_text[SERVE_ADDRESS_TEXT_SIZE]; /* the address that could not be bound; the event borrows it */
  bool without_ipv6;   /* only the default addresses were wanted, and there is no ::1 here */
} ServeListener;

/* Binds every address that @options name or none. The port is the one they name; by default the first
 * of 8000 to 8999 that is free on every address; with 0 any that is. False where that cannot be: then *@failure is
 * what the last event says, its message in @message. */
bool serve_listener_bind  (ServeListener      *listener,
                           const ServeOptions *options,
                           ServeStoppedEvent  *failure,
                           char                message[SERVE_MESSAGE_SIZE]);
void serve_listener_close (ServeListener *listener);
