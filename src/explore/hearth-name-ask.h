/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @native: a struct sockaddr of @size bytes */
typedef void (*HearthNameFunc) (gpointer native,
                                gsize    size,
                                gpointer user_data);

/* Asks the C library (getaddrinfo(3)) what @name is, for as long as that takes, and calls @func for each address, in
 * its order. G_IO_ERROR_NOT_FOUND where there is no such name, G_IO_ERROR_FAILED. */
gboolean hearth_name_ask (const char      *name,
                          HearthNameFunc   func,
                          gpointer         user_data,
                          GError         **error);

/* The command that asks the same: "getent ahosts example". @name: letters, digits, dots and hyphens. (transfer full) */
char    *hearth_name_ask_dup_command (const char *name);

G_END_DECLS
