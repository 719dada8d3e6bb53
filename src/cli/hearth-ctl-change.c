/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-commands-here.h"
#include "hearth-ctl-interrupt.h"
#include "hearth-ctl-output.h"
#include "hearth-ctl-plan.h"
#include "hearth-ctl.h"
#include "hearth-quote.h"

/* One change, from the command line to its end: what is asked for, what is found about it, who does
 * it, what comes of it. */
typedef struct {
  HearthPlanAction action;
  HearthLifetime lifetime;
  gboolean dry_run;
  gboolean json;

  HearthPlatform *platform;         /* (owned) */
  HearthSurroundings *surroundings; /* (owned) */
  HearthInterfaces *interfaces;     /* (owned) */
  HearthAuthorities *authorities;   /* (owned) */
  HearthPlan *plan;                 /* (owned) (nullable): what is left to be done */
  GPtrArray *findings;              /* (owned) */
  HearthAuthority *authority;       /* (nullable): who does it */
  HearthReceipt *receipt;           /* (owned) (nullable): it was done */
  GError *nobody;                   /* (owned) (nullable): why nobody does */
  GError *error;                    /* (owned) (nullable): it was not */
  GMainLoop *loop;                  /* (owned) */
  GCancellable *cancellable;        /* (owned) */
  gboolean answered;                /* by the authority */
  gboolean closed;                  /* all of them */
} Change;

static void
change_clear (Change *self)
{
  g_clear_pointer (&self->receipt, hearth_receipt_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->plan, hearth_plan_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->authorities);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->platform);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->surroundings, hearth_surroundings_unref);
  g_clear_error (&self->nobody);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

/* What is found */

static gboolean
look_around (Change *self, const HearthPlan *plan, GError **error)
{
  self->platform = hearth_platform_new ();
  if (!hearth_platform_start (self->platform, error))
    return FALSE;
  self->surroundings = hearth_platform_read_surroundings (self->platform, error);
  if (self->surroundings == NULL)
    return FALSE;
  self->interfaces = hearth_interfaces_new (self->platform);
  self->authorities = hearth_authorities_new (self->platform, self->interfaces);
  self->plan = hearth_plan_without_idle (plan, self->interfaces);
  return TRUE;
}

/* The code of an error that was found before anybody was asked. */
static HearthError
get_code (HearthFindingKind kind)
{
  switch (kind)
    {
    case HEARTH_FINDING_TAKEN:
      return HEARTH_ERROR_EXISTS;
    case HEARTH_FINDING_NO_INTERFACE:
    case HEARTH_FINDING_NOT_THERE:
      return HEARTH_ERROR_NOT_FOUND;
    case HEARTH_FINDING_IPV6_OFF:
      return HEARTH_ERROR_FAILED;
    case HEARTH_FINDING_NOT_LOOPBACK:
    case HEARTH_FINDING_PROTECTED:
    case HEARTH_FINDING_NOT_ALLOWED:
    case HEARTH_FINDING_TOO_MANY:
    case HEARTH_FINDING_INTERFACE_DOWN:
    case HEARTH_FINDING_FOREIGN:
    case HEARTH_FINDING_REACHABLE:
    case HEARTH_FINDING_HIDES_HOST:
    case HEARTH_FINDING_MANY:
    case HEARTH_FINDING_ANSWERS_ALREADY:
    case HEARTH_FINDING_NEEDED:
    case HEARTH_FINDING_N_KINDS:
    default:
      return HEARTH_ERROR_INVALID;
    }
}

static gboolean
check_findings (Change *self, GError **error)
{
  const HearthFinding *found = hearth_findings_get_error (self->findings);

  if (found == NULL)
    return TRUE;
  g_set_error_literal (error, HEARTH_ERROR, (int) get_code (found->kind), found->message);
  return FALSE;
}

/* Who does it: the best that can, as soon as none that is better may still turn up. Those who can
 * know whose addresses are whose, so that they come before what is found. */

static void
quit (Change *self)
{
  g_main_loop_quit (self->loop);
}

