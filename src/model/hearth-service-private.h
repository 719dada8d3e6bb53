/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-service.h"

G_BEGIN_DECLS

/* For HearthServices alone, which keeps the items. */

HearthService *hearth_service_new        (const HearthListener *record,
                                          HearthReach           reach);

/* @record is of the same service. TRUE where something a person sees is another. */
gboolean       hearth_service_set_record (HearthService        *self,
                                          const HearthListener *record);
gboolean       hearth_service_set_reach  (HearthService        *self,
                                          HearthReach           reach);

/* Order and identity of services: that of their listeners but for the socket. */
int            hearth_service_compare_listeners (const HearthListener *a,
                                                 const HearthListener *b);

G_END_DECLS
