/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the file @name is in which this system keeps names of the network, "hosts" or "services":
 * "/etc/hosts", "C:\Windows\System32\drivers\etc\hosts". Whether it is there is not looked at.
 * (transfer full) */
char *hearth_network_file_dup_path (const char *name);

G_END_DECLS
