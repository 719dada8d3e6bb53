/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"

G_BEGIN_DECLS

/* Steps (HearthCheckFunc): a byte there and back at the base address of @family. */
HearthCheckVerdict *hearth_check_round_trip_tcp (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);
HearthCheckVerdict *hearth_check_round_trip_udp (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);

/* Step: the same by TCP at 127.0.0.2. */
HearthCheckVerdict *hearth_check_round_trip_alias (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);

/* What is said of a trip that failed: that no answer came may be a firewall's doing. @error: (transfer full) */
HearthCheckVerdict *hearth_check_round_trip_fail (GError                 *error);

G_END_DECLS
