/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-calls-windows.h"
#include "hearth-prefix.h"

/* A Windows of the test's own behind the table of calls: its adapters, addresses, sockets and processes. It
 * refuses what Windows refuses, in its order, and tells of changes on threads of its own. */

const HearthCallsWindows *fake_windows_get_calls (void);

/* Loopback alone, number 1, "Loopback Pseudo-Interface 1", with 127.0.0.1/8 and ::1/128, an administrator,
 * and nobody who listens. */
void fake_windows_reset (void);

/* @type: IF_TYPE_*. @only_ipv6: that IPv4 has no number for it. They tell of it. */
void fake_windows_put_adapter (guint32 index, const char *name, IFTYPE type, gboolean up, gboolean only_ipv6);
void fake_windows_drop_adapter (guint32 index);
void fake_windows_put_address (guint32 index, const char *prefix, NL_DAD_STATE state, ULONG valid_s);
void fake_windows_drop_address (guint32 index, const char *prefix);
void fake_windows_add_name_server (guint32 index, const char *address);
void fake_windows_add_route (guint32 index, const char *prefix, const char *gateway, gboolean loopback);
void fake_windows_add_neighbour (guint32 index, const char *address, NL_NEIGHBOR_STATE state);

/* What is on @index: as platform_backend_join() has it. (transfer full) */
char *fake_windows_list (guint32 index);

void fake_windows_set_elevated (gboolean elevated);

/* The next calls of @function answer @number, until it is NO_ERROR again. */
void fake_windows_fail (const char *function, DWORD number);

/* Nothing tells of changes from here on: who asks for it hears @answer; NO_ERROR is a lie, without a handle. */
void fake_windows_be_silent (DWORD answer);

/* How many notices are registered. */
guint fake_windows_count_notices (void);

/* A socket. @created: what Windows tells it by. @connected: of TCP, that it does not wait. */
void fake_windows_add_socket (gboolean tcp, const char *address, guint32 scope, guint16 port, guint32 pid,
                              gint64 created, gboolean connected);

/* @command: (nullable): where it may not be looked into. @user: (nullable): where its token may not */
void fake_windows_add_process (guint32 pid, const char *name, const char *command, const char *user,
                               guint32 user_id);

/* It has a window, and ends when that is closed, or does not. */
void fake_windows_give_window (guint32 pid, gboolean obeys);

void fake_windows_end_process (guint32 pid);
gboolean fake_windows_has_ended (guint32 pid);

/* How many handles and tables are out that nobody gave back. */
guint fake_windows_count_open (void);

/* How often a process was opened. */
guint fake_windows_count_opened (void);
