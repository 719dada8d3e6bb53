/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lets @loop quit when the user interrupts the program (SIGINT, SIGTERM) or closes its terminal (SIGHUP), or when
 * nobody reads its standard output any more, so that what runs until then ends in its own way. From now on a write to
 * a closed pipe fails instead of ending the process. On Windows it is what the console tells of, and no more. Once in
 * a process. */
void     hearth_ctl_quit_on_interrupt (GMainLoop *loop);

/* Whether one of these has happened since: a loop that is not running cannot be told to quit. */
gboolean hearth_ctl_was_interrupted   (void);

G_END_DECLS
