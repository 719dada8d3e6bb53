/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-connections.h"

#include <stdlib.h>

#include "serve-connection.h"
#include "serve-live.h"

/* How long one that has said nothing is not closed for another's sake. */
#define NEW_MS 1000
/* How often is looked for those whose time is over. */
#define SWEEP_MS 500
/* So many buffers for heads wait for their next use; more are given back to the system. */
#define FREE_HEADS_MAX 8

static const unsigned times_ms[SERVE_N_STATES] = {
  [SERVE_STATE_WAITING] = 10000,
  [SERVE_STATE_IDLE] = 15000,
  [SERVE_STATE_ANSWERING] = 30000,
  [SERVE_STATE_LINGERING] = 2000, /* FOLLOWING: for ever */
};

static ServeConnection *
to_connection (ServeLink *link)
{
  return (ServeConnection *) (void *) ((char *) link - offsetof (ServeConnection, link));
}

static ServeConnection *
oldest (ServeConnections *connections, ServeState state)
{
  ServeLink *list = &connections->states[state];

  return serve_list_is_empty (list) ? NULL : to_connection (list->next);
}

static void
expire_first (ServeConnections *connections, ServeState state, uint64_t now)
{
  ServeConnection *connection = oldest (connections, state);

  /* Each that expires leaves its place, so this ends. */
  while (connection != NULL && connection->deadline <= now)
    {
      serve_connection_expire (connection);
      connection = oldest (connections, state);
    }
}

/* The loop tells of a socket's room only once there is much of it, which may take a slow reader
 * longer than anybody is waited for; so the slow ones are told from those who take nothing. */
static void
renew_moving (ServeConnections *connections)
{
  ServeLink *list = &connections->states[SERVE_STATE_ANSWERING];
  size_t count = connections->counts[SERVE_STATE_ANSWERING];
  ServeLink *link = list->next;

  for (size_t i = 0; i < count; i++)
    {
      ServeConnection *connection = to_connection (link);

      link = link->next;
      if (serve_connection_moves (connection))
        serve_connections_enter (connections, connection, SERVE_STATE_ANSWERING);
    }
}

static void
on_sweep (uv_timer_t *timer)
{
  ServeConnections *connections = timer->data;
  uint64_t now = uv_now (connections->loop);

  renew_moving (connections);
  for (int state = 0; state < SERVE_STATE_FOLLOWING; state++)
    expire_first (connections, (ServeState) state, now);
  if (connections->count > connections->counts[SERVE_STATE_FOLLOWING])
    return;
  uv_timer_stop (timer);
  serve_kept_clear (connections->site->kept);
}

bool
serve_connections_init (ServeConnections *connections,
                        uv_loop_t *loop,
                        ServeSite *site,
                        ServeOutput *output,
                        size_t limit)
{
  connections->loop = loop;
  connections->site = site;
  connections->output = output;
  connections->limit = limit;
  connections->answer_size = SERVE_ANSWER_MAX + SERVE_SMALL_FILE_MAX;
  connections->answer = malloc (connections->answer_size);
  if (connections->answer == NULL)
    return false;
  for (int state = 0; state < SERVE_N_STATES; state++)
    serve_list_init (&connections->states[state]);
  serve_listings_init (&connections->listings, loop, site);
  serve_hints_init (&connections->hints, loop, site, output);
  uv_timer_init (loop, &connections->sweep);
  connections->sweep.data = connections;
  return true;
}

void
serve_connections_enter (ServeConnections *connections,
                         ServeConnection *connection,
                         ServeState state)
{
  bool makes_room = connection->state == SERVE_STATE_WAITING && state != SERVE_STATE_WAITING;

  serve_list_remove (&connection->link);
  connections->counts[connection->state]--;
  connection->state = state;
  connections->counts[state]++;
  serve_list_append (&connections->states[state], &connection->link);
  connection->deadline = uv_now (connections->loop) + times_ms[state];
  if (!uv_is_active ((uv_handle_t *) &connections->sweep) && state != SERVE_STATE_FOLLOWING)
    uv_timer_start (&connections->sweep, on_sweep, SWEEP_MS, SWEEP_MS);
  if (makes_room)
    connections->closed (connections->data);
}

