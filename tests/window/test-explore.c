/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages of Explore work while they are shown, and not a moment longer. */

#include "hearth-add-dialog.h"
#include "hearth-application.h"
#include "hearth-explore-page.h"
#include "hearth-map-page.h"
#include "hearth-platform-fake.h"
#include "hearth-reach-page.h"
#include "hearth-traffic-page.h"
#include "hearth-window.h"
#include "widgets.h"

#define SETTLE_MS 100
#define MAX_TRIES 100

static GtkWidget *
open_window (void)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  GtkWidget *window = g_object_new (HEARTH_TYPE_WINDOW, "application", g_application_get_default (),
                                    "platform", platform, NULL);

  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_activate_action (window, "win.show-page", "s", "explore"));
  widgets_settle (SETTLE_MS);
  return window;
}

static GtkWidget *
open_page (GtkWidget *window, const char *tag, GType type)
{
  GtkWidget *page;

  g_assert_true (gtk_widget_activate_action (widgets_find (window, HEARTH_TYPE_EXPLORE_PAGE),
                                             "explore.show", "s", tag));
  widgets_settle (SETTLE_MS);
  page = widgets_find (window, type);
  g_assert_nonnull (page);
  return page;
}

static gboolean
is_active (gpointer object)
{
  gboolean active;

  g_object_get (object, "active", &active, NULL);
  return active;
}

/* @object works, until the page is left by the way back, and @page goes with it. */
static void
assert_stops (GtkWidget *window, GtkWidget *page, gpointer object)
{
  g_autoptr (GObject) kept = g_object_ref (object);
  gpointer weak = page;

  g_object_add_weak_pointer (G_OBJECT (page), &weak);
  g_assert_true (is_active (kept));
  g_assert_true (adw_navigation_view_pop (
      ADW_NAVIGATION_VIEW (gtk_widget_get_ancestor (page, ADW_TYPE_NAVIGATION_VIEW))));
  for (int i = 0; weak != NULL && i < MAX_TRIES; i++)
    widgets_settle (SETTLE_MS);
  g_assert_null (weak);
  g_assert_false (is_active (kept));
}

static void
test_traffic (void)
{
  GtkWidget *window = open_window ();
  GtkWidget *page = open_page (window, "traffic", HEARTH_TYPE_TRAFFIC_PAGE);

  assert_stops (window, page, hearth_traffic_page_get_traffic (HEARTH_TRAFFIC_PAGE (page)));
  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
}

/* A measuring that is under way does not keep the page. */
static void
test_measuring (void)
{
  GtkWidget *window = open_window ();
  GtkWidget *page = open_page (window, "traffic", HEARTH_TYPE_TRAFFIC_PAGE);

  g_assert_true (gtk_widget_activate_action (page, "traffic.measure", NULL));
  g_assert_true (widgets_say (page, "Stop"));
  assert_stops (window, page, hearth_traffic_page_get_traffic (HEARTH_TRAFFIC_PAGE (page)));
  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
}

static void
test_map (void)
{
  GtkWidget *window = open_window ();
  GtkWidget *page = open_page (window, "map", HEARTH_TYPE_MAP_PAGE);

  assert_stops (window, page, hearth_map_page_get_services (HEARTH_MAP_PAGE (page)));
  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
}

/* What was typed is what is added, not what the dialog would suggest. */
static void
test_add_alias (void)
{
  GtkWidget *window = open_window ();
  GtkWidget *page = open_page (window, "reach:http://192.168.1.5:3000/", HEARTH_TYPE_REACH_PAGE);
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (page, "reach.add-alias", NULL));
  widgets_settle (SETTLE_MS);
  dialog = widgets_find (window, HEARTH_TYPE_ADD_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (widgets_find (dialog, ADW_TYPE_ENTRY_ROW))),
                   ==, "192.168.1.5");
  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
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
  /* A page that is left while it still slides in leaks a picture of libadwaita's. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/explore/traffic", test_traffic);
  g_test_add_func ("/explore/measuring", test_measuring);
  g_test_add_func ("/explore/map", test_map);
  g_test_add_func ("/explore/add-alias", test_add_alias);
  return g_test_run ();
}
