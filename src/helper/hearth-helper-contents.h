/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-store.h"
#include "hearth-helper-tokens.h"

G_BEGIN_DECLS

/* The version of both files. */
#define HEARTH_HELPER_FILES_VERSION 1

/**
 * HearthHelperContents:
 * @bus: (nullable): the GUID of the bus on which the unique names in here are callers
 * @records: what Hearth added, from both files
 * @lost: (element-type HearthHelperRecord): those of them that the kernel lost and that come back
 * @tokens: what can be taken back
 * @pending: (nullable): the change that was being carried out
 * @is_broken: by #HearthHelperFile: whether a file held anything that is not in here
 *
 * What the two files say:
 *
 * owned.json: {"version":1,"bus":"GUID","owned":[RECORD…],"lost":[RECORD…],
 *   "tokens":[{"token":"…","sender":":1.7","uid":1000,"change":CHANGE}…],"pending":CHANGE}
 * kept.json: {"version":1,"kept":[RECORD…]}
 * RECORD: {"interface":"lo","address":"127.0.0.2/32","lifetime":"session","uid":1000,"scope":254,
 *   "label":"lo:web","owner":":1.7"}, the last three where they are not the usual ones.
 * CHANGE: {"interface":"lo","steps":[{"address":"127.0.0.2/32","before":[null],"after":[ADDRESS,RECORD]}…]},
 *   each RECORD without interface and address.
 * ADDRESS: {"tag":104,"scope":254,"label":"lo:web","peer":"…","until":SECONDS} or null.
 */
typedef struct {
  char *bus;
  HearthHelperRecords *records;
  GPtrArray *lost;
  HearthHelperTokens *tokens;
  HearthHelperChange *pending;
  gboolean is_broken[2];
} HearthHelperContents;

/* Reads both files. What is wrong with them is said in the log, and what is right is taken.
 * HEARTH_ERROR_FAILED where one could not be read: then nobody knows what it holds. (transfer full) */
HearthHelperContents *hearth_helper_contents_read        (HearthHelperStore          *store,
                                                          HearthPlatform             *platform,
                                                          GError                    **error);
void                  hearth_helper_contents_free        (HearthHelperContents       *self);

/* The text of kept.json; NULL where nothing is kept. (transfer full) (nullable) */
GString              *hearth_helper_contents_print_kept  (const HearthHelperRecords  *records);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperContents, hearth_helper_contents_free)

G_END_DECLS
