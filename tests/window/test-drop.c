/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is dropped on the window is served, whatever page is seen; what is no folder is not. */

#include <glib/gstdio.h>

#include "hearth-application.h"
#include "hearth-folder-row.h"
#include "hearth-platform-fake.h"
#include "hearth-window.h"
#include "widgets.h"

#define LIMIT_MS 20000
#define STEP_MS 20

static GtkDropTarget *
find_drop_target (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

static void
drop (GtkWidget *window, GFile *one, GFile *other)
{
  GFile *files[] = { one, other };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, G_N_ELEMENTS (files)));
  g_signal_emit_by_name (find_drop_target (window), "drop", &value, 10.0, 10.0, &taken);
  g_assert_true (taken);
}

static void
wait_until_says (GtkWidget *window, const char *phrase)
{
  for (guint waited = 0; !widgets_say (window, phrase); waited += STEP_MS)
    {
      g_assert_cmpuint (waited, <, LIMIT_MS);
      widgets_settle (STEP_MS);
    }
}

static void
test_drop (void)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  GtkWidget *window = GTK_WIDGET (hearth_window_new (application, platform, NULL));
  g_autofree char *path = g_build_filename (g_get_home_dir (), "site", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) page = g_file_get_child (folder, "index.html");

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  g_assert_true (g_file_set_contents (g_file_peek_path (page), "Home", -1, NULL));
  gtk_window_present (GTK_WINDOW (window));
  widgets_settle (STEP_MS);
  drop (window, folder, page);
  wait_until_says (window, "http://localhost:8000/");
  g_assert_nonnull (widgets_find_saying (window, HEARTH_TYPE_FOLDER_ROW, "~/site"));
  wait_until_says (window, "“index.html” is not a folder.");
  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (STEP_MS);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  application = hearth_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));

  g_test_add_func ("/drop/folder-and-file", test_drop);
  return g_test_run ();
}
