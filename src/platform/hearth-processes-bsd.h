/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-system-bsd.h"

G_BEGIN_DECLS

/* As hearth_processes_find() of Linux: puts a #HearthProcess to each socket, the keys of @sockets (guint64, by
 * pointer), that is found: the one with the lowest number. A user sees the processes that are its own, root all. */
void     hearth_processes_bsd_find       (const HearthSystemBsd *system,
                                          GHashTable            *sockets);

/* Whether the process with that number has the socket open now. */
gboolean hearth_processes_bsd_has_socket (const HearthSystemBsd *system,
                                          gint32                 pid,
                                          guint64                socket);

/* Whether there is a process with the number and the name of @process. */
gboolean hearth_processes_bsd_is_running (const HearthSystemBsd *system,
                                          const HearthProcess   *process);

/* The words of a command line between blanks, UTF-8. In macOS's format (KERN_PROCARGS2): how many there are, the
 * path of the program, NULs, and then the words and the environment; in FreeBSD's (KERN_PROC_ARGS): the words. Each
 * ends with a NUL. Any bytes at all. (transfer full) */
char    *hearth_processes_bsd_parse_command (const guint8       *bytes,
                                             gsize               length);

G_END_DECLS
