/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-launch-daemon.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-prefix-list.h"

/* Well more than what the most aliases take that one plan may name. */
#define MAX_BYTES (1024 * 1024)

#define HEAD                                                                                       \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                   \
  "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "                                        \
  "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"                                          \
  "<plist version=\"1.0\">\n"                                                                      \
  "<dict>\n"                                                                                       \
  "  <key>Label</key>\n"                                                                           \
  "  <string>" HEARTH_LAUNCH_DAEMON_LABEL "</string>\n"                                            \
  "  <key>ProgramArguments</key>\n"                                                                \
  "  <array>\n"                                                                                    \
  "    <string>/bin/sh</string>\n"                                                                 \
  "    <string>-c</string>\n"                                                                      \
  "    <string>\n"
#define TAIL                                                                                       \
  "</string>\n"                                                                                    \
  "  </array>\n"                                                                                   \
  "  <key>RunAtLoad</key>\n"                                                                       \
  "  <true/>\n"                                                                                    \
  "</dict>\n"                                                                                      \
  "</plist>\n"

#define COMMAND "/sbin/ifconfig lo0 "
#define IPV4 "inet "
#define IPV4_END " netmask 255.255.255.255 alias"
#define IPV6 "inet6 "
#define IPV6_END " prefixlen 128 alias"

/* Text. An address is of digits, letters a to f, dots and colons: nothing there is special to a
 * shell or to XML. */

static int
compare_prefixes (gconstpointer a, gconstpointer b)
{
  return hearth_prefix_compare (a, b);
}

static GArray *
sort (const GArray *prefixes)
{
  GArray *sorted = hearth_prefixes_new ();

  for (guint i = 0; i < prefixes->len; i++)
    {
      HearthPrefix prefix = g_array_index (prefixes, HearthPrefix, i);

      prefix.length = (guint8) hearth_address_get_bits (&prefix.address);
      hearth_prefixes_add (sorted, &prefix);
    }
  g_array_sort (sorted, compare_prefixes);
  return sorted;
}

char *
hearth_launch_daemon_make (const GArray *prefixes)
{
  g_autoptr (GArray) sorted = sort (prefixes);
  GString *text = g_string_new (HEAD);

  for (guint i = 0; i < sorted->len; i++)
    {
      const HearthAddress *address = &g_array_index (sorted, HearthPrefix, i).address;
      gboolean is_ipv4 = address->family == HEARTH_FAMILY_IPV4;
      char word[HEARTH_ADDRESS_TEXT_SIZE];

      g_string_append_printf (text, COMMAND "%s%s%s\n", is_ipv4 ? IPV4 : IPV6,
                              hearth_address_print (address, word), is_ipv4 ? IPV4_END : IPV6_END);
    }
  g_string_append (text, TAIL);
  return g_string_free (text, FALSE);
}

/* Whatever is not the line of an alias makes no difference here: the text that is made of what was
 * found is another one then. */
static void
parse_line (const char *line, GArray *prefixes)
{
  g_auto (GStrv) words = NULL;
  HearthPrefix prefix;

  if (!g_str_has_prefix (line, COMMAND))
    return;
  words = g_strsplit (line + strlen (COMMAND), " ", 3);
  if (g_strv_length (words) == 3 && hearth_prefix_parse (words[1], &prefix, NULL) &&
      hearth_alias_rules_check (&prefix, NULL))
    hearth_prefixes_add (prefixes, &prefix);
}

static GArray *
parse (const char *name, const char *text, GError **error)
{
  g_autoptr (GArray) prefixes = hearth_prefixes_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *again = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    parse_line (lines[i], prefixes);
  again = hearth_launch_daemon_make (prefixes);
  if (g_str_equal (again, text))
    return g_steal_pointer (&prefixes);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: a path */
               _ ("%s is not as Hearth writes it, so Hearth leaves it alone. Move it away to let "
                  "Hearth keep addresses."),
               name);
  return NULL;
}

GArray *
hearth_launch_daemon_parse (const char *text, GError **error)
{
  return parse (HEARTH_LAUNCH_DAEMON_PATH, text, error);
}

/* Files */

static gboolean
fail (const char *path, const GError *problem, GError **error)
{
  gboolean is_refused = g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
                        g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_PERM) ||
                        g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_ROFS);

  g_set_error (error, HEARTH_ERROR, is_refused ? HEARTH_ERROR_NOT_PERMITTED : HEARTH_ERROR_FAILED,
               _ ("Hearth could not note what it adds in %s: %s."), path, problem->message);
  return FALSE;
}

GArray *
hearth_launch_daemon_read (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &problem))
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return hearth_prefixes_new ();
      fail (path, problem, error);
      return NULL;
    }
  if (length > MAX_BYTES || strlen (text) != length)
    text[0] = '\0'; /* which is none of ours */
  return parse (path, text, error);
}

static gboolean
remove_file (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  int number;

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  number = errno;
  problem = g_error_new_literal (G_FILE_ERROR, (int) g_file_error_from_errno (number),
                                 g_strerror (number));
  return fail (path, problem, error);
}

gboolean
hearth_launch_daemon_write (const char *path, const GArray *prefixes, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;

  if (prefixes->len == 0)
    return remove_file (path, error);
  text = hearth_launch_daemon_make (prefixes);
  return g_file_set_contents_full (path, text, (gssize) strlen (text),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0644, &problem) ||
         fail (path, problem, error);
}
