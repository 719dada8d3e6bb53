/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes text that somebody else wrote fit to stand in a message or a log: whatever @text holds, the
 * result is one line of valid UTF-8. Bytes that are not UTF-8, control characters, invisible and
 * direction-changing ones and all white space but the space become "\xNN", and what comes after
 * about 60 bytes becomes "…". No quotation marks are added. (transfer full) */
char *hearth_quote           (const char *text);

/* @text as one word of a POSIX shell: as it is where it needs no quotation marks, because people read
 * these commands. (transfer full) */
char *hearth_quote_for_shell (const char *text);

G_END_DECLS
