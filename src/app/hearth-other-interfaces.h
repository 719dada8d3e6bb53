/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HearthOtherInterfaces:
 *
 * The choice whether interfaces other than loopback are shown, as an item of the list that it is
 * about: the switch scrolls with what it switches. `shown` is a property that can be bound.
 */
#define HEARTH_TYPE_OTHER_INTERFACES (hearth_other_interfaces_get_type ())
G_DECLARE_FINAL_TYPE (HearthOtherInterfaces, hearth_other_interfaces, HEARTH, OTHER_INTERFACES,
                      GObject)

/* (transfer full) */
HearthOtherInterfaces *hearth_other_interfaces_new       (void);

gboolean               hearth_other_interfaces_get_shown (HearthOtherInterfaces *self);
void                   hearth_other_interfaces_set_shown (HearthOtherInterfaces *self,
                                                          gboolean               shown);

G_END_DECLS
