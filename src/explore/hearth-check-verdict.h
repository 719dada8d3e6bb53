/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check.h"

G_BEGIN_DECLS

/**
 * HearthCheckVerdict:
 * @state: PASSED, WARNING, FAILED or SKIPPED
 * @result: (owned): what came back, a sentence or two
 * @remedy: (owned) (nullable): what to do about it, a sentence
 * @remedy_command: (owned) (nullable): what an administrator can run to do it
 *
 * What came of a step of the check-up. A value of one owner, made on the thread of the step.
 */
typedef struct {
  HearthCheckState state;
  char *result;
  char *remedy;
  char *remedy_command;
} HearthCheckVerdict;

/* @result: (transfer full) */
HearthCheckVerdict *hearth_check_verdict_new  (HearthCheckState    state,
                                               char               *result);
void                hearth_check_verdict_free (HearthCheckVerdict *self);

/* @command: (nullable) (transfer full)
 * Returns @self, so that a verdict is made in one expression. */
HearthCheckVerdict *hearth_check_verdict_advise (HearthCheckVerdict *self,
                                                 const char         *remedy,
                                                 char               *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthCheckVerdict, hearth_check_verdict_free)

G_END_DECLS
