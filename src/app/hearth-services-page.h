/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-services.h"

G_BEGIN_DECLS

/**
 * HearthServicesPage:
 *
 * Who listens on this computer, and who can reach it. It looks while it is seen, and not otherwise.
 *
 *   "search-mode" (gboolean)
 */
#define HEARTH_TYPE_SERVICES_PAGE (hearth_services_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthServicesPage, hearth_services_page, HEARTH, SERVICES_PAGE, AdwBin)

/* Once the platform has started. */
void hearth_services_page_set_services    (HearthServicesPage *self,
                                           HearthServices     *services);

void hearth_services_page_set_search_mode (HearthServicesPage *self,
                                           gboolean            search_mode);
/* Opens the search, with @text in it. */
void hearth_services_page_search          (HearthServicesPage *self,
                                           const char         *text);
/* Shows all there is to know of the service that hearth_item_key_of_service() calls @key, as soon as it is
 * there, while the page is seen. */
void hearth_services_page_show_service    (HearthServicesPage *self,
                                           const char         *key);

G_END_DECLS
