/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

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

G_END_DECLS
