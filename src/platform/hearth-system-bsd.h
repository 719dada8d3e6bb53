/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <ifaddrs.h>

G_BEGIN_DECLS

/**
 * HearthOpenSocketBsd:
 * @socket: what the list of all sockets tells it by (HearthListener)
 * @pid: who has it open
 */
typedef struct {
  guint64 socket;
  gint32 pid;
} HearthOpenSocketBsd;

/**
 * HearthSystemBsd:
 * @open_events: a socket that hears of changes (route(4)), which does not block
 * @open_requests: a socket of @domain to ask by ioctl(2)
 * @close, @read, @ioctl, @getifaddrs, @freeifaddrs: as the C library has them
 * @sysctl: what sysctl(3) says by number; into @bytes, or with NULL only how long it is, in *@size
 * @sysctlbyname: the same by name
 * @list_sockets: what sockets the processes have open that this user may see, at most @n; returns how many, or -1
 * @read_process: its user and its name; FALSE where there is none
 * @watch_process: a descriptor that can be read from once the process has ended (kqueue(2)), or -1
 * @kill: kill(2)
 * @get_user: geteuid(2)
 *
 * What the platform of macOS and the BSDs asks of its system, by pointers, so that a test can be the system. They
 * fail as the C library does, with errno.
 */
typedef struct {
  int (*open_events) (void);
  int (*open_requests) (int domain);
  int (*close) (int fd);
  gssize (*read) (int fd, void *bytes, gsize size);
  int (*ioctl) (int fd, unsigned long request, void *argument);
  int (*getifaddrs) (struct ifaddrs **first);
  void (*freeifaddrs) (struct ifaddrs *first);
  int (*sysctl) (const int *name, guint n, void *bytes, gsize *size);
  int (*sysctlbyname) (const char *name, void *bytes, gsize *size);
  int (*list_sockets) (HearthOpenSocketBsd *sockets, int n);
  gboolean (*read_process) (gint32 pid, guint32 *user, char *name, gsize size);
  int (*watch_process) (gint32 pid);
  int (*kill) (gint32 pid, int signal);
  guint32 (*get_user) (void);
} HearthSystemBsd;

/* The one this runs on. */
extern const HearthSystemBsd hearth_system_bsd;

/* All that sysctl(3) says by number or, where @by_name is not NULL, by name, of a length that may change meanwhile.
 * NULL with errno. (transfer full) */
GBytes *hearth_system_bsd_read (const HearthSystemBsd *system,
                                const int             *name,
                                guint                  n,
                                const char            *by_name);

G_END_DECLS
