/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-speed.h"

#include <glib/gi18n-lib.h>

#define FILM_BYTES (4.0 * 1000 * 1000 * 1000)
/* 1 Gbit/s: the cable of most home networks. */
#define CABLE_BYTES_PER_S (125.0 * 1000 * 1000)

guint64
hearth_speed_get_bytes_per_second (const HearthSpeed *self)
{
  return (guint64) ((double) self->bytes * G_USEC_PER_SEC / (double) self->time_us);
}

char *
hearth_speed_dup_meaning (const HearthSpeed *self)
{
  double seconds = FILM_BYTES / (double) MAX (1, hearth_speed_get_bytes_per_second (self));
  guint rounded = (guint) CLAMP (seconds + 0.5, 1, 1e9);

  if (seconds < 0.95)
    return g_strdup (_ ("A film of 4 GB would be here in less than a second."));
  if (seconds >= 120)
    return g_strdup_printf (ngettext ("A film of 4 GB would be here in %u minute.",
                                      "A film of 4 GB would be here in %u minutes.",
                                      (rounded + 30) / 60),
                            (rounded + 30) / 60);
  return g_strdup_printf (ngettext ("A film of 4 GB would be here in %u second.",
                                    "A film of 4 GB would be here in %u seconds.", rounded),
                          rounded);
}

char *
hearth_speed_dup_comparison (const HearthSpeed *self)
{
  double times = (double) hearth_speed_get_bytes_per_second (self) / CABLE_BYTES_PER_S;
  guint rounded = (guint) (times + 0.5);

  if (times < 1.5)
    return g_strdup (_ ("That is slow: no faster than the network cable of a home (1 Gbit/s). This "
                        "computer is busy."));
  return g_strdup_printf (
      ngettext ("About %u time as fast as the network cable of a home (1 Gbit/s).",
                "About %u times as fast as the network cable of a home (1 Gbit/s).", rounded),
      rounded);
}
