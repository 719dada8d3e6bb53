/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-port-names.h"
#include "hearth-service.h"

G_BEGIN_DECLS

/* What the window says of a service. Pure functions of values, in the user's language. */

/* Where it listens, for people: "127.0.0.1", "every address of this computer". (transfer full) */
char *hearth_service_sentences_where  (const HearthListener *listener);

/* Below its name: "127.0.0.1 · TCP · only this computer". (transfer full) */
char *hearth_service_sentences_line   (const HearthListener *listener,
                                       HearthReach           reach);

/* Who has it: "hearth-serve · alice", or why that is not known. (transfer full) */
char *hearth_service_sentences_owner  (const HearthListener *listener);

/* The name of its row: "Port 8000, Development server, hearth-serve, only this computer". (transfer full) */
char *hearth_service_sentences_row    (const HearthListener  *listener,
                                       HearthReach            reach,
                                       const HearthPortNames *names);

/* Who can reach it and why: one or two sentences. (transfer full) */
char *hearth_service_sentences_reach  (const HearthListener *listener,
                                       HearthReach           reach);

/* Whether each word of @query, which is folded (g_utf8_casefold()), is part of what is said of it. */
gboolean hearth_service_sentences_match (HearthService         *service,
                                         const HearthPortNames *names,
                                         const char            *query);

G_END_DECLS
