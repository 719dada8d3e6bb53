/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ipv6-switch.h"

#define SWITCHES "/proc/sys/net/ipv6/conf"

HearthIpv6
hearth_ipv6_switch_read (const char *link)
{
  g_autofree char *path = g_build_filename (SWITCHES, link, "disable_ipv6", NULL);
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    return text[0] == '0' ? HEARTH_IPV6_ON : HEARTH_IPV6_OFF;
  /* The folder is not there where the kernel started with ipv6.disable=1, or was built without. */
  return g_file_test (SWITCHES, G_FILE_TEST_EXISTS) ? HEARTH_IPV6_ON : HEARTH_IPV6_ABSENT;
}
