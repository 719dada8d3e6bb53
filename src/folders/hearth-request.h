/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthRequestKind: what a request log is filtered by
 */
typedef enum {
  HEARTH_REQUEST_OK,         /* below 400 */
  HEARTH_REQUEST_NOT_FOUND,  /* 404 */
  HEARTH_REQUEST_REFUSED,    /* every other 4xx */
  HEARTH_REQUEST_FAILED,     /* 5xx */
} HearthRequestKind;

#define HEARTH_TYPE_REQUEST (hearth_request_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequest, hearth_request, HEARTH, REQUEST, GObject)

/* One request that was answered; never changes. Main thread. */
double            hearth_request_get_time   (HearthRequest *self); /* seconds since 1970 */
const char       *hearth_request_get_peer   (HearthRequest *self);
const char       *hearth_request_get_method (HearthRequest *self);
const char       *hearth_request_get_path   (HearthRequest *self);
int               hearth_request_get_status (HearthRequest *self);
guint64           hearth_request_get_bytes  (HearthRequest *self);
double            hearth_request_get_ms     (HearthRequest *self);
/* (nullable): a name that may have been meant, or a reason (which has a space in it) */
const char       *hearth_request_get_hint   (HearthRequest *self);
gboolean          hearth_request_get_aborted (HearthRequest *self);
HearthRequestKind hearth_request_get_kind   (HearthRequest *self);

/**
 * HearthRequestLog: the latest requests, newest first; a GListModel of HearthRequest
 *
 * At most HEARTH_REQUEST_LOG_MAX; older ones go. What comes within a moment is one items-changed.
 */
#define HEARTH_REQUEST_LOG_MAX 10000

#define HEARTH_TYPE_REQUEST_LOG (hearth_request_log_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestLog, hearth_request_log, HEARTH, REQUEST_LOG, GObject)

/* Property "lost": how many requests could not be logged because too many came. guint64 */
guint64           hearth_request_log_get_lost (HearthRequestLog *self);
void              hearth_request_log_clear    (HearthRequestLog *self);

/**
 * HearthRequestRate: requests and bytes in each of the last seconds, for a plot
 */
#define HEARTH_REQUEST_RATE_SECONDS 180

#define HEARTH_TYPE_REQUEST_RATE (hearth_request_rate_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestRate, hearth_request_rate, HEARTH, REQUEST_RATE, GObject)

/* What happened in the second that began @seconds_ago (0 to HEARTH_REQUEST_RATE_SECONDS - 1) seconds before the
 * one that @now (g_get_monotonic_time()) is in. Signal "changed": something was added; read it again then, and
 * every second while it is shown and has something to show. */
void              hearth_request_rate_get (HearthRequestRate *self,
                                           gint64             now,
                                           guint              seconds_ago,
                                           guint             *n_requests,
                                           guint64           *bytes);

G_END_DECLS
