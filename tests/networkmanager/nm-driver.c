/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Carries out changes through NetworkManager as a test says on standard input, a line each, and
 * answers each line with one line of standard output:
 *
 *   add session|restart|always SPEC…     done, or the error
 *   remove|keep|forget SPEC…
 *   can add session|restart|always SPEC… yes, or the error
 *   can remove|keep|forget SPEC…
 *   undo                                 takes the last change back
 *   state                                available, or unavailable and the reason
 *   owner PREFIX                         owner and lifetime, as its owner source knows them
 *   cancel                               cancels what runs; no answer of its own
 *   close                                what goes with this process
 *
 * An error is its code and its message. It begins with "ready" when the authority is known. The end
 * of the input ends it without closing, as a crash would. */

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hearth-authority-networkmanager.h"
#include "hearth-error.h"

typedef struct {
  GMainLoop *loop;
  HearthPlatform *platform;
  HearthAuthority *authority;
  HearthReceipt *receipt;
  GCancellable *cancellable;
  GDataInputStream *input;
  gboolean ready;
} Driver;

static const char *const codes[] = { "failed",        "invalid",       "not-found", "exists",
                                     "not-permitted", "not-supported", "dismissed" };

static void
say (const char *text)
{
  printf ("%s\n", text);
  fflush (stdout);
}

static void
say_error (const GError *error)
{
  g_autofree char *text = g_strdup_printf (
      "%s: %s", error->domain == HEARTH_ERROR ? codes[error->code] : "cancelled", error->message);

  say (text);
}

static HearthPlan *
parse_plan (char **words, GError **error)
{
  static const char *const actions[] = { "add", "remove", "keep", "forget" };
  HearthPlanAction action = HEARTH_PLAN_ADD;
  HearthLifetime lifetime = HEARTH_LIFETIME_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i], words[0]))
      action = (HearthPlanAction) i;
  words++;
  if (action == HEARTH_PLAN_ADD)
    {
      for (lifetime = HEARTH_LIFETIME_SESSION; lifetime < HEARTH_LIFETIME_ALWAYS; lifetime++)
        if (g_str_equal (hearth_lifetime_to_id (lifetime), words[0]))
          break;
      words++;
    }
  return hearth_plan_new_from_text (action, (const char *const *) words, NULL, lifetime, error);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Driver *self = user_data;
  g_autoptr (GError) error = NULL;
  HearthReceipt *receipt =
      hearth_authority_apply_finish (HEARTH_AUTHORITY (source), result, &error);

  if (receipt == NULL)
    {
      say_error (error);
      return;
    }
  g_clear_pointer (&self->receipt, hearth_receipt_unref);
  self->receipt = receipt;
  say ("done");
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Driver *self = user_data;
  g_autoptr (GError) error = NULL;

  if (hearth_receipt_undo_finish (self->receipt, result, &error))
    say ("done");
  else
    say_error (error);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (hearth_authority_close_finish (HEARTH_AUTHORITY (source), result, &error))
    say ("done");
  else
    say_error (error);
}

static void
say_state (Driver *self)
{
  const char *reason = hearth_authority_get_reason (self->authority);
  g_autofree char *text = NULL;

  if (hearth_authority_get_state (self->authority) == HEARTH_AUTHORITY_AVAILABLE)
    text = g_strdup ("available");
  else
    text = g_strdup_printf ("unavailable: %s", reason != NULL ? reason : "?");
  say (text);
}

static void
say_owner (Driver *self, const char *prefix)
{
  HearthLinkAddress address = { .link_index = 1 };
  HearthOwnership ownership = { 0 };
  g_autofree char *text = NULL;

  g_assert_true (hearth_prefix_parse (prefix, &address.prefix, NULL));
  if (!hearth_owner_source_look_up (HEARTH_OWNER_SOURCE (self->authority), &address, &ownership))
    {
      say ("unknown");
      return;
    }
  text = g_strdup_printf ("%s %s", hearth_owner_to_id (ownership.owner),
                          hearth_lifetime_to_id (ownership.lifetime));
  say (text);
}

static void
change (Driver *self, char **words, gboolean only_ask)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = parse_plan (words, &error);

  if (plan == NULL)
    say_error (error);
  else if (only_ask)
    {
      if (hearth_authority_can (self->authority, plan, &error))
        say ("yes");
      else
        say_error (error);
    }
  else
    hearth_authority_apply_async (self->authority, plan, self->cancellable, on_applied, self);
}

static void
obey (Driver *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (g_str_equal (words[0], "can"))
    change (self, words + 1, TRUE);
  else if (g_str_equal (words[0], "undo"))
    hearth_receipt_undo_async (self->receipt, NULL, on_undone, self);
  else if (g_str_equal (words[0], "state"))
    say_state (self);
  else if (g_str_equal (words[0], "owner"))
    say_owner (self, words[1]);
  else if (g_str_equal (words[0], "cancel"))
    g_cancellable_cancel (self->cancellable);
  else if (g_str_equal (words[0], "close"))
    hearth_authority_close_async (self->authority, on_closed, self);
  else
    change (self, words, FALSE);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Driver *self = user_data;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }
  obey (self, line);
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static void
on_state (Driver *self)
{
  if (self->ready)
    return;
  self->ready = TRUE;
  say ("ready");
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

int
main (void)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GError) error = NULL;
  Driver self = { .loop = g_main_loop_new (NULL, FALSE),
                  .platform = hearth_platform_new (),
                  .cancellable = g_cancellable_new (),
                  .input = g_data_input_stream_new (input) };

  if (!hearth_platform_start (self.platform, &error))
    g_error ("%s", error->message);
  self.authority = hearth_authority_networkmanager_new (self.platform);
  g_signal_connect_swapped (self.authority, "notify::state", G_CALLBACK (on_state), &self);
  hearth_authority_start (self.authority);
  g_main_loop_run (self.loop);

  g_clear_pointer (&self.receipt, hearth_receipt_unref);
  g_clear_object (&self.authority);
  g_clear_object (&self.input);
  g_clear_object (&self.cancellable);
  g_clear_object (&self.platform);
  g_main_loop_unref (self.loop);
  return 0;
}
