/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-container-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-quote.h"

/* As many as docker(1) and podman(1) show of the 64 digits of an id. */
#define SHORT_ID 12

/**
 * Pattern:
 * @before: what stands in front of the name in a path
 * @label: translatable: with the name
 * @is_id: whether the name is a number of 64 hexadecimal digits, which alone is taken
 */
typedef struct {
  const char *before;
  const char *label;
  gboolean is_id;
} Pattern;

static const Pattern patterns[] = {
  { "/docker-", N_ ("Docker container %s"), TRUE },
  { "/docker/", N_ ("Docker container %s"), TRUE },
  { "/libpod-", N_ ("Podman container %s"), TRUE },
  { "/cri-containerd-", N_ ("Kubernetes container %s"), TRUE },
  { "/crio-", N_ ("Kubernetes container %s"), TRUE },
  { "/nerdctl-", N_ ("containerd container %s"), TRUE },
  { "/lxc.payload.", N_ ("LXC container %s"), FALSE },
  { "/lxc/", N_ ("LXC container %s"), FALSE },
  { "/systemd-nspawn@", N_ ("machine %s"), FALSE },
  { "/machine-", N_ ("machine %s"), FALSE },
};

static gsize
measure_name (const char *name, gboolean is_id)
{
  gsize n = is_id ? strspn (name, "0123456789abcdef") : strcspn (name, "/\n");

  if (is_id)
    return n == 64 ? SHORT_ID : 0;
  for (const char *const *end = (const char *const[]) { ".scope", ".service", NULL }; *end; end++)
    if (n > strlen (*end) && strncmp (name + n - strlen (*end), *end, strlen (*end)) == 0)
      return n - strlen (*end);
  return n;
}

/* Also where another path of the kind comes first, "/docker/docker-…". */
static char *
find (const char *cgroups, const Pattern *pattern)
{
  for (const char *at = cgroups; (at = strstr (at, pattern->before)) != NULL; at++)
    {
      const char *start = at + strlen (pattern->before);
      gsize n = measure_name (start, pattern->is_id);

      if (n > 0)
        return g_strndup (start, n);
    }
  return NULL;
}

char *
hearth_container_name_parse (const char *cgroups)
{
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autofree char *name = find (cgroups, &patterns[i]);
      g_autofree char *quoted = name != NULL ? hearth_quote (name) : NULL;
      GString *text;

      if (quoted == NULL)
        continue;
      text = g_string_new (_ (patterns[i].label));
      g_string_replace (text, "%s", quoted, 1);
      return g_string_free (text, FALSE);
    }
  return NULL;
}
