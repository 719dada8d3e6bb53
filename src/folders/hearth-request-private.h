/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-request.h"
#include "hearth-serve-event.h"

G_BEGIN_DECLS

/* What @event, a request, says; takes its texts out of it. (transfer full) */
HearthRequest *hearth_request_new (HearthServeEvent *event);

G_END_DECLS
