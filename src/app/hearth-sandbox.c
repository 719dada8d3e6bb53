/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-sandbox.h"

static gpointer
ask (gpointer data)
{
  return GINT_TO_POINTER (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
}

gboolean
hearth_is_sandboxed (void)
{
  static GOnce once = G_ONCE_INIT;

  return GPOINTER_TO_INT (g_once (&once, ask, NULL));
}
