/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the check-up asks macOS and FreeBSD. Pings go through this system's kernel, over the sockets
 * that theirs give: fake_socket() refuses what FreeBSD refuses. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "hearth-check-commands.h"
#include "hearth-check-containers.h"
#include "hearth-check-steps.h"
#include "hearth-echo-ask.h"
#include "hearth-loopback-trouble.h"

int fake_socket (int domain, int type, int protocol);
int jail_get (struct iovec *iov, unsigned n, int flags);

/* Sockets */

static gboolean is_freebsd, is_root;

int
fake_socket (int domain, int type, int protocol)
{
  if (type == SOCK_DGRAM && is_freebsd)
    {
      errno = EPROTONOSUPPORT;
      return -1;
    }
  if (type == SOCK_RAW && !is_root)
    {
      errno = EPERM;
      return -1;
    }
  return socket (domain, type, protocol);
}

static void
assert_ping (HearthFamily family, HearthEchoOutcome expected)
{
  g_autoptr (GError) error = NULL;
  gint64 us = -1;

  g_assert_cmpint (hearth_echo_ask (family, NULL, &us, &error), ==, expected);
  if (expected == HEARTH_ECHO_ANSWERED)
    g_assert_no_error (error);
  else
    g_assert_nonnull (error);
  g_assert_cmpint (us >= 0, ==, expected == HEARTH_ECHO_ANSWERED);
}

/* In the network of the test, as macOS does (icmp(7)). */
static void
allow_everybody (void)
{
  FILE *groups = fopen ("/proc/sys/net/ipv4/ping_group_range", "w");

  g_assert_nonnull (groups);
  fputs ("0 0", groups);
  g_assert_cmpint (fclose (groups), ==, 0);
}

static void
test_ping (void)
{
  is_freebsd = TRUE;
  is_root = TRUE;
  assert_ping (HEARTH_FAMILY_IPV4, HEARTH_ECHO_ANSWERED);
  assert_ping (HEARTH_FAMILY_IPV6, HEARTH_ECHO_ANSWERED);
  is_root = FALSE;
  assert_ping (HEARTH_FAMILY_IPV4, HEARTH_ECHO_NOT_ALLOWED);
  g_assert_null (hearth_echo_dup_allow_command ());
  g_assert_null (hearth_echo_dup_answer_command (HEARTH_FAMILY_IPV4));
  is_freebsd = FALSE;
  allow_everybody ();
  assert_ping (HEARTH_FAMILY_IPV4, HEARTH_ECHO_ANSWERED);
  assert_ping (HEARTH_FAMILY_IPV6, HEARTH_ECHO_ANSWERED);
}

/* Commands */

static void
test_commands (void)
{
  guint n;
  const HearthCheckStep *steps = hearth_check_steps_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *command = hearth_check_command_dup (steps[i].id, "lo0");

#ifdef __APPLE__
      g_assert_cmpint (command[0] == '\0', ==, g_str_equal (steps[i].id, "containers"));
#else
      g_assert_cmpstr (command, !=, "");
#endif
      g_assert_null (strstr (command, "ip "));
      g_assert_null (strchr (command, '%'));
    }
}

static void
test_command_of_name (void)
{
  g_autofree char *named = hearth_check_command_dup ("lo-up", "lo0");
  g_autofree char *odd = hearth_check_command_dup ("lo-up", "a b");
  g_autofree char *unnamed = hearth_check_command_dup ("lo-up", "");
  g_autofree char *host = hearth_check_command_dup ("set-host-name", "");
  g_autofree char *unknown = hearth_check_command_dup ("no such step", "lo0");

  g_assert_cmpstr (named, ==, "ifconfig lo0");
  g_assert_cmpstr (odd, ==, "ifconfig 'a b'");
  g_assert_cmpstr (unnamed, ==, "ifconfig lo0");
  g_assert_nonnull (strstr (host, "my-computer"));
  g_assert_cmpstr (unknown, ==, "");
}

static void
test_loopback_commands (void)
{
  static const struct {
    HearthLoopbackTrouble trouble;
    const char *expected;
  } rows[] = {
    { HEARTH_LOOPBACK_TROUBLE_DOWN, "ifconfig lo0 up" },
    { HEARTH_LOOPBACK_TROUBLE_NO_IPV4, "ifconfig lo0 inet 127.0.0.1 netmask 255.0.0.0 alias" },
    { HEARTH_LOOPBACK_TROUBLE_NO_IPV6, "ifconfig lo0 inet6 ::1 prefixlen 128 alias" },
    { HEARTH_LOOPBACK_TROUBLE_MISSING, NULL },
    { HEARTH_LOOPBACK_TROUBLE_NONE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *command = hearth_loopback_trouble_to_command (rows[i].trouble, "lo0");

      g_assert_cmpstr (command, ==, rows[i].expected);
    }
}

/* Programs with a localhost of their own */

static guint n_jails;

/* Those with an odd number have a network of their own (JAIL_SYS_NEW), the others have this one. */
int
jail_get (struct iovec *iov, unsigned n, int flags)
{
  int last, vnet;

  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpstr (iov[0].iov_base, ==, "lastjid");
  g_assert_cmpuint (iov[0].iov_len, ==, sizeof "lastjid");
  g_assert_cmpstr (iov[2].iov_base, ==, "name");
  g_assert_cmpstr (iov[4].iov_base, ==, "vnet");
  memcpy (&last, iov[1].iov_base, sizeof last);
  if ((guint) last >= n_jails)
    {
      errno = ENOENT;
      return -1;
    }
  last++;
  vnet = last % 2 == 1 ? 1 : 2;
  g_snprintf (iov[3].iov_base, iov[3].iov_len, "j%d\n", last);
  memcpy (iov[5].iov_base, &vnet, sizeof vnet);
  return last;
}

static void
assert_containers (guint n, const char *expected)
{
  HearthCheckFacts facts = { 0 };
  HearthCheckVerdict *verdict;

  n_jails = n;
  verdict = hearth_check_containers (&facts, HEARTH_FAMILY_NONE, NULL);
  g_assert_cmpint (verdict->state, ==, HEARTH_CHECK_PASSED);
  g_assert_cmpstr (verdict->result, ==, expected);
  hearth_check_verdict_free (verdict);
}

#define NONE "All programs that can be seen from here share this localhost."
#define SOME "A localhost of their own, another one than this, have: "

static void
test_containers (void)
{
  assert_containers (0, NONE);
#ifdef __APPLE__
  assert_containers (9, NONE);
#else
  assert_containers (2, SOME "j1\\x0a.");
  assert_containers (8, SOME "j1\\x0a, j3\\x0a, j5\\x0a, j7\\x0a.");
  assert_containers (11, SOME "j1\\x0a, j3\\x0a, j5\\x0a, j7\\x0a and 2 more.");
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explore-bsd/ping", test_ping);
  g_test_add_func ("/explore-bsd/commands", test_commands);
  g_test_add_func ("/explore-bsd/command-of-name", test_command_of_name);
  g_test_add_func ("/explore-bsd/loopback-commands", test_loopback_commands);
  g_test_add_func ("/explore-bsd/containers", test_containers);
  return g_test_run ();
}
