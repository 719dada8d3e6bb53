/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* The Content-Security-Policy of pages of our own: no script, nothing from elsewhere, style of the page. */
#define SERVE_PAGE_POLICY \
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/* Why a request was refused, where the status alone does not say it. */
typedef enum {
  SERVE_WHY_STATUS,     /* as the status says */
  SERVE_WHY_NAME,       /* 421: asked for by a name that is not this server's (@detail: the name) */
  SERVE_WHY_CROSS_SITE, /* 403: asked by another site's page */
  SERVE_WHY_PEER,       /* 403: asked from another computer */
  SERVE_WHY_GONE,       /* 503: the folder is gone */
  SERVE_WHY_NO_LISTING, /* 404: a directory without index.html while listings are off */
} ServeWhy;

const char *serve_status_phrase (int status);

/* A whole page that says in plain words what happened and what to do. @detail is escaped, may have NULL
 * bytes, and is cut at 200 bytes. At most SERVE_PAGE_MAX bytes. */
#define SERVE_PAGE_MAX (8 * 1024)
void serve_page_add (ServeBuffer *buffer,
                     int          status,
                     ServeWhy     why,
                     ServeText    detail);
