/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-error.h"
#include "hearth-nm-change.h"
#include "hearth-nm-error.h"
#include "hearth-prefix-list.h"

#define THERE(lifetime) { TRUE, HEARTH_LIFETIME_##lifetime }
#define ABSENT(lifetime) { FALSE, HEARTH_LIFETIME_##lifetime }

static HearthNmState
look_up (const HearthPrefix *prefix, gpointer state)
{
  return *(HearthNmState *) state;
}

static HearthPlan *
make_plan (HearthPlanAction action, HearthLifetime lifetime)
{
  const char *const specs[] = { "127.0.0.2", NULL };

  return hearth_plan_new_from_text (action, specs, NULL, lifetime, NULL);
}

/* What each action does to an address, wherever that is */

typedef struct {
  HearthPlanAction action;
  HearthLifetime lifetime;
  HearthNmState before;
  int error; /* -1: it can be done */
  HearthNmState after;
} Row;

static const Row rows[] = {
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART, ABSENT (UNKNOWN), -1, THERE (RESTART) },
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_SESSION, ABSENT (RESTART), -1, THERE (SESSION) },
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_ALWAYS, ABSENT (UNKNOWN), -1, THERE (ALWAYS) },
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_SESSION, ABSENT (ALWAYS), -1, THERE (ALWAYS) },
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART, THERE (UNKNOWN), HEARTH_ERROR_EXISTS, { 0 } },
  { HEARTH_PLAN_REMOVE, 0, THERE (SESSION), -1, ABSENT (UNKNOWN) },
  { HEARTH_PLAN_REMOVE, 0, THERE (ALWAYS), -1, ABSENT (UNKNOWN) },
  { HEARTH_PLAN_REMOVE, 0, ABSENT (ALWAYS), HEARTH_ERROR_NOT_FOUND, { 0 } },
  { HEARTH_PLAN_KEEP, 0, THERE (UNKNOWN), -1, THERE (ALWAYS) },
  { HEARTH_PLAN_KEEP, 0, THERE (SESSION), -1, THERE (ALWAYS) },
  { HEARTH_PLAN_KEEP, 0, ABSENT (UNKNOWN), HEARTH_ERROR_NOT_FOUND, { 0 } },
  { HEARTH_PLAN_FORGET, 0, THERE (ALWAYS), -1, THERE (RESTART) },
  { HEARTH_PLAN_FORGET, 0, ABSENT (ALWAYS), -1, ABSENT (UNKNOWN) },
  { HEARTH_PLAN_FORGET, 0, THERE (RESTART), HEARTH_ERROR_NOT_FOUND, { 0 } },
};

static void
check_inverse (GArray *change, const Row *row)
{
  g_autoptr (GArray) inverse = hearth_nm_change_invert (change);
  HearthNmState after = row->after, before = row->before;

  g_assert_true (hearth_nm_change_is_current (change, look_up, &after));
  g_assert_true (hearth_nm_change_is_current (inverse, look_up, &before));
  g_assert_false (hearth_nm_change_is_current (change, look_up, &before));
}

static void
test_actions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthPlan) plan = make_plan (rows[i].action, rows[i].lifetime);
      HearthNmState before = rows[i].before;
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) change = hearth_nm_change_new (plan, look_up, &before, &error);

      if (rows[i].error >= 0)
        {
          g_assert_null (change);
          g_assert_error (error, HEARTH_ERROR, rows[i].error);
          g_assert_nonnull (g_strstr_len (error->message, -1, "127.0.0.2"));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (change->len, ==, 1);
      g_assert_cmpint (g_array_index (change, HearthNmStep, 0).after.there, ==,
                       rows[i].after.there);
      g_assert_cmpint (g_array_index (change, HearthNmStep, 0).after.lifetime, ==,
                       rows[i].after.lifetime);
      check_inverse (change, &rows[i]);
    }
}

/* What has to be done for it, in each place */
static void
test_lists (void)
{
  static const struct {
    HearthNmState before;
    HearthNmState after;
    guint added, removed, kept, forgotten, noted, unnoted; /* the last two of sessions */
  } steps[] = {
    { ABSENT (UNKNOWN), THERE (SESSION), 1, 0, 0, 0, 1, 0 },
    { THERE (SESSION), THERE (ALWAYS), 0, 0, 1, 0, 0, 1 },
    { THERE (ALWAYS), ABSENT (UNKNOWN), 0, 1, 0, 1, 0, 0 },
    { THERE (ALWAYS), THERE (RESTART), 0, 0, 0, 1, 0, 0 },
    { THERE (RESTART), THERE (RESTART), 0, 0, 0, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GArray) change = g_array_new (FALSE, TRUE, sizeof (HearthNmStep));
      HearthNmStep step = { .before = steps[i].before, .after = steps[i].after };
      g_autoptr (GArray) added = NULL, removed = NULL, kept = NULL, forgotten = NULL, noted = NULL,
                         unnoted = NULL;

      g_array_append_val (change, step);
      added = hearth_nm_change_list_added (change);
      removed = hearth_nm_change_list_removed (change);
      kept = hearth_nm_change_list_noted (change, HEARTH_LIFETIME_ALWAYS);
      forgotten = hearth_nm_change_list_unnoted (change, HEARTH_LIFETIME_ALWAYS);
      noted = hearth_nm_change_list_noted (change, HEARTH_LIFETIME_SESSION);
      unnoted = hearth_nm_change_list_unnoted (change, HEARTH_LIFETIME_SESSION);
      g_assert_cmpuint (added->len, ==, steps[i].added);
      g_assert_cmpuint (removed->len, ==, steps[i].removed);
      g_assert_cmpuint (kept->len, ==, steps[i].kept);
      g_assert_cmpuint (forgotten->len, ==, steps[i].forgotten);
      g_assert_cmpuint (noted->len, ==, steps[i].noted);
      g_assert_cmpuint (unnoted->len, ==, steps[i].unnoted);
    }
}