static void
choose_authority (Change *self)
{
  gulong handler = g_signal_connect_swapped (self->authorities, "notify", G_CALLBACK (quit), self);

  for (;;)
    {
      self->authority = hearth_authorities_choose (self->authorities, self->plan, NULL);
      if (hearth_authorities_is_settled (self->authorities) ||
          (self->authority != NULL && hearth_authorities_is_ready (self->authorities)))
        break;
      g_main_loop_run (self->loop);
    }
  g_signal_handler_disconnect (self->authorities, handler);
  if (self->authority == NULL)
    hearth_authorities_choose (self->authorities, self->plan, &self->nobody);
}

/* Doing it */

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *self = user_data;

  self->receipt = hearth_authority_apply_finish (HEARTH_AUTHORITY (source), result, &self->error);
  self->answered = TRUE;
  quit (self);
}

/* Interrupted, it waits no longer for a person; what happens all the same goes in the end. */
static void
carry_out (Change *self)
{
  hearth_authority_apply_async (self->authority, self->plan, self->cancellable, on_applied, self);
  while (!self->answered)
    {
      g_main_loop_run (self->loop);
      if (!self->answered)
        g_cancellable_cancel (self->cancellable);
    }
}

/* Saying it */

static void
add_outcome (HearthJsonWriter *writer, const Change *self)
{
  if (self->receipt != NULL)
    hearth_json_writer_add_boolean (writer, "done", TRUE);
  else if (self->error != NULL)
    hearth_json_writer_add_string (writer, "error", self->error->message);
}

static gboolean
print_json (const Change *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_ctl_add_plan_members (&writer, self->action, self->plan, self->findings, self->authority);
  add_outcome (&writer, self);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
  return hearth_ctl_flush (text);
}

static void
append_dry_run (GString *text, const Change *self)
{
  g_autofree char *what = hearth_ctl_describe_plan (self->plan, FALSE);

  if (self->authority != NULL)
    /* Translators: what would be done, and how: "directly", "through NetworkManager" */
    g_string_append_printf (text, _ ("%s, %s"), what, hearth_authority_to_label (self->authority));
  else
    g_string_append (text, what);
  g_string_append_c (text, '\n');
  hearth_ctl_append_commands (text, self->plan);
}

static gboolean
print_text (const Change *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *what = NULL;

  if (self->receipt != NULL)
    {
      what = hearth_ctl_describe_plan (self->plan, TRUE);
      g_string_append_printf (text, "%s\n", what);
    }
  else if (self->dry_run && self->plan != NULL)
    append_dry_run (text, self);
  return hearth_ctl_flush (text);
}

/* Where nobody here may do it, an administrator may; those who closed the question know that. */
static void
print_way_out (const Change *self)
{
  g_autoptr (GString) commands = g_string_new (NULL);

  if (self->plan == NULL ||
      (!g_error_matches (self->error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED) &&
       !g_error_matches (self->error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED)))
    return;
  if (self->lifetime != HEARTH_LIFETIME_ALWAYS || hearth_commands_here_keep ())
    hearth_ctl_append_commands (commands, self->plan);
  if (commands->len > 0)
    g_printerr ("%s\n%s", _ ("An administrator can run:"), commands->str);
}

static int
report (const Change *self)
{
  gboolean written = self->json ? print_json (self) : print_text (self);
  int status = HEARTH_CTL_DONE;

  if (self->error != NULL)
    {
      status = hearth_ctl_fail (self->error);
      print_way_out (self);
    }
  return written || self->error != NULL ? status : hearth_ctl_fail_to_write ();
}

/* While it stays in front */

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *self = user_data;

  g_clear_error (&self->error);
  hearth_authorities_close_finish (HEARTH_AUTHORITIES (source), result, &self->error);
  self->closed = TRUE;
  quit (self);
}

/* What it added goes. Another interruption meanwhile changes nothing: it takes two seconds at the
 * most. */
static int
clean_up (Change *self)
{
  hearth_authorities_close_async (self->authorities, on_closed, self);
  while (!self->closed)
    g_main_loop_run (self->loop);
  return self->error != NULL ? hearth_ctl_fail (self->error) : HEARTH_CTL_DONE;
}

static int
stay (Change *self)
{
  if (!self->json)
    {
      g_autoptr (GString) text = g_string_new (_ ("Waiting. Ctrl+C removes them."));

      g_string_append_c (text, '\n');
      hearth_ctl_flush (text);
    }
  if (!hearth_ctl_was_interrupted ())
    g_main_loop_run (self->loop);
  return clean_up (self);
}

/* The whole of it */

