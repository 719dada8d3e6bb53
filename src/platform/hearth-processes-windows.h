/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-calls-windows.h"
#include "hearth-listener.h"

G_BEGIN_DECLS

/**
 * HearthProcessesWindows:
 *
 * The processes of one moment, with their users. What is asked of one is asked once. It belongs to one
 * thread.
 */
typedef struct _HearthProcessesWindows HearthProcessesWindows;

HearthProcessesWindows *hearth_processes_windows_new  (const HearthCallsWindows  *calls);
void                    hearth_processes_windows_free (HearthProcessesWindows    *self);

/* Gives @listener its process, with the number @pid, and its user as far as this one may see them: the name
 * of a program always, what it was started with and whose it is of one's own programs, or as an
 * administrator. */
void     hearth_processes_windows_describe (HearthProcessesWindows  *self,
                                            guint32                  pid,
                                            HearthListener          *listener);

/* The number of a user in one text: the last part of a security identifier (S-1-5-21-…-1001 is 1001), or 0
 * where it has none. @sid is @size bytes at the most. */
guint32  hearth_processes_windows_read_user_id (const void *sid, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthProcessesWindows, hearth_processes_windows_free)

G_END_DECLS
