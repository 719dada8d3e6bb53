/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-commands-here.h"

#include "hearth-commands-freebsd.h"

/* doas(1) is of ports, below their prefix. */
#define DOAS_CONF "/usr/local/etc/doas.conf"
#define RC_CONF "/etc/rc.conf"

char **
hearth_commands_here_list (const HearthPlan *plan)
{
  g_autofree char *rc_conf = NULL;

  g_file_get_contents (RC_CONF, &rc_conf, NULL, NULL);
  return hearth_commands_freebsd_list (plan, hearth_commands_freebsd_find_prefix (DOAS_CONF),
                                       rc_conf != NULL ? rc_conf : "");
}

gboolean
hearth_commands_here_keep (void)
{
  return TRUE;
}
