/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-answer.h"

#include <stdio.h>

#include "serve-answer-file.h"
#include "serve-header.h"
#include "serve-live.h"
#include "serve-policy.h"

/* One answer as it is made. */
typedef struct {
  ServeAnswer *answer;
  ServeSite *site;
  const ServeRequest *request;
  const ServeCaller *caller;
  ServeBuffer *buffer;
} Making;

static const ServeText nothing = { NULL, 0 };

static void
refuse (Making *making, int status, ServeWhy why, ServeText detail)
{
  making->answer->status = status;
  /* What follows such a head may be anything: it is never read as another. */
  if (status == 400 || status == 414)
    making->answer->close = true;
  serve_header_page (making->buffer, making->site, making->answer, making->request, why, detail);
}

static void
refuse_plainly (Making *making, int status)
{
  refuse (making, status, SERVE_WHY_STATUS, nothing);
}

static void
refuse_because (Making *making, ServeOpenResult result)
{
  static const int statuses[] = {
    [SERVE_OPEN_MISSING] = 404,   [SERVE_OPEN_LEAVES] = 404,  [SERVE_OPEN_LINK] = 404,
    [SERVE_OPEN_LOOP] = 404,      [SERVE_OPEN_SPECIAL] = 404, [SERVE_OPEN_FORBIDDEN] = 403,
    [SERVE_OPEN_EXHAUSTED] = 503, [SERVE_OPEN_FAILED] = 500,
  };

  making->answer->hint = serve_open_result_hint (result);
  making->answer->wants_nearest = result == SERVE_OPEN_MISSING;
  refuse_plainly (making, statuses[result]);
}

static void
redirect (Making *making, bool slash)
{
  ServeBuffer *buffer = making->buffer;

  making->answer->status = 308;
  serve_header_begin (buffer, making->site, 308);
  serve_buffer_add_string (buffer, "Location: ");
  serve_target_add_location (&making->site->target, slash, buffer);
  serve_buffer_add_string (buffer, "\r\n");
  serve_header_add_number (buffer, "Content-Length", 0);
  serve_header_end (buffer, making->answer, making->request);
}

/* What OPTIONS gets: what may be asked for; and, of a preflight where other sites may ask, that
 * they may. */
static void
say_methods (Making *making)
{
  const ServeRequest *request = making->request;
  ServeBuffer *buffer = making->buffer;

  making->answer->status = 204;
  serve_header_begin (buffer, making->site, 204);
  serve_header_add (buffer, "Allow", serve_text (serve_methods));
  if (making->site->options->cors && request->access_control_request_method.bytes != NULL)
    {
      serve_header_add (buffer, "Access-Control-Allow-Methods", serve_text (serve_methods));
      serve_header_add (buffer, "Access-Control-Allow-Headers", SERVE_TEXT ("*"));
    }
  serve_header_end (buffer, making->answer, request);
}

static void
list (Making *making)
{
  const ServeRequest *request = making->request;
  ServeAnswer *answer = making->answer;
  ServeBuffer *buffer = making->buffer;

  answer->status = 200;
  answer->chunked = !request->http_1_0;
  if (!answer->chunked)
    answer->close = true; /* its end is the end of the connection */
  serve_header_begin (buffer, making->site, 200);
  serve_header_add (buffer, "Content-Type", SERVE_TEXT ("text/html; charset=utf-8"));
  serve_header_add (buffer, "Content-Security-Policy", SERVE_TEXT (SERVE_PAGE_POLICY));
  if (answer->chunked)
    serve_header_add (buffer, "Transfer-Encoding", SERVE_TEXT ("chunked"));
  serve_header_end (buffer, answer, request);
  if (request->method == SERVE_METHOD_GET)
    answer->body = SERVE_BODY_LISTING;
}

static void
answer_directory (Making *making)
{
  ServeSite *site = making->site;
  const ServeTarget *target = &site->target;
  char index[SERVE_PATH_MAX + 16];
  ServeFile file;
  ServeOpenResult result;

  snprintf (index, sizeof index, "%s%sindex.html", target->path, target->length == 0 ? "" : "/");
  result = serve_kept_open (site->kept, index, &file);
  if (result == SERVE_OPEN_OK && !file.is_directory)
    {
      serve_answer_file (making->answer, site, making->request, index, &file, making->buffer);
      return;
    }
  if (result == SERVE_OPEN_OK)
    serve_file_close (&file);
  else if (result != SERVE_OPEN_MISSING)
    {
      refuse_because (making, result);
      return;
    }
  if (site->options->no_listing)
    refuse (making, 404, SERVE_WHY_NO_LISTING, nothing);
  else
    list (making);
}

/* Of a single-page app: paths are its own, files are not; the last segment's dot tells them apart.
 */
static bool
answer_app (Making *making)
{
  const ServeTarget *target = &making->site->target;
  const char *slash = strrchr (target->path, '/');
  ServeFile file;

  if (!making->site->options->spa || strchr (slash == NULL ? target->path : slash, '.') != NULL ||
      serve_kept_open (making->site->kept, "index.html", &file) != SERVE_OPEN_OK)
    return false;
  if (file.is_directory)
    {
      serve_file_close (&file);
      return false;
    }
  serve_answer_file (making->answer, making->site, making->request, "index.html", &file,
                     making->buffer);
  return true;
}

