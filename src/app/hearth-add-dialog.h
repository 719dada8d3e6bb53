/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-address-changes.h"

G_BEGIN_DECLS

/**
 * HearthAddDialog:
 *
 * Asks which addresses to add, and for how long; says while somebody types what will happen and what is
 * wrong; carries it out through its #HearthAddressChanges, and closes when that is done. Where nobody
 * can change addresses it offers the command instead.
 */
#define HEARTH_TYPE_ADD_DIALOG (hearth_add_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddDialog, hearth_add_dialog, HEARTH, ADD_DIALOG, AdwDialog)

/* @text is what is to be added, or NULL for a suggestion; @lifetime how long it stays where it
 * can stay so long. Both can be changed then. (transfer floating) */
AdwDialog *hearth_add_dialog_new (HearthAddressChanges *changes,
                                  const char           *text,
                                  HearthLifetime        lifetime);

G_END_DECLS
