/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FOLDER: prints, for each of some rounds, the microseconds from hearth_folders_add() until its
 * address is known, and until a page of it has come over a socket. */

#include "fetch.h"
#include "hearth-folders.h"

#define N_ROUNDS 21 /* the first warms up */

static void
wait_until_known (HearthFolder *folder)
{
  while (hearth_folder_get_url (folder) == NULL)
    {
      if (hearth_folder_get_state (folder) == HEARTH_FOLDER_FAILED)
        g_error ("%s", hearth_folder_get_message (folder));
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
serve_and_stop (HearthFolders *folders, GFile *file)
{
  gint64 start_us = g_get_monotonic_time (), known_us;
  g_autoptr (GError) error = NULL;
  HearthFolder *folder = hearth_folders_add (folders, file, NULL, &error);

  if (folder == NULL)
    g_error ("%s", error->message);
  wait_until_known (folder);
  known_us = g_get_monotonic_time ();
  g_assert_cmpint (fetch (hearth_folder_get_port (folder), "/"), ==, 200);
  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", known_us - start_us,
           g_get_monotonic_time () - start_us);
  hearth_folder_stop (folder);
  while (hearth_folder_get_state (folder) != HEARTH_FOLDER_STOPPED)
    g_main_context_iteration (NULL, TRUE);
  hearth_folders_remove (folders, folder);
}

int
main (int argc, char **argv)
{
  g_autoptr (GSettings) settings = g_settings_new (HEARTH_APPLICATION_ID);
  g_autoptr (HearthFolders) folders = hearth_folders_new (settings);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[1]);

  for (int i = 0; i < N_ROUNDS; i++)
    serve_and_stop (folders, file);
  return 0;
}
