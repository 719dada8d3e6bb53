/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of /proc/net/tcp, tcp6, udp or udp6: what is read of it is what sscanf() reads there. */

#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#include "hearth-proc-net-linux.h"

static void
check (const char *line, gsize length, const HearthListener *listener)
{
  g_autofree char *text = g_strndup (line, length);
  char address[HEARTH_ADDRESS_TEXT_SIZE], local[33];
  guint32 port, state, user, word;
  guint64 inode;

  if (strpbrk (text, "\n\v\f\r") != NULL) /* blanks to sscanf() alone */
    return;
  g_assert_cmpint (sscanf (text,
                           "%*s %32[0-9A-Fa-f]:%x %*s %x %*s %*s %*s %u %*s %" G_GUINT64_FORMAT,
                           local, &port, &state, &user, &inode),
                   ==, 5);
  g_assert_cmpuint (listener->port, ==, port);
  g_assert_cmpuint (listener->port, !=, 0);
  g_assert_cmpuint (state, ==, listener->transport == HEARTH_TRANSPORT_TCP ? 10 : 7);
  g_assert_cmpuint (listener->user_id, ==, user);
  g_assert_cmpuint (listener->socket_id, ==, inode);
  g_assert_cmpuint (strlen (local), ==, listener->address.family == HEARTH_FAMILY_IPV4 ? 8 : 32);
  for (gsize i = 0; i < strlen (local) / 8; i++)
    {
      g_autofree char *digits = g_strndup (local + 8 * i, 8);

      memcpy (&word, listener->address.bytes + 4 * i, sizeof word);
      g_assert_cmphex (word, ==, g_ascii_strtoull (digits, NULL, 16));
    }
  g_assert_cmpuint (strlen (hearth_address_print (&listener->address, address)), >, 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *exact = g_memdup2 (data, size); /* so that a read past the end is caught */
  HearthListener listener;

  if (hearth_proc_net_parse_line (exact, size, HEARTH_TRANSPORT_TCP, &listener))
    check (exact, size, &listener);
  if (hearth_proc_net_parse_line (exact, size, HEARTH_TRANSPORT_UDP, &listener))
    check (exact, size, &listener);
  return 0;
}
