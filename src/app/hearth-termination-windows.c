/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-termination.h"

/* There are no signals, and a program with windows has no console that tells of Ctrl+C. What ends
 * it from outside ends it at once, and folders' servers see that and end too. */
void
hearth_termination_follow (GApplication *application)
{
}
