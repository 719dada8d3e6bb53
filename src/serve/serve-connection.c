/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-connection.h"

#include <stdlib.h>

#include "serve-live.h"
#include "serve-neighbours.h"

/* So many requests that came in one packet are answered before it is another's turn. */
#define PIPELINED_MAX 16
/* What is thrown away of what comes after the last answer, bytes. */
#define DRAINED_MAX (1024 * 1024)

static const ServeText nothing = { NULL, 0 };

static bool
is_closed (const ServeConnection *connection)
{
  return connection->socket == SERVE_SOCKET_NONE;
}

static bool
is_reading (const ServeConnection *connection)
{
  return !is_closed (connection) &&
         (connection->state == SERVE_STATE_WAITING || connection->state == SERVE_STATE_IDLE);
}

static void on_poll (uv_poll_t *poll, int status, int events);

/* Each change costs system calls; there is none while requests come one after the other. */
static void
listen_for (ServeConnection *connection, int events)
{
  if (connection->events == events || is_closed (connection))
    return;
  connection->events = events;
  if (events == 0)
    uv_poll_stop (&connection->poll);
  else if (uv_poll_start (&connection->poll, events, on_poll) != 0)
    serve_connection_close (connection);
}

static void
drop_head (ServeConnection *connection)
{
  if (connection->head != NULL)
    serve_connections_give_head (connection->all, connection->head);
  connection->head = NULL;
  connection->head_length = 0;
}

static void
on_closed (uv_handle_t *handle)
{
  free (handle->data);
}

static void
report (ServeConnection *connection, ServeSending *sending)
{
  ServeConnections *all = connection->all;
  ServeRequestEvent *event = &sending->event;

  event->ms = (double) (uv_hrtime () - sending->started_ns) / 1e6;
  if (!sending->wants_nearest || event->aborted || !serve_hints_look (&all->hints, event))
    serve_output_request (all->output, event);
}

static void
drop_sending (ServeConnection *connection)
{
  serve_sending_clear (connection->sending);
  free (connection->sending);
  connection->sending = NULL;
}

void
serve_connection_close (ServeConnection *connection)
{
  ServeConnections *all = connection->all;

  if (is_closed (connection))
    return;
  uv_close ((uv_handle_t *) &connection->poll, on_closed);
  serve_socket_close (connection->socket);
  connection->socket = SERVE_SOCKET_NONE;
  serve_connections_leave (all, connection);
  drop_head (connection);
  if (connection->sending != NULL)
    {
      connection->sending->event.aborted = true;
      report (connection, connection->sending);
      drop_sending (connection);
    }
  all->closed (all->data);
}

/* Everything is said. If it were closed while bytes that nobody read are here, the system would
 * throw away what the other side has not read of the answer, too (RFC 9112, 9.6). */
static void
linger (ServeConnection *connection)
{
  drop_head (connection);
  connection->drained = 0;
  serve_socket_shutdown (connection->socket);
  serve_connections_enter (connection->all, connection, SERVE_STATE_LINGERING);
  listen_for (connection, UV_READABLE);
}

/* @sending is all sent: on to what comes after it. */
static void
finish (ServeConnection *connection, ServeSending *sending)
{
  bool is_live = sending->is_live;
  bool close = sending->close || connection->all->site->is_stopping;

  report (connection, sending);
  if (sending == connection->sending)
    drop_sending (connection);
  else
    serve_sending_clear (sending);
  if (is_live)
    {
      drop_head (connection);
      serve_connections_enter (connection->all, connection, SERVE_STATE_FOLLOWING);
      listen_for (connection, UV_READABLE);
    }
  else if (close)
    linger (connection);
  else
    serve_connections_enter (connection->all, connection, SERVE_STATE_IDLE);
}

/* What the loop has to tell of for @sending to go on. */
static void
wait_for (ServeConnection *connection, ServeSendingResult result)
{
  if (result != SERVE_SENDING_WAITING)
    connection->unread = serve_socket_unread (connection->socket);
  serve_connections_enter (connection->all, connection, SERVE_STATE_ANSWERING);
  listen_for (connection, result == SERVE_SENDING_WAITING ? 0 : UV_WRITABLE);
}

