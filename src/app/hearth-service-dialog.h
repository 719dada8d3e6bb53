/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-port-names.h"
#include "hearth-service.h"

G_BEGIN_DECLS

/**
 * HearthServiceDialog:
 *
 * All there is to know of one service: what is usually there, who has it, who can reach it and why. It follows the
 * service, and stays when that goes.
 */
#define HEARTH_TYPE_SERVICE_DIALOG (hearth_service_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HearthServiceDialog, hearth_service_dialog, HEARTH, SERVICE_DIALOG, AdwDialog)

AdwDialog *hearth_service_dialog_new (HearthService         *service,
                                      const HearthPortNames *names);

G_END_DECLS
