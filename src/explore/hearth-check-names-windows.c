/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: no other computer is asked. Windows answers for localhost and for its own name by
 * itself. */

#include "hearth-check-names.h"

#include <glib/gi18n-lib.h>

#include "hearth-name-lookup.h"
#include "hearth-names-judge.h"
#include "hearth-quote.h"

#define HOSTS_FILE "%SystemRoot%\\System32\\drivers\\etc\\hosts"

#define TIME_OUT_MS 4000

static char *
join (GArray *addresses)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  for (guint i = 0; i < addresses->len; i++)
    g_strv_builder_add (builder,
                        hearth_address_print (&g_array_index (addresses, HearthAddress, i), text));
  texts = g_strv_builder_end (builder);
  return g_strjoinv (", ", texts);
}

typedef gboolean (*IsRight) (const HearthCheckFacts *facts, const HearthAddress *address);

static gboolean
is_loopback (const HearthCheckFacts *facts, const HearthAddress *address)
{
  return hearth_names_is_loopback (address);
}

/* @state: where it is not what it should be */
static HearthCheckVerdict *
check (const HearthCheckFacts *facts, const char *name, IsRight is_right, HearthCheckState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) addresses = hearth_name_lookup_run (name, TIME_OUT_MS, &error);
  g_autofree char *quoted = hearth_quote (name);
  g_autofree char *list = addresses != NULL ? join (addresses) : NULL;
  gboolean right = addresses != NULL;

  for (guint i = 0; right && i < addresses->len; i++)
    right = is_right (facts, &g_array_index (addresses, HearthAddress, i));
  if (right)
    /* Translators: a name, and the addresses that it stands for */
    return hearth_check_verdict_new (HEARTH_CHECK_PASSED,
                                     g_strdup_printf (_ ("“%s” is %s."), quoted, list));
  return hearth_check_verdict_advise (
      hearth_check_verdict_new (
          state,
          list != NULL
              /* Translators: a name, and the addresses that it stands for */
              ? g_strdup_printf (_ ("“%s” leads to %s, which is not this computer."), quoted, list)
              /* Translators: a name, and what the system says */
              : g_strdup_printf (_ ("“%s” was not found: %s."), quoted, error->message)),
      _ ("Look for a line that is wrong in this file:"), g_strdup ("notepad " HOSTS_FILE));
}

HearthCheckVerdict *
hearth_check_names_localhost (const HearthCheckFacts *facts,
                              HearthFamily family,
                              GCancellable *cancellable)
{
  return check (facts, "localhost", is_loopback, HEARTH_CHECK_FAILED);
}

HearthCheckVerdict *
hearth_check_names_host (const HearthCheckFacts *facts,
                         HearthFamily family,
                         GCancellable *cancellable)
{
  g_autofree char *name = hearth_name_lookup_dup_host ();

  return check (facts, name != NULL ? name : "", hearth_check_facts_has_address,
                HEARTH_CHECK_WARNING);
}
