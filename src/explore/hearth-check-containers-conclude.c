/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-containers-conclude.h"

#include <glib/gi18n-lib.h>

static char *
join (GPtrArray *labels, guint n_more)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < labels->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) labels->pdata[i]);
  if (n_more > 0)
    g_string_append_printf (
        text, g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", n_more), n_more);
  return g_string_free (text, FALSE);
}

HearthCheckVerdict *
hearth_check_containers_conclude (GPtrArray *labels, guint n_more)
{
  g_autofree char *list = join (labels, n_more);

  if (labels->len == 0)
    return hearth_check_verdict_new (
        HEARTH_CHECK_PASSED,
        g_strdup (_ ("All programs that can be seen from here share this localhost.")));
  return hearth_check_verdict_advise (
      hearth_check_verdict_new (
          HEARTH_CHECK_PASSED,
          g_strdup_printf (_ ("A localhost of their own, another one than this, have: %s."), list)),
      _ ("What listens on localhost in there is reached from here through a published port, and "
         "what "
         "listens on localhost here is not reached from there."),
      NULL);
}
