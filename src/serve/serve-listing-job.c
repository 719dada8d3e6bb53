/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-listing-job.h"

#include <stdlib.h>

/* Rows gather to about this much before they go out. */
#define ROWS_PIECE (32 * 1024)
/* A chunk's size and line end (RFC 9112, 7.1), with leading zeros so that its place can be kept. */
#define FRAME_LENGTH 8

typedef enum {
  STAGE_HEAD,
  STAGE_ROWS,
  STAGE_END,
  STAGE_LAST_CHUNK,
  STAGE_OVER,
} Stage;

struct ServeListingJob {
  uv_work_t work;
  ServeListings *listings;
  ServeListingJob *next; /* in the queue */
  char *path;
  void (*ready) (void *data); /* NULL once nobody waits for it */
  void *data;
  ServeEntries *entries; /* NULL until they are read */
  ServeOpenResult result;
  volatile bool cancelled; /* read by the thread; it only ever becomes true */
  bool chunked;
  bool is_read;
  Stage stage;
  size_t index;      /* of the first row of the piece that is next */
  size_t next_index; /* of the one after it */
};

void
serve_listings_init (ServeListings *listings, uv_loop_t *loop, const ServeSite *site)
{
  *listings = (ServeListings) { .loop = loop, .site = site };
}

static void
destroy (ServeListingJob *job)
{
  if (job->entries != NULL)
    {
      job->listings->held_bytes -= serve_entries_bytes (job->entries);
      serve_entries_free (job->entries);
    }
  free (job->path);
  free (job);
}

static void
read_entries (uv_work_t *work)
{
  ServeListingJob *job = work->data;
  const ServeSite *site = job->listings->site;

  job->entries = serve_entries_read (site->folder, job->path, site->options->hidden,
                                     &job->cancelled, &job->result);
}

static void start_next (ServeListings *listings);

static void
on_read (uv_work_t *work, int status)
{
  ServeListingJob *job = work->data;
  ServeListings *listings = job->listings;

  job->is_read = true;
  listings->reading = NULL;
  if (job->entries != NULL)
    listings->held_bytes += serve_entries_bytes (job->entries);
  if (job->ready == NULL)
    destroy (job);
  else
    job->ready (job->data);
  start_next (listings);
}

static void
start_next (ServeListings *listings)
{
  ServeListingJob *job = listings->first;

  if (job == NULL || listings->reading != NULL || listings->held_bytes > SERVE_LISTINGS_HELD_MAX)
    return;
  listings->first = job->next;
  if (listings->first == NULL)
    listings->last = NULL;
  job->next = NULL;
  listings->reading = job;
  uv_queue_work (listings->loop, &job->work, read_entries, on_read);
}

ServeListingJob *
serve_listing_job_new (
    ServeListings *listings, const char *path, bool chunked, void (*ready) (void *data), void *data)
{
  ServeListingJob *job = calloc (1, sizeof *job);
  char *copy = strdup (path);

  if (job == NULL || copy == NULL)
    {
      free (job);
      free (copy);
      return NULL;
    }
  job->work.data = job;
  job->listings = listings;
  job->path = copy;
  job->chunked = chunked;
  job->ready = ready;
  job->data = data;
  if (listings->last == NULL)
    listings->first = job;
  else
    listings->last->next = job;
  listings->last = job;
  start_next (listings);
  return job;
}

static void
leave_queue (ServeListings *listings, const ServeListingJob *job)
{
  ServeListingJob *before = NULL;

  for (ServeListingJob *it = listings->first; it != NULL; before = it, it = it->next)
    {
      if (it != job)
        continue;
      if (before == NULL)
        listings->first = it->next;
      else
        before->next = it->next;
      if (listings->last == it)
        listings->last = before;
      return;
    }
}

void
serve_listing_job_free (ServeListingJob *job)
{
  ServeListings *listings = job->listings;

  if (listings->reading == job)
    {
      job->ready = NULL;
      job->cancelled = true;
      return;
    }
  leave_queue (listings, job);
  destroy (job);
  start_next (listings);
}

static void
add_rows (ServeListingJob *job, ServeBuffer *buffer)
{
  size_t count = serve_entries_count (job->entries);

  job->next_index = job->index;
  while (job->next_index < count && buffer->length + SERVE_LISTING_ROW_MAX < ROWS_PIECE)
    {
      ServeListingEntry entry;

      serve_entries_get (job->entries, job->next_index, &entry);
      serve_listing_add_row (buffer, &entry);
      job->next_index++;
    }
}

static void
add_payload (ServeListingJob *job, ServeBuffer *buffer)
{
  if (job->stage == STAGE_HEAD)
    serve_listing_add_head (buffer, serve_text (serve_folder_name (job->listings->site->folder)),
                            serve_text (job->path));
  else if (job->stage == STAGE_ROWS)
    add_rows (job, buffer);
  else
    {
      size_t n_directories = serve_entries_n_directories (job->entries);

      serve_listing_add_end (buffer, n_directories,
                             serve_entries_count (job->entries) - n_directories,
                             serve_entries_is_truncated (job->entries));
    }
}

static void
print_frame (char *frame, size_t payload)
{
  for (int i = FRAME_LENGTH - 3; i >= 0; i--, payload >>= 4)
    frame[i] = "0123456789abcdef"[payload & 15];
  frame[FRAME_LENGTH - 2] = '\r';
  frame[FRAME_LENGTH - 1] = '\n';
}

/* What the stage needs to be made. */
static ServeListingState
state_of (const ServeListingJob *job)
{
  if (job->stage == STAGE_OVER)
    return SERVE_LISTING_END;
  if (job->stage == STAGE_HEAD || job->entries != NULL)
    return SERVE_LISTING_PIECE;
  return job->is_read ? SERVE_LISTING_FAILED : SERVE_LISTING_WAIT;
}

static void
skip_empty_rows (ServeListingJob *job)
{
  if (job->stage == STAGE_ROWS && job->entries != NULL &&
      job->index == serve_entries_count (job->entries))
    job->stage = STAGE_END;
}

ServeListingState
serve_listing_job_render (ServeListingJob *job, ServeBuffer *buffer, size_t *payload)
{
  ServeListingState state;
  size_t start = buffer->length;

  skip_empty_rows (job);
  state = state_of (job);
  *payload = 0;
  if (state != SERVE_LISTING_PIECE)
    return state;
  if (job->stage == STAGE_LAST_CHUNK)
    {
      serve_buffer_add_string (buffer, "0\r\n\r\n");
      return state;
    }
  if (job->chunked)
    serve_buffer_add (buffer, "00000000", FRAME_LENGTH);
  add_payload (job, buffer);
  *payload = buffer->length - start - (job->chunked ? FRAME_LENGTH : 0);
  if (!job->chunked)
    return state;
  print_frame (buffer->bytes + start, *payload);
  serve_buffer_add_string (buffer, "\r\n");
  return state;
}

void
serve_listing_job_advance (ServeListingJob *job)
{
  switch (job->stage)
    {
    case STAGE_HEAD:
      job->stage = STAGE_ROWS;
      break;
    case STAGE_ROWS:
      job->index = job->next_index;
      break;
    case STAGE_END:
      job->stage = job->chunked ? STAGE_LAST_CHUNK : STAGE_OVER;
      break;
    case STAGE_LAST_CHUNK:
    case STAGE_OVER:
      job->stage = STAGE_OVER;
      break;
    }
}
