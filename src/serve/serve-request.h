/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

typedef enum {
  SERVE_METHOD_GET,
  SERVE_METHOD_HEAD,
  SERVE_METHOD_OPTIONS,
  SERVE_METHOD_KNOWN,   /* another that llhttp knows: 405 */
  SERVE_METHOD_UNKNOWN, /* a token (RFC 9110, 5.6.2) that it does not: 501 */
} ServeMethod;

/**
 * ServeRequest:
 *
 * One request as its head says it. All texts are of the bytes that were parsed, those of headers without
 * white space around them; NULL bytes where the header did not come. Where a list header came several times
 * (If-None-Match, Accept-Encoding) the texts are those of the first, and @repeated says so: the answer then
 * treats the header as if it had not come. A second Range, If-Range, If-Modified-Since, Origin, Expect or
 * Sec-Fetch-* is @repeated too; @repeated_site tells that an Origin or a Sec-Fetch-* is among them.
 */
typedef struct {
  ServeMethod method;
  ServeText method_name;
  ServeText target;
  ServeText host;
  ServeText origin;
  ServeText range;
  ServeText if_range;
  ServeText if_none_match;
  ServeText if_modified_since;
  ServeText accept_encoding;
  ServeText sec_fetch_site;
  ServeText sec_fetch_mode;
  ServeText sec_fetch_dest;
  ServeText expect;
  ServeText access_control_request_method;
  ServeText access_control_request_headers;
  ServeText user_agent;
  bool http_1_0;
  bool keep_alive;    /* as version and Connection say (RFC 9112, 9.3) */
  bool announces_body; /* a Content-Length but 0; its bytes are never read as a request */
  bool repeated;
  bool repeated_site;
} ServeRequest;

/* Parses a head that serve_head_scan() called whole, from the start of its request line on, by llhttp in
 * strict mode. Returns 0, or the status to refuse it with, after which the connection closes: 400 (garbage,
 * no Host or two, an empty or malformed one is serve-host.h's, Content-Length and its oddities, any
 * Transfer-Encoding beside Content-Length), 501 (a transfer coding but chunked), 413 or 400 (chunked),
 * 505. Upgrade is ignored. Pure; no allocation. */
int serve_request_parse (ServeRequest *request,
                         const char   *bytes,
                         size_t        length);
