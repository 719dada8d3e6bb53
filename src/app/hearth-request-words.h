/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

/* What the window says of a request, and of many of them. Pure functions of values, without a display, in
 * the user's language. */

/* "OK", "Not Found". Static. */
const char *hearth_request_words_kind       (HearthRequestKind  kind);
/* The icon that says the same. Static. */
const char *hearth_request_words_kind_icon  (HearthRequestKind  kind);
/* The style class that colours it. Static. */
const char *hearth_request_words_kind_class (HearthRequestKind  kind);

/* "0.3 ms", "12 ms", "1.4 s". (transfer full) */
char       *hearth_request_words_took       (double             ms);

/* "14:03:22". @time: seconds since 1970 (transfer full) */
char       *hearth_request_words_time       (double             time,
                                             GTimeZone         *zone);

/* What there is to say of it in a line below: "No such file; did you mean styles.css?", or NULL.
 * @hint: (nullable): see hearth_request_get_hint() (transfer full) */
char       *hearth_request_words_hint       (int                status,
                                             const char        *hint,
                                             gboolean           aborted);

/* The name of its row, a sentence: "GET /a.css, 404, not found, at 14:03:22: No such file".
 * @hint: (nullable): what hearth_request_words_hint() made (transfer full) */
char       *hearth_request_words_sentence   (const char        *method,
                                             const char        *path,
                                             int                status,
                                             HearthRequestKind  kind,
                                             const char        *time,
                                             const char        *hint);

/* "120 requests and 3.4 MB in the last 3 minutes, at most 12 in a second". (transfer full) */
char       *hearth_request_words_rate       (guint64            n_requests,
                                             guint64            bytes,
                                             guint              most);

/* How many requests could not be listed; NULL for 0. (transfer full) */
char       *hearth_request_words_lost       (guint64            n_lost);

G_END_DECLS
