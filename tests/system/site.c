/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "site.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void
site_set_up (Site *site)
{
  site->path = g_dir_make_tmp ("site.XXXXXX", NULL);
  g_assert_nonnull (site->path);
  g_assert_cmpint (g_chdir (site->path), ==, 0);
  site_make_folder ("site");
  site_make_folder ("outside");
  site_make_file ("f", SITE_SECRET);
  site_make_file ("outside/f", SITE_SECRET);
  site->folder = serve_folder_new ("site");
  g_assert_nonnull (site->folder);
  g_assert_cmpint (g_chdir ("site"), ==, 0);
}

void
site_tear_down (Site *site)
{
  const char *const command[] = { "rm", "-rf", site->path, NULL };

  serve_folder_free (site->folder);
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (site->path);
}

/* Not by way of another name, which were too long for the longest. */
void
site_make_file (const char *name, const char *text)
{
  int descriptor = open (name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (write (descriptor, text, strlen (text)), ==, strlen (text));
  close (descriptor);
}

void
site_make_folder (const char *name)
{
  g_assert_cmpint (g_mkdir (name, 0755), ==, 0);
}

void
site_make_link (const char *name, const char *target)
{
  g_assert_cmpint (symlink (target, name), ==, 0);
}

void
site_make_socket (const char *name)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int descriptor = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (descriptor, >=, 0);
  g_strlcpy (address.sun_path, name, sizeof address.sun_path);
  g_assert_cmpint (bind (descriptor, (const struct sockaddr *) &address, sizeof address), ==, 0);
  close (descriptor);
}
