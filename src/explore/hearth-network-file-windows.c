/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-network-file.h"

#include <windows.h>

/* Beside the resolver itself, whatever the environment says. */
char *
hearth_network_file_dup_path (const char *name)
{
  WCHAR wide[MAX_PATH] = { 0 };
  g_autofree char *folder = NULL;

  GetSystemDirectoryW (wide, G_N_ELEMENTS (wide));
  folder = g_utf16_to_utf8 ((const gunichar2 *) wide, -1, NULL, NULL, NULL);
  return g_build_filename (folder != NULL ? folder : "", "drivers", "etc", name, NULL);
}
