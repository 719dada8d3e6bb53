/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-reference.h"

#include <glib/gi18n-lib.h>

static gboolean
append_section (const GMatchInfo *match, GString *words, gpointer data)
{
  g_autofree char *document = g_match_info_fetch (match, 1);
  g_autofree char *section = g_match_info_fetch (match, 2);

  /* Translators: a document and a section of it, "RFC 1122, section 3.2.1.3" */
  g_string_append_printf (words, _ ("%s, section %s"), document, section);
  return FALSE;
}

char *
hearth_reference_words (const char *source)
{
  g_autoptr (GRegex) sections =
      g_regex_new ("(RFC [0-9]+), section ([0-9.]*[0-9])", G_REGEX_DEFAULT, 0, NULL);

  return g_regex_replace_eval (sections, source, -1, 0, G_REGEX_MATCH_DEFAULT, append_section, NULL,
                               NULL);
}
