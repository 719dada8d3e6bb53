/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes a picture of every page, wide, narrow and dark, with a computer that is always the same,
 * into the folder of its argument. They are for eyes: what can be asserted of them here is that
 * they are there, of the right size, not of one colour, and that a person can read what is the
 * matter. */

#include "hearth-application.h"
#include "hearth-platform-fake.h"
#include "hearth-window.h"
#include "widgets.h"

#define SETTLE_MS 300

static const char *folder;

/* The computer in the pictures */

static void
add_address (
    HearthPlatform *platform, guint32 link_index, const char *text, guint8 scope, guint8 protocol)
{
  HearthLinkAddress address = { .link_index = link_index, .scope = scope, .protocol = protocol };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), &address, 1);
}

static HearthPlatform *
make_computer (void)
{
  HearthPlatform *platform = hearth_platform_fake_new_with_loopback ();
  HearthLink wired = {
    .index = 2, .mtu_bytes = 1500, .flags = HEARTH_LINK_FLAG_UP, .name = "enp3s0"
  };
  HearthLink wireless = { .index = 3, .mtu_bytes = 1500, .name = "wlp2s0" };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &wired);
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &wireless);
  add_address (platform, 1, "127.0.0.2/32", HEARTH_SCOPE_HOST, HEARTH_PROTOCOL_RESTART);
  add_address (platform, 1, "127.0.0.53/32", HEARTH_SCOPE_HOST, HEARTH_PROTOCOL_ALWAYS);
  add_address (platform, 1, "10.254.254.254/32", HEARTH_SCOPE_GLOBAL, HEARTH_PROTOCOL_UNSPECIFIED);
  add_address (platform, 1, "fd00::2/128", HEARTH_SCOPE_GLOBAL, HEARTH_PROTOCOL_SESSION);
  add_address (platform, 2, "192.168.1.20/24", HEARTH_SCOPE_GLOBAL, HEARTH_PROTOCOL_UNSPECIFIED);
  add_address (platform, 2, "fe80::5054:ff:fe12:3456/64", HEARTH_SCOPE_LINK,
               HEARTH_PROTOCOL_KERNEL_LINK_LOCAL);
  return platform;
}

static HearthPlatform *
make_computer_with_lo_down (void)
{
  HearthPlatform *platform = make_computer ();
  HearthLink lo = {
    .index = 1, .mtu_bytes = 65536, .flags = HEARTH_LINK_FLAG_LOOPBACK, .name = "lo"
  };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &lo);
  return platform;
}

static HearthPlatform *
make_computer_that_says_nothing (void)
{
  HearthPlatform *platform = make_computer ();
  g_autoptr (GError) error =
      g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
                           "Hearth may not ask the kernel for the network interfaces (Operation "
                           "not permitted). Something "
                           "confines it; allow it sockets of the family AF_NETLINK.");

  hearth_platform_fake_fail_start (HEARTH_PLATFORM_FAKE (platform), error);
  return platform;
}

/* Pictures */

static GdkTexture *
take_picture (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
}

static void
assert_has_contents (GdkTexture *texture)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  gsize size = stride * (gsize) gdk_texture_get_height (texture);
  g_autofree guint8 *pixels = g_malloc (size);
  gsize n_different = 0;

  gdk_texture_download (texture, pixels, stride);
  for (gsize i = 4; i < size; i += 4)
    n_different += memcmp (pixels + i, pixels + i - 4, 4) != 0;
  g_assert_cmpuint (n_different, >, 1000);
}

