/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing is cut and no icon is missing, on any page or dialog: not on a phone, not with letters of
 * twice the size, not from right to left, not in any of the languages. The arguments are a
 * language, or `en`, and the folder of the built translations. */

#include <glib/gi18n.h>
#include <locale.h>

#include "hearth-map-button.h"
#include "hearth-map-view.h"
#include "hearth-whole-text.h"
#include "hearth-window.h"
#include "shots.h"
#include "widgets.h"

#define MAX_TRIES 40
#define SETTLE_MS 50
#define MIN_WIDTH 360
#define DPI (96 * 1024)

/* One pixel, for what is rounded. */
#define SLACK 1.5F

typedef struct {
  const char *name;
  int width;
  int height;
  int scale; /* of letters */
  gboolean turned;
} Room;

static const Room rooms[] = {
  { "large letters", MIN_WIDTH, 640, 2 },
  { "wide", 920, 680, 1 },
  { "narrow", MIN_WIDTH, 640, 1 },
  { "smallest", MIN_WIDTH, 294, 1 },
  { "from right to left", MIN_WIDTH, 640, 1, TRUE },
};

/* As many as there is time for in one of many languages: what fits there fits everywhere. */
#define N_ROOMS_OF_LANGUAGE 1

static gsize n_rooms = G_N_ELEMENTS (rooms);

/* What is wrong */

static void complain (GString *problems, GtkWidget *widget, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* With those around it, for whoever has to find it. */
static void
complain (GString *problems, GtkWidget *widget, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append (problems, "  ");
  g_string_append_vprintf (problems, format, arguments);
  va_end (arguments);
  g_string_append (problems, ": ");
  for (int i = 0; widget != NULL && i < 7; i++, widget = gtk_widget_get_parent (widget))
    g_string_append_printf (problems, "%s%s", i > 0 ? " < " : "", G_OBJECT_TYPE_NAME (widget));
  g_string_append_c (problems, '\n');
}

/* Where @widget can be pointed at once it was scrolled to. */
static GtkWidget *
find_page (GtkWidget *widget)
{
  while (gtk_widget_get_parent (widget) != NULL &&
         !GTK_IS_SCROLLABLE (gtk_widget_get_parent (widget)))
    widget = gtk_widget_get_parent (widget);
  return widget;
}

/* The whole of a text that is cut is in a tooltip. That of a button of the map, which says more, is
 * made when it is asked for. */
static gboolean
has_tooltip (GtkWidget *label, const char *text)
{
  GtkWidget *page = find_page (label);
  float width = (float) gtk_widget_get_width (label);
  float height = (float) gtk_widget_get_height (label);
  graphene_point_t at;

  for (GtkWidget *widget = label; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      const char *tooltip = gtk_widget_get_tooltip_text (widget);

      if (HEARTH_IS_MAP_BUTTON (widget))
        return TRUE;
      if (tooltip != NULL)
        return strstr (tooltip, text) != NULL;
    }
  if (!gtk_widget_compute_point (label, page, &GRAPHENE_POINT_INIT (width / 2, height / 2), &at))
    return FALSE;
  return g_strcmp0 (hearth_whole_text_at (page, at.x, at.y), text) == 0;
}

/* A banner of libadwaita 1.7 is measured for a little more room than its text gets, so that one
 * which wraps by a hair is a line too low. */
static gboolean
is_in_banner (GtkWidget *label)
{
  return gtk_widget_get_ancestor (label, ADW_TYPE_BANNER) != NULL;
}

static void
check_label (GtkWidget *widget, GString *problems)
{
  GtkLabel *label = GTK_LABEL (widget);
  PangoLayout *layout = gtk_label_get_layout (label);
  const char *text = gtk_label_get_text (label);
  PangoRectangle logical;
  int x, y;

  if (pango_layout_is_ellipsized (layout))
    {
      if (!has_tooltip (widget, text))
        complain (problems, widget, "“%s” is cut, and there is no tooltip", text);
      return;
    }
  if (is_in_banner (widget))
    return;
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  gtk_label_get_layout_offsets (label, &x, &y);
  if (x + logical.x < -SLACK ||
      x + logical.x + logical.width > gtk_widget_get_width (widget) + SLACK || y < -SLACK ||
      y + logical.height > gtk_widget_get_height (widget) + SLACK)
    complain (problems, widget, "“%s” of %d×%d has %d×%d", text, logical.width, logical.height,
              gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

/* Or there is a picture of a broken one. */
static void
check_icon (GtkWidget *widget, GString *problems)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  const char *name = gtk_image_get_icon_name (GTK_IMAGE (widget));

  if (name != NULL && !gtk_icon_theme_has_icon (theme, name))
    complain (problems, widget, "There is no icon %s", name);
}

/* What scrolls does so up and down only, but for the map: a drawing has two dimensions. */
static void
check_scrolled (GtkWidget *widget, GString *problems)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));

  if (widgets_find (widget, HEARTH_TYPE_MAP_VIEW) == NULL &&
      gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 1)
    complain (problems, widget, "It scrolls sideways by %g",
              gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
}

