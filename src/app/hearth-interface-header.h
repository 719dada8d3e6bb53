/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-address-changes.h"
#include "hearth-interface.h"

G_BEGIN_DECLS

/**
 * HearthInterfaceHeader:
 *
 * The head of the section of an interface: its name, what it is in plain words, whether it is on, and of
 * loopback who can change it.
 */
#define HEARTH_TYPE_INTERFACE_HEADER (hearth_interface_header_get_type ())
G_DECLARE_FINAL_TYPE (HearthInterfaceHeader, hearth_interface_header, HEARTH, INTERFACE_HEADER,
                      AdwBin)

/* NULL shows nothing and takes no room. */
void hearth_interface_header_set_interface (HearthInterfaceHeader *self,
                                            HearthInterface       *interface);

/* Whose way of changing addresses a loopback interface tells. (nullable) */
void hearth_interface_header_set_changes   (HearthInterfaceHeader *self,
                                            HearthAddressChanges  *changes);

G_END_DECLS
