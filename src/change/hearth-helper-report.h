/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-owner-source.h"

G_BEGIN_DECLS

/**
 * HearthHelperReport:
 *
 * What hearth-helper said last of whose addresses are whose: a value without a bus.
 */
typedef struct _HearthHelperReport HearthHelperReport;

HearthHelperReport *hearth_helper_report_new       (void);
void                hearth_helper_report_free      (HearthHelperReport       *self);

/* Takes the properties `Owned` (a(sssu)) and `Kept` (a(ssu)) in place of what was said before. What is not of
 * these types, and rows that make no sense, are passed over. NULL is nothing. */
void                hearth_helper_report_set_owned (HearthHelperReport       *self,
                                                    GVariant                 *owned);
void                hearth_helper_report_set_kept  (HearthHelperReport       *self,
                                                    GVariant                 *kept);

/* TRUE, and fills @ownership, where the helper said something of @address, on the link @link_name. */
gboolean            hearth_helper_report_look_up   (const HearthHelperReport *self,
                                                    const char               *link_name,
                                                    const HearthLinkAddress  *address,
                                                    HearthOwnership          *ownership);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperReport, hearth_helper_report_free)

G_END_DECLS
