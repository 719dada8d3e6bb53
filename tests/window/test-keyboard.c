/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that can be used on a page or in a dialog can be reached with Tab and the arrows,
 * there and back, and nothing keeps the focus. */

#include "hearth-row-menu.h"
#include "shots.h"
#include "widgets.h"

#define SETTLE_MS 60
#define MAX_STEPS 200

/* Where a dialog is open it is all there is. */
static GtkWidget *
find_top (GtkWidget *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  return dialog != NULL ? GTK_WIDGET (dialog) : window;
}

/* The button above a list does what that in the header bar does. */
static gboolean
is_above_list (GtkWidget *widget)
{
  while (widget != NULL && !g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkListHeaderWidget"))
    widget = gtk_widget_get_parent (widget);
  return widget != NULL;
}

/* What takes the focus itself, and is not only a frame around such. */
static gboolean
is_stop (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && gtk_widget_get_can_focus (widget) &&
         gtk_widget_is_sensitive (widget) && !GTK_IS_ROOT (widget) && !ADW_IS_DIALOG (widget) &&
         !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_LIST_BASE (widget) &&
         !GTK_IS_LIST_BOX (widget) && !is_above_list (widget);
}

static void
collect_stops (GtkWidget *widget, GPtrArray *stops)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_mapped (widget) ||
      !gtk_widget_get_can_focus (widget) || GTK_IS_POPOVER (widget))
    return;
  if (is_stop (widget))
    g_ptr_array_add (stops, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_stops (child, stops);
}

/* Where one step along @way leads from @from. (nullable) */
static GtkWidget *
step (GtkWidget *window, GtkWidget *from, GtkDirectionType way)
{
  gtk_window_set_focus (GTK_WINDOW (window), from);
  return gtk_widget_child_focus (window, way) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;
}

/* All that Tab, or Shift+Tab, and the arrows lead to: in a list Tab leads through the row that the
 * arrows have gone to. (element-type GtkWidget) */
static GPtrArray *
walk (GtkWidget *window, GtkDirectionType tab)
{
  const GtkDirectionType ways[] = { tab, GTK_DIR_DOWN, GTK_DIR_UP, GTK_DIR_RIGHT, GTK_DIR_LEFT };
  GPtrArray *seen = g_ptr_array_new ();
  GtkWidget *first = step (window, NULL, tab);

  if (first != NULL)
    g_ptr_array_add (seen, first);
  for (guint i = 0; i < seen->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ways); j++)
      {
        GtkWidget *next = step (window, seen->pdata[i], ways[j]);

        if (next != NULL && !g_ptr_array_find (seen, next, NULL))
          g_ptr_array_add (seen, next);
      }
  return seen;
}

/* From everywhere Tab alone, or Shift+Tab, leads to the first thing of the window, or out of it. */
static void
assert_no_trap (GtkWidget *window, GtkWidget *home, GPtrArray *seen, GtkDirectionType tab)
{
  for (guint i = 0; i < seen->len; i++)
    {
      GtkWidget *focus = seen->pdata[i];

      for (guint n = 0; focus != NULL && focus != home; n++)
        {
          g_assert_cmpuint (n, <, MAX_STEPS);
          focus = step (window, focus, tab);
        }
    }
}

/* A row of a list is reached where something in it is, and a field where its text is. */
static gboolean
is_reached (GPtrArray *seen, GtkWidget *stop)
{
  for (guint i = 0; i < seen->len; i++)
    if (seen->pdata[i] == stop ||
        (gtk_widget_is_ancestor (seen->pdata[i], stop) && !GTK_IS_BUTTON (stop)))
      return TRUE;
  return FALSE;
}

static void
assert_all_reached (GPtrArray *stops, GPtrArray *seen)
{
  for (guint i = 0; i < stops->len; i++)
    {
      GtkWidget *stop = stops->pdata[i];

      if (is_reached (seen, stop))
        continue;
      g_test_message ("Tab does not reach %s < %s < %s", G_OBJECT_TYPE_NAME (stop),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (stop)),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (gtk_widget_get_parent (stop))));
      g_test_fail ();
    }
}

static void
test_keyboard (gconstpointer data)
{
  Stage stage;
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();
  g_autoptr (GPtrArray) there = NULL, back = NULL;

  shots_open (&stage, data);
  widgets_settle (SETTLE_MS);
  collect_stops (find_top (stage.window), stops);
  there = walk (stage.window, GTK_DIR_TAB_FORWARD);
  back = walk (stage.window, GTK_DIR_TAB_BACKWARD);
  assert_all_reached (stops, there);
  if (there->len > 0)
    {
      assert_no_trap (stage.window, there->pdata[0], there, GTK_DIR_TAB_FORWARD);
      assert_no_trap (stage.window, there->pdata[0], back, GTK_DIR_TAB_BACKWARD);
    }
  shots_close (&stage);
}

/* The menu of a row that has the focus. */
static void
test_menu_key (gconstpointer data)
{
  const char *page = data;
  Shot shot = {
    .page = page, .width = 920, .height = 680, .make_platform = shots_make_computer, .served = TRUE
  };
  Stage stage;
  GPtrArray *seen;
  guint n_menus = 0;

  shots_open (&stage, &shot);
  widgets_settle (SETTLE_MS);
  seen = walk (stage.window, GTK_DIR_TAB_FORWARD);
  for (guint i = 0; i < seen->len; i++)
    {
      GtkWidget *row = seen->pdata[i], *button, *popover;

      if (!g_str_equal (gtk_widget_get_css_name (row), "row"))
        continue;
      button = widgets_find (row, GTK_TYPE_MENU_BUTTON);
      if (button == NULL || !gtk_widget_is_visible (button))
        continue;
      gtk_window_set_focus (GTK_WINDOW (stage.window), row);
      g_assert_true (hearth_row_menu_popup (stage.window, NULL, NULL));
      widgets_settle (SETTLE_MS);
      popover = widgets_find (button, GTK_TYPE_POPOVER);
      g_assert_nonnull (popover);
      g_assert_true (gtk_widget_get_mapped (popover));
      gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
      n_menus++;
    }
  g_assert_cmpuint (n_menus, >, 0);
  g_ptr_array_unref (seen);
  shots_close (&stage);
}

int
main (int argc, char **argv)
{
  g_autoptr (HearthApplication) application = shots_start (&argc, &argv, SETTLE_MS);
  gsize n_shots;
  const Shot *shots = shots_get (&n_shots);

  for (gsize i = 0; i < n_shots; i++)
    {
      g_autofree char *path = g_strdup_printf ("/keyboard/%s", shots[i].name);

      /* A thousand rows are no more than twenty, and what changed or scrolled is no other page. */
      if (shots_is_new (i) && !g_str_has_suffix (shots[i].name, "-many") && !shots[i].held &&
          !shots[i].down && !shots[i].apply && !shots[i].remove)
        g_test_add_data_func (path, &shots[i], test_keyboard);
    }
  g_test_add_data_func ("/keyboard/menu/addresses", "addresses", test_menu_key);
  g_test_add_data_func ("/keyboard/menu/folders", "folders", test_menu_key);
  g_test_add_data_func ("/keyboard/menu/services", "services", test_menu_key);
  return g_test_run ();
}