/* Names in a sentence */
static void
test_names (void)
{
  static const struct {
    guint n;
    const char *expected;
  } lists[] = {
    { 1, "10.0.0.1" },
    { 2, "10.0.0.1, 10.0.0.2" },
    { 4, "10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4" },
    { 5, "10.0.0.1, 10.0.0.2, 10.0.0.3 and 2 more" },
  };
  HearthPrefix network;
  g_autoptr (GArray) prefixes = hearth_prefixes_new ();
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GArray) some = hearth_prefixes_new ();
      g_autofree char *names = NULL;

      for (guint j = 1; j <= lists[i].n; j++)
        {
          g_autofree char *address = g_strdup_printf ("10.0.0.%u", j);
          HearthPrefix prefix;

          hearth_prefix_parse (address, &prefix, NULL);
          hearth_prefixes_add (some, &prefix);
          hearth_prefixes_add (some, &prefix);
        }
      names = hearth_prefixes_to_string (some);
      g_assert_cmpstr (names, ==, lists[i].expected);
    }

  hearth_prefix_parse ("10.0.0.1/24", &network, NULL);
  hearth_prefixes_add (prefixes, &network);
  text = hearth_prefixes_to_string (prefixes);
  g_assert_cmpstr (text, ==, "10.0.0.1/24");
  hearth_prefixes_remove (prefixes, &network);
  hearth_prefixes_remove (prefixes, &network);
  g_assert_cmpuint (prefixes->len, ==, 0);
}

/* What NetworkManager says, as sentences */
static void
test_errors (void)
{
  static const struct {
    const char *name;
    const char *message;
    HearthError code;
    const char *phrase;
    gboolean silence;
  } refusals[] = {
    { "org.freedesktop.NetworkManager.PermissionDenied", "Not authorized to control networking.",
      HEARTH_ERROR_NOT_PERMITTED, "not allowed", FALSE },
    { "org.freedesktop.NetworkManager.Settings.PermissionDenied", "Insufficient privileges",
      HEARTH_ERROR_NOT_PERMITTED, "keep", FALSE },
    { "org.freedesktop.NetworkManager.Device.NotActive", "Device is not activated",
      HEARTH_ERROR_NOT_SUPPORTED, "does not manage", FALSE },
    { "org.freedesktop.NetworkManager.Device.VersionIdMismatch", "Reapply failed",
      HEARTH_ERROR_FAILED, "keeps changing", FALSE },
    { "org.freedesktop.DBus.Error.ServiceUnknown", "The name is not activatable",
      HEARTH_ERROR_NOT_SUPPORTED, "not running", FALSE },
    { "org.freedesktop.DBus.Error.NoReply", "Message recipient disconnected", HEARTH_ERROR_FAILED,
      "stopped", TRUE },
    { "org.freedesktop.NetworkManager.Settings.Connection.InvalidProperty", "bad\nthings \x1b[2J",
      HEARTH_ERROR_FAILED, "NetworkManager refused: bad\\x0athings \\x1b[2J", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error =
          g_dbus_error_new_for_dbus_error (refusals[i].name, refusals[i].message);
      g_autoptr (GError) sentence = hearth_nm_error_new (error);

      g_assert_error (sentence, HEARTH_ERROR, (int) refusals[i].code);
      if (g_strstr_len (sentence->message, -1, refusals[i].phrase) == NULL)
        g_error ("%s: %s", refusals[i].name, sentence->message);
      g_assert_cmpint (hearth_nm_is_silence (error), ==, refusals[i].silence);
    }
}

static void
test_cancelling_stays (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  g_autoptr (GError) sentence = hearth_nm_error_new (error);

  g_assert_error (sentence, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nm-change/actions", test_actions);
  g_test_add_func ("/nm-change/lists", test_lists);
  g_test_add_func ("/nm-change/names", test_names);
  g_test_add_func ("/nm-error/sentences", test_errors);
  g_test_add_func ("/nm-error/cancelling-stays", test_cancelling_stays);
  return g_test_run ();
}
