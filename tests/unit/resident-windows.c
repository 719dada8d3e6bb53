/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "resident.h"

#include <windows.h>
#include <psapi.h>

gsize
get_resident_bytes (void)
{
  PROCESS_MEMORY_COUNTERS counters = { .cb = sizeof counters };

  g_assert_true (GetProcessMemoryInfo (GetCurrentProcess (), &counters, sizeof counters));
  return counters.WorkingSetSize;
}
