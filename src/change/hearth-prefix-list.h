/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-prefix.h"

G_BEGIN_DECLS

/* Lists of addresses: arrays of #HearthPrefix, in their order, each once where it is added here. */

/* (transfer full) (element-type HearthPrefix) */
GArray   *hearth_prefixes_new       (void);

/* @prefixes: (nullable) */
gboolean  hearth_prefixes_contain   (const GArray        *prefixes,
                                     const HearthPrefix  *prefix);
void      hearth_prefixes_add       (GArray              *prefixes,
                                     const HearthPrefix  *prefix);
void      hearth_prefixes_remove    (GArray              *prefixes,
                                     const HearthPrefix  *prefix);

/* @others: (nullable) */
void      hearth_prefixes_add_all   (GArray              *prefixes,
                                     const GArray        *others);

/* A set of them for many questions, by the HearthPrefix. (transfer full) */
GHashTable *hearth_prefixes_to_set  (const GArray        *prefixes);

/* "127.0.0.2, 127.0.0.3 and 40 more": for a sentence; a full prefix is left out. (transfer full) */
char     *hearth_prefixes_to_string (const GArray        *prefixes);

G_END_DECLS
