/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the main loop of the real window is held by its page of services, with the listeners
 * that the kernel has now, when one comes and when one goes. Prints for each of some rounds "WHAT
 * CLOCK-µs PROCESSOR-µs N_ITEMS": the longest that the loop was away from poll(), and how many
 * items were there. Says "rows" first, after the page was filled. */

#include <netinet/in.h>
#include <sys/socket.h>

#include <glib/gstdio.h>

#include "hearth-application.h"
#include "hearth-services-page.h"
#include "hearth-window.h"
#include "turn.h"
#include "widgets.h"

#define N_ROUNDS 11
#define SETTLE_MS 500
#define PORT_IN_SIGHT 1
#define PORT_OUT_OF_SIGHT 65535

static int
open_listener (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = g_htons (port),
                                 .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

  if (fd < 0 || setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      bind (fd, (struct sockaddr *) &address, sizeof address) != 0 || listen (fd, 1) != 0)
    g_error ("Port %u: %s", port, g_strerror (errno));
  return fd;
}

/* Until the list has that many, and what they bring is on the screen. */
static void
wait_for_items (GListModel *model, guint n)
{
  while (g_list_model_get_n_items (model) != n)
    g_main_context_iteration (NULL, TRUE);
  widgets_settle (SETTLE_MS);
}

static void
report (const char *what, GListModel *model)
{
  Turn turn = turn_longest ();

  g_print ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u\n", what, turn.clock_us,
           turn.processor_us, g_list_model_get_n_items (model));
}

static void
measure (GListModel *model, const char *come, const char *go, guint16 port)
{
  guint n = g_list_model_get_n_items (model);
  int fd;

  turn_start ();
  fd = open_listener (port);
  wait_for_items (model, n + 1);
  report (come, model);
  turn_start ();
  g_close (fd, NULL);
  wait_for_items (model, n);
  report (go, model);
}

static void
on_activate (GApplication *application, gpointer data)
{
  GtkWidget *window =
      GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (application)));
  GtkWidget *page;
  GListModel *model;
  guint n_before;

  widgets_settle (SETTLE_MS);
  turn_start ();
  gtk_widget_activate_action (window, "win.show-page", "s", "services");
  page = widgets_find (window, HEARTH_TYPE_SERVICES_PAGE);
  model = G_LIST_MODEL (
      gtk_list_view_get_model (GTK_LIST_VIEW (widgets_find (page, GTK_TYPE_LIST_VIEW))));
  while (g_list_model_get_n_items (model) == 0)
    g_main_context_iteration (NULL, TRUE);
  do
    {
      n_before = g_list_model_get_n_items (model);
      widgets_settle (2500);
  } while (g_list_model_get_n_items (model) != n_before);
  report ("rows", model);
  turn_start ();
  widgets_settle (3000);
  report ("nothing", model);
  for (int i = 0; i < N_ROUNDS; i++)
    {
      measure (model, "come-in-sight", "go-in-sight", PORT_IN_SIGHT);
      measure (model, "come-out-of-sight", "go-out-of-sight", PORT_OUT_OF_SIGHT);
    }
  g_application_quit (application);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = hearth_application_new ();

  turn_watch ();
  g_signal_connect_after (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
