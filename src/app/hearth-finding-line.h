/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-finding.h"

G_BEGIN_DECLS

/**
 * HearthFindingLine:
 *
 * A sentence beside an icon that says how it is meant, for eyes and for screen readers.
 */
#define HEARTH_TYPE_FINDING_LINE (hearth_finding_line_get_type ())
G_DECLARE_FINAL_TYPE (HearthFindingLine, hearth_finding_line, HEARTH, FINDING_LINE, AdwBin)

/* (transfer floating) */
GtkWidget *hearth_finding_line_new   (void);

void       hearth_finding_line_show  (HearthFindingLine   *self,
                                      HearthFindingLevel   level,
                                      const char          *text);

/* Good news and circumstances: an @icon_name without a meaning of its own. */
void       hearth_finding_line_tell  (HearthFindingLine   *self,
                                      const char          *icon_name,
                                      const char          *text);

G_END_DECLS
