/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the map costs, full: two walls of doors with things behind each. Prints for each of some
 * rounds "WHAT MICROSECONDS N_BUTTONS": to lay it out for another width, to draw it the first time
 * after that, and to draw it again. */

#include <time.h>

#include <adwaita.h>

#include "hearth-map-view.h"
#include "hearth-platform-fake.h"
#include "widgets.h"

#define N_ROUNDS 101
#define SETTLE_MS 500
#define N_DOORS 8
#define N_THINGS 200

static void
add_address (HearthPlatform *platform, guint32 link, const char *text)
{
  HearthLinkAddress address = { .link_index = link };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), &address, 1);
}

static HearthPlatform *
make_computer (void)
{
  HearthPlatform *platform = hearth_platform_fake_new_with_loopback ();
  HearthLink wired = {
    .index = 2, .mtu_bytes = 1500, .flags = HEARTH_LINK_FLAG_UP, .name = "eth0"
  };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &wired);
  for (guint i = 2; i <= N_DOORS; i++)
    {
      g_autofree char *alias = g_strdup_printf ("127.0.0.%u/32", i);
      g_autofree char *address = g_strdup_printf ("192.168.1.%u/24", i);

      add_address (platform, 1, alias);
      add_address (platform, 2, address);
    }
  g_assert_true (hearth_platform_start (platform, NULL));
  return platform;
}

static HearthServices *
make_services (HearthPlatform *platform)
{
  HearthServices *services = hearth_services_new (platform);
  g_autoptr (GPtrArray) listeners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);

  for (guint i = 0; i < N_THINGS; i++)
    {
      HearthListener listener = { .transport = HEARTH_TRANSPORT_TCP, .port = (guint16) (3000 + i) };
      guint door = 1 + i / 2 % N_DOORS;
      g_autofree char *text = g_strdup_printf (i % 2 ? "127.0.0.%u" : "192.168.1.%u", door);

      g_assert_true (hearth_address_parse (text, &listener.address, NULL));
      g_ptr_array_add (listeners, hearth_listener_copy (&listener));
    }
  hearth_services_take (services, listeners);
  return services;
}

static guint
count_buttons (GtkWidget *view)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

/* Of this thread alone: what else the computer does is not the map's. */
static gint64
get_time_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
report (const char *what, gint64 start_us, guint n)
{
  g_print ("%s %" G_GINT64_FORMAT " %u\n", what, get_time_us () - start_us, n);
}

static void
measure_snapshot (GtkWidget *view, const char *what)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gint64 start_us = get_time_us ();

  GTK_WIDGET_GET_CLASS (view)->snapshot (view, snapshot);
  g_clear_pointer (&snapshot, g_object_unref);
  report (what, start_us, count_buttons (view));
}

static void
measure_resize (GtkWidget *view, int width)
{
  gint64 start_us = get_time_us ();
  int height;

  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (view, width, height, -1, NULL);
  report ("resize", start_us, count_buttons (view));
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthPlatform) platform = make_computer ();
  g_autoptr (HearthInterfaces) interfaces = hearth_interfaces_new (platform);
  g_autoptr (HearthServices) services = make_services (platform);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.hearthapp.Hearth");
  g_autoptr (HearthFolders) folders = hearth_folders_new (settings);
  g_autoptr (HearthPortNames) names = hearth_port_names_read ();
  GtkWidget *view, *window, *scrolled;

  adw_init ();
  view = g_object_new (HEARTH_TYPE_MAP_VIEW, NULL);
  window = gtk_window_new ();
  scrolled = gtk_scrolled_window_new ();
  hearth_map_view_set_models (HEARTH_MAP_VIEW (view), interfaces, services, folders, names);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 920, 680);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
  for (int i = 0; i < N_ROUNDS; i++)
    {
      measure_resize (view, 700 + i);
      measure_snapshot (view, "draw-first");
      measure_snapshot (view, "draw");
    }
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
