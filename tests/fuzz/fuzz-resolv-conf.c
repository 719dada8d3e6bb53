/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A resolv.conf of any bytes: what is read of it are addresses that can be written down again. */

#include "fuzz.h"

#include "hearth-resolv-conf.h"

static void
check (const HearthAddress *address, gpointer user_data)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  HearthAddress again;

  g_assert_true (
      hearth_address_parse_canonical (hearth_address_print (address, text), &again, NULL));
  g_assert_true (hearth_address_equal (address, &again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *exact = g_memdup2 (data, size); /* so that a read past the end is caught */

  hearth_resolv_conf_parse (exact, size, check, NULL);
  return 0;
}
