/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-lesson.h"

G_BEGIN_DECLS

/**
 * HearthClaimRow:
 *
 * What articles say and what is right, with the proof of it where there is one, made on this
 * computer just then.
 */
#define HEARTH_TYPE_CLAIM_ROW (hearth_claim_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthClaimRow, hearth_claim_row, HEARTH, CLAIM_ROW, AdwPreferencesRow)

/* (transfer floating) */
GtkWidget *hearth_claim_row_new (const HearthLessonClaim *claim);

G_END_DECLS