static void take_heads (ServeConnection *connection, const char *bytes, size_t length);

/* Goes on with what is kept. */
static void
go_on (ServeConnection *connection)
{
  ServeConnections *all = connection->all;
  ServeBuffer scratch = { all->answer, all->answer_size, 0, false };
  ServeSendingResult result = serve_sending_go (connection->sending, connection->socket, &scratch);

  if (result == SERVE_SENDING_BROKEN)
    serve_connection_close (connection);
  else if (result != SERVE_SENDING_DONE)
    wait_for (connection, result);
  else
    {
      finish (connection, connection->sending);
      if (is_reading (connection))
        take_heads (connection, connection->head, connection->head_length);
    }
}

static void
on_listing_ready (void *data)
{
  go_on (data);
}

/* ---- A request and its answer ---- */

static void
abort_sending (ServeConnection *connection, ServeSending *sending)
{
  sending->event.aborted = true;
  report (connection, sending);
  serve_sending_clear (sending);
  serve_connection_close (connection);
}

static void
keep (ServeConnection *connection, ServeSending *sending, ServeSendingResult result)
{
  connection->sending = serve_sending_keep (sending);
  if (connection->sending == NULL)
    abort_sending (connection, sending);
  else
    wait_for (connection, result);
}

static void
set_sending (ServeSending *sending,
             const ServeConnection *connection,
             const ServeAnswer *answer,
             const ServeBuffer *buffer)
{
  sending->event.status = answer->status;
  sending->event.peer = connection->peer;
  sending->event.hint = answer->hint == NULL ? nothing : serve_text (answer->hint);
  sending->bytes = buffer->bytes;
  sending->length = buffer->length;
  sending->head_left = answer->head_length;
  sending->room = SERVE_SMALL_FILE_MAX; /* SERVE_ANSWER_MAX is kept for what is before it */
  sending->close = answer->close;
  sending->wants_nearest = answer->wants_nearest;
  sending->has_file = answer->body == SERVE_BODY_FILE;
  sending->is_live = answer->body == SERVE_BODY_LIVE;
  if (!sending->has_file)
    return;
  sending->file = answer->file;
  sending->offset = answer->first;
  sending->file_left = answer->length;
  sending->tail = answer->tail;
}

/* Sends @answer; @sending has the request's part of the event. */
static void
send_answer (ServeConnection *connection,
             ServeSending *sending,
             const ServeAnswer *answer,
             const ServeBuffer *buffer)
{
  ServeConnections *all = connection->all;
  ServeBuffer scratch = { all->answer, all->answer_size, 0, false };
  ServeSendingResult result = SERVE_SENDING_BROKEN;

  set_sending (sending, connection, answer, buffer);
  if (answer->body == SERVE_BODY_LISTING)
    sending->listing = serve_listing_job_new (&all->listings, all->site->target.path,
                                              answer->chunked, on_listing_ready, connection);
  if (answer->body != SERVE_BODY_LISTING || sending->listing != NULL)
    result = serve_sending_go (sending, connection->socket, &scratch);
  if (result == SERVE_SENDING_DONE)
    finish (connection, sending);
  else if (result == SERVE_SENDING_BROKEN)
    abort_sending (connection, sending);
  else if (result == SERVE_SENDING_UNREADABLE)
    {
      ServeAnswer failed;

      serve_sending_clear (sending);
      *sending = (ServeSending) { .event = sending->event, .started_ns = sending->started_ns };
      serve_answer_refuse (&failed, all->site, NULL, 500, &scratch);
      send_answer (connection, sending, &failed, &scratch);
    }
  else
    keep (connection, sending, result);
}

static void
begin (ServeConnection *connection, ServeSending *sending)
{
  ServeSite *site = connection->all->site;

  *sending = (ServeSending) { .started_ns = uv_hrtime () };
  serve_site_tick (site, sending->started_ns);
  sending->event.time = serve_site_time (site, sending->started_ns);
}

