/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-answer.h"

/* Pages that load anew when something in the folder changes. Each HTML file gets @serve_live_tag behind it; the
 * script follows a stream of server-sent events (WHATWG HTML, 9.2), over which each change comes as a token
 * that the page has not seen. */

#define SERVE_LIVE_PATH ".hearth/live"
#define SERVE_LIVE_SCRIPT_PATH ".hearth/live.js"
/* Who follows, at most. */
#define SERVE_LIVE_FOLLOWERS_MAX 64
#define SERVE_LIVE_MESSAGE_MAX 128

extern const ServeText serve_live_tag;

typedef enum {
  SERVE_LIVE_NONE,
  SERVE_LIVE_STREAM,
  SERVE_LIVE_SCRIPT,
} ServeLiveAnswer;

/* Which of them the site's target asks for; NONE also where live reload is off. */
ServeLiveAnswer serve_live_answer_of (const ServeSite *site);
void            serve_live_answer    (ServeLiveAnswer     kind,
                                      ServeAnswer        *answer,
                                      ServeSite          *site,
                                      const ServeRequest *request,
                                      ServeBuffer        *buffer);

/* A new token, at the start and for each change. */
void            serve_live_change      (ServeSite *site);
/* The message that says it. */
void            serve_live_add_message (const ServeSite *site,
                                        ServeBuffer     *buffer);
