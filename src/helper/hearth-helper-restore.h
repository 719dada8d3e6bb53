/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-contents.h"

G_BEGIN_DECLS

/**
 * HearthHelperRestore:
 *
 * Puts back what is kept when the computer starts, and then stays to put back what the system loses, for as
 * long as there is anything that Hearth added. Needs no bus; the helper may run beside it, and is the
 * one who writes the files.
 */
typedef struct _HearthHelperRestore HearthHelperRestore;

/* Both are borrowed. @platform has started.
 * @done: called when there is nothing left to keep. (transfer full) */
HearthHelperRestore *hearth_helper_restore_new   (HearthPlatform       *platform,
                                                  HearthHelperStore    *store,
                                                  void                (*done) (gpointer user_data),
                                                  gpointer              user_data);
void                 hearth_helper_restore_free  (HearthHelperRestore  *self);

/* Adds what is kept and not there, except what the rules or the surroundings forbid now; what it passes over
 * is said in the log. HEARTH_ERROR_FAILED where the files cannot be read. */
gboolean             hearth_helper_restore_start (HearthHelperRestore  *self,
                                                  GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperRestore, hearth_helper_restore_free)

G_END_DECLS
