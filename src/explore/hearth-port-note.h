/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"

G_BEGIN_DECLS

/**
 * HearthPortNote:
 * @tcp, @udp: by which transport
 * @is_web: whether a browser can show it
 * @name: what it is called, "PostgreSQL", translatable with g_dgettext()
 * @note: one sentence on what people meet there, translatable
 *
 * What is usually behind a port that people meet on localhost. It says what a port is known for, not what
 * listens there now. The strings are static.
 */
typedef struct {
  guint16 port;
  gboolean tcp, udp;
  gboolean is_web;
  const char *address; /* (nullable): only there */
  const char *name;
  const char *note;
} HearthPortNote;

/* @address: (nullable): where it listens, for what is known by its address too (127.0.0.53)
 * (nullable) (transfer none) */
const HearthPortNote *hearth_port_note_find (HearthTransport       transport,
                                             guint16               port,
                                             const HearthAddress  *address);

G_END_DECLS
