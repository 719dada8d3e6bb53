/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fetch.h"

#define REQUEST "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

int
fetch (guint port, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *request = g_strdup_printf (REQUEST, path);
  char answer[65536];
  gsize length = 0;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, &error);
  if (connection == NULL ||
      !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                  strlen (request), NULL, NULL, &error) ||
      !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                                sizeof answer - 1, &length, NULL, &error))
    g_error ("%s", error->message);
  answer[length] = '\0';
  if (!g_str_has_prefix (answer, "HTTP/1.1 "))
    g_error ("no answer: %s", answer);
  return (int) g_ascii_strtoll (answer + strlen ("HTTP/1.1 "), NULL, 10);
}
