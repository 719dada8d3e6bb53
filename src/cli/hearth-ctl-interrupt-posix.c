/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-interrupt.h"

#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

static gboolean interrupted;

static gboolean
on_signal (gpointer loop)
{
  interrupted = TRUE;
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_output_closed (int fd, GIOCondition condition, gpointer loop)
{
  interrupted = TRUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
hearth_ctl_quit_on_interrupt (GMainLoop *loop)
{
  signal (SIGPIPE, SIG_IGN);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGHUP, on_signal, loop);
  g_unix_fd_add (STDOUT_FILENO, G_IO_ERR, on_output_closed, loop);
}

gboolean
hearth_ctl_was_interrupted (void)
{
  return interrupted;
}
