/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"

G_BEGIN_DECLS

/* Looks through /proc (proc(5)) for who has the sockets open that are the keys of @sockets, which are the
 * numbers of their inodes (guint64, by pointer), and puts a #HearthProcess to each that is found: the one
 * with the lowest number. A user sees the processes that are its own, root all. It takes as long as the
 * processes have open files, about a millisecond for a thousand, and ends as soon as each has its process. */
void     hearth_processes_find       (GHashTable *sockets);

/* Whether the process with that number has the socket open now. */
gboolean hearth_processes_has_socket (gint32      pid,
                                      guint64     socket);

G_END_DECLS
