/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-request.h"

/* Whether a browser may have an answer to @request: false for a request that another site makes
 * (Sec-Fetch-Site: cross-site), but for a top-level navigation (mode navigate, dest document). A browser that
 * does not say (no Sec-Fetch-Site) may; so may anybody who is not a browser. A repeated or unknown
 * Sec-Fetch-Site counts as cross-site. W3C Fetch Metadata. Pure. */
bool serve_policy_allows_site (const ServeRequest *request);

/* Whether the request comes from a page of this origin, or from no page at all: for the live-reload path,
 * stricter than the above: same-origin or none, and an Origin, where it came, whose authority is Host's. */
bool serve_policy_is_same_origin (const ServeRequest *request);
