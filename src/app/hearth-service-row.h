/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-port-names.h"
#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthServiceRow:
 *
 * A row of the Services page: a #HearthService. What can be done with it are actions of the page around it:
 * `services.stop`, and those of #HearthToastBin.
 */
#define HEARTH_TYPE_SERVICE_ROW (hearth_service_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthServiceRow, hearth_service_row, HEARTH, SERVICE_ROW, HearthRow)

/* Before an item is set. */
void hearth_service_row_set_names (HearthServiceRow      *self,
                                   const HearthPortNames *names);

G_END_DECLS
