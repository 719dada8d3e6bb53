/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of any bytes: what is read of it holds together, reads the same when it is written
 * plainly, and what is refused is refused in a sentence. */

#include "fuzz.h"

#include <arpa/inet.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-spelling.h"

static void
check_sentence (const char *sentence)
{
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
  g_assert_cmpuint (strlen (sentence), <, 500);
  for (const char *at = sentence; *at != '\0'; at++)
    g_assert_false (g_ascii_iscntrl (*at));
}

/* What the C library reads without anything left over is the same address here. */
static void
check_inet_aton (const HearthSpelling *spelling, const char *text)
{
  struct in_addr address;

  if (strpbrk (text, " \t\n\v\f\r") != NULL || !inet_aton (text, &address))
    return;
  g_assert_true (spelling->kind == HEARTH_SPELLING_IPV4 || spelling->kind == HEARTH_SPELLING_PORT);
  g_assert_cmpmem (&address, 4, spelling->address.bytes, 4);
}

static void
check_plain (const HearthSpelling *spelling)
{
  char address[HEARTH_ADDRESS_TEXT_SIZE];
  g_autofree char *plain = spelling->kind == HEARTH_SPELLING_NAME
                               ? g_strdup (spelling->name)
                               : g_strdup (hearth_address_print (&spelling->address, address));
  g_autoptr (HearthSpelling) again = hearth_spelling_read (plain, NULL);

  /* “127.0.0.1-2/” is a name, but alone that is a run of addresses. */
  if (again == NULL || again->kind == HEARTH_SPELLING_RANGE)
    {
      g_assert_nonnull (strchr (plain, '-'));
      return;
    }
  g_assert_cmpint (again->kind, ==, spelling->kind);
  g_assert_cmpstr (again->name, ==, spelling->name);
  g_assert_true (hearth_address_equal (&again->address, &spelling->address));
}

static void
check_kind (const HearthSpelling *spelling)
{
  gboolean has_address = spelling->address.family != HEARTH_FAMILY_NONE;

  switch (spelling->kind)
    {
    case HEARTH_SPELLING_IPV4:
    case HEARTH_SPELLING_IPV6:
      g_assert_true (has_address);
      check_plain (spelling);
      break;
    case HEARTH_SPELLING_NAME:
      g_assert_false (has_address);
      check_plain (spelling);
      break;
    case HEARTH_SPELLING_PREFIX:
    case HEARTH_SPELLING_RANGE:
      g_assert_cmpint (hearth_address_compare (&spelling->address, &spelling->last), <=, 0);
      break;
    case HEARTH_SPELLING_PORT:
      g_assert_cmpuint (spelling->port, >, 0);
      break;
    case HEARTH_SPELLING_ANY:
    case HEARTH_SPELLING_FILE:
    default:
      g_assert_false (has_address);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSpelling) spelling = hearth_spelling_read (text, &error);
  g_auto (GStrv) notes = NULL;

  if (spelling == NULL)
    {
      struct in_addr unused;

      g_assert_true (g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_INVALID));
      check_sentence (error->message);
      g_assert_true (strpbrk (text, " \t\n\v\f\r") != NULL || strlen (text) > 2048 ||
                     !inet_aton (text, &unused));
      return 0;
    }
  g_assert_no_error (error);
  check_kind (spelling);
  check_inet_aton (spelling, text);
  notes = hearth_spelling_list_notes (spelling);
  for (guint i = 0; notes[i] != NULL; i++)
    check_sentence (notes[i]);
  return 0;
}
