/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Invariant: no other computer is asked. Where the C library would ask one, it is not asked itself,
 * and that is what is said. */

#include "hearth-check-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-check-commands.h"
#include "hearth-hosts-file.h"
#include "hearth-hosts-remedy.h"
#include "hearth-name-lookup.h"
#include "hearth-name-sources.h"
#include "hearth-names-judge.h"
#include "hearth-resolv-conf.h"

#define NSSWITCH_PATH "/etc/nsswitch.conf"
#define RESOLV_CONF_PATH "/etc/resolv.conf"

/* A resolver that is alive answers within milliseconds; the C library gives up after ten seconds or
 * more. */
#define TIME_OUT_MS 4000

static void
add_name_server (const HearthAddress *address, gpointer user_data)
{
  HearthNamesKnown *known = user_data;

  g_array_append_val (known->servers, *address);
}

static void
read_sources (HearthNamesKnown *known)
{
  g_autofree char *nsswitch = NULL, *resolv_conf = NULL, *host = hearth_name_lookup_dup_host ();
  HearthNameSources sources = { .in_hosts = known->lines->len > 0 };
  gsize length;

  g_file_get_contents (NSSWITCH_PATH, &nsswitch, NULL, NULL);
  sources.nsswitch = nsswitch;
  sources.has_myhostname = hearth_name_lookup_has_source ("myhostname");
  if (g_file_get_contents (RESOLV_CONF_PATH, &resolv_conf, &length, NULL))
    hearth_resolv_conf_parse (resolv_conf, length, add_name_server, known);
  /* The variable is a search list (resolv.conf(5)). */
  sources.is_here =
      g_getenv ("LOCALDOMAIN") == NULL && hearth_name_sources_is_here (resolv_conf, host);
  known->asks_others = hearth_name_sources_ask_others (&sources);
}

static HearthCheckVerdict *
check (const HearthCheckFacts *facts, const char *name, HearthNamesFunc judge)
{
  g_autoptr (HearthHostsFile) hosts = hearth_hosts_file_read ();
  g_autoptr (GPtrArray) lines = hearth_hosts_file_find (hosts, name);
  g_autoptr (GArray) servers = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  g_autoptr (GArray) addresses = NULL;
  g_autoptr (GError) error = NULL;
  HearthNamesKnown known = { .name = name, .lines = lines, .servers = servers, .facts = facts };

  known.has_file = g_file_test (hearth_hosts_file_get_path (), G_FILE_TEST_EXISTS);
  read_sources (&known);
  if (!known.asks_others)
    addresses = hearth_name_lookup_run (name, TIME_OUT_MS, &error);
  known.addresses = addresses;
  known.error = error;
  return judge (&known);
}

HearthCheckVerdict *
hearth_check_names_localhost (const HearthCheckFacts *facts,
                              HearthFamily family,
                              GCancellable *cancellable)
{
  return check (facts, "localhost", hearth_names_judge_localhost);
}

HearthCheckVerdict *
hearth_check_names_host (const HearthCheckFacts *facts,
                         HearthFamily family,
                         GCancellable *cancellable)
{
  g_autofree char *name = hearth_name_lookup_dup_host ();

  if (name == NULL)
    return hearth_check_verdict_advise (
        hearth_check_verdict_new (HEARTH_CHECK_WARNING,
                                  g_strdup (_ ("This computer has no name."))),
        _ ("Give it one."), hearth_check_command_dup ("set-host-name", facts->loopback));
  return check (facts, name, hearth_names_judge_host);
}