/* What the toolkit lets reach out of its own: sliders, dots on icons, titles of two lines. */
static gboolean
is_decoration (GtkWidget *widget, GtkWidget *parent)
{
  return GTK_IS_RANGE (parent) || ADW_IS_WINDOW_TITLE (widget) ||
         g_str_equal (G_OBJECT_TYPE_NAME (parent), "AdwIndicatorBin");
}

/* What is within a list or a viewport may be anywhere up and down. */
static gboolean
scrolls (GtkWidget *widget)
{
  return GTK_IS_SCROLLABLE (widget) || GTK_IS_TEXT (widget);
}

/* The innermost of those that make @widget as wide as it is. */
static GtkWidget *
find_widest (GtkWidget *widget)
{
  GtkWidget *widest = NULL;
  int most = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min = 0;

      if (gtk_widget_should_layout (child))
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, NULL, NULL, NULL);
      if (min > most)
        widest = child;
      most = MAX (most, min);
    }
  return widest != NULL ? find_widest (widest) : widget;
}

/* No widget reaches out of the one that it is in. */
static void
check_bounds (GtkWidget *widget, GtkWidget *parent, GString *problems)
{
  graphene_rect_t bounds, room;

  if (!gtk_widget_compute_bounds (widget, parent, &bounds) ||
      !gtk_widget_compute_bounds (parent, parent, &room))
    return;
  if (bounds.size.width < 1 || bounds.size.height < 1)
    return;
  if (widgets_find (widget, HEARTH_TYPE_MAP_VIEW) != NULL && GTK_IS_SCROLLABLE (parent))
    return;
  if (bounds.origin.x < room.origin.x - SLACK ||
      bounds.origin.x + bounds.size.width > room.origin.x + room.size.width + SLACK)
    complain (problems, find_widest (widget), "At %g it is %g wide in %g", bounds.origin.x,
              bounds.size.width, room.size.width);
  if (!scrolls (parent) &&
      (bounds.origin.y < room.origin.y - SLACK ||
       bounds.origin.y + bounds.size.height > room.origin.y + room.size.height + SLACK))
    complain (problems, widget, "At %g it is %g high in %g", bounds.origin.y, bounds.size.height,
              room.size.height);
}

static void
check (GtkWidget *widget, GString *problems)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_RANGE (widget))
    return;
  if (GTK_IS_LABEL (widget))
    check_label (widget, problems);
  if (GTK_IS_IMAGE (widget))
    check_icon (widget, problems);
  if (GTK_IS_SCROLLED_WINDOW (widget))
    check_scrolled (widget, problems);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_child_visible (child) && gtk_widget_get_mapped (child) &&
          !GTK_IS_NATIVE (child) && !is_decoration (child, widget))
        check_bounds (child, widget, problems);
      check (child, problems);
    }
}

