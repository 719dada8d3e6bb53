/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthSpeed:
 * @bytes: what went through
 * @time_us: in that time, above 0
 * @ipv6: through ::1, where there is no 127.0.0.1
 */
typedef struct {
  guint64 bytes;
  gint64 time_us;
  gboolean ipv6;
} HearthSpeed;

/* In a second. Pure. */
guint64  hearth_speed_get_bytes_per_second (const HearthSpeed *self);

/* What it means, in the user's language: "A film of 4 GB would be here in 2 seconds." Pure. (transfer full) */
char    *hearth_speed_dup_meaning          (const HearthSpeed *self);

/* How it compares with the cable of a network of 1 Gbit/s: "That is about 24 times as fast as a network cable." Pure.
 * (transfer full) */
char    *hearth_speed_dup_comparison       (const HearthSpeed *self);

G_END_DECLS
