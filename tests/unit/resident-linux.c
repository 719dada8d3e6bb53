/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "resident.h"

#include <unistd.h>

gsize
get_resident_bytes (void)
{
  g_autofree char *statm = NULL;
  g_auto (GStrv) pages = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL));
  pages = g_strsplit (statm, " ", -1);
  return (gsize) g_ascii_strtoull (pages[1], NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}
