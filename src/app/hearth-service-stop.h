/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-listener.h"

G_BEGIN_DECLS

/* Whether it is known whose it is, and that is no service manager: a socket that systemd holds for a service which
 * it starts when asked would take the whole session with it. */
gboolean hearth_service_stop_can (const HearthListener *listener);

/* Asks whether the program of @listener, which can be, should be stopped, and stops it: SIGTERM first, and where
 * it goes on after a while SIGKILL, once that is agreed to as well. What came of it is said in a toast.
 * The server of one of the window's folders is stopped by its folder.
 * @parent: a widget inside a #HearthToastBin of a #HearthWindow, which may go meanwhile */
void hearth_service_stop_ask (const HearthListener *listener,
                              GtkWidget            *parent);

G_END_DECLS
