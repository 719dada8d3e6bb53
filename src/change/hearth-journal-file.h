/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-prefix-list.h"

G_BEGIN_DECLS

/* The files of #HearthSessionJournal. Everything here may wait for a disk. */

/* One line of a file, with its end. (transfer full) */
char     *hearth_journal_compose      (const char    *boot,
                                       const GArray  *prefixes);

/* What the last whole line of @text says: the addresses that may be aliases, and *@same_boot, whether
 * it is of @boot. Whatever the text is, that is a list. (transfer full) (element-type HearthPrefix) */
GArray   *hearth_journal_parse        (const char    *text,
                                       gsize          length,
                                       const char    *boot,
                                       gboolean      *same_boot);

/* The boot that runs, as /proc/sys/kernel/random/boot_id says, or "". (transfer full) */
char     *hearth_journal_read_boot    (void);

/* A new file below @folder, made if need be, that is locked until its descriptor is closed.
 * -1 and HEARTH_ERROR_FAILED. *@path: (transfer full) */
int       hearth_journal_create       (const char    *folder,
                                       const char    *prefix,
                                       char         **path,
                                       GError       **error);

/* A regular file, no link. With @wait it is for writing, locked, and made if it is not there; without, it
 * is for reading, and locked only if nobody else has: *@held. -1 and HEARTH_ERROR_FAILED. */
int       hearth_journal_open         (const char    *path,
                                       gboolean       wait,
                                       gboolean      *held,
                                       GError       **error);

/* All of an open file, a megabyte at the most; what is more is nobody's. (transfer full) */
GString  *hearth_journal_read         (int            descriptor);

/* Adds @line, or makes it the only one where the file has become long. @path: for the sentence */
gboolean  hearth_journal_write        (int            descriptor,
                                       const char    *path,
                                       const char    *line,
                                       GError       **error);

G_END_DECLS
