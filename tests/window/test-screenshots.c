/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes a picture of every page, wide, narrow and dark, with a computer that is always the same,
 * into the folder of its argument. They are for eyes: what can be asserted of them here is that
 * they are there, of the right size, not of one colour, and that a person can read what is the
 * matter. */

#include "hearth-address-row.h"
#include "hearth-window.h"
#include "shots.h"
#include "widgets.h"

#define MAX_TRIES 50
#define SETTLE_MS 300

static const char *folder;

/* Pictures */

/* NULL where nothing was laid out yet: a busy machine needs longer. */
static GdkTexture *
take_picture (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return NULL;
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

  for (int i = 0; texture == NULL && i < MAX_TRIES; i++)
    {
      widgets_settle (SETTLE_MS);
      texture = take_picture (window);
    }
  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
  assert_has_contents (texture);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
test_shot (gconstpointer data)
{
  const Shot *shot = data;
  Stage stage;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  shots_open (&stage, shot);
  save (stage.window, shot->name, shot->width, shot->height);
  if (shot->says != NULL)
    g_assert_true (widgets_say (stage.window, shot->says));
  shots_close (&stage);
}

/* A menu is a window of its own. */
static void
test_menu (void)
{
  g_autoptr (HearthPlatform) platform = shots_make_computer ();
  g_autoptr (HearthAuthorities) authorities = shots_make_authorities (platform, NULL, FALSE);
  GtkWidget *window = g_object_new (HEARTH_TYPE_WINDOW, "application", g_application_get_default (),
                                    "platform", platform, "authorities", authorities, NULL);
  g_autofree char *path = g_strdup_printf ("%s/addresses-menu.png", folder);
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *row, *menu;

  gtk_window_present (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
  row = widgets_find_saying (window, HEARTH_TYPE_ADDRESS_ROW, "127.0.0.2");
  gtk_menu_button_popup (GTK_MENU_BUTTON (widgets_find (row, GTK_TYPE_MENU_BUTTON)));
  widgets_settle (SETTLE_MS);
  menu = widgets_find (row, GTK_TYPE_POPOVER);
  g_assert_true (widgets_say (menu, "Remove"));
  g_assert_true (widgets_say (menu, "Serve a Folder Here…"));
  g_assert_true (widgets_say (menu, "Keep After Restart"));
  g_assert_false (widgets_say (menu, "Stop Keeping"));
  texture = take_picture (menu);
  assert_has_contents (texture);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  gtk_window_destroy (GTK_WINDOW (window));
  widgets_settle (SETTLE_MS);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = shots_start (&argc, &argv, SETTLE_MS);
  const Shot *shots;
  gsize n_shots;

  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);

  shots = shots_get (&n_shots);
  g_test_add_func ("/screenshots/addresses-menu", test_menu);
  for (gsize i = 0; i < n_shots; i++)
    {
      g_autofree char *path = g_strdup_printf ("/screenshots/%s", shots[i].name);

      g_test_add_data_func (path, &shots[i], test_shot);
    }
  return g_test_run ();
}
