/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-ctl-output.h"
#include "hearth-ctl.h"
#include "hearth-explain.h"
#include "hearth-listeners.h"
#include "hearth-port-note.h"
#include "hearth-quote.h"

/* More are no help to people. */
#define SHOWN_ANSWERS 20

/* JSON */

static void
add_address (HearthJsonWriter *writer, const char *name, const HearthAddress *address)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  gboolean is_there = address != NULL && address->family != HEARTH_FAMILY_NONE;

  hearth_json_writer_add_string (writer, name,
                                 is_there ? hearth_address_print (address, text) : NULL);
}

/* 0 is null. */
static void
add_number (HearthJsonWriter *writer, const char *name, guint number)
{
  if (number != 0)
    hearth_json_writer_add_integer (writer, name, number);
  else
    hearth_json_writer_add_string (writer, name, NULL);
}

static void
add_answer (HearthJsonWriter *writer, const HearthListener *listener, HearthReach reach)
{
  hearth_json_writer_begin_object (writer, NULL);
  hearth_json_writer_add_string (writer, "protocol", hearth_transport_to_id (listener->transport));
  hearth_json_writer_add_integer (writer, "port", listener->port);
  add_address (writer, "address", &listener->address);
  hearth_json_writer_add_string (writer, "reach", hearth_reach_to_id (reach));
  hearth_json_writer_add_string (writer, "user", listener->user);
  add_number (writer, "pid", listener->process != NULL ? (guint) listener->process->pid : 0);
  hearth_json_writer_add_string (writer, "program",
                                 listener->process != NULL ? listener->process->program : NULL);
  hearth_json_writer_end_object (writer);
}

static void
add_answers (HearthJsonWriter *writer, const HearthExplanation *explanation)
{
  if (!explanation->has_answers)
    {
      hearth_json_writer_add_string (writer, "answers", NULL);
      return;
    }
  hearth_json_writer_begin_array (writer, "answers");
  for (guint i = 0; i < explanation->answers->len; i++)
    add_answer (writer, explanation->answers->pdata[i],
                g_array_index (explanation->answer_reaches, HearthReach, i));
  hearth_json_writer_end_array (writer);
}

static gboolean
is_many (const HearthSpelling *spelling)
{
  return spelling->kind == HEARTH_SPELLING_PREFIX || spelling->kind == HEARTH_SPELLING_RANGE;
}

/* The one that is tried first, or begins a range. */
static const HearthAddress *
get_first (const HearthExplanation *explanation)
{
  if (is_many (explanation->spelling))
    return &explanation->spelling->address;
  return explanation->addresses->len > 0 ? &g_array_index (explanation->addresses, HearthAddress, 0)
                                         : NULL;
}

static void
add_spelling (HearthJsonWriter *writer, const HearthSpelling *spelling)
{
  gboolean is_port = spelling->kind == HEARTH_SPELLING_PORT;

  hearth_json_writer_add_string (writer, "name", spelling->name);
  add_number (writer, "port", spelling->port);
  hearth_json_writer_add_string (writer, "scheme", spelling->scheme);
  if (spelling->kind == HEARTH_SPELLING_PREFIX)
    hearth_json_writer_add_integer (writer, "prefix", spelling->length);
  else
    hearth_json_writer_add_string (writer, "prefix", NULL);
  add_address (writer, "last", &spelling->last);
  add_address (writer, "as_address", is_port ? &spelling->address : NULL);
}

static void
add_addresses (HearthJsonWriter *writer, const HearthExplanation *explanation)
{
  hearth_json_writer_begin_array (writer, "addresses");
  for (guint i = 0; i < explanation->addresses->len; i++)
    add_address (writer, NULL, &g_array_index (explanation->addresses, HearthAddress, i));
  hearth_json_writer_end_array (writer);
}

static void
append_json (GString *text, const char *input, const HearthExplanation *explanation)
{
  const HearthSpelling *spelling = explanation->spelling;
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_add_string (&writer, "input", input);
  hearth_json_writer_add_string (&writer, "kind", hearth_spelling_kind_to_id (spelling->kind));
  add_address (&writer, "address", get_first (explanation));
  hearth_json_writer_add_string (
      &writer, "reach", explanation->has_reach ? hearth_reach_to_id (explanation->reach) : NULL);
  hearth_json_writer_add_string (&writer, "why", explanation->why);
  hearth_json_writer_add_boolean (&writer, "needs_alias", explanation->needs_alias);
  add_answers (&writer, explanation);
  hearth_json_writer_add_boolean (&writer, "needs_alias_on_macos",
                                  explanation->needs_alias_on_macos);
  hearth_json_writer_add_boolean (&writer, "own", explanation->is_own);
  hearth_json_writer_add_string (&writer, "place", hearth_place_to_id (explanation->place));
  hearth_json_writer_add_string (&writer, "title", explanation->title);
  add_spelling (&writer, spelling);
  add_addresses (&writer, explanation);
  hearth_json_writer_begin_array (&writer, "notes");
  for (guint i = 0; explanation->notes[i] != NULL; i++)
    hearth_json_writer_add_string (&writer, NULL, explanation->notes[i]);
  hearth_json_writer_end_array (&writer);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
}

/* Text */

