/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-sending.h"

#include <stdlib.h>

/* What one connection sends before it is another’s turn, bytes: a millisecond of it, and with half
 * of it a quarter slower. */
#define TURN (2 * 1024 * 1024)
#define TARGET_KEPT_MAX 2048

static size_t
smaller (uint64_t one, uint64_t other)
{
  return (size_t) (one < other ? one : other);
}

/* A file that became shorter can only be ended by closing, since its length was announced. */
static void
cut_short (ServeSending *sending)
{
  sending->file_left = 0;
  sending->tail.length = 0;
  sending->close = true;
}

static ServeSendingResult
from_error (ptrdiff_t error)
{
  return error == SERVE_IO_AGAIN ? SERVE_SENDING_BLOCKED : SERVE_SENDING_BROKEN;
}

static void
count_sent (ServeSending *sending, size_t sent)
{
  size_t own = smaller (sent, sending->length);
  size_t head = smaller (own, sending->head_left);

  sending->head_left -= head;
  sending->bytes += own;
  sending->length -= own;
  sending->offset += sent - own;
  sending->file_left -= sent - own;
  sending->event.bytes += sent - head;
}

/* Header and page, and a small file right behind them. */
static ServeSendingResult
send_bytes (ServeSending *sending, ServeSocket socket)
{
  bool is_small = sending->file_left > 0 && sending->file_left <= sending->room;
  ptrdiff_t read = 0;
  ptrdiff_t sent;
  bool more = sending->file_left > 0 || sending->tail.length > 0 || sending->listing != NULL;

  if (is_small)
    {
      read = serve_socket_read_file (&sending->file, sending->offset,
                                     (char *) sending->bytes + sending->length,
                                     (size_t) sending->file_left);
      if (read < 0)
        return SERVE_SENDING_UNREADABLE;
      more = sending->tail.length > 0 && (uint64_t) read == sending->file_left;
    }
  sent = serve_socket_send (socket, sending->bytes, sending->length + (size_t) read, more);
  sending->room = 0;
  if (sent < 0)
    return from_error (sent);
  count_sent (sending, (size_t) sent);
  return sending->length > 0 ? SERVE_SENDING_BLOCKED : SERVE_SENDING_DONE;
}

static ServeSendingResult
send_file (ServeSending *sending, ServeSocket socket, size_t *turn)
{
  while (sending->file_left > 0)
    {
      ptrdiff_t sent;

      if (*turn == 0)
        return SERVE_SENDING_MORE;
      sent = serve_socket_send_file (socket, &sending->file, sending->offset,
                                     smaller (sending->file_left, *turn));
      if (sent == 0 || sent == SERVE_IO_UNREADABLE)
        {
          cut_short (sending);
          return SERVE_SENDING_DONE;
        }
      if (sent < 0)
        return from_error (sent);
      *turn -= (size_t) sent;
      count_sent (sending, (size_t) sent);
    }
  return SERVE_SENDING_DONE;
}

static ServeSendingResult
send_tail (ServeSending *sending, ServeSocket socket)
{
  while (sending->tail.length > 0)
    {
      ptrdiff_t sent = serve_socket_send (socket, sending->tail.bytes, sending->tail.length, false);

      if (sent < 0)
        return from_error (sent);
      sending->tail.bytes += sent;
      sending->tail.length -= (size_t) sent;
      sending->event.bytes += (uint64_t) sent;
    }
  return SERVE_SENDING_DONE;
}

/* The rest of the piece that is next; *@state says whether there was one. */
static ServeSendingResult
send_piece (ServeSending *sending,
            ServeSocket socket,
            ServeBuffer *scratch,
            ServeListingState *state,
            size_t *turn)
{
  size_t payload;
  ptrdiff_t sent;

  scratch->length = 0;
  scratch->overflowed = false;
  *state = serve_listing_job_render (sending->listing, scratch, &payload);
  if (*state != SERVE_LISTING_PIECE)
    return SERVE_SENDING_DONE;
  sent = serve_socket_send (socket, scratch->bytes + sending->piece_sent,
                            scratch->length - sending->piece_sent, false);
  if (sent < 0)
    return from_error (sent);
  *turn -= smaller (*turn, (uint64_t) sent);
  sending->piece_sent += (size_t) sent;
  if (sending->piece_sent < scratch->length)
    return SERVE_SENDING_BLOCKED;
  sending->piece_sent = 0;
  sending->event.bytes += payload;
  serve_listing_job_advance (sending->listing);
  return SERVE_SENDING_DONE;
}

static ServeSendingResult
send_listing (ServeSending *sending, ServeSocket socket, ServeBuffer *scratch, size_t *turn)
{
  ServeListingState state = SERVE_LISTING_PIECE;

  while (state == SERVE_LISTING_PIECE)
    {
      ServeSendingResult result;

      if (*turn == 0)
        return SERVE_SENDING_MORE;
      result = send_piece (sending, socket, scratch, &state, turn);
      if (result != SERVE_SENDING_DONE)
        return result;
    }
  if (state == SERVE_LISTING_WAIT)
    return SERVE_SENDING_WAITING;
  /* The last chunk is missing then, so the other side knows that this is not all. */
  if (state == SERVE_LISTING_FAILED)
    sending->close = true;
  return SERVE_SENDING_DONE;
}

ServeSendingResult
serve_sending_go (ServeSending *sending, ServeSocket socket, ServeBuffer *scratch)
{
  ServeSendingResult result = SERVE_SENDING_DONE;
  size_t turn = TURN;

  if (sending->length > 0)
    result = send_bytes (sending, socket);
  if (result == SERVE_SENDING_DONE && sending->file_left > 0)
    result = send_file (sending, socket, &turn);
  if (result == SERVE_SENDING_DONE && sending->tail.length > 0)
    result = send_tail (sending, socket);
  if (result == SERVE_SENDING_DONE && sending->listing != NULL)
    result = send_listing (sending, socket, scratch, &turn);
  return result;
}

static ServeText
copy_text (ServeText text, char **end)
{
  ServeText copy = { *end, text.length };

  if (text.length > 0)
    memcpy (*end, text.bytes, text.length);
  *end += text.length;
  return copy;
}

ServeSending *
serve_sending_keep (const ServeSending *sending)
{
  ServeText target = sending->event.target;
  ServeText bytes = { sending->bytes, sending->length };
  ServeSending *kept;
  char *end;

  if (target.length > TARGET_KEPT_MAX)
    target.length = TARGET_KEPT_MAX;
  kept = malloc (sizeof *kept + target.length + sending->event.method.length + bytes.length);
  if (kept == NULL)
    return NULL;
  *kept = *sending;
  if (kept->has_file && !serve_file_own (&kept->file))
    {
      free (kept);
      return NULL;
    }
  end = (char *) (kept + 1);
  kept->event.target = copy_text (target, &end);
  kept->event.method = copy_text (sending->event.method, &end);
  kept->bytes = copy_text (bytes, &end).bytes;
  kept->room = 0;
  kept->wants_nearest = false;
  return kept;
}

void
serve_sending_clear (ServeSending *sending)
{
  if (sending->has_file)
    serve_file_close (&sending->file);
  if (sending->listing != NULL)
    serve_listing_job_free (sending->listing);
  sending->has_file = false;
  sending->listing = NULL;
}
