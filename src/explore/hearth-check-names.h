/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"

G_BEGIN_DECLS

/* Steps (HearthCheckFunc): what the C library says that localhost, and this computer's own name, are. */
HearthCheckVerdict *hearth_check_names_localhost (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);
HearthCheckVerdict *hearth_check_names_host (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);

G_END_DECLS
