/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-host.h"

#include <uv.h>

#define LOCALHOST SERVE_TEXT ("localhost")

static const uint8_t mapped_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static bool
is_digit (char character)
{
  return character >= '0' && character <= '9';
}

/* Four numbers; every request with such a Host comes by here. */
static bool
parse_ipv4 (uint8_t bytes[4], ServeText text)
{
  for (int i = 0; i < 4; i++)
    {
      ServeText part = serve_text_split (&text, '.');
      unsigned number = 0;

      if (part.length == 0 || part.length > 3 || (part.length > 1 && part.bytes[0] == '0'))
        return false;
      for (size_t j = 0; j < part.length; j++)
        {
          if (!is_digit (part.bytes[j]))
            return false;
          number = number * 10 + (unsigned) (part.bytes[j] - '0');
        }
      if (number > 255)
        return false;
      bytes[i] = (uint8_t) number;
    }
  return text.bytes == NULL;
}

/* libuv takes a zone for nothing, and wants a NUL. */
static bool
parse_ipv6 (uint8_t bytes[16], ServeText text)
{
  char string[SERVE_ADDRESS_TEXT_SIZE];

  if (text.length >= sizeof string || memchr (text.bytes, '%', text.length) != NULL ||
      memchr (text.bytes, '\0', text.length) != NULL)
    return false;
  memcpy (string, text.bytes, text.length);
  string[text.length] = '\0';
  return uv_inet_pton (AF_INET6, string, bytes) == 0;
}

bool
serve_address_parse (ServeAddress *address, ServeText text)
{
  bool is_ipv6 = text.length > 0 && memchr (text.bytes, ':', text.length) != NULL;

  *address = (ServeAddress) { .is_ipv6 = is_ipv6 };
  return is_ipv6 ? parse_ipv6 (address->bytes, text) : parse_ipv4 (address->bytes, text);
}

bool
serve_address_equal (const ServeAddress *address, const ServeAddress *other)
{
  return address->is_ipv6 == other->is_ipv6 &&
         memcmp (address->bytes, other->bytes, address->is_ipv6 ? 16 : 4) == 0;
}

bool
serve_address_is_loopback (const ServeAddress *address)
{
  static const uint8_t loopback[16] = { [15] = 1 };

  if (!address->is_ipv6)
    return address->bytes[0] == 127;
  if (memcmp (address->bytes, mapped_prefix, sizeof mapped_prefix) == 0)
    return address->bytes[12] == 127;
  return memcmp (address->bytes, loopback, sizeof loopback) == 0;
}

void
serve_address_print (const ServeAddress *address, char text[SERVE_ADDRESS_TEXT_SIZE])
{
  if (uv_inet_ntop (address->is_ipv6 ? AF_INET6 : AF_INET, address->bytes, text,
                    SERVE_ADDRESS_TEXT_SIZE) != 0)
    text[0] = '\0';
}

static bool
is_hexadecimal (char character)
{
  return is_digit (character) || (character >= 'a' && character <= 'f') ||
         (character >= 'A' && character <= 'F');
}

/* Unreserved characters and sub-delims (RFC 3986, 3.2.2). */
static bool
is_name_character (char character)
{
  return is_digit (character) || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z') ||
         (character != '\0' && strchr ("-._~!$&'()*+,;=", character) != NULL);
}

static bool
is_name (ServeText text)
{
  for (size_t i = 0; i < text.length; i++)
    {
      if (text.bytes[i] == '%' && text.length - i > 2 && is_hexadecimal (text.bytes[i + 1]) &&
          is_hexadecimal (text.bytes[i + 2]))
        i += 2;
      else if (!is_name_character (text.bytes[i]))
        return false;
    }
  return text.length > 0;
}

