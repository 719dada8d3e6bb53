/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-system-bsd.h"

#include <errno.h>

#define MAX_TRIES 8

static int
ask (const HearthSystemBsd *system,
     const int *name,
     guint n,
     const char *by_name,
     void *bytes,
     gsize *size)
{
  return by_name != NULL ? system->sysctlbyname (by_name, bytes, size)
                         : system->sysctl (name, n, bytes, size);
}

/* What is asked for grows while it is asked for, so there is always room for a little more. */
GBytes *
hearth_system_bsd_read (const HearthSystemBsd *system,
                        const int *name,
                        guint n,
                        const char *by_name)
{
  for (int i = 0; i < MAX_TRIES; i++)
    {
      g_autofree guint8 *bytes = NULL;
      gsize size = 0;

      if (ask (system, name, n, by_name, NULL, &size) != 0)
        return NULL;
      size += size / 8 + 1024;
      bytes = g_malloc (size);
      if (ask (system, name, n, by_name, bytes, &size) == 0)
        return g_bytes_new_take (g_steal_pointer (&bytes), size);
      if (errno != ENOMEM)
        return NULL;
    }
  return NULL;
}
