/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-port-names.h"
#include "hearth-services.h"

G_BEGIN_DECLS

typedef enum {
  HEARTH_SERVICE_ORDER_PORT,
  HEARTH_SERVICE_ORDER_NAME,
  HEARTH_SERVICE_ORDER_PROGRAM,
  HEARTH_SERVICE_ORDER_REACH, /* the farthest first */
} HearthServiceOrder;

typedef enum {
  HEARTH_SERVICE_SHOWN_ALL,
  HEARTH_SERVICE_SHOWN_THIS_COMPUTER, /* those that nobody else can reach */
  HEARTH_SERVICE_SHOWN_OTHERS,        /* those that others can reach */
} HearthServiceShown;

/**
 * HearthServiceList:
 *
 * The services that are looked for, in the order that is wanted: a #GListModel of #HearthService.
 */
#define HEARTH_TYPE_SERVICE_LIST (hearth_service_list_get_type ())
G_DECLARE_FINAL_TYPE (HearthServiceList, hearth_service_list, HEARTH, SERVICE_LIST, GObject)

HearthServiceList *hearth_service_list_new (HearthServices        *services,
                                            const HearthPortNames *names);

/* (transfer none) */
GListModel        *hearth_service_list_get_found (HearthServiceList *self);

/* Shows what has each word of @text; all for "". */
void               hearth_service_list_search    (HearthServiceList *self,
                                                  const char        *text);
void               hearth_service_list_show      (HearthServiceList  *self,
                                                  HearthServiceShown  shown);
void               hearth_service_list_sort      (HearthServiceList  *self,
                                                  HearthServiceOrder  order);

G_END_DECLS
