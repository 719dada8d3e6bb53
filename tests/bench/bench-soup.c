/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FOLDER PORT: the files of a folder through SoupServer, as libsoup's own example of a file server
 * does it (each mapped into memory), and no more than that: nothing here is fit to be used. */

#include <libsoup/soup.h>

static void
answer (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer folder)
{
  g_autofree char *name = g_build_filename (folder, path, NULL);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (strstr (path, "..") == NULL)
    file = g_mapped_file_new (name, FALSE, NULL);
  if (file == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  bytes = g_mapped_file_get_bytes (file);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                         "application/octet-stream", NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), bytes);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (argc, ==, 3);
  soup_server_add_handler (server, NULL, answer, argv[1], NULL);
  if (!soup_server_listen_local (server, (guint) g_ascii_strtoull (argv[2], NULL, 10), 0, &error))
    g_error ("%s", error->message);
  g_main_loop_run (loop);
  return 0;
}
