/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-hosts-file.h"

G_BEGIN_DECLS

/* The command that puts /etc/hosts right: it makes comments of the lines of @wrong, and adds "ADDRESS NAME" for
 * each of @addresses. It writes into the file instead of putting another in its place, which a container would not
 * allow. NULL where there is nothing to do, or @name is no name of a host (RFC 1123), which one had better not write
 * into a file.
 * @wrong: (element-type HearthHostsEntry)
 * @addresses: (nullable) (array zero-terminated=1)
 * (nullable) (transfer full) */
char *hearth_hosts_remedy_dup (GPtrArray          *wrong,
                               const char *const  *addresses,
                               const char         *name);

/* "line 3", "lines 3, 4 and 7" of @entries, the first few. (element-type HearthHostsEntry) (transfer full) */
char *hearth_hosts_remedy_describe_lines (GPtrArray *entries);

G_END_DECLS
