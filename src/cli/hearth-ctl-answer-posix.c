/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-answer.h"

/* Who has other rights here is asked over a bus. */
gboolean
hearth_ctl_answer (int *argc, char **argv)
{
  return TRUE;
}