static void
answer_path (Making *making)
{
  ServeSite *site = making->site;
  const ServeTarget *target = &site->target;
  ServeFile file;
  ServeOpenResult result = serve_kept_open (site->kept, target->path, &file);

  if (result == SERVE_OPEN_OK && !file.is_directory && !target->ends_in_slash && target->canonical)
    {
      serve_answer_file (making->answer, site, making->request, target->path, &file,
                         making->buffer);
      return;
    }
  if (result == SERVE_OPEN_OK)
    serve_file_close (&file);
  else if (result != SERVE_OPEN_MISSING || !answer_app (making))
    {
      refuse_because (making, result);
      return;
    }
  else
    return;
  if (file.is_directory && target->ends_in_slash && target->canonical)
    answer_directory (making);
  else if (!file.is_directory && target->ends_in_slash)
    refuse_plainly (making, 404);
  else
    redirect (making, file.is_directory);
}

/* ---- Who may ask, and in what form ---- */

/* Whether the request is for this server, and says so only once. */
static bool
check_host (Making *making)
{
  const ServeRequest *request = making->request;
  ServeSite *site = making->site;
  ServeAuthority host;
  ServeAuthority other;

  if (!serve_authority_parse (&host, request->host))
    {
      refuse_plainly (making, 400);
      return false;
    }
  if (site->target.authority.bytes != NULL &&
      (!serve_authority_parse (&other, site->target.authority) ||
       !serve_authority_equal (&host, &other)))
    {
      refuse_plainly (making, 400);
      return false;
    }
  if (!serve_hosts_include (&site->hosts, &host, making->caller->local))
    {
      making->answer->hint = "asked for by a foreign name";
      refuse (making, 421, SERVE_WHY_NAME, host.host);
      return false;
    }
  return true;
}

static bool
check_message (Making *making)
{
  const ServeRequest *request = making->request;

  if (request->method == SERVE_METHOD_KNOWN)
    refuse_plainly (making, 405);
  else if (request->method == SERVE_METHOD_UNKNOWN)
    refuse_plainly (making, 501);
  else if (request->announces_body && request->method != SERVE_METHOD_OPTIONS)
    refuse_plainly (making, 400);
  else if (request->expect.bytes != NULL &&
           !serve_text_equal_nocase (request->expect, SERVE_TEXT ("100-continue")))
    refuse_plainly (making, 417);
  else
    return true;
  return false;
}

static bool
check_asker (Making *making)
{
  if (!making->caller->is_here)
    {
      making->answer->hint = "asked from another computer";
      making->answer->close = true;
      refuse (making, 403, SERVE_WHY_PEER, nothing);
      return false;
    }
  if (making->site->options->cors || serve_policy_allows_site (making->request))
    return true;
  making->answer->hint = "asked by a page of another site";
  refuse (making, 403, SERVE_WHY_CROSS_SITE, nothing);
  return false;
}

/* The paths of live reload, which no file hides. */
static bool
answer_live (Making *making)
{
  ServeLiveAnswer kind = serve_live_answer_of (making->site);

  if (kind == SERVE_LIVE_NONE)
    return false;
  if (!serve_policy_is_same_origin (making->request))
    {
      making->answer->hint = "asked by a page of another site";
      refuse (making, 403, SERVE_WHY_CROSS_SITE, nothing);
    }
  else
    serve_live_answer (kind, making->answer, making->site, making->request, making->buffer);
  return true;
}

static void
answer_target (Making *making, int target_status)
{
  ServeSite *site = making->site;

  if (target_status != 0)
    refuse_plainly (making, target_status);
  else if (site->is_gone)
    refuse (making, 503, SERVE_WHY_GONE, nothing);
  else if (answer_live (making))
    return;
  else if (site->target.hidden && !site->options->hidden)
    {
      making->answer->hint = "names that begin with a dot are hidden";
      refuse_plainly (making, 404);
    }
  else
    answer_path (making);
}

void
serve_answer_request (ServeAnswer *answer,
                      ServeSite *site,
                      const ServeRequest *request,
                      const ServeCaller *caller,
                      ServeBuffer *buffer)
{
  Making making = { answer, site, request, caller, buffer };
  bool is_star = request->method == SERVE_METHOD_OPTIONS &&
                 serve_text_equal (request->target, SERVE_TEXT ("*"));
  int status = 0;

  *answer = (ServeAnswer) {
    .close = !request->keep_alive || request->announces_body || site->is_stopping,
  };
  site->target.authority = nothing;
  if (!is_star)
    status = serve_target_parse (&site->target, request->target, SERVE_NAMES_HERE);
  if (status == 400 || status == 414)
    refuse_plainly (&making, status);
  else if (!check_host (&making) || !check_message (&making))
    return;
  else if (request->method == SERVE_METHOD_OPTIONS)
    say_methods (&making);
  else if (check_asker (&making))
    answer_target (&making, status);
}

void
serve_answer_refuse (ServeAnswer *answer,
                     ServeSite *site,
                     const ServeRequest *request,
                     int status,
                     ServeBuffer *buffer)
{
  *answer = (ServeAnswer) { .status = status, .close = true };
  serve_header_page (buffer, site, answer, request, SERVE_WHY_STATUS, nothing);
}
