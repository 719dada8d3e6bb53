/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthSearchQuery:
 *
 * What somebody typed into the search of the desktop, among whose results those of others stand: stricter than
 * the searches of the window. Pure.
 */
typedef struct _HearthSearchQuery HearthSearchQuery;

/* (nullable) (transfer full): NULL where @terms say too little, which matches nothing. */
HearthSearchQuery *hearth_search_query_new     (const char *const       *terms);
void               hearth_search_query_free    (HearthSearchQuery       *self);

/* Whether each term is the beginning of a word of @text in any case of letters; one with a digit in it, or of a
 * writing without blanks between words, any part of it. */
gboolean           hearth_search_query_matches (const HearthSearchQuery *self,
                                                const char              *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSearchQuery, hearth_search_query_free)

G_END_DECLS
