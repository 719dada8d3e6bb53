/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-request-log.h"

G_BEGIN_DECLS

/* For HearthFolder alone, which knows what was requested. */

HearthRequestLog *hearth_request_log_new (void); /* (transfer full) */

/* Adds @n_requests, oldest first, and says that @n_lost more were lost. */
void              hearth_request_log_add (HearthRequestLog     *self,
                                          HearthRequest *const *requests,
                                          guint                 n_requests,
                                          guint64               n_lost);

G_END_DECLS
