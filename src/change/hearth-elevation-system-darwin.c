/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-elevation-darwin.h"

#include <mach-o/dyld.h>

/* The path of this program, as dyld(3) was given it. (transfer full) */
static char *
find_own_path (void)
{
  g_autofree char *path = NULL;
  guint32 size = 0;

  _NSGetExecutablePath (NULL, &size);
  path = g_malloc0 ((gsize) size + 1);
  if (_NSGetExecutablePath (path, &size) != 0)
    return g_strdup ("");
  return g_canonicalize_filename (path, NULL);
}

static char *
find_program (void)
{
  g_autofree char *path = find_own_path (), *folder = g_path_get_dirname (path);

  return g_build_filename (folder, "hearthctl", NULL);
}

const HearthElevationDarwin *
hearth_elevation_darwin_get (void)
{
  static HearthElevationDarwin elevation = { hearth_launch, NULL };

  if (g_once_init_enter_pointer (&elevation.program))
    g_once_init_leave_pointer (&elevation.program, find_program ());
  return &elevation;
}
