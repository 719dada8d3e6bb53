/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-policy.h"

#include "serve-host.h"

/* The values are tokens, which are never told in another case. */
static bool
is (ServeText text, const char *value)
{
  return serve_text_equal (text, serve_text (value));
}

static bool
is_navigation (const ServeRequest *request)
{
  return !request->repeated_site && is (request->sec_fetch_mode, "navigate") &&
         is (request->sec_fetch_dest, "document");
}

bool
serve_policy_allows_site (const ServeRequest *request)
{
  ServeText site = request->sec_fetch_site;
  bool is_known = is (site, "same-origin") || is (site, "same-site") || is (site, "none");

  if (site.bytes == NULL)
    return true;
  return (is_known && !request->repeated_site) || is_navigation (request);
}

static bool
is_origin_ours (const ServeRequest *request)
{
  static const ServeText scheme = { "http://", 7 };
  ServeText origin = request->origin;
  ServeAuthority theirs;
  ServeAuthority ours;

  if (origin.length < scheme.length || memcmp (origin.bytes, scheme.bytes, scheme.length) != 0)
    return false;
  origin = (ServeText) { origin.bytes + scheme.length, origin.length - scheme.length };
  return serve_authority_parse (&theirs, origin) && serve_authority_parse (&ours, request->host) &&
         serve_authority_equal (&theirs, &ours);
}

/* A browser that does not send Sec-Fetch-Site, as to names that are not localhost, still sends
 * Origin where it matters. */
bool
serve_policy_is_same_origin (const ServeRequest *request)
{
  ServeText site = request->sec_fetch_site;

  if (request->repeated_site)
    return false;
  if (site.bytes != NULL && !is (site, "same-origin") && !is (site, "none"))
    return false;
  return request->origin.bytes == NULL || is_origin_ours (request);
}
