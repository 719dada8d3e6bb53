/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-termination.h"

#include <glib-unix.h>
#include <signal.h>

/* The source goes, and with it GLib's handler: the next signal finds the system's own. */
static gboolean
on_signal (gpointer application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

void
hearth_termination_follow (GApplication *application)
{
  static const int ends[] = { SIGTERM, SIGINT, SIGHUP };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    g_unix_signal_add (ends[i], on_signal, application);
}