static void
refuse (ServeConnection *connection, ServeSending *sending, const ServeRequest *request, int status)
{
  ServeConnections *all = connection->all;
  ServeBuffer buffer = { all->answer, all->answer_size, 0, false };
  ServeAnswer answer;

  serve_answer_refuse (&answer, all->site, request, status, &buffer);
  send_answer (connection, sending, &answer, &buffer);
}

/* A head that is not whole, or none, in @bytes. Its method is known once its first line is. */
static void
refuse_head (ServeConnection *connection, const char *bytes, int status)
{
  static const ServeRequest head_request = { .method = SERVE_METHOD_HEAD };
  const ServeHeadScan *scan = &connection->scan;
  bool is_head = scan->block_start > 0 && memcmp (bytes + scan->start, "HEAD ", 5) == 0;
  ServeSending sending;

  begin (connection, &sending);
  refuse (connection, &sending, is_head ? &head_request : NULL, status);
}

static void
answer_head (ServeConnection *connection, const char *head, size_t length)
{
  ServeConnections *all = connection->all;
  ServeBuffer buffer = { all->answer, all->answer_size, 0, false };
  ServeCaller caller = { connection->local, connection->is_here };
  ServeSending sending;
  ServeRequest request;
  ServeAnswer answer;
  int status;

  begin (connection, &sending);
  status = serve_request_parse (&request, head, length);
  if (status != 0)
    {
      refuse (connection, &sending, &request, status);
      return;
    }
  sending.event.method = request.method_name;
  sending.event.target = request.target;
  serve_answer_request (&answer, all->site, &request, &caller, &buffer);
  if (answer.body == SERVE_BODY_LIVE &&
      all->counts[SERVE_STATE_FOLLOWING] >= SERVE_LIVE_FOLLOWERS_MAX)
    refuse (connection, &sending, &request, 503);
  else
    send_answer (connection, &sending, &answer, &buffer);
}

/* ---- What comes ---- */

/* The bytes that have to wait go where the connection keeps them; they may be there already. */
static bool
keep_rest (ServeConnection *connection, const char *bytes, size_t length)
{
  if (length == 0)
    {
      drop_head (connection);
      return true;
    }
  if (connection->head == NULL)
    connection->head = serve_connections_take_head (connection->all);
  if (connection->head == NULL)
    return false;
  memmove (connection->head, bytes, length);
  connection->head_length = length;
  return true;
}

static void
wait_for_more (ServeConnection *connection, bool is_whole)
{
  if (!is_reading (connection))
    return;
  if (connection->head_length > 0 && connection->state == SERVE_STATE_IDLE)
    serve_connections_enter (connection->all, connection, SERVE_STATE_WAITING);
  listen_for (connection, is_whole ? UV_WRITABLE : UV_READABLE);
}

/* Answers the requests in @bytes in their order, until one has to wait. */
static void
take_heads (ServeConnection *connection, const char *bytes, size_t length)
{
  bool is_whole = true;
  int status = 0;

  for (unsigned i = 0; i < PIPELINED_MAX && is_whole && length > 0; i++)
    {
      ServeHeadResult result = serve_head_scan (&connection->scan, bytes, length, &status);
      ServeHeadScan scan = connection->scan;

      is_whole = result == SERVE_HEAD_WHOLE;
      if (result == SERVE_HEAD_REFUSED)
        {
          refuse_head (connection, bytes, status);
          return;
        }
      if (!is_whole)
        break;
      connection->scan = (ServeHeadScan) { 0 };
      answer_head (connection, bytes + scan.start, scan.position - scan.start);
      bytes += scan.position;
      length -= scan.position;
      if (!is_reading (connection))
        break;
    }
  if (is_closed (connection) || connection->state > SERVE_STATE_ANSWERING)
    return;
  if (!keep_rest (connection, bytes, length))
    serve_connection_close (connection);
  else
    wait_for_more (connection, is_whole && length > 0);
}