/* "127.0.0.1, ::1", "10.0.0.0–10.255.255.255", or nothing. (transfer full) */
static char *
describe_addresses (const HearthExplanation *explanation)
{
  const HearthSpelling *spelling = explanation->spelling;
  g_autoptr (GString) text = g_string_new (NULL);
  char printed[HEARTH_ADDRESS_TEXT_SIZE];

  if (is_many (spelling))
    {
      g_string_append (text, hearth_address_print (&spelling->address, printed));
      if (spelling->kind == HEARTH_SPELLING_PREFIX)
        g_string_append_printf (text, "/%u", spelling->length);
      else
        g_string_append_printf (text, "–%s", hearth_address_print (&spelling->last, printed));
    }
  for (guint i = 0; i < explanation->addresses->len; i++)
    {
      const HearthAddress *address = &g_array_index (explanation->addresses, HearthAddress, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                              hearth_address_print (address, printed));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_line (GString *text, const char *heading, const char *content)
{
  g_string_append_printf (text, "  %s: %s\n", heading, content);
}

/* "tcp 631, Printing (CUPS), program cupsd (7), user root, only this computer". (transfer full) */
static char *
describe_answer (const HearthListener *listener, HearthReach reach)
{
  const HearthPortNote *note =
      hearth_port_note_find (listener->transport, listener->port, &listener->address);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %u", hearth_transport_to_id (listener->transport),
                          listener->port);
  if (note != NULL)
    g_string_append_printf (text, ", %s", _ (note->name));
  if (listener->process != NULL)
    {
      g_autofree char *program = hearth_quote (listener->process->program);

      /* Translators: a program and its number */
      g_string_append_printf (text, _ (", program %s (%d)"), program, listener->process->pid);
    }
  if (listener->user != NULL)
    {
      g_autofree char *user = hearth_quote (listener->user);

      g_string_append_printf (text, _ (", user %s"), user);
    }
  /* Translators: at the end of a list: who can reach it */
  g_string_append_printf (text, _ (", for %s"), hearth_reach_to_phrase (reach));
  return g_string_free (text, FALSE);
}

static void
append_answers (GString *text, const HearthExplanation *explanation)
{
  guint n = explanation->answers->len;

  if (!explanation->has_answers)
    append_line (text, _ ("Answers there now"), _ ("it cannot be seen here"));
  else if (n == 0)
    append_line (text, _ ("Answers there now"), _ ("nothing that this computer knows of"));
  for (guint i = 0; i < MIN (n, SHOWN_ANSWERS); i++)
    {
      g_autofree char *answer =
          describe_answer (explanation->answers->pdata[i],
                           g_array_index (explanation->answer_reaches, HearthReach, i));

      append_line (text, _ ("Answers there now"), answer);
    }
  if (n > SHOWN_ANSWERS)
    {
      /* Translators: of the programs that answer; “--json” shows all */
      g_autofree char *more =
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more, which --json shows",
                                        "%u more, which --json shows", n - SHOWN_ANSWERS),
                           n - SHOWN_ANSWERS);

      append_line (text, _ ("Answers there now"), more);
    }
}

static void
append_alias (GString *text, const HearthExplanation *explanation)
{
  if (explanation->needs_alias)
    append_line (text, _ ("Needs an alias"), _ ("yes, before a program here can listen on it"));
  else if (explanation->needs_alias_on_macos)
    append_line (text, _ ("Needs an alias"), _ ("not here; on macOS it does"));
}

static void
append_text (GString *text, const char *input, const HearthExplanation *explanation)
{
  g_autofree char *quoted = hearth_quote (input);
  g_autofree char *addresses = describe_addresses (explanation);

  g_string_append_printf (text, "%s · %s\n", quoted, explanation->title);
  if (*addresses != '\0')
    append_line (text, _ ("Address"), addresses);
  if (explanation->has_reach)
    append_line (text, _ ("Who can reach it"), hearth_reach_to_phrase (explanation->reach));
  append_line (text, _ ("Leads to"), hearth_place_to_label (explanation->place));
  append_answers (text, explanation);
  append_alias (text, explanation);
  g_string_append_printf (text, "\n%s\n", explanation->why);
  for (guint i = 0; explanation->notes[i] != NULL; i++)
    g_string_append_printf (text, "\n%s\n", explanation->notes[i]);
}

/* The command */

static HearthExplanation *
explain (HearthPlatform *platform, HearthSpelling *spelling)
{
  g_autoptr (HearthHostsFile) hosts = hearth_hosts_file_read ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listeners = hearth_platform_read_listeners (platform, NULL, &error);
  const HearthExplainSources sources = { platform, listeners, hosts, g_get_host_name () };

  if (listeners == NULL)
    g_printerr ("hearthctl: %s\n", error->message);
  return hearth_explain (spelling, &sources);
}

int
hearth_ctl_explain (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthPlatform) platform = NULL;
  g_autoptr (HearthExplanation) explanation = NULL;
  g_autoptr (HearthSpelling) spelling = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  int status;

  if (!hearth_ctl_parse (&argc, &argv, entries, _ ("TEXT"),
                         _ ("Says what an address, a name, a port or a URL is, who can reach it, "
                            "and who answers there now. Nothing is looked up and nothing is sent."),
                         1, &status))
    return status;

  spelling = hearth_spelling_read (argc > 1 ? argv[1] : "", &error);
  if (spelling == NULL)
    return hearth_ctl_fail (error);
  platform = hearth_platform_new ();
  if (!hearth_platform_start (platform, &error))
    return hearth_ctl_fail (error);
  explanation = explain (platform, g_steal_pointer (&spelling));

  if (json)
    append_json (text, argv[1], explanation);
  else
    append_text (text, argv[1], explanation);
  return hearth_ctl_flush (text) ? HEARTH_CTL_DONE : hearth_ctl_fail_to_write ();
}
