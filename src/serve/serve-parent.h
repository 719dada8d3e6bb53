/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

/**
 * ServeParent: who started the server, as the other end of its standard input
 */
typedef struct ServeParent ServeParent;

/* Calls @gone, once, when standard input closes; what comes there before does not matter. NULL where it is no pipe,
 * which nobody could close, or without memory. */
ServeParent *serve_parent_watch (uv_loop_t *loop,
                                 void     (*gone) (void *data),
                                 void      *data);
/* Makes no more calls. NULL is nothing. */
void         serve_parent_stop  (ServeParent *parent);