static gboolean
do_it (Change *self, gboolean stays)
{
  if (!check_findings (self, &self->error) || self->dry_run)
    return FALSE;
  if (self->authority == NULL)
    {
      self->error = g_steal_pointer (&self->nobody);
      return FALSE;
    }
  if (stays)
    hearth_ctl_quit_on_interrupt (self->loop);
  carry_out (self);
  return self->receipt != NULL;
}

static int
run (Change *self, const HearthPlan *plan)
{
  gboolean stays = self->lifetime == HEARTH_LIFETIME_SESSION && !self->dry_run;
  gboolean done;
  int status;

  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  if (!look_around (self, plan, &self->error))
    return hearth_ctl_fail (self->error);
  if (self->plan != NULL)
    choose_authority (self);
  self->findings = hearth_plan_find (plan, self->interfaces, self->surroundings);
  if (!self->json)
    hearth_ctl_print_findings (self->findings);
  done = do_it (self, stays);
  status = report (self);
  if (done && stays && status == HEARTH_CTL_DONE)
    return stay (self);
  if (stays)
    clean_up (self);
  return status;
}

static gboolean
parse_lifetime (const char *id, HearthLifetime *lifetime, GError **error)
{
  g_autofree char *quoted = NULL;

  if (id == NULL || hearth_lifetime_parse (id, lifetime))
    return TRUE;
  quoted = hearth_quote (id);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               _ ("“%s” is not how long an address can stay. Write session, restart or always."),
               quoted);
  return FALSE;
}

/* What stands behind the verb, for its --help. */
static const char *const summaries[] = {
  [HEARTH_PLAN_ADD] =
      N_ ("Adds aliases to the loopback interface. ADDRESS is one, 127.0.0.2, or a range, "
          "127.0.0.2-20."),
  [HEARTH_PLAN_REMOVE] = N_ ("Removes aliases from the loopback interface, now and for good."),
  [HEARTH_PLAN_KEEP] = N_ ("Lets aliases that are there come back after every restart."),
  [HEARTH_PLAN_FORGET] =
      N_ ("Lets aliases that come back after a restart stay until then, and no longer."),
};

static int
change (
    HearthPlanAction action, const GOptionEntry *lifetime_entry, char **id, int argc, char **argv)
{
  g_auto (Change) self = { .action = action };
  g_autofree char *interface = NULL;
  const GOptionEntry entries[] = {
    { "interface", 0, 0, G_OPTION_ARG_STRING, &interface, N_ ("Another loopback interface than lo"),
      N_ ("NAME") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self.dry_run,
      N_ ("Show what would be done, and change nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON"), NULL },
    lifetime_entry != NULL ? *lifetime_entry : (GOptionEntry) G_OPTION_ENTRY_NULL,
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  self.lifetime = action == HEARTH_PLAN_ADD ? HEARTH_LIFETIME_RESTART : HEARTH_LIFETIME_UNKNOWN;
  if (!hearth_ctl_parse (&argc, &argv, entries, _ ("ADDRESS…"), _ (summaries[action]), G_MAXINT - 1,
                         &status))
    return status;
  if (!parse_lifetime (id != NULL ? *id : NULL, &self.lifetime, &error))
    return hearth_ctl_fail (error);
  plan = hearth_plan_new_from_text (action, (const char *const *) argv + 1, interface,
                                    self.lifetime, &error);
  return plan != NULL ? run (&self, plan) : hearth_ctl_fail (error);
}

int
hearth_ctl_add (int argc, char **argv)
{
  g_autofree char *id = NULL;
  const GOptionEntry entry = { "for",
                               0,
                               0,
                               G_OPTION_ARG_STRING,
                               &id,
                               N_ ("How long they stay: session (while this command runs), restart "
                                   "(until the next one, if nothing is said), always"),
                               N_ ("TIME") };

  return change (HEARTH_PLAN_ADD, &entry, &id, argc, argv);
}

int
hearth_ctl_remove (int argc, char **argv)
{
  return change (HEARTH_PLAN_REMOVE, NULL, NULL, argc, argv);
}

int
hearth_ctl_keep (int argc, char **argv)
{
  return change (HEARTH_PLAN_KEEP, NULL, NULL, argc, argv);
}

int
hearth_ctl_forget (int argc, char **argv)
{
  return change (HEARTH_PLAN_FORGET, NULL, NULL, argc, argv);
}
