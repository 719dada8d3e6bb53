/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-verdict.h"

G_BEGIN_DECLS

/* As many are named as a sentence bears. */
#define HEARTH_CHECK_CONTAINERS_MAX_NAMED 4

/* What there is to say of those with a localhost of their own.
 * @labels: (element-type utf8): what the first of them are called
 * @n_more: how many there are besides */
HearthCheckVerdict *hearth_check_containers_conclude (GPtrArray *labels,
                                                      guint      n_more);

G_END_DECLS
