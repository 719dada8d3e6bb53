/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-names-judge.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "hearth-hosts-remedy.h"
#include "hearth-quote.h"

/* As many addresses as a sentence bears. */
#define MAX_LISTED 4

/* What Debian and its kin give the computer's own name (Debian Reference, 5.1.1). */
#define HOST_ADDRESS "127.0.1.1"

typedef gboolean (*IsRight) (const HearthNamesKnown *known, const HearthAddress *address);

gboolean
hearth_names_is_loopback (const HearthAddress *address)
{
  HearthAddress ipv6 = hearth_check_facts_get_base (HEARTH_FAMILY_IPV6);

  return address->family == HEARTH_FAMILY_IPV4 ? address->bytes[0] == 127
                                               : hearth_address_equal (address, &ipv6);
}

static gboolean
is_loopback (const HearthNamesKnown *known, const HearthAddress *address)
{
  return hearth_names_is_loopback (address);
}

static gboolean
is_own (const HearthNamesKnown *known, const HearthAddress *address)
{
  return hearth_check_facts_has_address (known->facts, address);
}

/* Sentences */

static char *
join (GArray *addresses)
{
  GString *text = g_string_new (NULL);
  char address[HEARTH_ADDRESS_TEXT_SIZE];

  for (guint i = 0; i < MIN (addresses->len, MAX_LISTED); i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "",
        hearth_address_print (&g_array_index (addresses, HearthAddress, i), address));
  if (addresses->len > MAX_LISTED)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

/* Those of the name that are not right, or are. (transfer container) (element-type HearthAddress)
 */
static GArray *
pick_addresses (const HearthNamesKnown *known, IsRight is_right, gboolean right)
{
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (HearthAddress));

  for (guint i = 0; known->addresses != NULL && i < known->addresses->len; i++)
    {
      const HearthAddress *address = &g_array_index (known->addresses, HearthAddress, i);

      if (is_right (known, address) == right)
        g_array_append_val (picked, *address);
    }
  return picked;
}

/* (transfer container) (element-type HearthHostsEntry) */
static GPtrArray *
pick_lines (const HearthNamesKnown *known, IsRight is_right, gboolean right)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < known->lines->len; i++)
    {
      const HearthHostsEntry *line = known->lines->pdata[i];

      if (is_right (known, &line->address) == right)
        g_ptr_array_add (picked, known->lines->pdata[i]);
    }
  return picked;
}