/* -1 for what is no port; 80 where there is none. */
static int
get_port (ServeText text)
{
  int port = 0;

  for (size_t i = 0; i < text.length; i++)
    {
      if (!is_digit (text.bytes[i]))
        return -1;
      port = port * 10 + (text.bytes[i] - '0');
      if (port > 65535)
        return -1;
    }
  return text.length == 0 ? 80 : port;
}

/* Takes the host off @rest, and a bracket with it. */
static bool
take_host (ServeAuthority *authority, ServeText *rest)
{
  ServeAddress address;
  const char *end;

  authority->is_bracketed = rest->length > 0 && rest->bytes[0] == '[';
  if (authority->is_bracketed)
    {
      rest->bytes++;
      rest->length--;
    }
  end = rest->length == 0 ? NULL
                          : (const char *) memchr (rest->bytes, authority->is_bracketed ? ']' : ':',
                                                   rest->length);
  if (authority->is_bracketed && end == NULL)
    return false;

  authority->host = *rest;
  if (end != NULL)
    authority->host.length = (size_t) (end - rest->bytes);
  rest->bytes += authority->host.length + authority->is_bracketed;
  rest->length -= authority->host.length + authority->is_bracketed;
  return authority->is_bracketed
             ? serve_address_parse (&address, authority->host) && address.is_ipv6
             : is_name (authority->host);
}

bool
serve_authority_parse (ServeAuthority *authority, ServeText text)
{
  ServeText rest = text;

  *authority = (ServeAuthority) { { NULL, 0 }, false, { NULL, 0 } };
  if (text.length == 0 || !take_host (authority, &rest))
    return false;
  if (rest.length == 0)
    return true;
  if (rest.bytes[0] != ':')
    return false;
  authority->port = (ServeText) { rest.bytes + 1, rest.length - 1 };
  return get_port (authority->port) >= 0;
}

static ServeText
without_dot (ServeText host)
{
  if (host.length > 0 && host.bytes[host.length - 1] == '.')
    host.length--;
  return host;
}

/* What is nothing but a dot is nobody's host. */
static bool
host_equal (ServeText host, ServeText other)
{
  return without_dot (host).length > 0 &&
         serve_text_equal_nocase (without_dot (host), without_dot (other));
}

bool
serve_authority_equal (const ServeAuthority *authority, const ServeAuthority *other)
{
  ServeAddress one;
  ServeAddress two;

  if (authority->is_bracketed != other->is_bracketed ||
      get_port (authority->port) != get_port (other->port))
    return false;
  if (!authority->is_bracketed)
    return host_equal (authority->host, other->host);
  return serve_address_parse (&one, authority->host) && serve_address_parse (&two, other->host) &&
         serve_address_equal (&one, &two);
}

/* localhost, or labels before it, none of which is empty (RFC 6761, 6.3). */
static bool
is_localhost (ServeText host)
{
  ServeText rest = without_dot (host);
  ServeText label;

  while (rest.length > LOCALHOST.length)
    {
      label = serve_text_split (&rest, '.');
      if (label.length == 0)
        return false;
    }
  return serve_text_equal_nocase (rest, LOCALHOST);
}

static bool
has_name (const ServeHosts *hosts, ServeText host)
{
  for (size_t i = 0; i < hosts->n_names; i++)
    {
      if (host_equal (host, serve_text (hosts->names[i])))
        return true;
    }
  return false;
}

static bool
has_address (const ServeHosts *hosts, const ServeAddress *address)
{
  for (size_t i = 0; i < hosts->n_addresses; i++)
    {
      if (serve_address_equal (&hosts->addresses[i], address))
        return true;
    }
  return false;
}

bool
serve_hosts_include (const ServeHosts *hosts,
                     const ServeAuthority *authority,
                     const ServeAddress *local)
{
  ServeAddress address;

  if (serve_address_parse (&address, authority->host))
    return has_address (hosts, &address) ||
           (local != NULL && serve_address_equal (local, &address));
  return is_localhost (authority->host) || has_name (hosts, authority->host);
}
