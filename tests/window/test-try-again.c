/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window whose computer says nothing at first. */

#include "hearth-application.h"
#include "hearth-platform-fake.h"
#include "hearth-window.h"
#include "widgets.h"

#define SETTLE_MS 300
#define REASON "Something confines Hearth."

static GtkWidget *
show_window (HearthPlatform *platform)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWidget *window = GTK_WIDGET (hearth_window_new (application, platform, NULL));

  gtk_window_present (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
  return window;
}

static void
try_again (GtkWidget *window)
{
  g_assert_true (gtk_widget_activate_action (window, "win.try-again", NULL));
  widgets_settle (SETTLE_MS);
}

static void
test_try_again (void)
{
  HearthPlatform *platform = hearth_platform_fake_new_with_loopback ();
  g_autoptr (GError) error = g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED, REASON);
  GtkWidget *window;

  hearth_platform_fake_fail_start (HEARTH_PLATFORM_FAKE (platform), error);
  window = show_window (platform);
  g_assert_true (widgets_say (window, REASON));
  try_again (window);
  g_assert_true (widgets_say (window, REASON));
  g_assert_false (widgets_say (window, "127.0.0.1"));

  hearth_platform_fake_fail_start (HEARTH_PLATFORM_FAKE (platform), NULL);
  try_again (window);
  g_assert_false (widgets_say (window, REASON));
  g_assert_true (widgets_say (window, "127.0.0.1"));

  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
  g_assert_finalize_object (platform);
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

  g_test_add_func ("/try-again", test_try_again);
  return g_test_run ();
}
