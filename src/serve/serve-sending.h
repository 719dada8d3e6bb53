/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-event.h"
#include "serve-listing-job.h"
#include "serve-socket.h"

/* Room for a header, and behind it for a small file or a piece of a listing, so that these leave in one
 * system call. */
#define SERVE_SMALL_FILE_MAX (64 * 1024)

/**
 * ServeSending: an answer on its way, and what is said of it afterwards
 *
 * Most go out at once and live on the stack, their texts those of the request and their bytes those of the
 * scratch they were made in. What is not gone then is kept in a block of its own: never the bytes of a file, which
 * are read again.
 */
typedef struct {
  ServeRequestEvent event; /* but for @ms */
  uint64_t started_ns;     /* of uv_hrtime(), when the head was whole */

  const char *bytes;
  size_t length;
  size_t head_left; /* how many of them are header */
  size_t room;      /* behind them; 0 once kept */

  ServeFile file;
  uint64_t offset;
  uint64_t file_left; /* bytes */
  bool has_file;
  ServeText tail;

  ServeListingJob *listing;
  size_t piece_sent; /* of the piece that is next */

  bool close;   /* the connection, after it */
  bool is_live; /* the connection then carries the stream of changes */
  bool wants_nearest; /* as ServeAnswer has it; not once kept */
} ServeSending;

typedef enum {
  SERVE_SENDING_DONE,
  SERVE_SENDING_BLOCKED,    /* the other side has to read first */
  SERVE_SENDING_MORE,       /* there is room, but others want to be served, too */
  SERVE_SENDING_WAITING,    /* for the listing */
  SERVE_SENDING_BROKEN,
  SERVE_SENDING_UNREADABLE, /* the file, before anything was sent */
} ServeSendingResult;

/* Sends what goes without waiting. @scratch is room for pieces of a listing. */
ServeSendingResult serve_sending_go    (ServeSending *sending,
                                        ServeSocket   socket,
                                        ServeBuffer  *scratch);
/* A copy that depends on nobody's bytes, and owns what @sending did. NULL without memory. */
ServeSending      *serve_sending_keep  (const ServeSending *sending);
/* Gives back file and listing. */
void               serve_sending_clear (ServeSending *sending);