void
serve_connections_leave (ServeConnections *connections, ServeConnection *connection)
{
  serve_list_remove (&connection->link);
  serve_list_init (&connection->link);
  connections->counts[connection->state]--;
  connections->count--;
}

static bool
is_new (const ServeConnections *connections, const ServeConnection *connection)
{
  return connection->deadline > uv_now (connections->loop) + times_ms[SERVE_STATE_WAITING] - NEW_MS;
}

/* One that sent its head just now, when nobody has looked, is no silent one; and one that is new
 * may yet speak, so that many who come at once are all answered. */
static void
close_oldest_silent (ServeConnections *connections)
{
  size_t count = connections->counts[SERVE_STATE_WAITING];

  for (size_t i = 0; i < count; i++)
    {
      ServeConnection *connection = oldest (connections, SERVE_STATE_WAITING);

      if (connection == NULL)
        return;
      serve_connection_look (connection);
      if (oldest (connections, SERVE_STATE_WAITING) != connection)
        continue;
      if (!is_new (connections, connection))
        serve_connection_close (connection);
      return;
    }
}

static bool
close_oldest (ServeConnections *connections, ServeState state)
{
  ServeConnection *connection = oldest (connections, state);

  if (connection == NULL)
    return false;
  serve_connection_close (connection);
  return true;
}

bool
serve_connections_make_room (ServeConnections *connections)
{
  size_t waiting_max =
      connections->limit < SERVE_WAITING_MAX ? connections->limit / 2 : SERVE_WAITING_MAX;

  if (connections->counts[SERVE_STATE_WAITING] >= waiting_max)
    close_oldest_silent (connections);
  if (connections->counts[SERVE_STATE_WAITING] >= waiting_max)
    return false;
  while (connections->count >= connections->limit)
    {
      if (!close_oldest (connections, SERVE_STATE_LINGERING) &&
          !close_oldest (connections, SERVE_STATE_IDLE) &&
          !close_oldest (connections, SERVE_STATE_WAITING))
        return false;
    }
  return true;
}

void
serve_connections_tell_change (ServeConnections *connections)
{
  char bytes[SERVE_LIVE_MESSAGE_MAX];
  ServeBuffer message = { bytes, sizeof bytes, 0, false };
  size_t count = connections->counts[SERVE_STATE_FOLLOWING];

  serve_live_change (connections->site);
  serve_live_add_message (connections->site, &message);
  for (size_t i = 0; i < count; i++)
    {
      ServeConnection *connection = oldest (connections, SERVE_STATE_FOLLOWING);

      if (connection != NULL)
        serve_connection_tell (connection, (ServeText) { bytes, message.length });
    }
}

void
serve_connections_close_idle (ServeConnections *connections)
{
  while (close_oldest (connections, SERVE_STATE_WAITING) ||
         close_oldest (connections, SERVE_STATE_IDLE) ||
         close_oldest (connections, SERVE_STATE_FOLLOWING))
    continue;
}

void
serve_connections_close_all (ServeConnections *connections)
{
  serve_connections_close_idle (connections);
  while (close_oldest (connections, SERVE_STATE_ANSWERING) ||
         close_oldest (connections, SERVE_STATE_LINGERING))
    continue;
  if (!uv_is_closing ((uv_handle_t *) &connections->sweep))
    uv_close ((uv_handle_t *) &connections->sweep, NULL);
}

char *
serve_connections_take_head (ServeConnections *connections)
{
  void *head = connections->free_heads;

  if (head == NULL)
    return malloc (SERVE_HEAD_SIZE);
  memcpy (&connections->free_heads, head, sizeof (void *));
  connections->n_free_heads--;
  return head;
}

void
serve_connections_give_head (ServeConnections *connections, char *head)
{
  if (connections->n_free_heads == FREE_HEADS_MAX)
    {
      free (head);
      return;
    }
  memcpy (head, &connections->free_heads, sizeof (void *));
  connections->free_heads = head;
  connections->n_free_heads++;
}

void
serve_connections_clear (ServeConnections *connections)
{
  while (connections->n_free_heads > 0)
    free (serve_connections_take_head (connections));
  free (connections->answer);
  connections->answer = NULL;
}
