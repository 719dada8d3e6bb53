/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthNameSources:
 * @nsswitch: (nullable): the contents of nsswitch.conf(5), NUL-terminated
 * @in_hosts: whether /etc/hosts has the name
 * @is_here: whether the name servers keep the name to this computer
 * @has_myhostname: whether nss-myhostname(8) is there, which knows localhost and the computer's own name
 *
 * What decides whom the C library asks for localhost or the computer's own name.
 */
typedef struct {
  const char *nsswitch;
  gboolean in_hosts;
  gboolean is_here;
  gboolean has_myhostname;
} HearthNameSources;

/* Whether looking the name up may send something to another computer: a source that asks others comes before one
 * that is sure to know the name. A source that nobody here knows is one that asks others. */
gboolean hearth_name_sources_ask_others   (const HearthNameSources *self);

/* Whether the name servers of @resolv_conf, the contents of resolv.conf(5), answer for such a name without asking
 * others. Of systemd-resolved it is known (systemd-resolved.service(8)), but not of its proxy at 127.0.0.54, and not
 * for the names that the C library makes of it with a search list, or with the domain of @host_name.
 * @resolv_conf: (nullable)
 * @host_name: (nullable) */
gboolean hearth_name_sources_is_here      (const char              *resolv_conf,
                                           const char              *host_name);

G_END_DECLS