/* "line 1 of /etc/hosts says so" */
static char *
describe_source (GPtrArray *lines)
{
  g_autofree char *numbers = NULL;

  if (lines->len == 0)
    return g_strdup (_ ("no line of /etc/hosts says so, another source does"));
  numbers = hearth_hosts_remedy_describe_lines (lines);
  /* Translators: "line 3 of /etc/hosts", "lines 3, 4 of /etc/hosts" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s of /etc/hosts says so",
                                       "%s of /etc/hosts say so", lines->len),
                          numbers);
}

static char *
describe_missing_line (const HearthNamesKnown *known, const char *name)
{
  if (!known->has_file)
    return g_strdup (_ ("There is no file /etc/hosts"));
  return g_strdup_printf (_ ("No line of /etc/hosts has %s"), name);
}

/* "the name servers 192.0.2.1, 192.0.2.2" */
static char *
describe_servers (const HearthNamesKnown *known)
{
  g_autofree char *list = join (known->servers);

  if (known->servers->len == 0)
    return g_strdup (_ ("a name server"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "the name server %s", "the name servers %s",
                                       known->servers->len),
                          list);
}

/* Why nobody could be asked, or nobody answered; the first half of the sentence tells of
 * /etc/hosts. */
static char *
describe_trouble (const HearthNamesKnown *known, const char *name)
{
  g_autofree char *line = describe_missing_line (known, name);
  g_autofree char *servers = describe_servers (known);

  if (known->asks_others && known->lines->len > 0)
    return g_strdup_printf (
        _ ("Other computers are asked for %s (%s) before /etc/hosts is looked at. It "
           "was not done here."),
        name, servers);
  if (known->asks_others)
    return g_strdup_printf (
        _ ("%s, so other computers are asked for it (%s). It was not done here."), line, servers);
  if (g_error_matches (known->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) && known->lines->len > 0)
    return g_strdup_printf (
        _ ("No answer came in time from %s, which is asked for %s before /etc/hosts "
           "is looked at."),
        servers, name);
  if (g_error_matches (known->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup_printf (_ ("%s, and whoever is asked then did not answer in time: %s."), line,
                            servers);
  if (known->lines->len > 0)
    return g_strdup_printf (_ ("%s is in /etc/hosts, and yet it was not found: %s."), name,
                            known->error->message);
  return g_strdup_printf (_ ("%s, and nobody else knows it: %s."), line, known->error->message);
}

/* Nobody was asked, or nobody answered. */
static HearthCheckVerdict *
judge_trouble (const HearthNamesKnown *known,
               HearthCheckState state,
               const char *name,
               const char *const *addresses)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  HearthCheckVerdict *verdict = hearth_check_verdict_new (state, describe_trouble (known, name));

  if (known->lines->len > 0)
    return hearth_check_verdict_advise (
        verdict,
        _ ("Let “files” be the first word behind “hosts:” in /etc/nsswitch.conf, and let everybody "
           "read /etc/hosts."),
        NULL);
  return hearth_check_verdict_advise (verdict, _ ("Add it to /etc/hosts."),
                                      hearth_hosts_remedy_dup (none, addresses, known->name));
}

/* localhost */

static gboolean
has_base (GArray *addresses, HearthFamily family)
{
  HearthAddress base = hearth_check_facts_get_base (family);

  for (guint i = 0; i < addresses->len; i++)
    if (hearth_address_equal (&g_array_index (addresses, HearthAddress, i), &base))
      return TRUE;
  return FALSE;
}

/* What /etc/hosts should have besides the addresses that @right holds. */
static void
list_missing (const HearthNamesKnown *known, GArray *right, const char *missing[3])
{
  gsize n = 0;

  if (!has_base (right, HEARTH_FAMILY_IPV4))
    missing[n++] = "127.0.0.1";
  if (!has_base (right, HEARTH_FAMILY_IPV6) && known->facts->has_ipv6)
    missing[n++] = "::1";
  missing[n] = NULL;
}

/* Of lines that stay when the others have gone. (element-type HearthAddress) */
static GArray *
list_line_addresses (GPtrArray *lines)
{
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (HearthAddress));

  for (guint i = 0; i < lines->len; i++)
    g_array_append_val (addresses, ((HearthHostsEntry *) lines->pdata[i])->address);
  return addresses;
}

static HearthCheckVerdict *
judge_foreign (const HearthNamesKnown *known, GArray *foreign, GPtrArray *wrong)
{
  g_autofree char *source = describe_source (wrong);
  g_autoptr (GArray) claimed = list_line_addresses (wrong);
  g_autofree char *list = join (foreign->len > 0 ? foreign : claimed);
  g_autoptr (GPtrArray) right = pick_lines (known, is_loopback, TRUE);
  g_autoptr (GArray) kept = list_line_addresses (right);
  const char *missing[3];

  list_missing (known, kept, missing);
  return hearth_check_verdict_advise (
      hearth_check_verdict_new (
          HEARTH_CHECK_FAILED,
          g_strdup_printf (_ ("localhost leads to %s, which is not this computer: %s."), list,
                           source)),
      wrong->len > 0
          ? _ ("Turn what is wrong in /etc/hosts into a comment, and add what is missing.")
          : _ ("Add it to /etc/hosts, which comes first."),
      hearth_hosts_remedy_dup (wrong, missing, "localhost"));
}

/* Whether a line of /etc/hosts says what the C library does not. */
static gboolean
is_in_lines (const HearthNamesKnown *known, const char *missing)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  for (guint i = 0; i < known->lines->len; i++)
    {
      const HearthHostsEntry *line = known->lines->pdata[i];

      if (g_str_equal (hearth_address_print (&line->address, text), missing))
        return TRUE;
    }
  return FALSE;
}

