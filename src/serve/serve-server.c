/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "serve-connection.h"
#include "serve-listener.h"
#include "serve-live.h"
#include "serve-lockdown.h"
#include "serve-parent.h"
#include "serve-pipe.h"
#include "serve-watch.h"

/* So many connections are accepted before those that are there have a turn. */
#define ACCEPTED_MAX 32
/* Descriptors that are no connection's: the loop's, the folder's, the watches', the listeners'. */
#define OTHER_DESCRIPTORS 64
/* When there are none left, it is tried again after this. */
#define PAUSE_MS 100

typedef struct {
  uv_loop_t loop;
  const ServeOptions *options;
  ServeFolder *folder;
  ServeOutput *output;
  ServeListener listener;
  uv_poll_t polls[SERVE_ADDRESSES_MAX];
  ServeSite site;
  ServeConnections connections;
  ServeWatch *watch;
  uv_timer_t pause;
  uv_signal_t signals[3]; /* INT, TERM, HUP */
  ServeParent *parent;
  bool is_paused;
  bool is_stopping;
  ServeStoppedReason reason;
} Server;

/* ---- Accepting ---- */

static void on_connection (uv_poll_t *poll, int status, int events);

static void
listen_on (Server *server)
{
  for (size_t i = 0; i < server->listener.n_sockets; i++)
    uv_poll_start (&server->polls[i], UV_READABLE, on_connection);
}

static void
resume (Server *server)
{
  if (!server->is_paused || server->is_stopping)
    return;
  server->is_paused = false;
  uv_timer_stop (&server->pause);
  listen_on (server);
}

static void
on_pause_over (uv_timer_t *timer)
{
  resume (timer->data);
}

static void
on_connection_closed (void *data)
{
  resume (data);
}

/* The system keeps connections until there is room for them. */
static void
pause_listening (Server *server)
{
  server->is_paused = true;
  serve_kept_clear (server->site.kept);
  for (size_t i = 0; i < server->listener.n_sockets; i++)
    uv_poll_stop (&server->polls[i]);
  uv_timer_start (&server->pause, on_pause_over, PAUSE_MS, 0);
}

static void
on_connection (uv_poll_t *poll, int status, int events)
{
  Server *server = poll->data;
  size_t index = (size_t) (poll - server->polls);

  for (unsigned i = 0; i < ACCEPTED_MAX; i++)
    {
      ServeSocket socket;
      ServeAddress peer;
      int result;

      if (!serve_connections_make_room (&server->connections))
        {
          pause_listening (server);
          return;
        }
      result = serve_socket_accept (server->listener.sockets[index], &socket, &peer);
      if (result == SERVE_IO_AGAIN)
        return;
      if (result != 0 || !serve_connection_open (&server->connections, socket, &peer,
                                                 &server->listener.addresses[index]))
        {
          pause_listening (server);
          return;
        }
    }
}

/* ---- The end ---- */

static void
close_handle (uv_handle_t *handle)
{
  if (uv_handle_get_type (handle) != UV_UNKNOWN_HANDLE && !uv_is_closing (handle))
    uv_close (handle, NULL);
}

static void
close_listening (Server *server)
{
  for (size_t i = 0; i < server->listener.n_sockets; i++)
    close_handle ((uv_handle_t *) &server->polls[i]);
  serve_listener_close (&server->listener);
  close_handle ((uv_handle_t *) &server->pause);
}

static void
end_now (Server *server)
{
  serve_connections_close_all (&server->connections);
  for (size_t i = 0; i < sizeof server->signals / sizeof server->signals[0]; i++)
    close_handle ((uv_handle_t *) &server->signals[i]);
  serve_parent_stop (server->parent);
  server->parent = NULL;
  if (server->watch != NULL)
    serve_watch_stop (server->watch);
  if (server->site.kept != NULL)
    serve_kept_stop (server->site.kept);
  server->site.kept = NULL;
  server->watch = NULL;
}

/* Once the last answer is out. */
static void
end_when_done (Server *server)
{
  if (server->connections.count == 0)
    end_now (server);
}

static void
on_last_connection_closed (void *data)
{
  end_when_done (data);
}

static void
stop (Server *server, ServeStoppedReason reason, bool at_once)
{
  if (!server->is_stopping)
    {
      server->is_stopping = true;
      server->reason = reason;
      server->site.is_stopping = true;
      close_listening (server);
      serve_connections_close_idle (&server->connections);
      server->connections.closed = on_last_connection_closed;
    }
  else
    at_once = true;
  if (at_once)
    end_now (server);
  else
    end_when_done (server);
}

static void
on_signal (uv_signal_t *handle, int number)
{
  stop (handle->data, SERVE_STOPPED_SIGNAL, false);
}

static void
on_parent_gone (void *data)
{
  stop (data, SERVE_STOPPED_PARENT_GONE, true);
}

/* ---- The start ---- */

static void
watch_signals (Server *server)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    {
      uv_signal_init (&server->loop, &server->signals[i]);
      server->signals[i].data = server;
      uv_signal_start (&server->signals[i], on_signal, numbers[i]);
      uv_unref ((uv_handle_t *) &server->signals[i]);
    }
}

static void
on_gone (void *data)
{
  Server *server = data;

  server->site.is_gone = true;
  serve_output_gone (server->output);
}

static void
on_changed (void *data)
{
  Server *server = data;

  serve_connections_tell_change (&server->connections);
}

static void
on_limited (void *data)
{
  Server *server = data;

  serve_output_limited (server->output);
}

