/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"

/* What has come of a change, its undoing or the closing of an authority: a test passes one, all 0, with
 * the callback, and waits until it is `done`. To undo, it holds the receipt. What is in it is the test's. */
typedef struct {
  gboolean done;
  HearthReceipt *receipt;
  GError *error;
} Outcome;

void outcome_on_applied (GObject      *source,
                         GAsyncResult *result,
                         gpointer      outcome);
void outcome_on_undone  (GObject      *source,
                         GAsyncResult *result,
                         gpointer      outcome);
void outcome_on_closed  (GObject      *source,
                         GAsyncResult *result,
                         gpointer      outcome);
