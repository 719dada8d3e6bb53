/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-neighbours.h"

#include "serve-socket-name.h"

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
      ServeSocketName name = { .ipv6 = interfaces[i].address.address6 };
      ServeAddress address = serve_socket_name_get_address (&name);

      is_here = serve_address_equal (&address, peer);
    }
  uv_free_interface_addresses (interfaces, n);
  return is_here;
}
