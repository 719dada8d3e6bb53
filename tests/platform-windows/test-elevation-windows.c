/* SPDX-License-Identifier: GPL-3.0-or-later */

/* hearthctl with an administrator's rights, as it is really started, and what it answers through
 * the pipe: on Windows itself, or Wine, which asks nobody for permission. $HEARTHCTL is the
 * program. */

#include <gio/gio.h>
#include <string.h>

#include "hearth-elevation-windows.h"
#include "hearth-error.h"

/* It is looked for beside the program that starts it. */
static void
copy_hearthctl (const char *own)
{
  g_autofree char *folder = g_path_get_dirname (own);
  g_autofree char *path = g_build_filename (folder, "hearthctl.exe", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (g_getenv ("HEARTHCTL"));
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
run (int *status, const char *first, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  va_list list;

  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_strv_builder_add (builder, word);
  va_end (list);
  words = g_strv_builder_end (builder);
  text = hearth_run_elevated_windows ((const char *const *) words, status, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_answer (void)
{
  int status = -1;
  g_autofree char *text =
      run (&status, "add", "--json", "--dry-run", "127.0.0.2", "127.0.0.3", NULL);

  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_str_has_prefix (text, "{\"add\":[{\"address\":\"127.0.0.2\""));
  g_assert_nonnull (strstr (text, "\"127.0.0.3\""));
  g_assert_true (g_str_has_suffix (text, "}\n") || g_str_has_suffix (text, "}\r\n"));
}

/* What was refused there is an error here, with its sentence and its kind. */
static void
test_refusal (void)
{
  int status = -1;
  g_autofree char *text = run (&status, "remove", "--json", "127.0.0.1/8", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (hearth_elevation_read_answer (text, status, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
}

/* One that ends without connecting is not waited for. */
static void
test_nothing_else (void)
{
  int status = -1;
  g_autofree char *text = run (&status, "list", "--json", NULL);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpint (status, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  copy_hearthctl (argv[0]);
  g_test_add_func ("/elevation/answer", test_answer);
  g_test_add_func ("/elevation/refusal", test_refusal);
  g_test_add_func ("/elevation/nothing-else", test_nothing_else);
  return g_test_run ();
}
