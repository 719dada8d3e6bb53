/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "hearth-helper-link.h"
#include "hearth-json-writer.h"

G_BEGIN_DECLS

/* How long an alias stays. */
typedef enum {
  HEARTH_HELPER_SESSION, /* until its caller leaves the bus */
  HEARTH_HELPER_RESTART, /* until the computer restarts */
  HEARTH_HELPER_ALWAYS,  /* it comes back after a restart */
} HearthHelperLifetime;

/**
 * HearthHelperRecord:
 * @interface: the name of the interface it is on
 * @prefix: the address and the length of its prefix
 * @lifetime: how long it stays
 * @uid: the user who added it
 * @scope: a #HearthScope, or any number in between
 * @label: its label, or empty
 * @owner: (nullable): the unique name on the bus of the caller whose leaving ends it; not NULL exactly
 *   where @lifetime is HEARTH_HELPER_SESSION
 *
 * An alias that Hearth added, immutable, counted by reference and not across threads. Its key is
 * interface and prefix.
 */
typedef struct {
  char interface[HEARTH_HELPER_INTERFACE_SIZE];
  HearthPrefix prefix;
  HearthHelperLifetime lifetime;
  guint32 uid;
  guint8 scope;
  char label[HEARTH_LABEL_SIZE];
  char *owner;
} HearthHelperRecord;

/* "session", "restart", "always": the words of the interface and of the files. */
const char         *hearth_helper_lifetime_to_id    (HearthHelperLifetime       lifetime);
gboolean            hearth_helper_lifetime_parse    (const char                *id,
                                                     HearthHelperLifetime      *lifetime);

/* The tag that the kernel keeps with an address of this lifetime. */
guint8              hearth_helper_lifetime_get_tag  (HearthHelperLifetime       lifetime);

/* A new record with the contents of @record, which may live on the stack. (transfer full) */
HearthHelperRecord *hearth_helper_record_copy       (const HearthHelperRecord  *record);
HearthHelperRecord *hearth_helper_record_ref        (const HearthHelperRecord  *record);
void                hearth_helper_record_unref      (HearthHelperRecord        *record);

/* By key, for hash tables. */
guint               hearth_helper_record_hash       (gconstpointer              record);
gboolean            hearth_helper_record_equal      (gconstpointer              a,
                                                     gconstpointer              b);

/* Whether everything is the same. Two NULLs are. */
gboolean            hearth_helper_record_same       (const HearthHelperRecord  *a,
                                                     const HearthHelperRecord  *b);

/* The address that it is on a link, ready to be added. (transfer full) */
HearthLinkAddress  *hearth_helper_record_to_address (const HearthHelperRecord  *record,
                                                     guint32                    link_index);

/* Writes an object; reads one, of anybody's making: HEARTH_ERROR_INVALID where it is not what could have
 * been written, or is an address that no alias may have. (transfer full)
 * @with_key: FALSE where interface and address are known to whoever will read it
 * @key: (nullable): a record with these, for one that was written without */
void                hearth_helper_record_write      (const HearthHelperRecord  *record,
                                                     gboolean                   with_key,
                                                     HearthJsonWriter          *writer);
HearthHelperRecord *hearth_helper_record_read       (JsonNode                  *node,
                                                     const HearthHelperRecord  *key,
                                                     GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperRecord, hearth_helper_record_unref)

G_END_DECLS
