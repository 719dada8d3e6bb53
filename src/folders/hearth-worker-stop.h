/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks @process, a hearth-serve whose standard input is a pipe of ours, to end in its own way. */
void hearth_worker_stop (GSubprocess *process);

G_END_DECLS
