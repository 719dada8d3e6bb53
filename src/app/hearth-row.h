/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HearthRow:
 *
 * What a row of a list view is made of: a widget that shows an `item`, follows its properties, and
 * says what it shows in a `sentence`, and a `description`, for screen readers. It keeps nothing of an
 * item that it no longer has.
 */
#define HEARTH_TYPE_ROW (hearth_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (HearthRow, hearth_row, HEARTH, ROW, AdwBin)

/**
 * HearthRowClass:
 * @update: shows @item, which is new or has changed, and calls hearth_row_set_sentence()
 * @activate: (nullable): what Enter or a double click does
 */
struct _HearthRowClass {
  AdwBinClass parent_class;

  void (*update)   (HearthRow *self, gpointer item);
  void (*activate) (HearthRow *self, gpointer item);
};

/* (nullable) (transfer none) */
gpointer    hearth_row_get_item     (HearthRow  *self);
void        hearth_row_set_item     (HearthRow  *self,
                                     gpointer    item);

/* For subclasses: what it is, and what else there is to it, which is (nullable). */
void        hearth_row_set_sentence (HearthRow  *self,
                                     const char *sentence,
                                     const char *description);

void        hearth_row_activate     (HearthRow  *self);

/* Lets the contents appear within a moment, at once where motion is reduced. */
void        hearth_row_fade_in      (HearthRow  *self);

G_END_DECLS
