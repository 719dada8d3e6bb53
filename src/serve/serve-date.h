/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* "Sun, 06 Nov 1994 08:49:37 GMT" without a NUL (RFC 9110, 5.6.7). */
#define SERVE_DATE_LENGTH 29

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, in seconds since 1970: what four digits of a year can say. */
#define SERVE_DATE_FIRST INT64_C (-62135596800)
#define SERVE_DATE_LAST INT64_C (253402300799)

/* @seconds since 1970 in UTC, of the years 0001 to 9999; what is outside is brought to the nearest end. No
 * locale, no system call. */
void serve_date_print (int64_t seconds,
                       char    text[SERVE_DATE_LENGTH]);

/* The three forms: IMF-fixdate, RFC 850 (two digits that are over 50 years ahead of @now are of the century
 * before) and asctime. False for all else, and for days that no month has; a second of 60 is allowed. */
bool serve_date_parse (ServeText text,
                       int64_t   now,
                       int64_t  *seconds);