static void
receive (ServeConnection *connection)
{
  char *place =
      connection->head == NULL ? connection->all->head : connection->head + connection->head_length;
  ptrdiff_t received =
      serve_socket_receive (connection->socket, place, SERVE_HEAD_SIZE - connection->head_length);

  if (received == SERVE_IO_AGAIN)
    return;
  if (received <= 0)
    {
      serve_connection_close (connection);
      return;
    }
  take_heads (connection, connection->head == NULL ? place : connection->head,
              connection->head_length + (size_t) received);
}

static void
drain (ServeConnection *connection)
{
  ptrdiff_t received =
      serve_socket_receive (connection->socket, connection->all->head, SERVE_HEAD_SIZE);

  if (received == SERVE_IO_AGAIN)
    return;
  if (received > 0)
    connection->drained += (size_t) received;
  if (received <= 0 || connection->drained > DRAINED_MAX)
    serve_connection_close (connection);
}

static void
on_poll (uv_poll_t *poll, int status, int events)
{
  ServeConnection *connection = poll->data;

  if (is_closed (connection))
    return;
  /* An error of the socket's is told by what is done with it next; the loop has stopped then. */
  if (status < 0)
    connection->events = 0;
  if (connection->state == SERVE_STATE_ANSWERING)
    go_on (connection);
  else if (!is_reading (connection))
    drain (connection);
  else if (connection->events == UV_WRITABLE)
    take_heads (connection, connection->head, connection->head_length);
  else
    receive (connection);
  if (status < 0 && connection->events == 0)
    serve_connection_close (connection);
}

/* ---- For all connections ---- */

void
serve_connection_look (ServeConnection *connection)
{
  if (is_reading (connection) && connection->events == UV_READABLE)
    receive (connection);
}

void
serve_connection_expire (ServeConnection *connection)
{
  bool is_begun = connection->state == SERVE_STATE_WAITING && connection->head_length > 0;
  bool is_ours = connection->state == SERVE_STATE_ANSWERING && connection->events == 0;

  if (is_begun)
    refuse_head (connection, connection->head, 408);
  else if (is_ours) /* it waits for a directory to be read, not for the other side */
    serve_connections_enter (connection->all, connection, SERVE_STATE_ANSWERING);
  else
    serve_connection_close (connection);
}

bool
serve_connection_moves (ServeConnection *connection)
{
  size_t before = connection->unread;

  if (connection->state != SERVE_STATE_ANSWERING || connection->events != UV_WRITABLE)
    return false;
  connection->unread = serve_socket_unread (connection->socket);
  return connection->unread < before;
}

void
serve_connection_tell (ServeConnection *connection, ServeText message)
{
  ptrdiff_t sent = serve_socket_send (connection->socket, message.bytes, message.length, false);

  /* Who does not read comes back later and sees that something has changed. */
  if (sent != (ptrdiff_t) message.length)
    serve_connection_close (connection);
  else
    serve_connections_enter (connection->all, connection, SERVE_STATE_FOLLOWING);
}

static bool
start (ServeConnection *connection)
{
  if (uv_poll_init_socket (connection->all->loop, &connection->poll, connection->socket) != 0)
    return false;
  connection->poll.data = connection;
  serve_list_init (&connection->link);
  connection->all->count++;
  connection->all->counts[connection->state]++;
  serve_connections_enter (connection->all, connection, SERVE_STATE_WAITING);
  listen_for (connection, UV_READABLE);
  return true;
}

bool
serve_connection_open (ServeConnections *all,
                       ServeSocket socket,
                       const ServeAddress *peer,
                       const ServeAddress *local)
{
  ServeConnection *connection = calloc (1, sizeof *connection);

  if (connection != NULL)
    {
      connection->all = all;
      connection->socket = socket;
      connection->local = local;
      connection->is_here = all->site->options->visible || serve_peer_is_here (peer);
      serve_address_print (peer, connection->peer);
    }
  if (connection == NULL || !start (connection))
    {
      free (connection);
      serve_socket_close (socket);
      return false;
    }
  return true;
}
