/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-own-connection.h"

gboolean
hearth_own_connection_wait (GSocket *socket,
                            GIOCondition condition,
                            gint64 deadline_us,
                            GCancellable *cancellable,
                            GError **error)
{
  gint64 left_ms = (MAX (0, deadline_us - g_get_monotonic_time ()) + G_TIME_SPAN_MILLISECOND - 1) /
                   G_TIME_SPAN_MILLISECOND;

  return g_socket_condition_timed_wait (socket, condition, left_ms * G_TIME_SPAN_MILLISECOND,
                                        cancellable, error);
}

/* Whether the other end of @accepted is @client. */
static gboolean
is_from (GSocket *client, GSocket *accepted)
{
  g_autoptr (GSocketAddress) ours = g_socket_get_local_address (client, NULL);
  g_autoptr (GSocketAddress) theirs = g_socket_get_remote_address (accepted, NULL);
  GInetSocketAddress *a = G_INET_SOCKET_ADDRESS (ours), *b = G_INET_SOCKET_ADDRESS (theirs);

  return a != NULL && b != NULL &&
         g_inet_socket_address_get_port (a) == g_inet_socket_address_get_port (b) &&
         g_inet_address_equal (g_inet_socket_address_get_address (a),
                               g_inet_socket_address_get_address (b));
}

GSocket *
hearth_own_connection_accept (GSocket *listener,
                              GSocket *client,
                              gint64 deadline_us,
                              GCancellable *cancellable,
                              GError **error)
{
  while (hearth_own_connection_wait (listener, G_IO_IN, deadline_us, cancellable, error))
    {
      g_autoptr (GSocket) accepted = g_socket_accept (listener, cancellable, error);

      if (accepted == NULL)
        return NULL;
      if (!is_from (client, accepted))
        continue;
      g_socket_set_blocking (accepted, FALSE);
      return g_steal_pointer (&accepted);
    }
  return NULL;
}
