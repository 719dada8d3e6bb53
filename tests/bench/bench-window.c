/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the main loop of the real window is held when one address comes, and while it scrolls,
 * with the addresses that the kernel has now. Prints for each of some rounds "WHAT MICROSECONDS
 * N_SIGNALS N_ITEMS": the longest that the loop was away from poll(), and what items-changed said
 * to the list view. */

#include "hearth-application.h"
#include "hearth-window.h"
#include "turn.h"
#include "widgets.h"

#define N_ROUNDS 11
#define SETTLE_MS 400

typedef struct {
  HearthPlatform *platform; /* a second one, which changes things from outside */
  GtkListView *view;
  guint n_signals;
  guint n_items;
} Bench;

static void
start_measuring (Bench *bench)
{
  widgets_settle (SETTLE_MS);
  bench->n_signals = bench->n_items = 0;
  turn_start ();
}

static void
report (Bench *bench, const char *what)
{
  Turn turn;

  widgets_settle (SETTLE_MS);
  turn = turn_longest ();
  g_print ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u\n", what, turn.clock_us,
           turn.processor_us, bench->n_signals, bench->n_items);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Bench *bench)
{
  bench->n_signals++;
  bench->n_items += removed + added;
}

static void
change (Bench *bench, const char *text, gboolean remove)
{
  HearthLinkAddress address = { .link_index = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_prefix_parse (text, &address.prefix, &error));
  if (remove)
    hearth_platform_remove_address (bench->platform, &address, &error);
  else
    hearth_platform_add_address (bench->platform, &address, &error);
  g_assert_no_error (error);
}

/* In sight, at the top of the list, and out of sight, at its end. */
static void
measure_changes (Bench *bench)
{
  for (int i = 0; i < N_ROUNDS; i++)
    {
      start_measuring (bench);
      change (bench, "2.0.0.1/32", FALSE);
      report (bench, "add-in-sight");
      start_measuring (bench);
      change (bench, "2.0.0.1/32", TRUE);
      report (bench, "remove-in-sight");
      start_measuring (bench);
      change (bench, "203.0.113.1/32", FALSE);
      report (bench, "add-out-of-sight");
      change (bench, "203.0.113.1/32", TRUE);
    }
}

static void
measure_scrolling (Bench *bench)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (bench->view)));

  for (guint i = 1; i <= N_ROUNDS; i++)
    {
      start_measuring (bench);
      gtk_list_view_scroll_to (bench->view, i * (n / (N_ROUNDS + 1)), GTK_LIST_SCROLL_NONE, NULL);
      report (bench, "scroll");
    }
}

static void
on_activate (GApplication *application, Bench *bench)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  widgets_settle (SETTLE_MS);
  bench->view = GTK_LIST_VIEW (widgets_find (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW));
  g_signal_connect (gtk_list_view_get_model (bench->view), "items-changed",
                    G_CALLBACK (on_items_changed), bench);
  g_print ("rows 0 0 %u\n",
           g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (bench->view))));
  measure_changes (bench);
  measure_scrolling (bench);
  g_signal_handlers_disconnect_by_data (gtk_list_view_get_model (bench->view), bench);
  g_application_quit (application);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = hearth_application_new ();
  Bench bench = { .platform = hearth_platform_new () };
  g_autoptr (GError) error = NULL;
  int status;

  turn_watch ();
  if (!hearth_platform_start (bench.platform, &error))
    g_error ("%s", error->message);
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), &bench);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_object_unref (bench.platform);
  return status;
}
