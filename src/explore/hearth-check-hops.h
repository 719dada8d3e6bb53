/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"

G_BEGIN_DECLS

/* Step (HearthCheckFunc): a datagram that no router may pass on reaches the base address of @family, so there is none
 * in between. */
HearthCheckVerdict *hearth_check_hops (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);

G_END_DECLS
