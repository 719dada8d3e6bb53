/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-checkup.h"
#include "hearth-ctl-interrupt.h"
#include "hearth-ctl-output.h"
#include "hearth-ctl.h"
#include "hearth-json-writer.h"

typedef struct {
  GMainLoop *loop; /* (borrowed) */
  GError *error;   /* (owned) (nullable) */
  gboolean ended;
} Outcome;

static void
add_check (HearthJsonWriter *writer, HearthCheck *check)
{
  hearth_json_writer_begin_object (writer, NULL);
  hearth_json_writer_add_string (writer, "id", hearth_check_get_id (check));
  hearth_json_writer_add_string (writer, "state",
                                 hearth_check_state_to_id (hearth_check_get_state (check)));
  hearth_json_writer_add_string (writer, "title", hearth_check_get_title (check));
  hearth_json_writer_add_string (writer, "command", hearth_check_get_command (check));
  hearth_json_writer_add_string (writer, "result", hearth_check_get_result (check));
  hearth_json_writer_add_string (writer, "remedy", hearth_check_get_remedy (check));
  hearth_json_writer_add_string (writer, "remedy_command", hearth_check_get_remedy_command (check));
  hearth_json_writer_add_number (writer, "ms", hearth_check_get_ms (check));
  hearth_json_writer_end_object (writer);
}

static void
append_json (GString *text, HearthCheckup *checkup)
{
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_begin_array (&writer, "checks");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checkup)); i++)
    {
      g_autoptr (HearthCheck) check = g_list_model_get_item (G_LIST_MODEL (checkup), i);

      add_check (&writer, check);
    }
  hearth_json_writer_end_array (&writer);
  hearth_json_writer_add_boolean (&writer, "passed", hearth_checkup_get_passed (checkup));
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
}

static const char *
get_mark (HearthCheckState state)
{
  switch (state)
    {
    case HEARTH_CHECK_PASSED:
      return "✓";
    case HEARTH_CHECK_WARNING:
      return "!";
    case HEARTH_CHECK_FAILED:
      return "✗";
    case HEARTH_CHECK_WAITING:
    case HEARTH_CHECK_RUNNING:
    case HEARTH_CHECK_SKIPPED:
    default:
      return "–";
    }
}

/* The command that does the same stands where somebody may want to look for themselves. */
static void
append_check (GString *text, HearthCheck *check)
{
  HearthCheckState state = hearth_check_get_state (check);
  const char *remedy = hearth_check_get_remedy (check);
  const char *command = hearth_check_get_remedy_command (check);

  g_string_append_printf (text, "%s %s\n    %s\n", get_mark (state), hearth_check_get_title (check),
                          hearth_check_get_result (check));
  if (state == HEARTH_CHECK_FAILED || state == HEARTH_CHECK_WARNING)
    g_string_append_printf (text, _ ("    Look for yourself: %s\n"),
                            hearth_check_get_command (check));
  if (remedy != NULL)
    g_string_append_printf (text, "    %s\n", remedy);
  if (command != NULL)
    g_string_append_printf (text, _ ("    An administrator can run: %s\n"), command);
}

static void
append_text (GString *text, HearthCheckup *checkup)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checkup)); i++)
    {
      g_autoptr (HearthCheck) check = g_list_model_get_item (G_LIST_MODEL (checkup), i);

      append_check (text, check);
    }
  g_string_append_printf (text, "\n%s\n",
                          hearth_checkup_get_passed (checkup)
                              ? _ ("localhost works on this computer.")
                              : _ ("Something is not right with localhost on this computer."));
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  hearth_checkup_run_finish (HEARTH_CHECKUP (source), result, &outcome->error);
  outcome->ended = TRUE;
  g_main_loop_quit (outcome->loop);
}

/* FALSE where the user interrupted it, after waiting for the end that this brings. */
static gboolean
run (HearthCheckup *checkup)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { .loop = loop };
  gboolean done;

  hearth_ctl_quit_on_interrupt (loop);
  hearth_checkup_run_async (checkup, cancellable, on_run, &outcome);
  if (!hearth_ctl_was_interrupted ())
    g_main_loop_run (loop);
  g_cancellable_cancel (cancellable);
  while (!outcome.ended)
    g_main_context_iteration (NULL, TRUE);
  done = outcome.error == NULL;
  g_clear_error (&outcome.error);
  return done;
}

int
hearth_ctl_check (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthPlatform) platform = NULL;
  g_autoptr (HearthCheckup) checkup = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  int status;

  if (!hearth_ctl_parse (
          &argc, &argv, entries, NULL,
          _ ("Looks whether localhost works on this computer, and says what to do where it "
             "does not. Nothing is sent to any other computer."),
          0, &status))
    return status;
  platform = hearth_platform_new ();
  if (!hearth_platform_start (platform, &error))
    return hearth_ctl_fail (error);
  checkup = hearth_checkup_new (platform);
  if (!run (checkup))
    return HEARTH_CTL_FAILED;
  if (json)
    append_json (text, checkup);
  else
    append_text (text, checkup);
  if (!hearth_ctl_flush (text))
    return hearth_ctl_fail_to_write ();
  return hearth_checkup_get_passed (checkup) ? HEARTH_CTL_DONE : HEARTH_CTL_FAILED;
}
