/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* From now on SIGTERM, SIGINT and SIGHUP end @application in its own way, by its action `quit`, and a
 * second one ends it at once. It is there until the program ends. On Windows there is nothing to follow. */
void hearth_termination_follow (GApplication *application);

G_END_DECLS
