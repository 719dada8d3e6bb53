/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-record.h"

G_BEGIN_DECLS

/* The most aliases of all users together: the kernel's own lists grow slow beyond. */
#define HEARTH_HELPER_MAX_RECORDS 4096

/**
 * HearthHelperRecords:
 *
 * What Hearth added, each key once.
 */
typedef struct _HearthHelperRecords HearthHelperRecords;

HearthHelperRecords      *hearth_helper_records_new    (void);
void                      hearth_helper_records_free   (HearthHelperRecords        *self);

guint                     hearth_helper_records_count  (const HearthHelperRecords  *self);

/* How many are @uid's. */
guint                     hearth_helper_records_count_of (const HearthHelperRecords  *self,
                                                          guint32                     uid);

/* How many have the lifetime @lifetime. */
guint                     hearth_helper_records_count_for (const HearthHelperRecords  *self,
                                                           HearthHelperLifetime        lifetime);

/* (nullable) (transfer none) */
const HearthHelperRecord *hearth_helper_records_find   (const HearthHelperRecords  *self,
                                                        const char                 *interface,
                                                        const HearthPrefix         *prefix);

/* Puts @record in the place of the one with its key, or takes that one out: @record may be any with the key. */
void                      hearth_helper_records_put    (HearthHelperRecords        *self,
                                                        const HearthHelperRecord   *record);
void                      hearth_helper_records_drop   (HearthHelperRecords        *self,
                                                        const HearthHelperRecord   *record);

/* All of them, by interface and address. (transfer full) (element-type HearthHelperRecord) */
GPtrArray                *hearth_helper_records_list   (const HearthHelperRecords  *self);

/* Writes those that are kept, or the others, as an array called @name. */
void                      hearth_helper_records_write  (const HearthHelperRecords  *self,
                                                        gboolean                    kept,
                                                        const char                 *name,
                                                        HearthJsonWriter           *writer);

/* Puts what is right of @array: those that are kept, or the others. Of two with the same key the first
 * counts, without a complaint where one is kept and the other is not: so it is while a change of that is
 * being written. Gives the number of elements that were passed over; *@error is why the first one was. */
guint                     hearth_helper_records_read   (HearthHelperRecords        *self,
                                                        JsonArray                  *array,
                                                        gboolean                    kept,
                                                        GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperRecords, hearth_helper_records_free)

G_END_DECLS
