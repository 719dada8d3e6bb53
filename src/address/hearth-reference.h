/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A source in the language of people: of "RFC 1122, section 3.2.1.3 · ip(7)" the section is translated, the
 * names of documents stay. (transfer full) */
char *hearth_reference_words (const char *source);

G_END_DECLS
