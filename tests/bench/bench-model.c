/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the model costs for the addresses that the kernel has now: prints "ADDRESSES BYTES
 * MICROSECONDS", the memory that the mirror and the lists hold, and how long they took. */

#include <malloc.h>

#include "hearth-interfaces.h"

int
main (void)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_new ();
  g_autoptr (HearthInterfaces) interfaces = NULL;
  g_autoptr (HearthInterface) lo = NULL;
  g_autoptr (GError) error = NULL;
  gsize before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  gint64 start_us = g_get_monotonic_time ();

  if (!hearth_platform_start (platform, &error))
    g_error ("%s", error->message);
  interfaces = hearth_interfaces_new (platform);
  lo = g_list_model_get_item (G_LIST_MODEL (interfaces), 0);
  g_print (
      "%u %" G_GSIZE_FORMAT " %" G_GINT64_FORMAT "\n", g_list_model_get_n_items (G_LIST_MODEL (lo)),
      mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before, g_get_monotonic_time () - start_us);
  return 0;
}
