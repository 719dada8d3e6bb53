/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-network-file.h"

char *
hearth_network_file_dup_path (const char *name)
{
  return g_strconcat ("/etc/", name, NULL);
}
