/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-live.h"

#include <stdio.h>
#include <uv.h>

#include "serve-header.h"

const ServeText serve_live_tag =
    SERVE_TEXT ("<script src=\"/" SERVE_LIVE_SCRIPT_PATH "\"></script>\n");

/* A page that is not shown does not follow, since a browser has six connections for all pages of a
 * server; it looks once it is shown again. */
static const char script_start[] = "(() => {\n"
                                   "  const seen = \"";
static const char script_end[] = "\";\n"
                                 "  let source = null;\n"
                                 "  const follow = () => {\n"
                                 "    source?.close();\n"
                                 "    source = null;\n"
                                 "    if (document.visibilityState === \"hidden\") return;\n"
                                 "    source = new EventSource(\"/" SERVE_LIVE_PATH "\");\n"
                                 "    source.onmessage = (event) => {\n"
                                 "      if (event.data !== seen) location.reload();\n"
                                 "    };\n"
                                 "  };\n"
                                 "  document.addEventListener(\"visibilitychange\", follow);\n"
                                 "  addEventListener(\"pagehide\", () => source?.close());\n"
                                 "  addEventListener(\"pageshow\", (event) => event.persisted && "
                                 "follow());\n"
                                 "  follow();\n"
                                 "})();\n";

ServeLiveAnswer
serve_live_answer_of (const ServeSite *site)
{
  if (!site->options->live || site->target.ends_in_slash)
    return SERVE_LIVE_NONE;
  if (strcmp (site->target.path, SERVE_LIVE_PATH) == 0)
    return SERVE_LIVE_STREAM;
  if (strcmp (site->target.path, SERVE_LIVE_SCRIPT_PATH) == 0)
    return SERVE_LIVE_SCRIPT;
  return SERVE_LIVE_NONE;
}

static void
answer_script (ServeAnswer *answer,
               ServeSite *site,
               const ServeRequest *request,
               ServeBuffer *buffer)
{
  size_t token_length = strlen (site->live_token);

  serve_header_begin (buffer, site, 200);
  serve_header_add (buffer, "Content-Type", SERVE_TEXT ("text/javascript; charset=utf-8"));
  serve_header_add_number (buffer, "Content-Length",
                           sizeof script_start - 1 + token_length + sizeof script_end - 1);
  serve_header_end (buffer, answer, request);
  if (request->method == SERVE_METHOD_HEAD)
    return;
  serve_buffer_add_string (buffer, script_start);
  serve_buffer_add (buffer, site->live_token, token_length);
  serve_buffer_add_string (buffer, script_end);
}

/* Its end is the end of the connection. */
static void
answer_stream (ServeAnswer *answer,
               ServeSite *site,
               const ServeRequest *request,
               ServeBuffer *buffer)
{
  answer->close = true;
  serve_header_begin (buffer, site, 200);
  serve_header_add (buffer, "Content-Type", SERVE_TEXT ("text/event-stream"));
  serve_header_end (buffer, answer, request);
  if (request->method == SERVE_METHOD_HEAD)
    return;
  serve_buffer_add_string (buffer, "retry: 1000\n");
  serve_live_add_message (site, buffer);
  answer->body = SERVE_BODY_LIVE;
}

void
serve_live_answer (ServeLiveAnswer kind,
                   ServeAnswer *answer,
                   ServeSite *site,
                   const ServeRequest *request,
                   ServeBuffer *buffer)
{
  answer->status = 200;
  if (kind == SERVE_LIVE_SCRIPT)
    answer_script (answer, site, request, buffer);
  else
    answer_stream (answer, site, request, buffer);
}

/* Unlike any token of a server that was here before it. */
void
serve_live_change (ServeSite *site)
{
  snprintf (site->live_token, sizeof site->live_token, "%llx-%llx",
            (unsigned long long) site->wall_ns, (unsigned long long) uv_hrtime ());
}

void
serve_live_add_message (const ServeSite *site, ServeBuffer *buffer)
{
  serve_buffer_add_string (buffer, "data: ");
  serve_buffer_add_string (buffer, site->live_token);
  serve_buffer_add_string (buffer, "\n\n");
}
