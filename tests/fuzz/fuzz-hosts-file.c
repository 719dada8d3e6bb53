/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hosts file of any bytes: each entry has an address that can be written down again, and is found
 * by each of its names. */

#include "fuzz.h"

#include <string.h>

#include "hearth-hosts-file.h"

static void
check_entry (const HearthHostsFile *file, const HearthHostsEntry *entry)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  HearthAddress again;

  g_assert_true (
      hearth_address_parse_canonical (hearth_address_print (&entry->address, text), &again, NULL));
  g_assert_nonnull (entry->names[0]);
  for (guint i = 0; i < 4 && entry->names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) found = hearth_hosts_file_find (file, entry->names[i]);

      g_assert_true (g_ptr_array_find (found, entry, NULL));
      g_assert_true (g_utf8_validate (entry->names[i], -1, NULL));
      g_assert_null (strpbrk (entry->names[i], " \t\r\n#"));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *exact = g_memdup2 (data, size); /* so that a read past the end is caught */
  g_autoptr (HearthHostsFile) file = hearth_hosts_file_parse (exact, size);
  guint n, last = 0;
  const HearthHostsEntry *entries = hearth_hosts_file_get_entries (file, &n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (entries[i].line, >, last);
      last = entries[i].line;
      if (i < 16)
        check_entry (file, &entries[i]);
    }
  return 0;
}