static bool
prepare_sharing (Server *server)
{
  static const ServeWatchCalls calls = { on_gone, on_changed, on_limited };
  const ServeOptions *options = server->options;
  size_t descriptors = serve_socket_prepare (2 * SERVE_CONNECTIONS_MAX + OTHER_DESCRIPTORS);
  size_t limit = descriptors > OTHER_DESCRIPTORS ? (descriptors - OTHER_DESCRIPTORS) / 2 : 0;
  ServeHosts hosts = { server->listener.addresses, server->listener.n_sockets, options->names,
                       options->n_names };

  serve_site_init (&server->site, options, server->folder, &hosts);
  serve_live_change (&server->site);
  if (!serve_connections_init (&server->connections, &server->loop, &server->site, server->output,
                               limit < 8 ? 8 : limit))
    return false;
  server->site.kept = serve_kept_new (&server->loop, server->folder, descriptors / 16);
  if (server->site.kept == NULL)
    return false;
  server->connections.closed = on_connection_closed;
  server->connections.data = server;
  serve_watch_start (&server->watch, &server->loop, server->folder, options->live, &calls, server);
  return true;
}

static int
prepare_listening (Server *server)
{
  int result = uv_timer_init (&server->loop, &server->pause);

  server->pause.data = server;
  for (size_t i = 0; i < server->listener.n_sockets && result == 0; i++)
    {
      result = uv_poll_init_socket (&server->loop, &server->polls[i], server->listener.sockets[i]);
      server->polls[i].data = server;
    }
  return result;
}

static void
say_listening (Server *server, unsigned locks)
{
  const ServeListener *listener = &server->listener;

  serve_output_listening (server->output, &(ServeListeningEvent) {
                                              .addresses = listener->addresses,
                                              .n_addresses = listener->n_sockets,
                                              .names = server->options->names,
                                              .n_names = server->options->n_names,
                                              .port = listener->port,
                                              .folder = serve_folder_path (server->folder),
                                              .locks = locks,
                                              .taken_port = listener->taken_port,
                                              .holder = listener->holder,
                                              .without_ipv6 = listener->without_ipv6,
                                          });
}

static void
serve (Server *server)
{
  watch_signals (server);
  if (server->options->parent_pipe)
    server->parent = serve_parent_watch (&server->loop, on_parent_gone, server);
  listen_on (server);
  tzset ();
  say_listening (server, serve_lockdown (server->folder));
  if (server->options->parent_pipe && server->parent == NULL)
    stop (server, SERVE_STOPPED_PARENT_GONE, true);
  uv_run (&server->loop, UV_RUN_DEFAULT);
}

static bool
open_folder (Server *server, ServeStoppedEvent *stopped, char message[SERVE_MESSAGE_SIZE])
{
  const char *path = server->options->folder;

  server->folder = serve_folder_new (path);
  if (server->folder != NULL)
    return true;
  *stopped = (ServeStoppedEvent) { .reason = SERVE_STOPPED_FOLDER_UNUSABLE, .message = message };
  if (errno == ENOTDIR)
    snprintf (message, SERVE_MESSAGE_SIZE, "\"%s\" is not a folder. Name the folder it is in.",
              path);
  else if (errno == ENOENT)
    snprintf (message, SERVE_MESSAGE_SIZE, "There is no folder \"%s\".", path);
  else
    snprintf (message, SERVE_MESSAGE_SIZE, "The folder \"%s\" cannot be opened: %s.", path,
              strerror (errno));
  return false;
}

/* Returns the exit status, and in *@stopped what the last event says. */
static int
run (Server *server, ServeStoppedEvent *stopped, char message[SERVE_MESSAGE_SIZE])
{
  int result;

  if (!open_folder (server, stopped, message) ||
      !serve_listener_bind (&server->listener, server->options, stopped, message))
    return 1;
  if (!prepare_sharing (server))
    {
      *stopped = (ServeStoppedEvent) { .reason = SERVE_STOPPED_FAILED,
                                       .message = "There is not enough memory." };
      serve_listener_close (&server->listener);
      return 1;
    }
  result = prepare_listening (server);
  if (result != 0)
    {
      snprintf (message, SERVE_MESSAGE_SIZE, "Waiting for connections failed: %s.",
                uv_strerror (result));
      *stopped = (ServeStoppedEvent) { .reason = SERVE_STOPPED_FAILED, .message = message };
      stop (server, SERVE_STOPPED_FAILED, true);
      return 1;
    }
  serve (server);
  *stopped = (ServeStoppedEvent) { .reason = server->reason };
  return 0;
}

static void
clear (Server *server)
{
  uv_run (&server->loop, UV_RUN_DEFAULT); /* closes what is closing */
  serve_output_free (server->output);
  serve_connections_clear (&server->connections);
  if (server->folder != NULL)
    serve_folder_free (server->folder);
  uv_loop_close (&server->loop);
}

/* The loop and what events go out by. Without them there is only standard error to say so. */
static int
begin (Server *server, const ServeOptions *options)
{
  int result = uv_loop_init (&server->loop);

  if (result != 0)
    return result;
  server->options = options;
  server->output = serve_output_new (&server->loop, options->json, options->quiet);
  if (server->output != NULL)
    return 0;
  uv_loop_close (&server->loop);
  return UV_ENOMEM;
}

int
serve_server_run (const ServeOptions *options)
{
  Server *server = calloc (1, sizeof *server);
  ServeStoppedEvent stopped = { .reason = SERVE_STOPPED_FAILED };
  char message[SERVE_MESSAGE_SIZE];
  int status;

  serve_pipe_fill_standard ();
  serve_lockdown_prepare ();
  status = server == NULL ? UV_ENOMEM : begin (server, options);
  if (status != 0)
    {
      fprintf (stderr, "hearth-serve: The system lets it not even begin: %s.\n",
               uv_strerror (status));
      free (server);
      return 1;
    }
  status = run (server, &stopped, message);
  serve_output_stopped (server->output, &stopped);
  clear (server);
  free (server);
  return status;
}
