/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-reference.h"

static void
test_words (void)
{
  static const char *const sources[] = {
    "",
    "ip(7)",
    "RFC 8375",
    "RFC 1122, section 3.2.1.3",
    "RFC 1122, section 3.2.1.3; RFC 6890, section 2.2.2",
    "RFC 6761, section 6.3 · RFC 4291, section 2.5.3 · RFC 8375",
    "RFC 9293, section 4; ip(7)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *words = hearth_reference_words (sources[i]);

      g_assert_cmpstr (words, ==, sources[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/words", test_words);
  return g_test_run ();
}
