/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-request.h"
#include "serve-site.h"

/* The header of an answer, and a page of ours behind it, always fit: a Location is at most three times a path,
 * and a query. */
#define SERVE_ANSWER_MAX (48 * 1024)

typedef enum {
  SERVE_BODY_NONE,    /* all of it is in the buffer */
  SERVE_BODY_FILE,    /* @length bytes of @file from @first on, then @tail */
  SERVE_BODY_LISTING, /* of the directory that the site's target names */
  SERVE_BODY_LIVE,    /* the stream of changes */
} ServeBody;

/**
 * ServeAnswer: what a request gets
 *
 * @head_length: how much of what was put into the buffer is header
 * @hint: (nullable): a sentence for the event
 * @wants_nearest: nothing is there; the name that may have been meant can be looked for
 */
typedef struct {
  int status;
  ServeBody body;
  size_t head_length;
  ServeFile file;
  uint64_t first;
  uint64_t length;
  ServeText tail;
  const char *hint;
  bool close;   /* the connection, after it */
  bool chunked; /* the listing */
  bool wants_nearest;
} ServeAnswer;

/* Who asks. */
typedef struct {
  const ServeAddress *local; /* the address that was connected to */
  bool is_here;              /* the peer is this computer, or may as well be another */
} ServeCaller;

/* What @request gets, by all rules but those of the message itself. Opens what it serves: the caller closes
 * @answer->file where @answer->body is FILE. Does not wait for anything but the file system. */
void serve_answer_request (ServeAnswer        *answer,
                           ServeSite          *site,
                           const ServeRequest *request,
                           const ServeCaller  *caller,
                           ServeBuffer        *buffer);

/* A head that is none, with the status that serve_head_scan() or serve_request_parse() said. @request: (nullable):
 * what is known of it: HEAD gets no body. The connection closes after it. */
void serve_answer_refuse  (ServeAnswer        *answer,
                           ServeSite          *site,
                           const ServeRequest *request,
                           int                 status,
                           ServeBuffer        *buffer);
