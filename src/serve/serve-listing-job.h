/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-entries.h"
#include "serve-site.h"

/* Entries that are read but not sent yet may take this much together before others have to wait for their turn;
 * with the one that is being read that is all the memory that listings take. */
#define SERVE_LISTINGS_HELD_MAX (8 * 1024 * 1024)

/* A piece with its chunk's frame is never longer. */
#define SERVE_LISTING_PIECE_MAX (SERVE_LISTING_HEAD_MAX + 16)

typedef struct ServeListingJob ServeListingJob;

/**
 * ServeListings: all listings that are under way
 *
 * One directory is read at a time, in the thread pool; the others wait in the order they came.
 */
typedef struct {
  uv_loop_t *loop;
  const ServeSite *site;
  ServeListingJob *first; /* that wait */
  ServeListingJob *last;
  ServeListingJob *reading;
  size_t held_bytes;
} ServeListings;

typedef enum {
  SERVE_LISTING_PIECE,
  SERVE_LISTING_WAIT, /* @ready is called when there is more */
  SERVE_LISTING_END,
  SERVE_LISTING_FAILED,
} ServeListingState;

void              serve_listings_init (ServeListings   *listings,
                                       uv_loop_t       *loop,
                                       const ServeSite *site);

/* The body of a listing of the directory @path. NULL without memory. Its pieces are made when they are sent, the
 * same one as often as that takes, so that a slow reader costs no buffer. */
ServeListingJob  *serve_listing_job_new     (ServeListings *listings,
                                             const char    *path,
                                             bool           chunked,
                                             void         (*ready) (void *data),
                                             void          *data);
/* Makes the piece that is next. *@payload: its bytes without a chunk's frame. */
ServeListingState serve_listing_job_render  (ServeListingJob *job,
                                             ServeBuffer     *buffer,
                                             size_t          *payload);
/* It is sent. */
void              serve_listing_job_advance (ServeListingJob *job);
void              serve_listing_job_free    (ServeListingJob *job);
