/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-request.h"

G_BEGIN_DECLS

/**
 * HearthRequestLog: the latest requests, newest first; a GListModel of HearthRequest
 *
 * At most HEARTH_REQUEST_LOG_MAX; older ones go. What comes within a moment is one items-changed, before
 * which another one takes as many away at the end once the log is full. Main thread.
 */
#define HEARTH_REQUEST_LOG_MAX 10000

#define HEARTH_TYPE_REQUEST_LOG (hearth_request_log_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestLog, hearth_request_log, HEARTH, REQUEST_LOG, GObject)

/* Property "lost": how many requests could not be logged because too many came. guint64 */
guint64           hearth_request_log_get_lost (HearthRequestLog *self);
/* Empties it; nothing is lost any more either. */
void              hearth_request_log_clear    (HearthRequestLog *self);

G_END_DECLS
