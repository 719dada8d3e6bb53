/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HEARTH_HELPER_USER "hearth-helper"

/* Makes this process one that may change addresses and nothing else: the user HEARTH_HELPER_USER with
 * CAP_NET_ADMIN alone (capabilities(7)), no way to get more (PR_SET_NO_NEW_PRIVS), files for itself only.
 * Started as root it makes both folders first, and gives them to that user; started as anybody else it
 * stays that user, and must have the capability.
 * HEARTH_ERROR_NOT_PERMITTED with what to do, HEARTH_ERROR_FAILED. Before anything else, and before there
 * are threads. */
gboolean hearth_helper_privileges_drop (const char  *state_folder,
                                        const char  *runtime_folder,
                                        GError     **error);

G_END_DECLS
