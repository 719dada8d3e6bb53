/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses, authorities, and whether one is this server. */

#include "fuzz.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

#include "serve-host.h"

static const char *const names[] = { "shop.test" };

/* The system reads the same address, and it prints to what is read as the same. */
static void
fuzz_address (ServeText text)
{
  ServeAddress address;
  ServeAddress again;
  char printed[SERVE_ADDRESS_TEXT_SIZE];
  g_autofree char *string = g_strndup (text.bytes, text.length);
  gboolean has_nul = strlen (string) != text.length;
  uint8_t bytes[16] = { 0 };
  gboolean is_right = serve_address_parse (&address, text);
  int family = strchr (string, ':') == NULL ? AF_INET : AF_INET6;

  g_assert_cmpint (is_right, ==, !has_nul && inet_pton (family, string, bytes) == 1);
  if (!is_right)
    return;
  g_assert_cmpmem (address.bytes, sizeof bytes, bytes, sizeof bytes);
  serve_address_print (&address, printed);
  g_assert_true (serve_address_parse (&again, serve_text (printed)));
  g_assert_true (serve_address_equal (&address, &again));
  g_assert_cmpint (serve_address_is_loopback (&address), ==, serve_address_is_loopback (&again));
}

static void
check_parts (const ServeAuthority *authority, ServeText text)
{
  const char *end = text.bytes + text.length;

  g_assert_cmpuint (authority->host.length, >, 0);
  g_assert_true (authority->host.bytes == text.bytes + authority->is_bracketed);
  g_assert_true (authority->host.bytes + authority->host.length <= end);
  for (size_t i = 0; i < text.length; i++)
    g_assert_true (g_ascii_isgraph (text.bytes[i]) && strchr ("/@\\?#<>\"", text.bytes[i]) == NULL);
  if (authority->port.bytes == NULL)
    return;
  g_assert_true (authority->port.bytes[-1] == ':');
  g_assert_true (authority->port.bytes + authority->port.length == end);
  for (size_t i = 0; i < authority->port.length; i++)
    g_assert_true (g_ascii_isdigit (authority->port.bytes[i]));
}

/* Told in another way: in lower case and without the dot at the end. */
static gboolean
is_ours (const ServeAuthority *authority)
{
  g_autofree char *host = g_ascii_strdown (authority->host.bytes, (gssize) authority->host.length);
  size_t length = strlen (host);
  g_autofree char *dotted = NULL;

  if (authority->is_bracketed)
    return inet_pton (AF_INET6, host, (uint8_t[16]) { 0 }) == 1;
  if (strcmp (host, "127.0.0.1") == 0)
    return TRUE;
  if (host[length - 1] == '.')
    host[length - 1] = '\0';
  dotted = g_strconcat (".", host, NULL);
  return strcmp (host, "shop.test") == 0 ||
         (g_str_has_suffix (dotted, ".localhost") && strstr (dotted, "..") == NULL);
}

static void
fuzz_authority (ServeText text)
{
  ServeAddress loopback;
  ServeHosts us = { &loopback, 1, names, G_N_ELEMENTS (names) };
  ServeAuthority authority;

  if (!serve_authority_parse (&authority, text))
    return;
  check_parts (&authority, text);
  g_assert_true (serve_authority_equal (&authority, &authority) ||
                 serve_text_equal (authority.host, SERVE_TEXT (".")));
  g_assert_true (serve_address_parse (&loopback, SERVE_TEXT ("127.0.0.1")));
  if (!authority.is_bracketed)
    g_assert_cmpint (serve_hosts_include (&us, &authority, NULL), ==, is_ours (&authority));
  else
    {
      g_assert_true (is_ours (&authority));
      g_assert_false (serve_hosts_include (&us, &authority, NULL));
    }
}

/* Two in one input, the first up to a line end. */
static void
fuzz_pair (ServeText text)
{
  ServeText rest = text;
  ServeText first = serve_text_split (&rest, '\n');
  ServeAuthority one;
  ServeAuthority two;

  if (serve_authority_parse (&one, first) && serve_authority_parse (&two, rest))
    g_assert_cmpint (serve_authority_equal (&one, &two), ==, serve_authority_equal (&two, &one));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  ServeText text = { (const char *) data, size };

  fuzz_address (text);
  fuzz_authority (text);
  fuzz_pair (text);
  return 0;
}
