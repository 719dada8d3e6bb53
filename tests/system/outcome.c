/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "outcome.h"

void
outcome_on_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->receipt =
      hearth_authority_apply_finish (HEARTH_AUTHORITY (source), result, &outcome->error);
  outcome->done = TRUE;
}

void
outcome_on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  hearth_receipt_undo_finish (outcome->receipt, result, &outcome->error);
  outcome->done = TRUE;
}

void
outcome_on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  hearth_authority_close_finish (HEARTH_AUTHORITY (source), result, &outcome->error);
  outcome->done = TRUE;
}
