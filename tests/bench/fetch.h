/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks 127.0.0.1:@port for @path over a connection of its own, waits for all of the answer, and returns its
 * status. Ends the program where there is none. Any thread. */
int fetch (guint       port,
           const char *path);

G_END_DECLS
