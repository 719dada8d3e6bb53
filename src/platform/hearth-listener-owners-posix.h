/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"

G_BEGIN_DECLS

/**
 * HearthListenerOwners:
 * @is_running: whether it is the process still that had the sockets last time
 * @find: puts a #HearthProcess to each socket that is found, the one with the lowest number; the keys of @sockets are
 *   their numbers (guint64, by pointer)
 *
 * How a system tells whose a socket is.
 */
typedef struct {
  gboolean (*is_running) (const HearthProcess *process, gpointer data);
  void (*find) (GHashTable *sockets, gpointer data);
  gpointer data;
} HearthListenerOwners;

/* Gives @listeners the names of their users and their processes, as far as can be seen.
 * @known: (nullable): what was read last time: processes are looked for anew only where a socket came, or a process
 *   went, and the name of a user is asked for once */
void hearth_listener_owners_name (GPtrArray                  *listeners,
                                  GPtrArray                  *known,
                                  const HearthListenerOwners *owners);

G_END_DECLS
