/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-hosts-remedy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* For commands of a shell, so not that of Windows. */
#define HOSTS_FILE "/etc/hosts"

/* As many as a sentence bears. */
#define MAX_LINES 4

static gboolean
is_host_name (const char *name)
{
  static const char fit[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";

  return *name != '\0' && *name != '-' && name[strspn (name, fit)] == '\0';
}

static void
append_comments (GString *command, GPtrArray *wrong)
{
  if (wrong->len == 0)
    return;
  g_string_append (command, "text=$(sed '");
  for (guint i = 0; i < wrong->len; i++)
    g_string_append_printf (command, "%s%us/^/# /", i > 0 ? "; " : "",
                            ((const HearthHostsEntry *) wrong->pdata[i])->line);
  g_string_append (command, "' " HOSTS_FILE ") && printf '%s\\n' \"$text\" > " HOSTS_FILE);
}

/* The first line break is for a file whose last line has none. */
static void
append_lines (GString *command, const char *const *addresses, const char *name)
{
  if (addresses == NULL || addresses[0] == NULL)
    return;
  g_string_append_printf (command, "%sprintf '\\n", command->len > 0 ? " && " : "");
  for (gsize i = 0; addresses[i] != NULL; i++)
    g_string_append_printf (command, "%s %s\\n", addresses[i], name);
  g_string_append (command, "' >> " HOSTS_FILE);
}

char *
hearth_hosts_remedy_dup (GPtrArray *wrong, const char *const *addresses, const char *name)
{
  g_autoptr (GString) command = g_string_new (NULL);

  if (!is_host_name (name))
    return NULL;
  append_comments (command, wrong);
  append_lines (command, addresses, name);
  return command->len > 0 ? g_strdup (command->str) : NULL;
}

char *
hearth_hosts_remedy_describe_lines (GPtrArray *entries)
{
  guint n = MIN (entries->len, MAX_LINES);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (numbers, "%s%u", i > 0 ? ", " : "",
                            ((const HearthHostsEntry *) entries->pdata[i])->line);
  if (n < entries->len)
    g_string_append (numbers, ", …");
  /* Translators: of a file; the numbers stand in a list, "3, 4, 7" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "line %s", "lines %s", entries->len),
                          numbers->str);
}
