/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-options.h"

static void
test_new (void)
{
  g_autoptr (HearthFolderOptions) options = hearth_folder_options_new ();

  g_assert_cmpint (options->purpose, ==, HEARTH_FOLDER_WEB_PAGE);
  g_assert_false (options->live_reload);
  g_assert_false (options->show_hidden);
  g_assert_cmpuint (options->port, ==, 0);
  g_assert_null (options->address);
}

/* One row a field: each alone makes two of them differ, in both directions. */
static void
test_equal (void)
{
  static const HearthFolderOptions rows[] = {
    { 0 },
    { .purpose = HEARTH_FOLDER_SINGLE_PAGE },
    { .purpose = HEARTH_FOLDER_SHARED },
    { .live_reload = TRUE },
    { .show_hidden = TRUE },
    { .port = 8000 },
    { .port = 8001 },
    { .address = (char *) "127.0.0.1" },
    { .address = (char *) "::1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (rows); j++)
      g_assert_cmpint (hearth_folder_options_equal (&rows[i], &rows[j]), ==, i == j);
}

/* A switch that is on is on, whatever number that is: a property may have set it to any. */
static void
test_any_truth (void)
{
  const HearthFolderOptions one = { .live_reload = TRUE, .show_hidden = TRUE };
  const HearthFolderOptions other = { .live_reload = 2, .show_hidden = -1 };

  g_assert_true (hearth_folder_options_equal (&one, &other));
}

static void
test_copy (void)
{
  HearthFolderOptions options = { .purpose = HEARTH_FOLDER_ISOLATED,
                                  .live_reload = TRUE,
                                  .show_hidden = TRUE,
                                  .port = 65535,
                                  .address = g_strdup ("fd00::2") };
  g_autoptr (HearthFolderOptions) copy = hearth_folder_options_copy (&options);

  g_assert_true (hearth_folder_options_equal (copy, &options));
  g_assert_true (copy->address != options.address);
  options.address[0] = 'x';
  g_assert_cmpstr (copy->address, ==, "fd00::2");
  g_free (options.address);
  hearth_folder_options_free (NULL);
}

/* As settings and bindings hold them. */
static void
test_boxed (void)
{
  const HearthFolderOptions options = { .port = 8000, .address = (char *) "127.0.0.2" };
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, HEARTH_TYPE_FOLDER_OPTIONS);
  g_value_set_boxed (&value, &options);
  g_assert_true (g_value_get_boxed (&value) != &options);
  g_assert_true (hearth_folder_options_equal (g_value_get_boxed (&value), &options));
}

static void
test_words (void)
{
  static const char *const words[] = { "web-page", "single-page", "isolated", "shared" };
  static const char *const others[] = { "", "Web-page", "web_page", "web-page ", "shared\n", "0" };
  HearthFolderPurpose purpose;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_assert_cmpstr (hearth_folder_purpose_to_word (i), ==, words[i]);
      g_assert_true (hearth_folder_purpose_from_word (words[i], &purpose));
      g_assert_cmpint (purpose, ==, i);
    }
  purpose = HEARTH_FOLDER_ISOLATED;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (hearth_folder_purpose_from_word (others[i], &purpose));
  g_assert_cmpint (purpose, ==, HEARTH_FOLDER_ISOLATED);
}

/* The arguments between those that are always there: "hearth-serve --json --parent-pipe" and "--
 * PATH". */
static void
test_arguments (void)
{
  static const struct {
    HearthFolderOptions options;
    guint16 port;
    const char *expected;
  } rows[] = {
    { { 0 }, 0, "" },
    { { .purpose = HEARTH_FOLDER_SINGLE_PAGE }, 0, "--spa " },
    { { .purpose = HEARTH_FOLDER_ISOLATED }, 0, "--isolate " },
    { { .purpose = HEARTH_FOLDER_SHARED }, 0, "--cors " },
    { { .live_reload = TRUE }, 0, "--live " },
    { { .live_reload = 2 }, 0, "--live " },
    { { .show_hidden = TRUE }, 0, "--hidden " },
    { { 0 }, 1, "--port=1 " },
    { { 0 }, 65535, "--port=65535 " },
    { { .address = (char *) "127.0.0.2" }, 0, "--address=127.0.0.2 " },
    { { .address = (char *) "fd00::2" }, 8000, "--port=8000 --address=fd00::2 " },
    { { .purpose = HEARTH_FOLDER_SINGLE_PAGE,
        .live_reload = TRUE,
        .show_hidden = TRUE,
        .address = (char *) "::1" },
      8123,
      "--port=8123 --address=::1 --spa --live --hidden " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) arguments = hearth_folder_options_to_arguments (
          &rows[i].options, "/usr/bin/hearth-serve", "/home/me/site", rows[i].port);
      g_autofree char *line = g_strjoinv (" ", arguments);
      g_autofree char *expected = g_strdup_printf (
          "/usr/bin/hearth-serve --json --parent-pipe %s-- /home/me/site", rows[i].expected);

      g_assert_cmpstr (line, ==, expected);
    }
}

/* The port that is wanted is not the one that is asked for, where that was busy. */
static void
test_port_is_the_callers (void)
{
  const HearthFolderOptions options = { .port = 8123 };
  g_auto (GStrv) with = hearth_folder_options_to_arguments (&options, "serve", "/site", 9000);
  g_auto (GStrv) without = hearth_folder_options_to_arguments (&options, "serve", "/site", 0);

  g_assert_true (g_strv_contains ((const char *const *) with, "--port=9000"));
  g_assert_cmpuint (g_strv_length (with), ==, 6);
  g_assert_cmpuint (g_strv_length (without), ==, 5);
}

/* Whatever a folder is called, its path is one argument, and the last one, after "--". */
static void
test_paths (void)
{
  static const char *const paths[] = { "-",           "--help", "--port=1",   "--",
                                       "/with space", "/a\nb",  "/ü/\xff",    "/'\"$(x)`",
                                       "/a;b",        "",       "/home/me/-x" };
  const HearthFolderOptions options = { .live_reload = TRUE };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto (GStrv) arguments = hearth_folder_options_to_arguments (&options, "s", paths[i], 0);

      g_assert_cmpuint (g_strv_length (arguments), ==, 6);
      g_assert_cmpstr (arguments[4], ==, "--");
      g_assert_cmpstr (arguments[5], ==, paths[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder-options/new", test_new);
  g_test_add_func ("/folder-options/equal", test_equal);
  g_test_add_func ("/folder-options/any-truth", test_any_truth);
  g_test_add_func ("/folder-options/copy", test_copy);
  g_test_add_func ("/folder-options/boxed", test_boxed);
  g_test_add_func ("/folder-options/words", test_words);
  g_test_add_func ("/folder-options/arguments", test_arguments);
  g_test_add_func ("/folder-options/port-is-the-callers", test_port_is_the_callers);
  g_test_add_func ("/folder-options/paths", test_paths);
  return g_test_run ();
}
