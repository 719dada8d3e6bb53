/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as the files that the check-up reads of names and containers: what is said of them is
 * one line of text, what is to be run is plain, and a name that is found at home is never a reason
 * to ask elsewhere. */

#include "fuzz.h"

#include <gio/gio.h>
#include <string.h>

#include "hearth-container-name.h"
#include "hearth-hosts-file.h"
#include "hearth-icmp-echo.h"
#include "hearth-name-sources.h"
#include "hearth-names-judge.h"

static void
assert_line (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strpbrk (text, "\r\n\033"));
}

static void
check_sources (const char *text)
{
  HearthNameSources sources = { .nsswitch = text };
  gboolean asks = hearth_name_sources_ask_others (&sources);

  hearth_name_sources_is_here (text, text);
  sources.in_hosts = sources.is_here = sources.has_myhostname = TRUE;
  g_assert_true (asks || !hearth_name_sources_ask_others (&sources));
}

static void
check_command (const char *command)
{
  for (const char *at = command; at != NULL && *at != '\0'; at++)
    g_assert_true (g_ascii_isprint (*at));
}

static void
check_name (HearthHostsFile *hosts, const char *name, gboolean answered, HearthNamesFunc judge)
{
  g_autoptr (GPtrArray) lines = hearth_hosts_file_find (hosts, name);
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no");
  const HearthCheckFacts facts = { .has_ipv6 = TRUE, .addresses = none };
  g_autoptr (HearthCheckVerdict) verdict = NULL;
  HearthNamesKnown known = { .name = name, .facts = &facts, .lines = lines, .servers = none };

  for (guint i = 0; i < lines->len; i++)
    g_array_append_val (addresses, ((HearthHostsEntry *) lines->pdata[i])->address);
  known.addresses = answered ? addresses : NULL;
  known.error = answered ? NULL : error;
  verdict = judge (&known);
  assert_line (verdict->result);
  check_command (verdict->remedy_command);
}

static void
check_echo (const uint8_t *data, size_t size)
{
  guint8 request[HEARTH_ICMP_ECHO_BYTES];
  gboolean answers = hearth_icmp_echo_is_answer (HEARTH_FAMILY_IPV6, 1, data, size);

  hearth_icmp_echo_write (HEARTH_FAMILY_IPV6, 1, request);
  g_assert_true (!answers || (size == sizeof request && memcmp (data + 8, request + 8, 8) == 0));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *exact = g_memdup2 (data, size); /* so that a read past the end is caught */
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *container = hearth_container_name_parse (text);
  g_autoptr (HearthHostsFile) hosts = hearth_hosts_file_parse (exact, size);

  if (container != NULL)
    assert_line (container);
  check_sources (text);
  check_name (hosts, "localhost", TRUE, hearth_names_judge_localhost);
  check_name (hosts, "localhost", FALSE, hearth_names_judge_localhost);
  check_name (hosts, text, TRUE, hearth_names_judge_host);
  check_name (hosts, text, FALSE, hearth_names_judge_host);
  check_echo ((const uint8_t *) exact, size);
  return 0;
}
