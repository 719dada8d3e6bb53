/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New rows fade in, but not those of a storm, wherever its addresses land. */

#include "hearth-address-row.h"
#include "hearth-application.h"
#include "hearth-platform-fake.h"
#include "hearth-window.h"
#include "widgets.h"

#define SETTLE_MS 300
#define N_APART 60

static guint
count_faint (GtkWidget *widget)
{
  guint n = HEARTH_IS_ADDRESS_ROW (widget) && gtk_widget_get_opacity (widget) < 1 ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_faint (child);
  return n;
}

/* The most that were faint at a time. */
static guint
watch (GtkWidget *window)
{
  gint64 end_us = g_get_monotonic_time () + SETTLE_MS * G_TIME_SPAN_MILLISECOND;
  guint most = 0;

  while (g_get_monotonic_time () < end_us)
    {
      g_main_context_iteration (NULL, FALSE);
      most = MAX (most, count_faint (window));
    }
  return most;
}

/* 10.0.0.@first, and then every second one. */
static void
put_addresses (HearthPlatform *platform, guint first, guint n_addresses)
{
  HearthLinkAddress addresses[N_APART] = { 0 };

  for (guint i = 0; i < n_addresses; i++)
    {
      g_autofree char *text = g_strdup_printf ("10.0.0.%u/32", first + 2 * i);

      addresses[i].link_index = 1;
      g_assert_true (hearth_prefix_parse (text, &addresses[i].prefix, NULL));
    }
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), addresses, n_addresses);
}

static void
scroll_to_end (GtkWidget *window)
{
  GtkListView *view = GTK_LIST_VIEW (widgets_find (window, GTK_TYPE_LIST_VIEW));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (view)));

  gtk_list_view_scroll_to (view, n - 1, GTK_LIST_SCROLL_NONE, NULL);
  widgets_settle (SETTLE_MS);
}

static void
test_fades (void)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  GtkWidget *window = GTK_WIDGET (hearth_window_new (application, platform, NULL));

  gtk_window_present (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
  put_addresses (platform, 2, N_APART);
  g_assert_cmpuint (watch (window), ==, 0);

  scroll_to_end (window);
  put_addresses (platform, 2 * N_APART - 1, 1);
  g_assert_cmpuint (watch (window), ==, 1);

  /* They arrive from the top, one by one; at the end it is not the first of them that are seen. */
  widgets_settle (SETTLE_MS);
  put_addresses (platform, 1, N_APART - 1);
  g_assert_cmpuint (watch (window), ==, 0);

  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
}

/* Nor where somebody wants nothing to move. */
static void
test_reduced_motion (void)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  GtkWidget *window = GTK_WIDGET (hearth_window_new (application, platform, NULL));

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_present (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
  put_addresses (platform, 1, 1);
  g_assert_cmpuint (watch (window), ==, 0);
  g_assert_true (widgets_say (window, "10.0.0.1"));

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  put_addresses (platform, 3, 1);
  g_assert_cmpuint (watch (window), ==, 1);

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

  g_test_add_func ("/fades", test_fades);
  g_test_add_func ("/fades/reduced-motion", test_reduced_motion);
  return g_test_run ();
}
