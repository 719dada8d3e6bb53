/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-name-sources.h"

#include <string.h>

#include "hearth-resolv-conf.h"

#define KEYWORD "hosts:"
#define BLANKS " \t\r"

/* What glibc does without the line. */
#define USUAL "files dns"

/* Sources that never ask another computer for a name of these two: files, services of this
 * computer, and those of names that end in .local, which neither does. */
static const char *const local[] = {
  "files",         "compat",       "db",      "myhostname",
  "mymachines",    "resolve",      "cache",   "mdns4_minimal",
  "mdns6_minimal", "mdns_minimal", "libvirt", "libvirt_guest",
};

static char *
dup_sources (const char *nsswitch)
{
  g_auto (GStrv) lines = g_strsplit (nsswitch != NULL ? nsswitch : "", "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i] + strspn (lines[i], BLANKS);

      if (g_str_has_prefix (line, KEYWORD))
        return g_strndup (line + strlen (KEYWORD), strcspn (line + strlen (KEYWORD), "#"));
    }
  return g_strdup (USUAL);
}

/* Cuts the next word off, and the actions behind it, "[!UNAVAIL=return]", which are lower-cased. */
static char *
take_source (char **rest, char **actions)
{
  char *word = *rest + strspn (*rest, BLANKS);
  char *end = word + strcspn (word, BLANKS "[");
  char *after = end + strspn (end, BLANKS);

  *actions = NULL;
  *rest = after;
  if (*after == '[')
    {
      gsize n = strcspn (after, "]");

      *actions = g_ascii_strdown (after, (gssize) n);
      *rest = after + n + (after[n] == ']');
    }
  *end = '\0';
  return *word != '\0' || *actions != NULL ? word : NULL;
}

/* Whether a name that the source knows ends the search: unless an action says otherwise. */
static gboolean
ends_search (const char *actions)
{
  return actions == NULL || strstr (actions, "success=") == NULL ||
         strstr (actions, "success=return") != NULL;
}

static gboolean
knows_name (const HearthNameSources *self, const char *source)
{
  return (g_str_equal (source, "files") && self->in_hosts) ||
         (g_str_equal (source, "myhostname") && self->has_myhostname);
}

static gboolean
asks_others (const HearthNameSources *self, const char *source)
{
  if (*source == '\0')
    return FALSE;
  if (g_str_equal (source, "dns"))
    return !self->is_here;
  for (gsize i = 0; i < G_N_ELEMENTS (local); i++)
    if (g_str_equal (source, local[i]))
      return FALSE;
  return TRUE;
}

gboolean
hearth_name_sources_ask_others (const HearthNameSources *self)
{
  g_autofree char *sources = dup_sources (self->nsswitch);
  char *rest = sources;
  const char *source;
  g_autofree char *actions = NULL;

  while ((source = take_source (&rest, &actions)) != NULL)
    {
      gboolean ends = knows_name (self, source) && ends_search (actions);

      g_clear_pointer (&actions, g_free);
      if (ends)
        return FALSE;
      if (asks_others (self, source))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_search_list (const char *resolv_conf)
{
  g_auto (GStrv) lines = g_strsplit (resolv_conf, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *word = lines[i] + strcspn (lines[i], BLANKS);
      gboolean is_one =
          g_str_has_prefix (lines[i], "search") || g_str_has_prefix (lines[i], "domain");

      /* A dot alone is what systemd-resolved writes where there is none. */
      if (is_one && word == lines[i] + strlen ("search") && word[strspn (word, BLANKS ".")] != '\0')
        return TRUE;
    }
  return FALSE;
}

typedef struct {
  gboolean any, others;
} Servers;

static void
see_server (const HearthAddress *address, gpointer data)
{
  static const guint8 resolved[16] = { 127, 0, 0, 53 };
  Servers *servers = data;

  servers->any = TRUE;
  servers->others |= address->family != HEARTH_FAMILY_IPV4 ||
                     memcmp (address->bytes, resolved, sizeof resolved) != 0;
}

gboolean
hearth_name_sources_is_here (const char *resolv_conf, const char *host_name)
{
  Servers servers = { FALSE, FALSE };

  if (resolv_conf == NULL || (host_name != NULL && strchr (host_name, '.') != NULL))
    return FALSE;
  hearth_resolv_conf_parse (resolv_conf, strlen (resolv_conf), see_server, &servers);
  return servers.any && !servers.others && !has_search_list (resolv_conf);
}
