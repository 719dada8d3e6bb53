/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Where a folder lies on the computer that a sandbox sees below /run/user/UID/doc alone: the documents portal
 * says it in the extended attribute user.document-portal.host-path, which is for showing it to people only.
 *
 * Cancelling it makes the callback come with NULL, also when whoever asked is gone by then.
 */
void   hearth_host_path_find_async  (GFile               *file,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
/* (transfer full) (nullable): for showing it alone; NULL where it is no such folder */
GFile *hearth_host_path_find_finish (GAsyncResult        *result);

G_END_DECLS
