/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-system-bsd.h"

/* A system of its own, with one state that every call of it sees: a loopback link with 127.0.0.1/8 and ::1/128 at
 * first. It does what the kernels do, also where that is not what one would wish: adding an address that is there
 * replaces it, and taking one away looks at its bytes alone. */

extern const HearthSystemBsd fake_bsd;

/* As it was at first. Nothing that the platform has opened may still be open. */
void  fake_bsd_reset             (void);

/* What is on the link 1, sorted, with blanks between. */
char *fake_bsd_list_addresses    (void);

/* Somebody else's changes, which are heard; @flags: IN6_IFF_… */
void  fake_bsd_add_link          (guint32         index,
                                  const char     *name,
                                  unsigned        flags,
                                  guint32         mtu_bytes);
void  fake_bsd_drop_link         (guint32         index);
void  fake_bsd_add_address       (guint32         link_index,
                                  const char     *prefix,
                                  const char     *peer,
                                  int             flags);
void  fake_bsd_drop_address      (guint32         link_index,
                                  const char     *address);

/* Its messages: none of those that follow, these bytes, and the end of the socket. */
void  fake_bsd_lose_messages     (gboolean        lose);
void  fake_bsd_say               (const void     *bytes,
                                  gsize           length);
void  fake_bsd_break_events      (void);

/* The next @n calls of the function of that name in HearthSystemBsd fail with @number. */
void  fake_bsd_fail              (const char     *function,
                                  int             number,
                                  guint           n);
void  fake_bsd_set_user          (guint32         user);

/* What sysctl(3) says: by the name, or of the table of routes (NET_RT_…) of a family. */
void  fake_bsd_set_list          (const char     *name,
                                  GByteArray     *bytes);
void  fake_bsd_set_table         (int             domain,
                                  int             table,
                                  GByteArray     *bytes);

/* Processes, and what sockets they have open. */
void  fake_bsd_add_process       (gint32          pid,
                                  guint32         user,
                                  const char     *name,
                                  const char     *command_bytes,
                                  gsize           n_command_bytes);
void  fake_bsd_open_socket       (gint32          pid,
                                  guint64         socket);
void  fake_bsd_end_process       (gint32          pid);
/* The last signal that a process got, or 0. */
int   fake_bsd_get_signal        (gint32          pid);

/* How often processes were asked for what sockets they have. */
guint fake_bsd_get_n_looks       (void);
