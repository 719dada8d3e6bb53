/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-container-name.h"

#include <glib.h>

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
  const char *cgroups;
  const char *name;
} cases[] = {
  /* Version 2 with systemd, version 1, and a cgroup driver of its own. */
  { "0::/system.slice/docker-" ID ".scope\n", "Docker container 0123456789ab" },
  { "12:pids:/docker/" ID "\n11:cpu,cpuacct:/docker/" ID "\n", "Docker container 0123456789ab" },
  { "0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" ID ".scope/container\n",
    "Podman container 0123456789ab" },
  { "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-" ID ".scope\n",
    "Kubernetes container 0123456789ab" },
  { "0::/kubepods.slice/crio-" ID ".scope\n", "Kubernetes container 0123456789ab" },
  { "0::/lxc.payload.web\n", "LXC container web" },
  { "3:cpu:/lxc/web/system.slice\n", "LXC container web" },
  { "0::/machine.slice/systemd-nspawn@debian.service/payload\n", "machine debian" },
  { "0::/machine.slice/machine-fedora.scope\n", "machine fedora" },
  /* No container: programs and folders that are called so. */
  { "0::/system.slice/docker.service\n", NULL },
  { "0::/user.slice/user-1000.slice/session-2.scope\n", NULL },
  { "0::/app.slice/docker-compose.scope\n", NULL },
  { "0::/docker/0123\n", NULL },
  { "0::/docker/" ID "0\n", NULL },
  { "0::/lxc/\n", NULL },
  { "0::/\n", NULL },
  { "", NULL },
  /* A name is somebody else's text. */
  { "0::/lxc/a\033[2Jb\n", "LXC container a\\x1b[2Jb" },
  { "0::/lxc/%s%n\n", "LXC container %s%n" },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = hearth_container_name_parse (cases[i].cgroups);

      g_test_message ("%s", cases[i].cgroups);
      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/container-name/names", test_names);

  return g_test_run ();
}
