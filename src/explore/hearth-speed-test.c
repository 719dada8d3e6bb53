/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-speed-test.h"

#include <errno.h>

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-own-connection.h"

/* Invariant: nothing leaves this computer: both ends are bound to the loopback address of the
 * family, and nothing goes to anybody but our own other end. */

#define CHUNK_BYTES (256 * 1024)

typedef struct {
  guint time_ms;
  gint64 deadline_us; /* monotonic */
  GSocketFamily family;
  GSocket *listener; /* (owned) */
  GSocket *client;   /* (owned) */
  GSocket *server;   /* (owned) */
  char *chunk;       /* (owned) CHUNK_BYTES */
} Run;

static Run *
run_new (guint time_ms)
{
  Run *self = g_new0 (Run, 1);

  self->time_ms = MIN (time_ms, HEARTH_SPEED_TEST_MAX_MS);
  self->deadline_us = g_get_monotonic_time () + self->time_ms * G_TIME_SPAN_MILLISECOND;
  self->chunk = g_malloc0 (CHUNK_BYTES);
  return self;
}

static void
run_free (gpointer data)
{
  Run *self = data;

  g_clear_object (&self->listener);
  g_clear_object (&self->client);
  g_clear_object (&self->server);
  g_free (self->chunk);
  g_free (self);
}

/* The two ends */

/* Bound to the loopback address, at a port that the system chooses. */
static GSocket *
make_socket (const Run *self, GError **error)
{
  g_autoptr (GSocket) socket =
      g_socket_new (self->family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (self->family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);

  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

static gboolean
start_listening (Run *self, GSocketFamily family, GError **error)
{
  self->family = family;
  g_clear_object (&self->listener);
  self->listener = make_socket (self, error);
  return self->listener != NULL && g_socket_listen (self->listener, error);
}

static gboolean
start_connecting (Run *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketAddress) target = g_socket_get_local_address (self->listener, error);
  g_autoptr (GError) problem = NULL;

  self->client = target != NULL ? make_socket (self, error) : NULL;
  if (self->client == NULL)
    return FALSE;
  if (!g_socket_connect (self->client, target, cancellable, &problem) &&
      !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PENDING))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return hearth_own_connection_wait (self->client, G_IO_OUT, self->deadline_us, cancellable,
                                     error) &&
         g_socket_check_connect_result (self->client, error);
}

static gboolean
accept_ours (Run *self, GCancellable *cancellable, GError **error)
{
  self->server = hearth_own_connection_accept (self->listener, self->client, self->deadline_us,
                                               cancellable, error);
  return self->server != NULL;
}

static gboolean
connect_both (Run *self, GCancellable *cancellable, GError **error)
{
  return (start_listening (self, G_SOCKET_FAMILY_IPV4, NULL) ||
          start_listening (self, G_SOCKET_FAMILY_IPV6, error)) &&
         start_connecting (self, cancellable, error) && accept_ours (self, cancellable, error);
}

/* The measuring */

/* That it would block is no failure: the other end has its turn. @problem: (nullable) (transfer
 * full) */
static gboolean
is_fine (GError *problem, GError **error)
{
  g_autoptr (GError) owned = problem;

  if (owned == NULL || g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

/* As much as the sockets' memory takes, which ends. */
static gboolean
fill (Run *self, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  gssize n;

  do
    n = g_socket_send (self->client, self->chunk, CHUNK_BYTES, cancellable, &problem);
  while (n == CHUNK_BYTES);
  return is_fine (problem, error);
}

static gboolean
drain (Run *self, guint64 *bytes, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  gssize n;

  if (!hearth_own_connection_wait (self->server, G_IO_IN, self->deadline_us, cancellable, error))
    return FALSE;
  do
    {
      n = g_socket_receive (self->server, self->chunk, CHUNK_BYTES, cancellable, &problem);
      *bytes += n > 0 ? (guint64) n : 0;
  } while (n == CHUNK_BYTES);
  if (n == 0)
    problem = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                   _ ("the connection was closed"));
  return is_fine (problem, error);
}

/* The time may be up while nothing comes: what came before it counts. */
static gboolean
is_over (const GError *problem, const HearthSpeed *speed)
{
  return speed->bytes > 0 && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static gboolean
measure (Run *self, HearthSpeed *speed, GCancellable *cancellable, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  gint64 now_us;
  g_autoptr (GError) problem = NULL;

  do
    {
      if (!fill (self, cancellable, error))
        return FALSE;
      if (!drain (self, &speed->bytes, cancellable, &problem) && !is_over (problem, speed))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      now_us = g_get_monotonic_time ();
  } while (problem == NULL && now_us < self->deadline_us);
  speed->time_us = MAX (1, now_us - start_us);
  speed->ipv6 = self->family == G_SOCKET_FAMILY_IPV6;
  return TRUE;
}

/* Without addresses of its own, and without a way to them, loopback is off; all else is told as it
 * is. */
static GError *
to_sentence (GError *problem)
{
  g_autoptr (GError) owned = problem;

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owned);
  if (problem->domain == G_IO_ERROR &&
      (problem->code == G_IO_ERROR_NETWORK_UNREACHABLE ||
       problem->code == G_IO_ERROR_HOST_UNREACHABLE || problem->code == G_IO_ERROR_TIMED_OUT ||
       g_strrstr (problem->message, g_strerror (EADDRNOTAVAIL)) != NULL))
    return g_error_new_literal (
        HEARTH_ERROR, HEARTH_ERROR_FAILED,
        _ ("This computer cannot reach itself: the loopback interface is switched off or "
           "blocked. The check-up says more."));
  return g_error_new (HEARTH_ERROR, HEARTH_ERROR_FAILED, _ ("The speed could not be measured: %s."),
                      problem->message);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Run *self = data;
  g_autofree HearthSpeed *speed = g_new0 (HearthSpeed, 1);
  GError *error = NULL;

  if (connect_both (self, cancellable, &error) && measure (self, speed, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&speed), g_free);
  else
    g_task_return_error (task, to_sentence (error));
}

void
hearth_speed_test_run_async (guint time_ms,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, hearth_speed_test_run_async);
  g_task_set_task_data (task, run_new (time_ms), run_free);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
hearth_speed_test_run_finish (GAsyncResult *result, HearthSpeed *speed, GError **error)
{
  g_autofree HearthSpeed *measured = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  measured = g_task_propagate_pointer (G_TASK (result), error);
  if (measured == NULL)
    return FALSE;
  *speed = *measured;
  return TRUE;
}
