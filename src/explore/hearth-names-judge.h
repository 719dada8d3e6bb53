/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-check-facts.h"
#include "hearth-check-verdict.h"

G_BEGIN_DECLS

/**
 * HearthNamesKnown:
 * @name: "localhost", or that of this computer; any bytes
 * @facts: of this computer
 * @lines: (element-type HearthHostsEntry): those of /etc/hosts that have it
 * @has_file: whether there is an /etc/hosts
 * @servers: (element-type HearthAddress): the name servers that /etc/resolv.conf names
 * @asks_others: whether another computer would be asked, so that nobody was
 * @addresses: (nullable) (element-type HearthAddress): what the C library says that it is
 * @error: (nullable): why it does not; NULL, as @addresses, where it was not asked
 *
 * All that is known of a name.
 */
typedef struct {
  const char *name;
  const HearthCheckFacts *facts;
  GPtrArray *lines;
  gboolean has_file;
  GArray *servers;
  gboolean asks_others;
  GArray *addresses;
  const GError *error;
} HearthNamesKnown;

typedef HearthCheckVerdict *(*HearthNamesFunc) (const HearthNamesKnown *known);

/* What to say of it. Pure. (transfer full) */
HearthCheckVerdict *hearth_names_judge_localhost (const HearthNamesKnown *known);
HearthCheckVerdict *hearth_names_judge_host      (const HearthNamesKnown *known);

/* Whether it is in 127.0.0.0/8, or ::1. */
gboolean            hearth_names_is_loopback     (const HearthAddress    *address);

G_END_DECLS
