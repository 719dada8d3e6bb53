/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "witness.h"

#include <string.h>

/* inet_ntop() prints IPv4-compatible addresses with dots, as elsewhere, and without them what is
 * mapped from 0.0.0.0/16. */
gboolean
witness_prints_otherwise (const HearthAddress *address)
{
  static const guint8 zeros[12], mapped[14] = { [10] = 0xff, [11] = 0xff };

  return address->family == HEARTH_FAMILY_IPV6 &&
         (memcmp (address->bytes, zeros, 12) == 0 || memcmp (address->bytes, mapped, 14) == 0);
}

/* "::ffff:1.06.0.0", where 06 may be octal. */
gboolean
witness_takes_more (const char *text)
{
  const char *dot = strchr (text, '.');

  for (const char *zero = strchr (text, '0'); dot != NULL && zero != NULL;
       zero = strchr (zero + 1, '0'))
    if ((zero == text || strchr (":.", zero[-1]) != NULL) && g_ascii_isdigit (zero[1]))
      return TRUE;
  return FALSE;
}