static void
check_window (GtkWidget *window, const Room *room, GString *problems)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  int min_width;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  if (min_width > MIN_WIDTH)
    complain (problems, window, "It needs a width of %d", min_width);
  if (gtk_widget_get_width (window) != room->width ||
      gtk_widget_get_height (window) != room->height)
    complain (problems, window, "It is %d×%d", gtk_widget_get_width (window),
              gtk_widget_get_height (window));
  check (dialog != NULL ? GTK_WIDGET (dialog) : window, problems);
}

/* Rooms */

static void
enter (GtkWidget *window, const Room *room)
{
  GtkTextDirection direction = gtk_get_locale_direction ();

  if (room->turned)
    direction = direction == GTK_TEXT_DIR_LTR ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR;
  gtk_widget_set_default_direction (direction);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", room->scale * DPI, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), room->width, room->height);
}

/* Until nothing is wrong any more: a busy machine needs longer. */
static void
check_room (GtkWidget *window, const char *shot, const Room *room)
{
  g_autoptr (GString) problems = g_string_new ("");

  enter (window, room);
  for (int i = 0; (i == 0 || problems->len > 0) && i < MAX_TRIES; i++)
    {
      widgets_settle (SETTLE_MS);
      g_string_truncate (problems, 0);
      check_window (window, room, problems);
    }
  if (problems->len == 0)
    return;
  g_test_message ("%s, %s:\n%s", shot, room->name, problems->str);
  g_test_fail ();
}

static void
test_fit (gconstpointer data)
{
  Shot shot = *(const Shot *) data;
  Stage stage;

  shot.width = rooms[0].width;
  shot.height = rooms[0].height;
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", DPI, NULL);
  gtk_widget_set_default_direction (gtk_get_locale_direction ());
  shots_open (&stage, &shot);
  /* The frame of a window without shadows takes some of its room. */
  gtk_widget_remove_css_class (stage.window, "solid-csd");
  for (gsize i = 0; i < n_rooms; i++)
    check_room (stage.window, shot.name, &rooms[i]);
  shots_close (&stage);
}

/* Languages */

/* A locale of the language's name. What is installed of them differs, and gettext has no
 * translations for C; all but the name is of C, which every system has. */
static void
set_language (const char *language, const char *translations)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "locales", NULL);
  g_autofree char *name = g_strconcat (language, ".UTF-8", NULL);
  g_autofree char *path = g_strconcat (folder, "/", language, ".utf8", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_cmpint (symlink ("/usr/lib/locale/C.utf8", path), ==, 0);
  g_setenv ("LOCPATH", folder, TRUE);
  g_setenv ("LC_ALL", name, TRUE);
  g_setenv ("LANGUAGE", language, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, ""));
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Or it would be the same test again. */
static void
test_language (gconstpointer language)
{
  g_assert_cmpstr (g_dgettext (GETTEXT_PACKAGE, "Addresses"), !=, "Addresses");
  g_assert_cmpint (gtk_get_locale_direction (), ==,
                   g_str_equal (language, "ar") ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = NULL;
  const char *language = argv[1];
  const Shot *shots;
  gsize n_shots;

  g_assert_cmpint (argc, >=, 3);
  set_language (language, argv[2]);
  application = shots_start (&argc, &argv, SETTLE_MS);
  if (!g_str_equal (language, "en"))
    {
      n_rooms = N_ROOMS_OF_LANGUAGE;
      g_test_add_data_func ("/fit/language", language, test_language);
    }

  shots = shots_get (&n_shots);
  for (gsize i = 0; i < n_shots; i++)
    {
      g_autofree char *path = g_strdup_printf ("/fit/%s", shots[i].name);

      if (shots_is_new (i))
        g_test_add_data_func (path, &shots[i], test_fit);
    }
  return g_test_run ();
}
