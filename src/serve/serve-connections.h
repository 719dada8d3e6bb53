/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-head.h"
#include "serve-hint.h"
#include "serve-list.h"
#include "serve-listing-job.h"
#include "serve-output.h"
#include "serve-site.h"
#include "serve-socket.h"

#define SERVE_CONNECTIONS_MAX 512
#define SERVE_WAITING_MAX 64

/* What a connection is at. Within one state all have the same time to make progress, so that the first
 * of a list is the first whose time is over. */
typedef enum {
  SERVE_STATE_WAITING,   /* for a head to become whole, its first one or one that has begun: 10 s in all */
  SERVE_STATE_IDLE,      /* for the next request: 15 s */
  SERVE_STATE_ANSWERING, /* 30 s without progress */
  SERVE_STATE_LINGERING, /* everything is said; what still comes is thrown away: 2 s in all */
  SERVE_STATE_FOLLOWING, /* the stream of changes: for ever */
  SERVE_N_STATES,
} ServeState;

typedef struct ServeConnection ServeConnection;

/**
 * ServeConnections: all connections of a server, and what they share
 */
typedef struct {
  uv_loop_t *loop;
  ServeSite *site;
  ServeOutput *output;
  ServeListings listings;
  ServeHints hints;

  ServeLink states[SERVE_N_STATES];
  size_t counts[SERVE_N_STATES];
  size_t count;
  size_t limit;
  uv_timer_t sweep;

  /* Everything is made and read in these; what is not done at once is copied. */
  char head[SERVE_HEAD_SIZE];
  char *answer;       /* @answer_size bytes */
  size_t answer_size;
  void *free_heads;   /* buffers for heads that are not whole yet */
  size_t n_free_heads;

  /* A connection has closed, or is answered for the first time, so there is room for another. */
  void (*closed) (void *data);
  void *data;
} ServeConnections;

/* @limit: how many at most. False without memory. */
bool serve_connections_init   (ServeConnections *connections,
                               uv_loop_t        *loop,
                               ServeSite        *site,
                               ServeOutput      *output,
                               size_t            limit);
/* Makes room for one more: where there are too many of a kind, who has waited longest goes. False where all
 * are being answered, or have only just come. */
bool serve_connections_make_room (ServeConnections *connections);
/* Something in the folder has changed. */
void serve_connections_tell_change (ServeConnections *connections);
/* Closes those that nothing is being sent to; and all. */
void serve_connections_close_idle (ServeConnections *connections);
void serve_connections_close_all  (ServeConnections *connections);
/* After the loop has closed the handles of all. */
void serve_connections_clear  (ServeConnections *connections);

/* ---- For connections alone ---- */

/* Puts it at the end of @state's list, with all of that state's time. */
void  serve_connections_enter      (ServeConnections *connections,
                                    ServeConnection  *connection,
                                    ServeState        state);
void  serve_connections_leave      (ServeConnections *connections,
                                    ServeConnection  *connection);
/* SERVE_HEAD_SIZE bytes, or NULL. */
char *serve_connections_take_head  (ServeConnections *connections);
void  serve_connections_give_head  (ServeConnections *connections,
                                    char             *head);
