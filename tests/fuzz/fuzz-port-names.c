/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file of services of any bytes: every name is one word of text that stands in it. */

#include "fuzz.h"

#include <string.h>

#include "hearth-port-names.h"

static void
check (const uint8_t *data, size_t size, const char *name)
{
  if (name == NULL)
    return;
  g_assert_cmpuint (strlen (name), >, 0);
  g_assert_cmpuint (strlen (name), <=, 64);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_null (strpbrk (name, " \t\r\n#"));
  g_assert_nonnull (memmem (data, size, name, strlen (name)));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *exact = g_memdup2 (data, size); /* so that a read past the end is caught */
  g_autoptr (HearthPortNames) names = hearth_port_names_parse (exact, size);

  for (guint port = 0; port < 1024; port++)
    {
      check (data, size, hearth_port_names_look_up (names, HEARTH_TRANSPORT_TCP, (guint16) port));
      check (data, size, hearth_port_names_look_up (names, HEARTH_TRANSPORT_UDP, (guint16) port));
    }
  g_assert_null (hearth_port_names_look_up (names, HEARTH_TRANSPORT_TCP, 0));
  return 0;
}
