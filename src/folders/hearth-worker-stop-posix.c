/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-worker-stop.h"

#include <signal.h>

void
hearth_worker_stop (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGTERM);
}
