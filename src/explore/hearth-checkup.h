/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-check.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthCheckup:
 *
 * Whether localhost works on this computer: a #GListModel of #HearthCheck, in an order that stays. The items are
 * there, waiting, before the first run, and are the same ones in every run.
 *
 * Each step has a thread and a time-out of its own: whatever hangs, a resolver above all, the run ends, and so
 * may the process. Nothing is sent to any address but those of 127.0.0.0/8 and ::1, and what would make
 * others ask for us is not done (hearth-name-sources.h).
 *
 * Main thread.
 */
#define HEARTH_TYPE_CHECKUP (hearth_checkup_get_type ())
G_DECLARE_FINAL_TYPE (HearthCheckup, hearth_checkup, HEARTH, CHECKUP, GObject)

/* @platform: started */
HearthCheckup *hearth_checkup_new         (HearthPlatform       *platform);

/* Does all steps, most of them at the same time; the items tell. A run takes a few milliseconds as a rule, and
 * never longer than the longest time-out, about five seconds. When @cancellable is cancelled what has not
 * ended is SKIPPED. G_IO_ERROR_PENDING where a run is under way already. */
void           hearth_checkup_run_async   (HearthCheckup        *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);

/* TRUE where the run came to its end, whatever it found. G_IO_ERROR_CANCELLED, G_IO_ERROR_PENDING. */
gboolean       hearth_checkup_run_finish  (HearthCheckup        *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* Whether a run is under way. A property, "running". */
gboolean       hearth_checkup_get_running (HearthCheckup        *self);

/* Whether there was a run to the end and none of it FAILED. A property, "passed". */
gboolean       hearth_checkup_get_passed  (HearthCheckup        *self);

G_END_DECLS
