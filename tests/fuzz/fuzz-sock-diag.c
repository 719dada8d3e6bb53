/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A datagram of sock_diag's, from anybody: each socket that is read of it can be shown. */

#include "fuzz.h"

#include <string.h>

#include "hearth-sock-diag-linux.h"

/* That of the seeds. */
#define SEQUENCE 7

static void
check (const HearthListener *listener, gpointer n_listeners)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  g_autoptr (HearthListener) copy = hearth_listener_copy (listener);

  ++*(guint *) n_listeners;
  g_assert_cmpuint (listener->transport, ==, HEARTH_TRANSPORT_UDP);
  g_assert_cmpuint (listener->port, !=, 0);
  g_assert_true (listener->address.family == HEARTH_FAMILY_IPV4 ||
                 listener->address.family == HEARTH_FAMILY_IPV6);
  g_assert_false (listener->only_ipv6 && listener->address.family == HEARTH_FAMILY_IPV4);
  g_assert_null (listener->user);
  g_assert_null (listener->process);
  g_assert_cmpuint (strlen (hearth_address_print (&listener->address, text)), >, 1);
  g_assert_cmpint (hearth_listener_compare (listener, copy), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *aligned = g_memdup2 (data, size);
  guint n_listeners = 0;
  int error_number = -1;
  HearthSockDiagResult result = hearth_sock_diag_parse (
      aligned, size, SEQUENCE, HEARTH_TRANSPORT_UDP, check, &n_listeners, &error_number);

  /* A socket takes 88 bytes. */
  g_assert_cmpuint (n_listeners, <=, size / 88);
  if (result == HEARTH_SOCK_DIAG_REFUSED)
    g_assert_cmpint (error_number, >, 0);
  return 0;
}
