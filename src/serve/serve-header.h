/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-answer.h"

/* An answer's header (RFC 9112, 4 and 5) in @buffer: the status line and what all have, then fields, then
 * the end, with what the connection does afterwards. @request is NULL where there was none to speak of. */
void serve_header_begin      (ServeBuffer     *buffer,
                              const ServeSite *site,
                              int              status);
void serve_header_add        (ServeBuffer *buffer,
                              const char  *name,
                              ServeText    value);
void serve_header_add_number (ServeBuffer *buffer,
                              const char  *name,
                              uint64_t     value);
void serve_header_end        (ServeBuffer        *buffer,
                              ServeAnswer        *answer,
                              const ServeRequest *request);

/* Whole answers: a page of ours that says @answer->status, and one without a body. */
void serve_header_page       (ServeBuffer        *buffer,
                              ServeSite          *site,
                              ServeAnswer        *answer,
                              const ServeRequest *request,
                              ServeWhy            why,
                              ServeText           detail);
/* With Allow, where the method was not GET or HEAD. */
extern const char serve_methods[];
