/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"
#include "hearth-checkup.h"

G_BEGIN_DECLS

/* For tests: with other steps.
 * @steps: (array length=n_steps): static */
HearthCheckup *hearth_checkup_new_with_steps (HearthPlatform        *platform,
                                              const HearthCheckStep *steps,
                                              guint                  n_steps);

G_END_DECLS
