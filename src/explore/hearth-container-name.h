/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The container that a process is in, by @cgroups, the contents of its /proc/PID/cgroup (cgroups(7)), any bytes:
 * "Docker container 0123456789ab", "Podman container …", "LXC container web", "Kubernetes container …", "machine
 * NAME" (systemd-nspawn, a virtual machine), or NULL where nothing there tells of one. In the language of the
 * person, fit for a message. (nullable) (transfer full) */
char *hearth_container_name_parse (const char *cgroups);

G_END_DECLS
