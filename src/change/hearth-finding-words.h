/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-finding.h"

G_BEGIN_DECLS

/* For hearth-finding.c alone: what is said of addresses, whatever they were found by. @prefixes is not empty.
 * (transfer full) */

/* Of every kind that is about addresses, but for the two below. */
char *hearth_finding_words_for            (HearthFindingKind   kind,
                                           HearthFindingLevel  level,
                                           const char         *interface,
                                           const GArray       *prefixes);

/* REACHABLE: by the rules, each reason once, with the addresses it is true of. */
char *hearth_finding_words_for_reach      (const GArray       *prefixes);

/* HIDES_HOST: what is hidden is a neighbour, or routed to, or, with NONE, on the internet. */
char *hearth_finding_words_for_hidden     (HearthNearness      nearness,
                                           const GArray       *prefixes);

G_END_DECLS
