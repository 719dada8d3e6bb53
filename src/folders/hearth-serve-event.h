/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthServeEventKind: the events of hearth-serve --json; src/serve/serve-event.h is their contract
 */
typedef enum {
  HEARTH_SERVE_LISTENING,
  HEARTH_SERVE_REQUEST,
  HEARTH_SERVE_LIVE_LIMITED,
  HEARTH_SERVE_FOLDER_GONE,
  HEARTH_SERVE_STOPPED,
  HEARTH_SERVE_OTHER, /* one that a newer hearth-serve says; to be passed over */
} HearthServeEventKind;

/**
 * HearthServeEvent: one line, read
 *
 * Only the fields of its kind are set; texts are NULL where the line has none. UTF-8.
 */
typedef struct {
  HearthServeEventKind kind;
  guint64 dropped; /* request events lost before this one */

  /* listening */
  GStrv urls; /* at least one */
  GStrv addresses;
  GStrv protections;
  guint16 port;       /* stopped: the one that was busy */
  guint16 taken_port; /* 0: the port was free, or had been asked for */
  gboolean without_ipv6;

  /* listening (of the taken port) and stopped */
  char *holder;
  gint64 holder_pid; /* 0: not known */

  /* request */
  double time; /* seconds since 1970 */
  char *peer;
  char *method;
  char *path;
  int status;
  guint64 bytes;
  double ms;
  char *hint;
  gboolean aborted;

  /* stopped */
  char *reason;
  char *message;
  char *address;
} HearthServeEvent;

/* Reads a line, without its line end, of @length bytes. (transfer full), NULL with a HEARTH_ERROR for what is
 * no event: not JSON, not an object, a field of another type, a status or port out of range. Pure. */
HearthServeEvent *hearth_serve_event_parse (const char  *line,
                                            gsize        length,
                                            GError     **error);
void              hearth_serve_event_free  (HearthServeEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthServeEvent, hearth_serve_event_free)

G_END_DECLS
