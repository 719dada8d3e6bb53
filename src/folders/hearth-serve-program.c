/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-serve-program.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"

char *
hearth_serve_program_find (GError **error)
{
  g_autofree char *installed = g_build_filename (HEARTH_BIN_DIR, "hearth-serve", NULL);
  char *program = g_find_program_in_path ("hearth-serve");

  if (program == NULL && g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    program = g_steal_pointer (&installed);
  if (program == NULL)
    g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                         _ ("The program hearth-serve is not installed; it belongs to Hearth."));
  return program;
}
