/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-written-network.h"

#include <string.h>

gboolean
hearth_written_network_parse_address (const char *text, HearthAddress *address, gboolean *is_short)
{
  static const char *const endings[] = { "", ".0", ".0.0", ".0.0.0" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *whole = g_strconcat (text, endings[i], NULL);

      *is_short = i > 0;
      if (hearth_address_parse (whole, address, NULL) && address->family == HEARTH_FAMILY_IPV4)
        return TRUE;
    }
  return FALSE;
}

gboolean
hearth_written_network_parse_mask (const char *text, guint8 *length)
{
  HearthAddress mask;
  guint32 bits;

  if (!hearth_address_parse (text, &mask, NULL) || mask.family != HEARTH_FAMILY_IPV4)
    return FALSE;
  memcpy (&bits, mask.bytes, sizeof bits);
  bits = ~GUINT32_FROM_BE (bits);
  *length = (guint8) (bits == 0 ? 32 : 32 - g_bit_storage (bits));
  return (bits & (bits + 1)) == 0;
}

HearthAddress
hearth_written_network_find_last (const HearthAddress *address, guint8 length)
{
  HearthAddress last = hearth_address_from_bytes (address->family, address->bytes);

  for (guint i = length; i < hearth_address_get_bits (address); i++)
    last.bytes[i / 8] |= (guint8) (0x80 >> (i % 8));
  return last;
}
