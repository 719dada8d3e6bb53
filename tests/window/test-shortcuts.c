/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the dialog of the keyboard shortcuts says each accelerator of the application. What the
 * keys do is seen in test_about.py. */

#include "hearth-application.h"
#include "hearth-shortcut-row.h"
#include "hearth-shortcuts-dialog.h"

/* Adds the keys of @action, of which the application spells one with a target in more than one way.
 */
static void
add_keys (const char *action, GHashTable *keys)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  g_auto (GStrv) accelerators = gtk_application_get_accels_for_action (application, action);

  g_assert_cmpuint (g_strv_length (accelerators), >, 0);
  for (char **accelerator = accelerators; *accelerator != NULL; accelerator++)
    g_hash_table_add (keys, g_strdup (*accelerator));
}

/* Those of the rows below @widget. */
static void
collect_shown (GtkWidget *widget, GHashTable *keys)
{
  if (HEARTH_IS_SHORTCUT_ROW (widget))
    {
      g_autofree char *action = NULL;

      g_object_get (widget, "shortcut-action", &action, NULL);
      if (action != NULL)
        add_keys (action, keys);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_shown (child, keys);
}

static void
test_complete (void)
{
  g_autoptr (HearthApplication) application = hearth_application_new ();
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwDialog) dialog = NULL;
  g_auto (GStrv) actions = NULL;
  GHashTableIter iter;
  gpointer key;

  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  actions = gtk_application_list_action_descriptions (GTK_APPLICATION (application));
  for (char **action = actions; *action != NULL; action++)
    add_keys (*action, there);
  dialog = g_object_ref_sink (hearth_shortcuts_dialog_new ());
  collect_shown (adw_dialog_get_child (dialog), shown);

  g_assert_cmpuint (g_hash_table_size (there), >=, 10);
  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (shown, key))
      g_error ("%s does something that the dialog does not say", (char *) key);
  g_application_quit (G_APPLICATION (application));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shortcuts/complete", test_complete);
  return g_test_run ();
}