static HearthCheckVerdict *
advise_incomplete (HearthCheckVerdict *verdict,
                   const HearthNamesKnown *known,
                   const char *const *missing)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  /* host.conf(5): only with “multi” is more than the first line read. */
  if (is_in_lines (known, missing[0]))
    return hearth_check_verdict_advise (
        verdict,
        _ ("Another line of /etc/hosts has it; let all lines be read, not only the first."),
        g_strdup ("printf '\\nmulti on\\n' >> /etc/host.conf"));
  return hearth_check_verdict_advise (verdict, _ ("Add what is missing to /etc/hosts."),
                                      hearth_hosts_remedy_dup (none, missing, "localhost"));
}

/* (transfer full) */
static char *
describe_incomplete (const HearthNamesKnown *known, const char *list, const char *missing)
{
  g_autofree char *source = describe_source (known->lines);

  if (is_in_lines (known, missing))
    return g_strdup_printf (_ ("localhost is only %s, not %s, which /etc/hosts has too."), list,
                            missing);
  return g_strdup_printf (_ ("localhost is only %s, not %s; %s."), list, missing, source);
}

static HearthCheckVerdict *
judge_own (const HearthNamesKnown *known)
{
  g_autofree char *source = describe_source (known->lines);
  g_autofree char *list = join (known->addresses);
  const char *missing[3];
  HearthCheckState state;

  list_missing (known, known->addresses, missing);
  if (missing[0] == NULL)
    return hearth_check_verdict_new (HEARTH_CHECK_PASSED,
                                     g_strdup_printf (_ ("localhost is %s; %s."), list, source));
  state =
      has_base (known->addresses, HEARTH_FAMILY_IPV4) ? HEARTH_CHECK_WARNING : HEARTH_CHECK_FAILED;
  return advise_incomplete (
      hearth_check_verdict_new (state, describe_incomplete (known, list, missing[0])), known,
      missing);
}

HearthCheckVerdict *
hearth_names_judge_localhost (const HearthNamesKnown *known)
{
  g_autoptr (GArray) foreign = pick_addresses (known, is_loopback, FALSE);
  g_autoptr (GPtrArray) wrong = pick_lines (known, is_loopback, FALSE);
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  const char *missing[3];

  if (foreign->len > 0 || wrong->len > 0)
    return judge_foreign (known, foreign, wrong);
  if (known->addresses != NULL)
    return judge_own (known);
  list_missing (known, nothing, missing);
  return judge_trouble (known, HEARTH_CHECK_FAILED, "localhost", missing);
}

/* This computer's own name: that it is not known slows programs down, but keeps none from
 * localhost. */

static HearthCheckVerdict *
judge_strange (const HearthNamesKnown *known, const char *name, GArray *strange)
{
  g_autoptr (GPtrArray) wrong = pick_lines (known, is_own, FALSE);
  g_autoptr (GPtrArray) right = pick_lines (known, is_own, TRUE);
  g_autofree char *source = describe_source (wrong);
  g_autofree char *list = join (strange);
  const char *const missing[] = { right->len == 0 ? HOST_ADDRESS : NULL, NULL };

  return hearth_check_verdict_advise (
      hearth_check_verdict_new (
          HEARTH_CHECK_WARNING,
          g_strdup_printf (_ ("%s leads to %s, which is no address of this computer now: %s."),
                           name, list, source)),
      wrong->len > 0
          ? _ ("Turn what is wrong in /etc/hosts into a comment, and add what is missing.")
          : _ ("Add it to /etc/hosts, which comes first."),
      hearth_hosts_remedy_dup (wrong, missing, known->name));
}

HearthCheckVerdict *
hearth_names_judge_host (const HearthNamesKnown *known)
{
  static const char *const addresses[] = { HOST_ADDRESS, NULL };
  g_autofree char *quoted = hearth_quote (known->name);
  g_autofree char *name = g_strdup_printf (_ ("“%s”"), quoted);
  g_autoptr (GArray) strange = pick_addresses (known, is_own, FALSE);
  g_autofree char *source = describe_source (known->lines);
  g_autofree char *list = NULL;

  if (known->addresses == NULL)
    return judge_trouble (known, HEARTH_CHECK_WARNING, name, addresses);
  if (strange->len > 0)
    return judge_strange (known, name, strange);
  list = join (known->addresses);
  return hearth_check_verdict_new (
      HEARTH_CHECK_PASSED,
      g_strdup_printf (_ ("This computer is called %s, which is %s; %s."), name, list, source));
}
