/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-proof.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-own-connection.h"

/* Invariant: nothing leaves this computer. What cannot be bound is not connected to; and as a
 * system can be told to bind addresses it does not have (ip_nonlocal_bind of Linux), the connection
 * is made from 127.0.0.1 or ::1, from where no system lets one out. */

#define MAX_US (2 * G_USEC_PER_SEC)

/* Linux lists an IPv6 address that was just added a moment before it knows the way there. */
#define TRY_AGAIN_AFTER_US (10 * 1000)

typedef struct {
  HearthAddress address;
  gint64 deadline_us; /* monotonic */
  GSocket *listener;  /* (owned) */
  GSocket *client;    /* (owned) */
  GSocket *server;    /* (owned) */
} Proof;

static Proof *
proof_new (const HearthAddress *address)
{
  Proof *self = g_new0 (Proof, 1);

  self->address = *address;
  self->deadline_us = g_get_monotonic_time () + MAX_US;
  return self;
}

static void
proof_free (gpointer data)
{
  Proof *self = data;

  g_clear_object (&self->listener);
  g_clear_object (&self->client);
  g_clear_object (&self->server);
  g_free (self);
}

static GSocketAddress *
make_socket_address (const HearthAddress *address, guint16 port)
{
  GSocketFamily family =
      address->family == HEARTH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  g_autoptr (GInetAddress) bytes = g_inet_address_new_from_bytes (address->bytes, family);

  return g_inet_socket_address_new (bytes, port);
}

static GSocketAddress *
make_base_address (const Proof *self)
{
  GSocketFamily family =
      self->address.family == HEARTH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  g_autoptr (GInetAddress) base = g_inet_address_new_loopback (family);

  return g_inet_socket_address_new (base, 0);
}

static GSocket *
make_socket (const Proof *self, GError **error)
{
  GSocketFamily family =
      self->address.family == HEARTH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  GSocket *socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket != NULL)
    g_socket_set_blocking (socket, FALSE);
  return socket;
}

/* Errors of the steps, as ours. What was cancelled stays what it is. */
static gboolean
fail (GError *problem, int code, const char *format, GError **error)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HEARTH_ERROR, code, format, problem->message);
#pragma GCC diagnostic pop
  g_error_free (problem);
  return FALSE;
}

static gboolean
is_about_the_address (const GError *problem)
{
  return !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE) &&
         !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static gboolean
start_listening (Proof *self, GError **error)
{
  g_autoptr (GSocketAddress) address = make_socket_address (&self->address, 0);
  GError *problem = NULL;

  self->listener = make_socket (self, &problem);
  if (self->listener == NULL)
    return fail (problem, HEARTH_ERROR_FAILED, _ ("It could not be tried: %s."), error);
  if (!g_socket_bind (self->listener, address, FALSE, &problem))
    return is_about_the_address (problem)
               ? fail (problem, HEARTH_ERROR_NOT_FOUND,
                       _ ("It is not an address of this computer now (%s)."), error)
               : fail (problem, HEARTH_ERROR_FAILED, _ ("It could not be tried: %s."), error);
  if (!g_socket_listen (self->listener, &problem))
    return fail (problem, HEARTH_ERROR_FAILED, _ ("It could not be tried: %s."), error);
  return TRUE;
}

static gboolean
try_to_connect (Proof *self, GSocketAddress *target, GError **error)
{
  g_autoptr (GSocketAddress) source = make_base_address (self);
  g_autoptr (GError) problem = NULL;

  g_clear_object (&self->client);
  self->client = make_socket (self, error);
  if (self->client == NULL || !g_socket_bind (self->client, source, FALSE, error))
    return FALSE;
  if (g_socket_connect (self->client, target, NULL, &problem) ||
      g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PENDING))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
is_unreachable (const GError *problem)
{
  return g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE);
}

static gboolean
start_connecting (Proof *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocketAddress) target = g_socket_get_local_address (self->listener, error);
  g_autoptr (GError) problem = NULL;

  if (target == NULL)
    return FALSE;
  while (!try_to_connect (self, target, &problem))
    {
      if (!is_unreachable (problem) || g_cancellable_is_cancelled (cancellable) ||
          g_get_monotonic_time () + TRY_AGAIN_AFTER_US > self->deadline_us)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_clear_error (&problem);
      g_usleep (TRY_AGAIN_AFTER_US);
    }
  return TRUE;
}

static gboolean
connect_both (Proof *self, GCancellable *cancellable, GError **error)
{
  if (!start_connecting (self, cancellable, error) ||
      !hearth_own_connection_wait (self->client, G_IO_OUT, self->deadline_us, cancellable, error) ||
      !g_socket_check_connect_result (self->client, error))
    return FALSE;
  self->server = hearth_own_connection_accept (self->listener, self->client, self->deadline_us,
                                               cancellable, error);
  return self->server != NULL;
}

static gboolean
pass_byte (const Proof *self, GSocket *from, GSocket *to, GCancellable *cancellable, GError **error)
{
  char sent = 'h', received = 0;

  if (g_socket_send (from, &sent, 1, cancellable, error) != 1 ||
      !hearth_own_connection_wait (to, G_IO_IN, self->deadline_us, cancellable, error))
    return FALSE;
  if (g_socket_receive (to, &received, 1, cancellable, error) == 1 && received == sent)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("the byte did not arrive"));
  return FALSE;
}

static gboolean
run (Proof *self, GCancellable *cancellable, guint64 *round_trip_us, GError **error)
{
  GError *problem = NULL;
  gint64 start_us;

  if (!start_listening (self, error))
    return FALSE;
  if (!connect_both (self, cancellable, &problem))
    return fail (problem, HEARTH_ERROR_FAILED,
                 _ ("It can be listened on, but a connection to it failed: %s."), error);
  start_us = g_get_monotonic_time ();
  if (!pass_byte (self, self->client, self->server, cancellable, &problem) ||
      !pass_byte (self, self->server, self->client, cancellable, &problem))
    return fail (problem, HEARTH_ERROR_FAILED,
                 _ ("It can be connected to, but nothing came through: %s."), error);
  *round_trip_us = (guint64) (g_get_monotonic_time () - start_us);
  return TRUE;
}

gboolean
hearth_proof_run (const HearthAddress *address,
                  GCancellable *cancellable,
                  guint64 *round_trip_us,
                  GError **error)
{
  Proof *self = proof_new (address);
  gboolean answers = run (self, cancellable, round_trip_us, error);

  proof_free (self);
  return answers;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer proof, GCancellable *cancellable)
{
  guint64 *round_trip_us = g_new0 (guint64, 1);
  GError *error = NULL;

  if (run (proof, cancellable, round_trip_us, &error))
    {
      g_task_return_pointer (task, round_trip_us, g_free);
      return;
    }
  g_free (round_trip_us);
  g_task_return_error (task, error);
}

void
hearth_proof_run_async (const HearthAddress *address,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (address->family != HEARTH_FAMILY_NONE);

  g_task_set_source_tag (task, hearth_proof_run_async);
  g_task_set_task_data (task, proof_new (address), proof_free);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
hearth_proof_run_finish (GAsyncResult *result, guint64 *round_trip_us, GError **error)
{
  g_autofree guint64 *measured = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  measured = g_task_propagate_pointer (G_TASK (result), error);
  if (measured == NULL)
    return FALSE;
  *round_trip_us = *measured;
  return TRUE;
}
