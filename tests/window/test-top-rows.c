/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list that grows at its top shows of its rows. */

#include "hearth-top-rows.h"
#include "widgets.h"

#define N_ROWS 1000
#define PAGE_SIZE 320 /* pixels */

typedef struct {
  GtkWindow *window;
  GtkAdjustment *adjustment;
  GtkStringList *all;
  HearthTopRows *top;
  GtkSelectionModel *shown; /* holds @top; asserts that what is said of changes is true */
} Fixture;

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->top));
}

static void
wait_for_count (Fixture *fixture, guint n_rows)
{
  while (count (fixture) != n_rows)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = gtk_drawing_area_new ();

  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (fixture->window, view);
  gtk_window_present (fixture->window);
  fixture->adjustment =
      g_object_ref_sink (gtk_adjustment_new (0, 0, N_ROWS * PAGE_SIZE, 1, 1, PAGE_SIZE));
  fixture->all = gtk_string_list_new (NULL);
  for (guint i = N_ROWS; i-- > 0;)
    gtk_string_list_take (fixture->all, g_strdup_printf ("%u", i));
  fixture->top = hearth_top_rows_new (G_LIST_MODEL (fixture->all), view, fixture->adjustment);
  fixture->shown =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (fixture->top))));
  g_signal_emit_by_name (fixture->adjustment, "changed");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->shown);
  g_assert_finalize_object (g_steal_pointer (&fixture->top));
  g_clear_object (&fixture->all);
  g_clear_object (&fixture->adjustment);
  gtk_window_destroy (fixture->window);
}

/* As many as there is room for in the page, and some more. */
static void
test_few_at_the_top (Fixture *fixture, gconstpointer data)
{
  wait_for_count (fixture, 20);
  gtk_adjustment_set_page_size (fixture->adjustment, 2 * PAGE_SIZE);
  wait_for_count (fixture, 30);
}

static void
test_all_where_it_was_scrolled (Fixture *fixture, gconstpointer data)
{
  wait_for_count (fixture, 20);
  gtk_adjustment_set_value (fixture->adjustment, 1);
  wait_for_count (fixture, N_ROWS);
  gtk_adjustment_set_value (fixture->adjustment, 0);
  wait_for_count (fixture, 20);
}

static void
count_changes_cb (GListModel *model, guint position, guint n_removed, guint n_added, GString *said)
{
  g_string_append_printf (said, "%u -%u +%u; ", position, n_removed, n_added);
}

static void
splice (Fixture *fixture, guint position, guint n_removals, const char *addition)
{
  const char *additions[] = { addition, NULL };

  gtk_string_list_splice (fixture->all, position, n_removals, additions);
}

/* A row that comes is not said to have changed all others. */
static void
test_says_what_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) said = g_string_new (NULL);

  wait_for_count (fixture, 20);
  g_signal_connect (fixture->top, "items-changed", G_CALLBACK (count_changes_cb), said);
  splice (fixture, 0, 0, "new");
  splice (fixture, N_ROWS, 1, NULL);
  splice (fixture, 5, 1, NULL);
  splice (fixture, 18, 10, "one for ten");
  g_assert_cmpstr (said->str, ==, "0 -0 +1; 20 -1 +0; 5 -1 +0; 19 -0 +1; 18 -2 +1; 19 -0 +1; ");
  for (guint i = 0; i < count (fixture); i++)
    {
      g_autoptr (GtkStringObject) row = g_list_model_get_item (G_LIST_MODEL (fixture->shown), i);

      g_assert_cmpstr (gtk_string_object_get_string (row), ==,
                       gtk_string_list_get_string (fixture->all, i));
    }
}

static void
test_shorter_than_the_page (Fixture *fixture, gconstpointer data)
{
  wait_for_count (fixture, 20);
  splice (fixture, 3, N_ROWS - 3, NULL);
  g_assert_cmpuint (count (fixture), ==, 3);
  splice (fixture, 0, 3, NULL);
  g_assert_cmpuint (count (fixture), ==, 0);
  splice (fixture, 0, 0, "one");
  g_assert_cmpuint (count (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add ("/window/top-rows/few-at-the-top", Fixture, NULL, set_up, test_few_at_the_top,
              tear_down);
  g_test_add ("/window/top-rows/all-where-it-was-scrolled", Fixture, NULL, set_up,
              test_all_where_it_was_scrolled, tear_down);
  g_test_add ("/window/top-rows/says-what-changed", Fixture, NULL, set_up, test_says_what_changed,
              tear_down);
  g_test_add ("/window/top-rows/shorter-than-the-page", Fixture, NULL, set_up,
              test_shorter_than_the_page, tear_down);

  return g_test_run ();
}
