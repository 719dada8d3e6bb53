/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-proc-net.h"

#define STATE_LISTEN 0x0a

/* The fields after the local address, up to the inode: remote address, state, queues, timer,
 * retransmissions, user, timeouts. */
#define FIELD_LOCAL 1
#define FIELD_STATE 3
#define FIELD_INODE 9

static ServeText
next_field (ServeText *rest)
{
  while (rest->length > 0 && rest->bytes[0] == ' ')
    {
      rest->bytes++;
      rest->length--;
    }
  return serve_text_split (rest, ' ');
}

static bool
parse_number (ServeText text, unsigned base, uint64_t *number)
{
  *number = 0;
  for (size_t i = 0; i < text.length; i++)
    {
      char byte = text.bytes[i];
      unsigned digit = byte >= '0' && byte <= '9'   ? (unsigned) (byte - '0')
                       : byte >= 'A' && byte <= 'F' ? (unsigned) (byte - 'A') + 10
                       : byte >= 'a' && byte <= 'f' ? (unsigned) (byte - 'a') + 10
                                                    : base;

      if (digit >= base || *number > (UINT64_MAX - digit) / base)
        return false;
      *number = *number * base + digit;
    }
  return text.length > 0;
}

/* Words of 32 bits, each as this computer's memory has it. */
static bool
parse_address (ServeText text, ServeAddress *address)
{
  size_t n_words = text.length / 8;

  memset (address, 0, sizeof *address);
  if (text.length != 8 && text.length != 32)
    return false;
  address->is_ipv6 = n_words == 4;
  for (size_t i = 0; i < n_words; i++)
    {
      uint64_t number;
      uint32_t word;

      if (!parse_number ((ServeText) { text.bytes + i * 8, 8 }, 16, &number))
        return false;
      word = (uint32_t) number;
      memcpy (address->bytes + i * 4, &word, sizeof word);
    }
  return true;
}

/* An IPv4 address that a socket of IPv6 was bound to (RFC 4291, 2.5.5.2) is an IPv4 address. */
static void
unmap (ServeAddress *address)
{
  static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

  if (!address->is_ipv6 || memcmp (address->bytes, prefix, sizeof prefix) != 0)
    return;
  address->is_ipv6 = false;
  memcpy (address->bytes, address->bytes + 12, 4);
  memset (address->bytes + 4, 0, 12);
}

static bool
is_all (const ServeAddress *address)
{
  static const uint8_t zeros[16];

  return memcmp (address->bytes, zeros, sizeof zeros) == 0;
}

/* A socket at all addresses of IPv6 mostly has those of IPv4 too; never the other way round. */
static bool
has_address (const ServeAddress *local, const ServeAddress *address)
{
  if (local->is_ipv6 != address->is_ipv6)
    return local->is_ipv6 && is_all (local);
  return is_all (local) || serve_address_equal (local, address);
}

bool
serve_proc_net_find (ServeText line, const ServeAddress *address, unsigned port, uint64_t *inode)
{
  ServeText fields[FIELD_INODE + 1];
  ServeAddress local;
  uint64_t local_port;
  uint64_t state;

  for (size_t i = 0; i <= FIELD_INODE; i++)
    fields[i] = next_field (&line);
  if (!parse_address (serve_text_split (&fields[FIELD_LOCAL], ':'), &local) ||
      !parse_number (fields[FIELD_LOCAL], 16, &local_port) ||
      !parse_number (fields[FIELD_STATE], 16, &state) ||
      !parse_number (fields[FIELD_INODE], 10, inode))
    return false;
  unmap (&local);
  return state == STATE_LISTEN && local_port == port && has_address (&local, address);
}
