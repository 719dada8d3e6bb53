/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-change.h"

G_BEGIN_DECLS

/* The most changes of one sender that can be taken back, the most steps of those of one user, and the most
 * bytes of all together, as they are written. */
#define HEARTH_HELPER_MAX_TOKENS 64
#define HEARTH_HELPER_MAX_TOKEN_STEPS_OF_USER 4096
#define HEARTH_HELPER_MAX_TOKEN_BYTES (4 * 1024 * 1024)

/**
 * HearthHelperTokens:
 *
 * What was changed and can be taken back: each change under a token that nobody can guess, and that is of
 * use to its sender alone. A later change of one of its addresses covers it, until that one is itself taken
 * back: a change that is covered cannot be taken back. Past the limits the oldest go first.
 */
typedef struct _HearthHelperTokens HearthHelperTokens;

HearthHelperTokens *hearth_helper_tokens_new         (void);
void                hearth_helper_tokens_free        (HearthHelperTokens        *self);

guint               hearth_helper_tokens_count       (const HearthHelperTokens  *self);

/* Keeps @change, covers with it what it touches, and gives its token: 128 random bits in hexadecimal.
 * (transfer none) */
const char         *hearth_helper_tokens_add         (HearthHelperTokens        *self,
                                                      const char                *sender,
                                                      guint32                    uid,
                                                      HearthHelperChange        *change);

/* The change that @sender got @token for. (nullable) (transfer none) */
HearthHelperChange *hearth_helper_tokens_find        (HearthHelperTokens        *self,
                                                      const char                *token,
                                                      const char                *sender);

gboolean            hearth_helper_tokens_is_covered  (HearthHelperTokens        *self,
                                                      const char                *token);

/* Something that cannot be taken back changed addresses: what touches them cannot be either, any more. */
void                hearth_helper_tokens_drop_touched (HearthHelperTokens       *self,
                                                       const HearthHelperChange *change);

/* While a change is being taken back, its token is there, but is written as if it were not; NULL ends that. */
void                hearth_helper_tokens_set_hidden  (HearthHelperTokens        *self,
                                                      const char                *token);

/* What it covered is uncovered. A token that is not there is nothing. */
void                hearth_helper_tokens_remove      (HearthHelperTokens        *self,
                                                      const char                *token);

/* Forgets the changes of @sender, and those that know of its session aliases: they cannot be taken back
 * when it has left. TRUE when there were any. */
gboolean            hearth_helper_tokens_drop_sender (HearthHelperTokens        *self,
                                                      const char                *sender);

/* The unique names of the senders, each once. (transfer container) (element-type utf8) */
GPtrArray          *hearth_helper_tokens_list_senders (const HearthHelperTokens *self);

/* Writes them as an array called @name; reads what is right of one. */
void                hearth_helper_tokens_write       (const HearthHelperTokens  *self,
                                                      const char                *name,
                                                      HearthJsonWriter          *writer);
void                hearth_helper_tokens_read        (HearthHelperTokens        *self,
                                                      JsonArray                 *array,
                                                      HearthPlatform            *platform);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperTokens, hearth_helper_tokens_free)

G_END_DECLS
