/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of sockets, or a command line, from anybody: the first byte says which of the three. */

#include "../fuzz/fuzz.h"

#include <string.h>

#include "hearth-pcblist-bsd.h"
#include "hearth-processes-bsd.h"

static void
check (const HearthListener *listener, gpointer transport)
{
  g_assert_cmpuint (listener->transport, ==, *(HearthTransport *) transport);
  g_assert_cmpuint (listener->port, !=, 0);
  g_assert_true (listener->address.family == HEARTH_FAMILY_IPV4 ||
                 listener->address.family == HEARTH_FAMILY_IPV6);
  g_assert_true (!listener->only_ipv6 || hearth_listener_is_everywhere (listener));
  g_assert_null (listener->process);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *exact = size > 0 ? g_memdup2 (data + 1, size - 1) : NULL;
  g_autofree char *command = NULL;
  HearthTransport transport;

  if (size == 0)
    return 0;
  transport = data[0] == 0 ? HEARTH_TRANSPORT_TCP : HEARTH_TRANSPORT_UDP;
  if (data[0] < 2)
    {
      hearth_pcblist_bsd_parse (exact, size - 1, transport, check, &transport);
      return 0;
    }
  command = hearth_processes_bsd_parse_command (exact, size - 1);
  g_assert_true (g_utf8_validate (command, -1, NULL));
  return 0;
}
