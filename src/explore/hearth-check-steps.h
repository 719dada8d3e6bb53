/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-step.h"

G_BEGIN_DECLS

/* The steps of the check-up in their order. (array length=n_steps) (transfer none) */
const HearthCheckStep *hearth_check_steps_get (guint *n_steps);

G_END_DECLS
