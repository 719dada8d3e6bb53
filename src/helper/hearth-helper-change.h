/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-edit.h"
#include "hearth-helper-records.h"
#include "hearth-helper-request.h"

G_BEGIN_DECLS

/* One side of a step: what is in the kernel (nullable), and what Hearth knows of it (nullable). Both owned. */
typedef struct {
  HearthLinkAddress *address;
  HearthHelperRecord *record;
} HearthHelperStanding;

/**
 * HearthHelperStep:
 * @prefix: the address that changes
 * @before: how it stands
 * @after: how it shall stand
 */
typedef struct {
  HearthPrefix prefix;
  HearthHelperStanding before;
  HearthHelperStanding after;
} HearthHelperStep;

/**
 * HearthHelperChange:
 *
 * What a change does to kernel and records, step by step: enough to carry it out and to take it back.
 * A value, made once, then immutable, counted by reference.
 */
typedef struct _HearthHelperChange HearthHelperChange;

HearthHelperChange     *hearth_helper_change_new           (const char                 *interface);
HearthHelperChange     *hearth_helper_change_ref           (HearthHelperChange         *self);
void                    hearth_helper_change_unref         (HearthHelperChange         *self);

/* While it is made. Takes references to what @before and @after hold. */
void                    hearth_helper_change_add_step      (HearthHelperChange         *self,
                                                            const HearthPrefix         *prefix,
                                                            HearthHelperStanding        before,
                                                            HearthHelperStanding        after);

const char             *hearth_helper_change_get_interface (const HearthHelperChange   *self);
guint                   hearth_helper_change_get_n_steps   (const HearthHelperChange   *self);
const HearthHelperStep *hearth_helper_change_get_step      (const HearthHelperChange   *self,
                                                            guint                       i);

/* Whether it changes what comes back after a restart. */
gboolean                hearth_helper_change_touches_kept  (const HearthHelperChange   *self);

/* What takes it back. (transfer full) */
HearthHelperChange     *hearth_helper_change_invert        (const HearthHelperChange   *self);

/* The steps for the kernel. (transfer full) */
GArray                 *hearth_helper_change_to_edits      (const HearthHelperChange   *self);

/* Makes @records what they are after it. */
void                    hearth_helper_change_apply         (const HearthHelperChange   *self,
                                                            HearthHelperRecords        *records);

/* It as a JSON object; it is written more than once, and so printed once. (transfer none) */
const char             *hearth_helper_change_get_json      (HearthHelperChange         *self);

/* Reads one. @platform tells the number of the interface: HEARTH_ERROR_NOT_FOUND where there is none of its
 * name. HEARTH_ERROR_INVALID. (transfer full) */
HearthHelperChange     *hearth_helper_change_read          (JsonObject                 *object,
                                                            HearthPlatform             *platform,
                                                            GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperChange, hearth_helper_change_unref)

G_END_DECLS
