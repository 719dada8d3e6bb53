/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-contents.h"
#include "hearth-helper-planner.h"

G_BEGIN_DECLS

/**
 * HearthHelperState:
 *
 * What the helper knows, and the one way to change it: kernel, memory and files together, or none of them.
 */
typedef struct _HearthHelperState HearthHelperState;

/* Both are borrowed. @platform has started. (transfer full) */
HearthHelperState         *hearth_helper_state_new            (HearthPlatform            *platform,
                                                               HearthHelperStore         *store);
void                       hearth_helper_state_free           (HearthHelperState         *self);

/* Takes what the files say, and makes it true: a change that was half done is taken back, the aliases of
 * callers that are gone are removed, and what is gone from the kernel is forgotten.
 * @bus: the GUID of the bus
 * @names: (element-type utf8): a set of the unique names on it now
 * HEARTH_ERROR_FAILED where a file could not be read. */
gboolean                   hearth_helper_state_load           (HearthHelperState         *self,
                                                               const char                *bus,
                                                               GHashTable                *names,
                                                               GError                   **error);

/* All of it transfer none. */
const HearthHelperRecords *hearth_helper_state_get_records    (HearthHelperState         *self);
HearthHelperTokens        *hearth_helper_state_get_tokens     (HearthHelperState         *self);
GHashTable                *hearth_helper_state_get_lost       (HearthHelperState         *self);
HearthHelperWorld          hearth_helper_state_get_world      (HearthHelperState         *self);

/* Carries out @change, which takes back the change of @used_token where that is set. Where @caller is set,
 * *@token is what takes it back again. On failure kernel, memory and files are as before, or the error says
 * which is not. Errors: as hearth_platform_apply(), and HEARTH_ERROR_FAILED where a file could not be
 * written. */
gboolean                   hearth_helper_state_commit         (HearthHelperState         *self,
                                                               HearthHelperChange        *change,
                                                               const HearthHelperCaller  *caller,
                                                               const char                *used_token,
                                                               const char               **token,
                                                               GError                   **error);

/* @name has left the bus: its session aliases and its tokens go. TRUE when there were aliases. Does not fail:
 * what cannot be done is said in the log. */
gboolean                   hearth_helper_state_drop_owner     (HearthHelperState         *self,
                                                               const char                *name);

/* Somebody removed the addresses of these records: what is not kept is forgotten. TRUE when something was. */
gboolean                   hearth_helper_state_forget         (HearthHelperState         *self,
                                                               GPtrArray                 *records);

/* Writes owned.json as things are, after the set of lost aliases changed. */
void                       hearth_helper_state_save           (HearthHelperState         *self);

/* Whether a session alias of anybody is there. */
gboolean                   hearth_helper_state_has_sessions   (HearthHelperState         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperState, hearth_helper_state_free)

G_END_DECLS
