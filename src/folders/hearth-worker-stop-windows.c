/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-worker-stop.h"

/* There are no signals. It ends when its standard input does. */
void
hearth_worker_stop (GSubprocess *process)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
}
