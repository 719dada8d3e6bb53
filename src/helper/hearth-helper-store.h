/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The most bytes of a file that is read: well more than all that the limits let stand in it, 4,096 records,
 * as many lost ones, 4 MiB of what can be taken back, and one change. */
#define HEARTH_HELPER_STORE_MAX_BYTES (16 * 1024 * 1024)

typedef enum {
  HEARTH_HELPER_FILE_OWNED, /* owned.json in the runtime folder, which a restart of the computer empties */
  HEARTH_HELPER_FILE_KEPT,  /* kept.json in the state folder */
} HearthHelperFile;

/**
 * HearthHelperStore:
 *
 * The two files of the helper. They are replaced as a whole: whoever reads, whenever this process ends,
 * finds the old one or the new one. Nothing here follows a link, waits for a FIFO, or touches what belongs
 * to somebody else than this process.
 */
typedef struct _HearthHelperStore HearthHelperStore;

HearthHelperStore *hearth_helper_store_new       (const char         *state_folder,
                                                  const char         *runtime_folder);
void               hearth_helper_store_free      (HearthHelperStore  *self);

/* The path, for messages. (transfer none) */
const char        *hearth_helper_store_get_path  (HearthHelperStore  *self,
                                                  HearthHelperFile    file);

/* The text of a file, NUL-terminated; NULL without an error where there is none.
 * HEARTH_ERROR_INVALID where it is not a file of ours, or too long; HEARTH_ERROR_FAILED where it could
 * not be read. (transfer full) (nullable) */
char              *hearth_helper_store_read      (HearthHelperStore  *self,
                                                  HearthHelperFile    file,
                                                  gsize              *length,
                                                  GError            **error);

/* Replaces a file; a NULL @text removes it. When it returns, kept.json is on the disk; owned.json need not
 * outlive the computer.
 * @is_new: (out) (optional): whether the new file is in its place: so it is after a success, and also where
 *   nothing but making sure of the disk failed. Otherwise the old one is there still
 * HEARTH_ERROR_FAILED. */
gboolean           hearth_helper_store_write     (HearthHelperStore  *self,
                                                  HearthHelperFile    file,
                                                  const char         *text,
                                                  gsize               length,
                                                  gboolean           *is_new,
                                                  GError            **error);

/* Whether one of the two is there. */
gboolean           hearth_helper_store_has_files (HearthHelperStore  *self);

/* Renames a file that is of no use to NAME.broken, whatever it is. HEARTH_ERROR_FAILED. */
gboolean           hearth_helper_store_set_aside (HearthHelperStore  *self,
                                                  HearthHelperFile    file,
                                                  GError            **error);

/* Takes the lock that tells this process from another helper; the descriptor that holds it, or -1. Waits up to
 * @timeout_ms. HEARTH_ERROR_EXISTS where another has it, HEARTH_ERROR_FAILED. */
int                hearth_helper_store_lock      (HearthHelperStore  *self,
                                                  guint               timeout_ms,
                                                  GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperStore, hearth_helper_store_free)

G_END_DECLS
