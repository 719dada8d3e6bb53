/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-containers.h"

#include <glib/gi18n-lib.h>

HearthCheckVerdict *
hearth_check_containers (const HearthCheckFacts *facts,
                         HearthFamily family,
                         GCancellable *cancellable)
{
  return hearth_check_verdict_new (HEARTH_CHECK_SKIPPED,
                                   g_strdup (_ ("Hearth cannot see this on Windows.")));
}
