/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-address.h"

G_BEGIN_DECLS

/* What the C library says that @name is, of both families, as it tells every program (getaddrinfo(3)). It is
 * asked on a thread of its own, which may hang for longer than anybody waits, and is left behind then; it keeps no
 * process from ending. The calling thread waits for at most @time_out_ms.
 *
 * Not by way of GResolver, which answers "localhost" by itself.
 *
 * Addresses in the order of the C library, each once, without zones. G_IO_ERROR_NOT_FOUND where there is no such
 * name, G_IO_ERROR_TIMED_OUT, G_IO_ERROR_FAILED.
 * (transfer full) (nullable) (element-type HearthAddress) */
GArray   *hearth_name_lookup_run        (const char  *name,
                                         guint        time_out_ms,
                                         GError     **error);

/* Whether the C library can ask the source that nsswitch.conf(5) calls @source, "myhostname". */
gboolean  hearth_name_lookup_has_source (const char  *source);

/* The name of this computer, as it is now. (nullable) (transfer full) */
char     *hearth_name_lookup_dup_host   (void);

G_END_DECLS
