/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-listener.h"

G_BEGIN_DECLS

/**
 * HearthPortNames:
 *
 * The names that a file of the format of services(5) gives to ports: the first one of each. Immutable, counted
 * by reference, for every thread.
 */
typedef struct _HearthPortNames HearthPortNames;

/* The names in @text, the contents of the file: any bytes; what is no such line is passed over.
 * (transfer full) */
HearthPortNames *hearth_port_names_parse       (const char            *text,
                                                gsize                  length);

/* Those of the system's own services(5), /etc/services; none where there is no such file. Waits for the disk.
 * (transfer full) */
HearthPortNames *hearth_port_names_read        (void);

/* The same, while others go on. @source: a GObject, the source of the result; it lives until then */
void             hearth_port_names_read_async  (gpointer               source,
                                                GAsyncReadyCallback    callback,
                                                gpointer               user_data);
HearthPortNames *hearth_port_names_read_finish (GAsyncResult          *result); /* (transfer full) */

HearthPortNames *hearth_port_names_ref         (const HearthPortNames *self);
void             hearth_port_names_unref       (HearthPortNames       *self);

/* "ipp". (nullable) (transfer none): lives as long as @self */
const char      *hearth_port_names_look_up     (const HearthPortNames *self,
                                                HearthTransport        transport,
                                                guint16                port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPortNames, hearth_port_names_unref)

G_END_DECLS
