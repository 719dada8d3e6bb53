/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-place.h"

G_BEGIN_DECLS

/**
 * HearthSpecialName:
 * @suffix: the name, or what it ends in behind a dot; empty for a name without a dot, and for all others
 * @place: where such names lead
 * @title: what it is in a few words, translatable with g_dgettext()
 * @why: one sentence with the document that sets the name apart, translatable
 *
 * What is known of a name by how it ends, without asking anybody (RFC 6761 and the registry it started).
 * The strings are static.
 */
typedef struct {
  const char *suffix;
  HearthPlace place;
  const char *title;
  const char *why;
} HearthSpecialName;

/* @name: in lower case, without a dot at its end (transfer none) */
const HearthSpecialName *hearth_special_name_find         (const char *name);

/* Whether it is localhost, or ends in .localhost. */
gboolean                 hearth_special_name_is_localhost (const char *name);

G_END_DECLS
