/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each page of Explore goes when it is left, even in the middle of what it does: it stops that, and
 * nothing keeps it. */

#include "hearth-application.h"
#include "hearth-authorities.h"
#include "hearth-lesson.h"
#include "hearth-platform-fake.h"
#include "hearth-window.h"
#include "widgets.h"

#define SETTLE_MS 200
#define LIMIT_US (10 * G_USEC_PER_SEC)

typedef struct {
  HearthPlatform *platform;
  HearthAuthorities *authorities;
  GtkWidget *window;
  AdwNavigationView *view;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthAuthority) none = NULL;

  fixture->platform = hearth_platform_fake_new_with_loopback ();
  fixture->authorities = hearth_authorities_new_with (&none, 0);
  fixture->window =
      g_object_new (HEARTH_TYPE_WINDOW, "application", g_application_get_default (), "platform",
                    fixture->platform, "authorities", fixture->authorities, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->view = ADW_NAVIGATION_VIEW (widgets_find (fixture->window, ADW_TYPE_NAVIGATION_VIEW));
  widgets_settle (SETTLE_MS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  widgets_settle (SETTLE_MS);
  g_object_unref (fixture->authorities);
  g_object_unref (fixture->platform);
}

static AdwNavigationPage *
show (Fixture *fixture, const char *tag)
{
  AdwNavigationPage *before = adw_navigation_view_get_visible_page (fixture->view), *page;

  g_assert_true (gtk_widget_activate_action (fixture->window, "explore.show", "s", tag));
  page = adw_navigation_view_get_visible_page (fixture->view);
  g_assert_true (page != before);
  return page;
}

static void
wait_until_gone (gpointer *page)
{
  gint64 deadline = g_get_monotonic_time () + LIMIT_US;

  while (*page != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      widgets_settle (10);
    }
}

static void
leave (Fixture *fixture, const char *tag, guint settle_ms)
{
  gpointer page = show (fixture, tag);

  g_object_add_weak_pointer (page, &page);
  if (settle_ms > 0)
    widgets_settle (settle_ms);
  adw_navigation_view_pop (fixture->view);
  wait_until_gone (&page);
}

static void
test_left (Fixture *fixture, gconstpointer data)
{
  leave (fixture, data, 0);
  leave (fixture, data, SETTLE_MS);
}

/* It goes with the window. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  gpointer page = show (fixture, data);

  g_object_add_weak_pointer (page, &page);
  tear_down (fixture, data);
  wait_until_gone (&page);
  set_up (fixture, data);
}

static void
test_lessons (Fixture *fixture, gconstpointer data)
{
  guint n_lessons;
  const HearthLesson *lessons = hearth_lesson_get_all (&n_lessons);

  for (guint i = 0; i < n_lessons; i++)
    {
      g_autofree char *tag = g_strconcat ("learn:", lessons[i].id, NULL);

      leave (fixture, tag, 0);
      leave (fixture, tag, SETTLE_MS);
    }
}

int
main (int argc, char **argv)
{
  static const char *const tags[] = { "check-up", "reach", "reach:localhost", "learn",
                                      "learn:aliases" };
  g_autoptr (HearthApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  application = hearth_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  /* AdwNavigationView leaks what it draws in a transition that is cut short. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *left = g_strconcat ("/explore-pages/left/", tags[i], NULL);
      g_autofree char *closed = g_strconcat ("/explore-pages/closed/", tags[i], NULL);

      g_test_add (left, Fixture, tags[i], set_up, test_left, tear_down);
      g_test_add (closed, Fixture, tags[i], set_up, test_closed, tear_down);
    }
  g_test_add ("/explore-pages/lessons", Fixture, NULL, set_up, test_lessons, tear_down);
  return g_test_run ();
}
