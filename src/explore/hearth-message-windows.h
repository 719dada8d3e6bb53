/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Windows says of an error of winerror.h: its sentence without the full stop, to stand within one.
 * (transfer full) */
char *hearth_windows_message_dup (int number);

G_END_DECLS
