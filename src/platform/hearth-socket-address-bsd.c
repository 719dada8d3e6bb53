/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-socket-address-bsd.h"

#include <stddef.h>
#include <string.h>

#define FAMILY_AT offsetof (struct sockaddr, sa_family)
#define IPV4_AT offsetof (struct sockaddr_in, sin_addr)
#define IPV6_AT offsetof (struct sockaddr_in6, sin6_addr)

static gboolean
is_of_one_link (const guint8 *bytes)
{
  return (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80) ||
         (bytes[0] == 0xff && ((bytes[1] & 0x0f) == 1 || (bytes[1] & 0x0f) == 2));
}

static HearthAddress
read_ipv6 (const guint8 *bytes, guint32 *link_index)
{
  guint8 copy[16];

  memcpy (copy, bytes, sizeof copy);
  if (is_of_one_link (copy) && (copy[2] != 0 || copy[3] != 0))
    {
      if (link_index != NULL)
        *link_index = ((guint32) copy[2] << 8) | copy[3];
      copy[2] = 0;
      copy[3] = 0;
    }
  return hearth_address_from_bytes (HEARTH_FAMILY_IPV6, copy);
}

HearthAddress
hearth_socket_address_bsd_read (const void *bytes, gsize length, guint32 *link_index)
{
  const guint8 *at = bytes;

  if (length <= FAMILY_AT)
    return HEARTH_ADDRESS_NONE;
  if (at[FAMILY_AT] == AF_INET && length >= IPV4_AT + 4)
    return hearth_address_from_bytes (HEARTH_FAMILY_IPV4, at + IPV4_AT);
  if (at[FAMILY_AT] == AF_INET6 && length >= IPV6_AT + 16)
    return read_ipv6 (at + IPV6_AT, link_index);
  return HEARTH_ADDRESS_NONE;
}

guint8
hearth_socket_address_bsd_read_prefix (const void *bytes, gsize length, HearthFamily family)
{
  gsize from = family == HEARTH_FAMILY_IPV4 ? IPV4_AT : IPV6_AT;
  gsize to = from + (family == HEARTH_FAMILY_IPV4 ? 4 : 16);
  guint8 bits = 0;

  for (gsize i = from; i < MIN (to, length); i++)
    for (guint8 bit = 0x80; bit != 0; bit >>= 1)
      {
        if ((((const guint8 *) bytes)[i] & bit) == 0)
          return bits;
        bits++;
      }
  return bits;
}

void
hearth_socket_address_bsd_set_ipv4 (struct sockaddr_in *name, const HearthAddress *address)
{
  memset (name, 0, sizeof *name);
  name->sin_len = sizeof *name;
  name->sin_family = AF_INET;
  memcpy (&name->sin_addr, address->bytes, 4);
}

void
hearth_socket_address_bsd_set_ipv6 (struct sockaddr_in6 *name,
                                    const HearthAddress *address,
                                    guint32 link_index)
{
  memset (name, 0, sizeof *name);
  name->sin6_len = sizeof *name;
  name->sin6_family = AF_INET6;
  memcpy (&name->sin6_addr, address->bytes, 16);
  if (is_of_one_link (address->bytes))
    name->sin6_scope_id = link_index;
}

HearthAddress
hearth_socket_address_bsd_make_mask (const HearthPrefix *prefix)
{
  HearthAddress mask = { .family = prefix->address.family };

  for (guint i = 0; i < prefix->length; i++)
    mask.bytes[i / 8] |= (guint8) (0x80 >> (i % 8));
  return mask;
}
