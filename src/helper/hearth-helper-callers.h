/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthHelperCallers:
 *
 * Who is on the bus: hears when callers leave, and knows of which user they are. One rule at the bus hears of
 * all names, because it lets one connection have only a few hundred rules.
 *
 * Signal `left` (const char *name): the unique name is gone, for ever.
 */
#define HEARTH_TYPE_HELPER_CALLERS (hearth_helper_callers_get_type ())
G_DECLARE_FINAL_TYPE (HearthHelperCallers, hearth_helper_callers, HEARTH, HELPER_CALLERS, GObject)

/* Hears from now on. (transfer full) */
HearthHelperCallers *hearth_helper_callers_new            (GDBusConnection      *connection);

/* Asks the bus which unique names there are, and waits for the answer: for the start, before anybody can
 * call. (transfer full) (element-type utf8): a set */
GHashTable          *hearth_helper_callers_list           (HearthHelperCallers  *self,
                                                           GError              **error);

/* The user of @name. G_DBUS_ERROR_NAME_HAS_NO_OWNER where it has left. */
void                 hearth_helper_callers_get_uid_async  (HearthHelperCallers  *self,
                                                           const char           *name,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
gboolean             hearth_helper_callers_get_uid_finish (HearthHelperCallers  *self,
                                                           GAsyncResult         *result,
                                                           guint32              *uid,
                                                           GError              **error);

G_END_DECLS
