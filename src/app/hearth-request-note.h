/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-row.h"

G_BEGIN_DECLS

/**
 * HearthRequestNote:
 *
 * Where requests would be: why there are none. Its item is a #GtkStringObject.
 */
#define HEARTH_TYPE_REQUEST_NOTE (hearth_request_note_get_type ())
G_DECLARE_FINAL_TYPE (HearthRequestNote, hearth_request_note, HEARTH, REQUEST_NOTE, HearthRow)

G_END_DECLS
