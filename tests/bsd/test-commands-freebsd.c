/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody is to type on FreeBSD. */

#include "hearth-commands-freebsd.h"

#include <glib/gstdio.h>

static void
assert_commands (HearthPlanAction action,
                 HearthLifetime lifetime,
                 const char *rc_conf,
                 const char *expected)
{
  const char *const specs[] = { "127.0.0.2-3", "fd00::2", NULL };
  g_autoptr (HearthPlan) plan = hearth_plan_new_from_text (action, specs, NULL, lifetime, NULL);
  g_auto (GStrv) commands = hearth_commands_freebsd_list (plan, "doas", rc_conf);
  g_autofree char *joined = g_strjoinv ("\n", commands);

  g_assert_cmpstr (joined, ==, expected);
}

#define ADD                                                                                        \
  "doas ifconfig lo0 inet 127.0.0.2 netmask 255.255.255.255 alias\n"                               \
  "doas ifconfig lo0 inet 127.0.0.3 netmask 255.255.255.255 alias\n"                               \
  "doas ifconfig lo0 inet6 fd00::2 prefixlen 128 alias"

static void
test_now (void)
{
  assert_commands (HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART, "", ADD);
  assert_commands (HEARTH_PLAN_REMOVE, HEARTH_LIFETIME_UNKNOWN, "",
                   "doas ifconfig lo0 inet 127.0.0.2 -alias\n"
                   "doas ifconfig lo0 inet 127.0.0.3 -alias\n"
                   "doas ifconfig lo0 inet6 fd00::2 -alias");
  assert_commands (HEARTH_PLAN_FORGET, HEARTH_LIFETIME_UNKNOWN, "", "");
}

static void
test_kept (void)
{
  assert_commands (HEARTH_PLAN_ADD, HEARTH_LIFETIME_ALWAYS, "",
                   ADD "\n"
                       "doas sysrc ifconfig_lo0_alias0=\"inet 127.0.0.2 netmask 255.255.255.255\"\n"
                       "doas sysrc ifconfig_lo0_alias1=\"inet 127.0.0.3 netmask 255.255.255.255\"\n"
                       "doas sysrc ifconfig_lo0_alias2=\"inet6 fd00::2 prefixlen 128\"");
}

/* The first numbers that are free, in gaps too, and what only looks like such a variable is none.
 */
static void
test_free_numbers (void)
{
  assert_commands (HEARTH_PLAN_KEEP, HEARTH_LIFETIME_UNKNOWN,
                   "hostname=\"a\"\n"
                   "ifconfig_lo0_alias0=\"inet 127.0.0.9/32\"\n"
                   "  ifconfig_lo0_alias2=\"inet 127.0.0.10/32\"\n"
                   "#ifconfig_lo0_alias1=\"inet 127.0.0.11/32\"\n"
                   "ifconfig_em0_alias1=\"inet 10.0.0.1/32\"\n"
                   "ifconfig_lo0_alias3x=\"\"\n"
                   "ifconfig_lo0_aliases=\"\"\n"
                   "ifconfig_lo0_alias99999999999999999999=\"\"\n"
                   "ifconfig_lo0_alias4=\"inet 127.0.0.12/32\"",
                   "doas sysrc ifconfig_lo0_alias1=\"inet 127.0.0.2 netmask 255.255.255.255\"\n"
                   "doas sysrc ifconfig_lo0_alias3=\"inet 127.0.0.3 netmask 255.255.255.255\"\n"
                   "doas sysrc ifconfig_lo0_alias5=\"inet6 fd00::2 prefixlen 128\"");
}

static void
test_prefix (void)
{
  g_autofree char *folder = g_dir_make_tmp ("doas.XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "doas.conf", NULL);

  g_assert_cmpstr (hearth_commands_freebsd_find_prefix (path), ==, "sudo");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpstr (hearth_commands_freebsd_find_prefix (path), ==, "doas");
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/commands-freebsd/now", test_now);
  g_test_add_func ("/commands-freebsd/kept", test_kept);
  g_test_add_func ("/commands-freebsd/free-numbers", test_free_numbers);
  g_test_add_func ("/commands-freebsd/prefix", test_prefix);
  return g_test_run ();
}
