/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <uv.h>

#include "serve-output.h"
#include "serve-site.h"

typedef struct ServeHintJob ServeHintJob;

/**
 * ServeHints: "did you mean", for what is not there
 *
 * Looked for in the thread pool after the answer went out, one at a time: while one is looked for, others get none.
 */
typedef struct {
  uv_loop_t *loop;
  const ServeSite *site;
  ServeOutput *output;
  ServeHintJob *job; /* NULL when none */
} ServeHints;

void serve_hints_init (ServeHints      *hints,
                       uv_loop_t       *loop,
                       const ServeSite *site,
                       ServeOutput     *output);
/* Tells @event, which is that of a request for the site's target, once the hint is found. False where none
 * can be looked for now: then the caller tells it. */
bool serve_hints_look (ServeHints              *hints,
                       const ServeRequestEvent *event);
