/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-neighbours.h"

#include <uv.h>

static ServeAddress
address_of (const uv_interface_address_t *interface)
{
  ServeAddress address = { .is_ipv6 = interface->address.address4.sin_family == AF_INET6 };

  if (address.is_ipv6)
    memcpy (address.bytes, &interface->address.address6.sin6_addr, 16);
  else
    memcpy (address.bytes, &interface->address.address4.sin_addr, 4);
  return address;
}

bool
serve_peer_is_here (const ServeAddress *peer)
{
  uv_interface_address_t *interfaces;
  bool is_here = false;
  int n;

  if (serve_address_is_loopback (peer))
    return true;
  if (uv_interface_addresses (&interfaces, &n) != 0)
    return false;
  for (int i = 0; i < n && !is_here; i++)
    {
      ServeAddress address = address_of (&interfaces[i]);

      is_here = serve_address_equal (&address, peer);
    }
  uv_free_interface_addresses (interfaces, n);
  return is_here;
}
