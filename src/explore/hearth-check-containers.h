/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"

G_BEGIN_DECLS

/* Step (HearthCheckFunc): which processes that this user can see have another loopback interface, in a network
 * namespace of their own. */
HearthCheckVerdict *hearth_check_containers (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);

G_END_DECLS
