/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <wchar.h>
#include <windows.h>

#include "serve-status.h"

/* For the files of Windows alone. */

#define SERVE_WIDE_MAX 32767 /* the longest path that there is */

/* Returns the units before the NUL, 0 where it is no UTF-8 or has no room. */
size_t      serve_wide_from_utf8 (const char *text,
                                  wchar_t    *wide,
                                  size_t      size);
/* (transfer full): NULL where it is no UTF-16, or without memory. */
char       *serve_wide_to_utf8   (const wchar_t *wide);

/* Of what is open; nothing of it is a kind of its own but what leads on. */
bool        serve_status_of_handle (HANDLE       handle,
                                    ServeStatus *status);
ServeKind   serve_kind_of_attributes (DWORD attributes);
