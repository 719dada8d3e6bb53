/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"

G_BEGIN_DECLS

/* Steps (HearthCheckFunc): whether loopback is switched on, and has its base addresses. */
HearthCheckVerdict *hearth_check_link_up (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);
HearthCheckVerdict *hearth_check_link_ipv4 (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);
HearthCheckVerdict *hearth_check_link_ipv6 (const HearthCheckFacts *facts,
                                            HearthFamily            family,
                                            GCancellable           *cancellable);

G_END_DECLS
