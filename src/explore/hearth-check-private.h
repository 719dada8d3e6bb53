/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-verdict.h"

G_BEGIN_DECLS

/* For the check-up, which alone makes items and changes them.
 * @command: (transfer full) */
HearthCheck *hearth_check_new         (const char               *id,
                                       const char               *title,
                                       char                     *command);

/* Forgets what came back, and waits or runs. */
void         hearth_check_begin       (HearthCheck              *self,
                                       HearthCheckState          state);

/* @us: how long it took, in microseconds */
void         hearth_check_set_verdict (HearthCheck              *self,
                                       const HearthCheckVerdict *verdict,
                                       gint64                    us);

/* Another name of the loopback interface is in it. (transfer full) */
void         hearth_check_set_command (HearthCheck              *self,
                                       char                     *command);

G_END_DECLS
