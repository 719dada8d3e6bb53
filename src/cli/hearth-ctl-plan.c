/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-plan.h"

#include <glib/gi18n-lib.h>

#include "hearth-commands-here.h"
#include "hearth-plan-commands.h"
#include "hearth-prefix-list.h"
#include "hearth-quote.h"

/* So that what is said in front of them is still on the screen. */
#define MAX_COMMANDS 8

static const struct {
  const char *verb;
  const char *done;  /* takes the interface and the addresses */
  const char *would; /* the same */
} actions[] = {
  [HEARTH_PLAN_ADD] = { "add", N_ ("Added to %s: %s"), N_ ("Would add to %s: %s") },
  [HEARTH_PLAN_REMOVE] = { "remove", N_ ("Removed from %s: %s"), N_ ("Would remove from %s: %s") },
  [HEARTH_PLAN_KEEP] = { "keep", N_ ("Comes back after a restart on %s from now on: %s"),
                         N_ ("Would come back after a restart on %s: %s") },
  [HEARTH_PLAN_FORGET] = { "forget", N_ ("Comes back no more after a restart on %s: %s"),
                           N_ ("Would come back no more after a restart on %s: %s") },
};

const char *
hearth_ctl_get_verb (HearthPlanAction action)
{
  g_return_val_if_fail ((guint) action < G_N_ELEMENTS (actions), NULL);

  return actions[action].verb;
}

/* JSON */

static void
add_addresses (HearthJsonWriter *writer, HearthPlanAction action, const HearthPlan *plan)
{
  hearth_json_writer_begin_array (writer, hearth_ctl_get_verb (action));
  for (guint i = 0; plan != NULL && i < hearth_plan_get_n_prefixes (plan); i++)
    {
      const HearthPrefix *prefix = hearth_plan_get_prefix (plan, i);
      char text[HEARTH_ADDRESS_TEXT_SIZE];

      hearth_json_writer_begin_object (writer, NULL);
      hearth_json_writer_add_string (writer, "address",
                                     hearth_address_print (&prefix->address, text));
      hearth_json_writer_add_integer (writer, "prefix", prefix->length);
      hearth_json_writer_add_string (writer, "interface", hearth_plan_get_interface (plan));
      hearth_json_writer_end_object (writer);
    }
  hearth_json_writer_end_array (writer);
}

static void
add_findings (HearthJsonWriter *writer, GPtrArray *findings)
{
  hearth_json_writer_begin_array (writer, "findings");
  for (guint i = 0; i < findings->len; i++)
    {
      const HearthFinding *finding = findings->pdata[i];

      hearth_json_writer_begin_object (writer, NULL);
      hearth_json_writer_add_string (writer, "level", hearth_finding_level_to_id (finding->level));
      hearth_json_writer_add_string (writer, "id", hearth_finding_kind_to_id (finding->kind));
      hearth_json_writer_add_string (writer, "message", finding->message);
      hearth_json_writer_end_object (writer);
    }
  hearth_json_writer_end_array (writer);
}

static void
add_commands (HearthJsonWriter *writer, const HearthPlan *plan)
{
  hearth_json_writer_begin_object (writer, "commands");
  for (guint system = 0; system < HEARTH_COMMANDS_N_SYSTEMS; system++)
    {
      g_auto (GStrv) commands = plan != NULL ? hearth_plan_list_commands (plan, system) : NULL;

      hearth_json_writer_begin_array (writer, hearth_commands_system_to_id (system));
      for (guint i = 0; commands != NULL && commands[i] != NULL; i++)
        hearth_json_writer_add_string (writer, NULL, commands[i]);
      hearth_json_writer_end_array (writer);
    }
  hearth_json_writer_end_object (writer);
}

void
hearth_ctl_add_plan_members (HearthJsonWriter *writer,
                             HearthPlanAction action,
                             const HearthPlan *plan,
                             GPtrArray *findings,
                             HearthAuthority *authority)
{
  add_addresses (writer, action, plan);
  add_findings (writer, findings);
  hearth_json_writer_add_string (writer, "authority", hearth_authority_to_id (authority));
  add_commands (writer, plan);
}

/* Text */

/* Translators: what stands in front of a sentence that hearthctl says before it does something */
static const char *const level_labels[] = {
  [HEARTH_FINDING_ERROR] = N_ ("error"),
  [HEARTH_FINDING_WARNING] = N_ ("warning"),
  [HEARTH_FINDING_NOTE] = N_ ("note"),
};

void
hearth_ctl_print_findings (GPtrArray *findings)
{
  guint first = hearth_findings_get_error (findings) != NULL ? 1 : 0;

  for (guint i = first; i < findings->len; i++)
    {
      const HearthFinding *finding = findings->pdata[i];

      g_printerr ("hearthctl: %s: %s\n", _ (level_labels[finding->level]), finding->message);
    }
}

static char *
name_some (const HearthPlan *plan)
{
  g_autoptr (GArray) prefixes = hearth_prefixes_new ();

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    g_array_append_vals (prefixes, hearth_plan_get_prefix (plan, i), 1);
  return hearth_prefixes_to_string (prefixes);
}

char *
hearth_ctl_describe_plan (const HearthPlan *plan, gboolean done)
{
  HearthPlanAction action = hearth_plan_get_action (plan);
  g_autofree char *interface = hearth_quote (hearth_plan_get_interface (plan));
  g_autofree char *names = name_some (plan);
  HearthOwnership ownership = { HEARTH_OWNER_HEARTH, hearth_plan_get_lifetime (plan) };
  g_autofree char *sentence = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  sentence =
      g_strdup_printf (_ (done ? actions[action].done : actions[action].would), interface, names);
#pragma GCC diagnostic pop
  if (action != HEARTH_PLAN_ADD)
    return g_steal_pointer (&sentence);
  /* Translators: what was done, and how long it stays */
  return g_strdup_printf (_ ("%s (%s)"), sentence, hearth_ownership_to_phrase (ownership));
}

void
hearth_ctl_append_commands (GString *text, const HearthPlan *plan)
{
  g_auto (GStrv) commands = hearth_commands_here_list (plan);
  guint n = g_strv_length (commands);

  for (guint i = 0; i < MIN (n, MAX_COMMANDS); i++)
    g_string_append_printf (text, "  %s\n", commands[i]);
  if (n > MAX_COMMANDS)
    g_string_append_printf (text,
                            /* Translators: it stands below a list of commands */
                            g_dngettext (GETTEXT_PACKAGE, "  … and %u more like these\n",
                                         "  … and %u more like these\n", n - MAX_COMMANDS),
                            n - MAX_COMMANDS);
}
