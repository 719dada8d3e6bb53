/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-socket-name.h"

int
serve_socket_name_set (ServeSocketName *name, const ServeAddress *address, unsigned port)
{
  char text[SERVE_ADDRESS_TEXT_SIZE];

  serve_address_print (address, text);
  memset (name, 0, sizeof *name);
  if (address->is_ipv6)
    uv_ip6_addr (text, (int) port, &name->ipv6);
  else
    uv_ip4_addr (text, (int) port, &name->ipv4);
  return address->is_ipv6 ? sizeof name->ipv6 : sizeof name->ipv4;
}

ServeAddress
serve_socket_name_get_address (const ServeSocketName *name)
{
  ServeAddress address = { .is_ipv6 = name->any.sa_family == AF_INET6 };

  if (address.is_ipv6)
    memcpy (address.bytes, &name->ipv6.sin6_addr, 16);
  else
    memcpy (address.bytes, &name->ipv4.sin_addr, 4);
  return address;
}

unsigned
serve_socket_name_get_port (const ServeSocketName *name)
{
  return ntohs (name->any.sa_family == AF_INET6 ? name->ipv6.sin6_port : name->ipv4.sin_port);
}
