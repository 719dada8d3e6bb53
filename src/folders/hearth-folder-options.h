/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HearthFolderPurpose: what a folder is served as
 * @HEARTH_FOLDER_WEB_PAGE: as it is
 * @HEARTH_FOLDER_SINGLE_PAGE: missing paths get index.html (hearth-serve --spa)
 * @HEARTH_FOLDER_ISOLATED: a game or WebAssembly, with threads (--isolate)
 * @HEARTH_FOLDER_SHARED: pages of other sites may read it (--cors)
 */
typedef enum {
  HEARTH_FOLDER_WEB_PAGE,
  HEARTH_FOLDER_SINGLE_PAGE,
  HEARTH_FOLDER_ISOLATED,
  HEARTH_FOLDER_SHARED,
} HearthFolderPurpose;

/**
 * HearthFolderOptions: how a folder is served
 * @port: the port it had last and wants again; 0 for none yet
 * @address: (nullable): the one address it listens on, in its standard form; NULL for 127.0.0.1 and ::1
 *
 * A value; copy it with hearth_folder_options_copy().
 */
typedef struct {
  HearthFolderPurpose purpose;
  gboolean live_reload;
  gboolean show_hidden;
  guint16 port;
  char *address;
} HearthFolderOptions;

#define HEARTH_TYPE_FOLDER_OPTIONS (hearth_folder_options_get_type ())
GType                hearth_folder_options_get_type  (void);

/* All of it 0: a web page, on the default addresses. (transfer full) */
HearthFolderOptions *hearth_folder_options_new       (void);
HearthFolderOptions *hearth_folder_options_copy      (const HearthFolderOptions *options);
void                 hearth_folder_options_free      (HearthFolderOptions *options);
gboolean             hearth_folder_options_equal     (const HearthFolderOptions *options,
                                                      const HearthFolderOptions *other);

/* "web-page", "single-page", "isolated", "shared": as settings have them. FALSE for another @word. */
const char          *hearth_folder_purpose_to_word   (HearthFolderPurpose  purpose);
gboolean             hearth_folder_purpose_from_word (const char          *word,
                                                      HearthFolderPurpose *purpose);

/* (transfer full): the command line that serves @path so, beginning with @program; @port 0 leaves the choice
 * to hearth-serve. */
GStrv                hearth_folder_options_to_arguments (const HearthFolderOptions *options,
                                                         const char                *program,
                                                         const char                *path,
                                                         guint16                    port);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthFolderOptions, hearth_folder_options_free)

G_END_DECLS
