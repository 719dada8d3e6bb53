/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-explain.h"
#include "hearth-port-names.h"

G_BEGIN_DECLS

/**
 * HearthReachSources:
 *
 * What is known of this computer while somebody asks who can reach what: the hosts file, read when
 * it becomes active, and who listens, read again and again while it is; both on threads of their
 * own. Nothing is read while it is not active.
 *
 *   "active" (gboolean)
 *   "changed" (): a signal: an answer of before may be another one now
 */
#define HEARTH_TYPE_REACH_SOURCES (hearth_reach_sources_get_type ())
G_DECLARE_FINAL_TYPE (HearthReachSources, hearth_reach_sources, HEARTH, REACH_SOURCES, GObject)

/* Not active. @platform: started (transfer full) */
HearthReachSources *hearth_reach_sources_new (HearthPlatform *platform);

void hearth_reach_sources_set_active (HearthReachSources *self, gboolean active);

/* What @text is, with what is known now; until something was read, without answers.
 * HEARTH_ERROR_INVALID, with what to write instead. (transfer full) */
HearthExplanation *
hearth_reach_sources_explain (HearthReachSources *self, const char *text, GError **error);

/* Whether the hosts file and who listens have been read once: an explanation of before may say too
 * little. */
gboolean hearth_reach_sources_is_ready (HearthReachSources *self);

/* (transfer none) */
const HearthPortNames *hearth_reach_sources_get_port_names (HearthReachSources *self);

/* Whether two are one socket of one process. */
gboolean hearth_reach_sources_is_same (const HearthListener *a, const HearthListener *b);

G_END_DECLS