static void
save (GtkWidget *window, const char *name, int width, int height)
{
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  widgets_settle (SETTLE_MS);
  texture = take_picture (window);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
  assert_has_contents (texture);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* Shots */

typedef struct {
  const char *name;
  const char *page;
  int width;
  int height;
  HearthPlatform *(*make_platform) (void);
  const char *action; /* what is activated before the picture, with its target */
  gboolean dark;
  gboolean others;
  gboolean details; /* of the row behind the base addresses */
  const char *says; /* a part of a text that is on the screen */
} Shot;

static const Shot shots[] = {
  { "addresses-wide", "addresses", 920, 680, make_computer, .others = TRUE },
  { "addresses-narrow", "addresses", 360, 640, make_computer },
  { "addresses-smallest", "addresses", 360, 294, make_computer },
  { "addresses-dark", "addresses", 920, 680, make_computer, .dark = TRUE, .others = TRUE },
  { "addresses-fresh", "addresses", 920, 680, hearth_platform_fake_new_with_loopback },
  { "addresses-lo-down", "addresses", 920, 680, make_computer_with_lo_down,
    .says = "lo is switched off, so localhost does not work." },
  { "addresses-no-interface", "addresses", 920, 680, hearth_platform_fake_new,
    .says = "The system reports no network interface at all" },
  { "addresses-not-permitted", "addresses", 920, 680, make_computer_that_says_nothing,
    .says = "Hearth may not ask the kernel" },
  { "addresses-details", "addresses", 920, 680, make_computer, .details = TRUE,
    .says = "10.254.254.254" },
  { "addresses-details-narrow", "addresses", 360, 640, make_computer, .details = TRUE },
  { "addresses-search", "addresses", 920, 680, make_computer, .action = "win.search" },
  { "about", "addresses", 920, 680, make_computer, .action = "app.about" },
  { "shortcuts", "addresses", 920, 680, make_computer, .action = "app.shortcuts" },
  { "shortcuts-narrow", "addresses", 360, 640, make_computer, .action = "app.shortcuts" },
  { "folders-wide", "folders", 920, 680, make_computer },
  { "folders-narrow", "folders", 360, 640, make_computer },
  { "folders-dark", "folders", 920, 680, make_computer, .dark = TRUE },
  { "services-wide", "services", 920, 680, make_computer },
  { "services-narrow", "services", 360, 640, make_computer },
  { "services-dark", "services", 920, 680, make_computer, .dark = TRUE },
  { "explore-wide", "explore", 920, 680, make_computer },
  { "explore-narrow", "explore", 360, 640, make_computer },
  { "explore-dark", "explore", 920, 680, make_computer, .dark = TRUE },
};

static void
activate (GtkWidget *window, const char *action)
{
  GApplication *application = g_application_get_default ();

  if (action != NULL && g_str_has_prefix (action, "app."))
    g_action_group_activate_action (G_ACTION_GROUP (application), action + strlen ("app."), NULL);
  else if (action != NULL)
    g_assert_true (gtk_widget_activate_action (window, action, NULL));
}

static void
test_shot (gconstpointer data)
{
  const Shot *shot = data;
  g_autoptr (HearthPlatform) platform = shot->make_platform ();
  g_autoptr (GSettings) settings = g_settings_new (HEARTH_APPLICATION_ID);
  GtkWidget *window;

  g_settings_set_int (settings, "window-width", shot->width);
  g_settings_set_int (settings, "window-height", shot->height);
  g_settings_set_boolean (settings, "show-other-interfaces", shot->others);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      shot->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                 : ADW_COLOR_SCHEME_FORCE_LIGHT);
  window =
      GTK_WIDGET (hearth_window_new (GTK_APPLICATION (g_application_get_default ()), platform));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_activate_action (window, "win.show-page", "s", shot->page));
  widgets_settle (SETTLE_MS);
  activate (window, shot->action);
  if (shot->details)
    g_signal_emit_by_name (widgets_find (window, GTK_TYPE_LIST_VIEW), "activate", 2);
  save (window, shot->name, shot->width, shot->height);
  if (shot->says != NULL)
    g_assert_true (widgets_say (window, shot->says));
  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);

  application = hearth_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name",
                "Cantarell 11", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shots); i++)
    {
      g_autofree char *path = g_strdup_printf ("/screenshots/%s", shots[i].name);

      g_test_add_data_func (path, &shots[i], test_shot);
    }
  return g_test_run ();
}
