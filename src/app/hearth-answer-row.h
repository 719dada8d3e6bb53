/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-port-names.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

/**
 * HearthAnswerRow:
 *
 * Who answers at an address: its port, its name, who can reach it and who has it, with buttons that
 * open it in the browser, where one can be sent there, and copy its address.
 */
#define HEARTH_TYPE_ANSWER_ROW (hearth_answer_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthAnswerRow, hearth_answer_row, HEARTH, ANSWER_ROW, AdwActionRow)

/* (transfer floating) */
GtkWidget *hearth_answer_row_new (const HearthListener *listener,
                                  HearthReach reach,
                                  const HearthPortNames *names);

G_END_DECLS
