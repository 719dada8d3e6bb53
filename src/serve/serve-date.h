/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* "Sun, 06 Nov 1994 08:49:37 GMT" without a NUL (RFC 9110, 5.6.7). */
#define SERVE_DATE_LENGTH 29

/* @seconds since 1970 in UTC, of the years 0001 to 9999; what is outside is brought to the nearest end. No
 * locale, no system call. */
void serve_date_print (int64_t seconds,
                       char    text[SERVE_DATE_LENGTH]);

/* The three forms: IMF-fixdate, RFC 850 (two digits that are over 50 years ahead of @now are of the century
 * before) and asctime. False for all else, and for days that no month has; a second of 60 is allowed. */
bool serve_date_parse (ServeText text,
                       int64_t   now,
                       int64_t  *seconds);
