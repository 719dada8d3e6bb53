/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthHostsEntry:
 * @line: the number of its line, from 1
 * @address: the address that stands first on the line
 * @names: (array zero-terminated=1): the names that lead to it, one at least, UTF-8, as they are written
 *
 * A line of hosts(5) that says something.
 */
typedef struct {
  guint line;
  HearthAddress address;
  const char *const *names;
} HearthHostsEntry;

/**
 * HearthHostsFile:
 *
 * The names that this computer knows without asking any other: a file of the format of hosts(5). Immutable,
 * counted by reference, for every thread.
 */
typedef struct _HearthHostsFile HearthHostsFile;

/* Reads @text, the contents of the file: any bytes. An address is what hearth_address_parse() takes, as the
 * C library does here: 127.1 is none. A line without an address or without a name is passed over, and so is
 * a name that is not UTF-8. (transfer full) */
HearthHostsFile        *hearth_hosts_file_parse       (const char             *text,
                                                       gsize                   length);

/* Where the system's own is: "/etc/hosts". (transfer none): lives for ever */
const char             *hearth_hosts_file_get_path    (void);

/* The system's own; without an entry where it cannot be read. Waits for the disk. (transfer full) */
HearthHostsFile        *hearth_hosts_file_read        (void);

HearthHostsFile        *hearth_hosts_file_ref         (const HearthHostsFile  *self);
void                    hearth_hosts_file_unref       (HearthHostsFile        *self);

/* In the order of the file. (array length=n_entries) (transfer none): live as long as @self */
const HearthHostsEntry *hearth_hosts_file_get_entries (const HearthHostsFile  *self,
                                                       guint                  *n_entries);

/* Those that have @name, whatever the case of its ASCII letters (RFC 4343), in the order of the file. An
 * entry is there once. (transfer container) (element-type HearthHostsEntry): live as long as @self */
GPtrArray              *hearth_hosts_file_find        (const HearthHostsFile  *self,
                                                       const char             *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHostsFile, hearth_hosts_file_unref)

G_END_DECLS
