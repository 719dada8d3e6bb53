/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-plan.h"

G_BEGIN_DECLS

/* What asks for root's rights on FreeBSD: doas where @path, its doas.conf, is there (without it, it permits nothing),
 * else sudo. */
const char  *hearth_commands_freebsd_find_prefix (const char        *path);

/* The commands for @plan, each behind @prefix: those of macOS, which has the same ifconfig(8), and for what is to be
 * kept a variable for each address by sysrc(8), ifconfig_lo0_alias0 and so on. The system reads those from 0 on, up to
 * the first that is not there (rc.conf(5)), so that each gets the first number that @rc_conf has not. Forgetting has
 * no command: it would leave a gap.
 * @rc_conf: the text of rc.conf (transfer full) */
char       **hearth_commands_freebsd_list        (const HearthPlan  *plan,
                                                  const char        *prefix,
                                                  const char        *rc_conf);

G_END_DECLS
