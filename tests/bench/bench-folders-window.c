/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FOLDER FOLDER: how long the main loop of the real window is held while both folders are asked for
 * 100 things a second and the first one's page is in front, and while that page, its log full, is
 * scrolled through. Prints "requests CLOCK-µs PROCESSOR-µs N", "filling CLOCK-µs PROCESSOR-µs N"
 * and "scrolling CLOCK-µs PROCESSOR-µs N": the longest that the loop was away from poll(), and the
 * lines of the log; then "frame CLOCK-µs PROCESSOR-µs" for the work of each frame of the scrolling.
 */

#include "fetch.h"
#include "hearth-application.h"
#include "hearth-folders-page.h"
#include "hearth-request-view.h"
#include "hearth-window.h"
#include "turn.h"
#include "widgets.h"

#define SETTLE_MS 1000
#define REQUESTS_MS 10000
#define INTERVAL_US 10000 /* 100 a second */
#define N_FRAMES 300

/* One folder's clients. */
typedef struct {
  GThread *thread;
  guint port;
  int interval_us; /* atomic; below 0: end */
} Load;

typedef struct {
  GtkAdjustment *adjustment;
  Turn frame;
  guint n_frames;
} Scroll;

static void
report (const char *what, HearthFolder *folder)
{
  Turn turn = turn_longest ();

  g_print ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u\n", what, turn.clock_us,
           turn.processor_us,
           g_list_model_get_n_items (G_LIST_MODEL (hearth_folder_get_log (folder))));
}

static gpointer
run_load (gpointer data)
{
  Load *load = data;
  gint64 next_us = g_get_monotonic_time ();
  int interval_us;

  for (guint i = 0; (interval_us = g_atomic_int_get (&load->interval_us)) >= 0; i++)
    {
      g_autofree char *path = i % 4 == 0 ? g_strdup_printf ("/missing-%u.css", i) : g_strdup ("/");

      g_assert_cmpint (fetch (load->port, path), ==, i % 4 == 0 ? 404 : 200);
      next_us = MAX (next_us + interval_us, g_get_monotonic_time ());
      g_usleep ((gulong) MAX (next_us - g_get_monotonic_time (), 0));
    }
  return NULL;
}

static HearthFolder *
serve (HearthFolders *folders, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  HearthFolder *folder = hearth_folders_add (folders, file, NULL, &error);

  if (folder == NULL)
    g_error ("%s", error->message);
  while (hearth_folder_get_url (folder) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return folder;
}

static void
measure_requests (HearthFolder *folder)
{
  turn_start ();
  widgets_settle (REQUESTS_MS);
  report ("requests", folder);
}

/* As fast as it goes. */
static void
fill_log (Load *load, HearthFolder *folder)
{
  turn_start ();
  g_atomic_int_set (&load->interval_us, 0);
  while (g_list_model_get_n_items (G_LIST_MODEL (hearth_folder_get_log (folder))) <
         HEARTH_REQUEST_LOG_MAX)
    widgets_settle (100);
  g_atomic_int_set (&load->interval_us, INTERVAL_US);
  report ("filling", folder);
}

static void
on_before_paint (GdkFrameClock *clock, Scroll *scroll)
{
  scroll->frame = turn_now ();
}

static void
on_after_paint (GdkFrameClock *clock, Scroll *scroll)
{
  Turn now = turn_now ();

  g_print ("frame %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
           now.clock_us - scroll->frame.clock_us, now.processor_us - scroll->frame.processor_us);
}

/* From the top to the bottom, at the same pace. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Scroll *scroll = data;
  double end = gtk_adjustment_get_upper (scroll->adjustment) -
               gtk_adjustment_get_page_size (scroll->adjustment);

  gtk_adjustment_set_value (scroll->adjustment, end * ++scroll->n_frames / N_FRAMES);
  return scroll->n_frames < N_FRAMES;
}

static void
measure_scrolling (GtkWidget *view, HearthFolder *folder)
{
  GtkWidget *scrolled = widgets_find (view, GTK_TYPE_SCROLLED_WINDOW);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (view);
  Scroll scroll = { .adjustment =
                        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)) };

  widgets_settle (SETTLE_MS);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &scroll);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &scroll);
  turn_start ();
  gtk_widget_add_tick_callback (view, on_tick, &scroll, NULL);
  while (scroll.n_frames < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (clock, &scroll);
  report ("scrolling", folder);
}

static void
measure (GtkWindow *window, HearthFolder *folders[2])
{
  Load loads[2] = { 0 };
  GtkWidget *page = widgets_find (GTK_WIDGET (window), HEARTH_TYPE_FOLDERS_PAGE);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "folders");
  g_signal_emit_by_name (page, "folder-activated", folders[0]);
  for (int i = 0; i < 2; i++)
    {
      loads[i] = (Load) { .port = hearth_folder_get_port (folders[i]), .interval_us = INTERVAL_US };
      loads[i].thread = g_thread_new ("load", run_load, &loads[i]);
    }
  widgets_settle (SETTLE_MS);
  measure_requests (folders[0]);
  fill_log (&loads[0], folders[0]);
  measure_scrolling (widgets_find (GTK_WIDGET (window), HEARTH_TYPE_REQUEST_VIEW), folders[0]);
  for (int i = 0; i < 2; i++)
    {
      g_atomic_int_set (&loads[i].interval_us, -1);
      g_thread_join (loads[i].thread);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = hearth_application_new ();
  g_autoptr (HearthPlatform) platform = hearth_platform_new ();
  g_autoptr (GSettings) settings = g_settings_new (HEARTH_APPLICATION_ID);
  g_autoptr (HearthFolders) folders = hearth_folders_new (settings);
  g_autoptr (GError) error = NULL;
  HearthFolder *served[2];
  GtkWindow *window;

  g_assert_cmpint (argc, ==, 3);
  turn_watch ();
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  for (int i = 0; i < 2; i++)
    served[i] = serve (folders, argv[i + 1]);
  window = GTK_WINDOW (hearth_window_new (GTK_APPLICATION (application), platform, folders));
  gtk_window_present (window);
  widgets_settle (SETTLE_MS);
  measure (window, served);
  gtk_window_destroy (window);
  return 0;
}
