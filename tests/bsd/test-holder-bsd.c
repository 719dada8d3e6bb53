/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has a port on macOS and FreeBSD, by what fake-holder.c tells of sockets. */

#include <glib.h>
#include <string.h>

#include "fake-holder.h"
#include "serve-neighbours.h"

static void
put (const char *family, const char *text, unsigned port, int pid, const char *name)
{
  FakeSocket *fake = &fake_sockets[n_fake_sockets++];
  ServeAddress address;

  g_assert_true (serve_address_parse (&address, serve_text (text)));
  memset (fake, 0, sizeof *fake);
  fake->has_ipv4 = strchr (family, '4') != NULL;
  fake->has_ipv6 = strchr (family, '6') != NULL;
  fake->listens = strchr (family, '-') == NULL;
  fake->port = port;
  fake->pid = pid;
  fake->name = name;
  if (address.is_ipv6)
    memcpy (fake->bytes, address.bytes, 16);
  else
    memcpy (fake->bytes + 12, address.bytes, 4);
}

static void
assert_holder (const char *text, unsigned port, int pid, const char *name)
{
  ServeAddress address;
  ServeHolder holder;

  g_assert_true (serve_address_parse (&address, serve_text (text)));
  memset (&holder, 0xff, sizeof holder);
  g_assert_cmpint (serve_holder_find (&address, port, &holder), ==, pid != 0);
  g_assert_cmpint (holder.pid, ==, pid);
  g_assert_cmpstr (holder.name, ==, name);
}

static void
test_addresses (void)
{
  n_fake_sockets = 0;
  assert_holder ("127.0.0.1", 8000, 0, "");
  put ("4-", "127.0.0.1", 8000, 10, "connected");
  put ("4", "127.0.0.1", 8000, 11, "four");
  put ("6", "::1", 8000, 12, "six");
  put ("4", "0.0.0.0", 8001, 13, "all-four");
  put ("46", "::", 8002, 14, "both");
  put ("6", "::", 8003, 15, "all-six");
  assert_holder ("127.0.0.1", 8000, 11, "four");
  assert_holder ("::1", 8000, 12, "six");
  assert_holder ("127.0.0.2", 8000, 0, "");
  assert_holder ("fd00::1", 8000, 0, "");
  assert_holder ("127.0.0.9", 8001, 13, "all-four");
  assert_holder ("::1", 8001, 0, "");
  assert_holder ("127.0.0.9", 8002, 14, "both");
  assert_holder ("fd00::1", 8002, 14, "both");
  assert_holder ("127.0.0.1", 8003, 0, "");
  assert_holder ("::1", 8003, 15, "all-six");
  assert_holder ("127.0.0.1", 8004, 0, "");
}

/* Of a program that may not be looked at there is no name; and none is made up. */
static void
test_unknown (void)
{
  n_fake_sockets = 0;
  put ("4", "127.0.0.1", 8000, 0, "");
  put ("4", "127.0.0.1", 8001, 7, "a\nb\x7f");
  assert_holder ("127.0.0.1", 8000, 0, "");
  assert_holder ("127.0.0.1", 8001, 7, "a?b?");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holder-bsd/addresses", test_addresses);
  g_test_add_func ("/holder-bsd/unknown", test_unknown);
  return g_test_run ();
}
