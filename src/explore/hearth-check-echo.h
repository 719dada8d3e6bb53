/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"

G_BEGIN_DECLS

/* Step (HearthCheckFunc): an echo request (RFC 792, RFC 4443) to the base address of @family, through a socket for
 * which nobody needs a privilege; where that is not allowed, or not answered, TCP instead. */
HearthCheckVerdict *hearth_check_echo (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);

G_END_DECLS
