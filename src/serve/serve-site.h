/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-date.h"
#include "serve-folder.h"
#include "serve-host.h"
#include "serve-kept.h"
#include "serve-options.h"
#include "serve-page.h"
#include "serve-target.h"

#define SERVE_COMMON_MAX 1024
#define SERVE_LIVE_TOKEN_SIZE 40

/**
 * ServeSite: what is served, and how; what all answers have in common
 */
typedef struct {
  const ServeOptions *options;
  ServeFolder *folder;
  ServeKept *kept; /* of the folder */
  ServeHosts hosts;
  bool is_gone;     /* the folder: every answer is 503 */
  bool is_stopping; /* every answer closes its connection */

  int64_t seconds;  /* now, since 1970 */
  int64_t wall_ns;  /* what to add to uv_hrtime() for the time since 1970 */
  uint64_t next_ns; /* uv_hrtime() when the second is over */

  char common[SERVE_COMMON_MAX]; /* header lines that every answer has; the date stands at their end */
  size_t common_length;

  char live_token[SERVE_LIVE_TOKEN_SIZE]; /* another one after each change in the folder */

  /* Room that an answer is made in; nothing in it outlives one. */
  ServeTarget target;
  char page[SERVE_PAGE_MAX];
} ServeSite;

void   serve_site_init  (ServeSite          *site,
                         const ServeOptions *options,
                         ServeFolder        *folder,
                         const ServeHosts   *hosts);
/* Before an answer is made: brings clock and date up to @now_ns, of uv_hrtime(). */
void   serve_site_tick  (ServeSite *site,
                         uint64_t   now_ns);
/* @now_ns, of uv_hrtime(), in seconds since 1970. */
double serve_site_time  (const ServeSite *site,
                         uint64_t         now_ns);
