/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-folder-options.h"
#include "hearth-request-log.h"
#include "hearth-request-rate.h"

G_BEGIN_DECLS

/**
 * HearthFolderState: where the serving of a folder is
 */
typedef enum {
  HEARTH_FOLDER_STOPPED,
  HEARTH_FOLDER_STARTING,
  HEARTH_FOLDER_SERVING,
  HEARTH_FOLDER_RESTARTING, /* hearth-serve died, and is started again in a while */
  HEARTH_FOLDER_GONE,       /* the folder was removed, renamed or replaced; serves nothing */
  HEARTH_FOLDER_FAILED,     /* it could not be served; "message" says why */
} HearthFolderState;

#define HEARTH_TYPE_FOLDER_STATE (hearth_folder_state_get_type ())
GType hearth_folder_state_get_type (void);

/**
 * HearthFolder: a folder that is, was or will be served
 *
 * Owns its hearth-serve: it is started with --json and --parent-pipe, so it ends with this object and with this
 * program however that ends. It is restarted when it dies, after 0.25 s, then twice as long each time up to
 * 30 s; 10 s of serving begin that anew. The port it got is kept in its options and asked for again; where
 * that is busy the next free one is taken and "moved" says so.
 *
 * Main thread. Every property notifies.
 *
 *   "file"     GFile
 *   "path"     where it is, for people, ~ for the home folder, UTF-8; in a sandbox, where it is on the computer,
 *              as soon as that is known
 *   "options"  HearthFolderOptions, never NULL; setting them restarts what is served, without a gap in the log
 *   "state"    HearthFolderState
 *   "url"      (nullable): where it is, with localhost where it listens there; while SERVING
 *   "urls"     GStrv, all of them
 *   "port"     guint
 *   "message"  (nullable): what is wrong, as a sentence, translated; FAILED, GONE and RESTARTING
 *   "moved"    (nullable): "Port 8000 is used by python3 (412), so this folder moved to 8001.", translated
 *   "wanted"   gboolean: whether it is to be served (now, and again at the next start)
 */
#define HEARTH_TYPE_FOLDER (hearth_folder_get_type ())
G_DECLARE_FINAL_TYPE (HearthFolder, hearth_folder, HEARTH, FOLDER, GObject)

HearthFolder              *hearth_folder_new         (GFile                     *file,
                                                      const HearthFolderOptions *options);

GFile                     *hearth_folder_get_file    (HearthFolder *self); /* (transfer none) */
const char                *hearth_folder_get_name    (HearthFolder *self); /* for people, UTF-8 */
const char                *hearth_folder_get_path    (HearthFolder *self);
const HearthFolderOptions *hearth_folder_get_options (HearthFolder *self);
void                       hearth_folder_set_options (HearthFolder              *self,
                                                      const HearthFolderOptions *options);
HearthFolderState          hearth_folder_get_state   (HearthFolder *self);
const char                *hearth_folder_get_url     (HearthFolder *self);
const char *const         *hearth_folder_get_urls    (HearthFolder *self);
guint                      hearth_folder_get_port    (HearthFolder *self);
const char                *hearth_folder_get_message (HearthFolder *self);
const char                *hearth_folder_get_moved   (HearthFolder *self);
gboolean                   hearth_folder_get_wanted  (HearthFolder *self);
HearthRequestLog          *hearth_folder_get_log     (HearthFolder *self); /* (transfer none) */
HearthRequestRate         *hearth_folder_get_rate    (HearthFolder *self); /* (transfer none) */

/* Both return at once; "state" says how it goes on. Starting what is GONE or FAILED tries again. */
void                       hearth_folder_start       (HearthFolder *self);
void                       hearth_folder_stop        (HearthFolder *self);

G_END_DECLS
