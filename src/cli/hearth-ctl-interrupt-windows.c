/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-interrupt.h"

#include <windows.h>

/* The handler runs on a thread of the system's. */
static gint interrupted;
static GMainLoop *interrupted_loop;

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static BOOL WINAPI
on_control (DWORD event)
{
  g_atomic_int_set (&interrupted, TRUE);
  g_idle_add (quit, interrupted_loop);
  return TRUE;
}

void
hearth_ctl_quit_on_interrupt (GMainLoop *loop)
{
  interrupted_loop = loop;
  SetConsoleCtrlHandler (on_control, TRUE);
}

gboolean
hearth_ctl_was_interrupted (void)
{
  return g_atomic_int_get (&interrupted);
}
