/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-listener.h"

G_BEGIN_DECLS

/**
 * HearthProcessHandle:
 *
 * A process held fast: what is done goes to it and to no other that gets its number later (pidfd_open(2) on
 * Linux). It belongs to the main context that is the default where it was opened.
 */
#define HEARTH_TYPE_PROCESS_HANDLE (hearth_process_handle_get_type ())
G_DECLARE_FINAL_TYPE (HearthProcessHandle, hearth_process_handle, HEARTH, PROCESS_HANDLE, GObject)

/* Takes hold of the process of @listener, which must have the socket still.
 * HEARTH_ERROR_NOT_FOUND where it is gone, HEARTH_ERROR_NOT_PERMITTED where it is another user's,
 * HEARTH_ERROR_NOT_SUPPORTED, HEARTH_ERROR_FAILED. (transfer full) */
HearthProcessHandle *hearth_process_handle_open        (const HearthListener  *listener,
                                                        GError               **error);

/* Asks it to end (SIGTERM), or with @force ends it (SIGKILL). A process that ended already is no error.
 * HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_FAILED. */
gboolean             hearth_process_handle_end         (HearthProcessHandle   *self,
                                                        gboolean               force,
                                                        GError               **error);

/* Waits until it has ended, for @limit_ms at the most. TRUE where it has; FALSE with no error where it goes on,
 * and with G_IO_ERROR_CANCELLED. */
void                 hearth_process_handle_wait_async  (HearthProcessHandle   *self,
                                                        guint                  limit_ms,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);
gboolean             hearth_process_handle_wait_finish (HearthProcessHandle   *self,
                                                        GAsyncResult          *result,
                                                        GError               **error);

G_END_DECLS
