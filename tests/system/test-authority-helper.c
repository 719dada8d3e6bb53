/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client of hearth-helper, against a stand-in for it on a system bus of this test's own: what
 * it asks for, what it makes of the answers, and that it follows the helper as it comes and goes.
 * The stand-in keeps the contract of the interface's XML with a platform in memory. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "hearth-authority-helper.h"
#include "hearth-edit.h"
#include "hearth-error.h"
#include "hearth-helper1.h"
#include "hearth-owner-source.h"
#include "hearth-platform-fake.h"
#include "outcome.h"

#define BUS_NAME HEARTH_APPLICATION_ID ".Helper1"
#define OBJECT_PATH "/io/github/hearthapp/Hearth/Helper1"
#define WAIT_MS 10000

typedef struct {
  GSubprocess *bus;
  char *address;  /* its */
  char *services; /* the folder of activation files, and of the bus's own */

  HearthPlatform *platform;
  HearthAuthority *authority;

  GDBusConnection *connection; /* of the stand-in */
  HearthHelper1 *helper;
  guint name;
  GString *calls;    /* what it was asked, a line a call */
  const char *error; /* the name of the error that it answers with, or NULL */
  char *caller;      /* who called last */
  GDBusMethodInvocation *held;
  gboolean holds;
  guint n_changed; /* of the owner source */
} Fixture;

/* Waiting */

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean late = FALSE;                                                                         \
    guint timeout = g_timeout_add (WAIT_MS, on_late, &late);                                       \
    while (!(condition) && !late)                                                                  \
      g_main_context_iteration (NULL, TRUE);                                                       \
    if (late)                                                                                      \
      g_error ("%s:%d: not so in time: %s", __FILE__, __LINE__, #condition);                       \
    g_source_remove (timeout);                                                                     \
  }                                                                                                \
  G_STMT_END

#define WAIT_FOR_STATE(fixture, state)                                                             \
  WAIT_UNTIL (hearth_authority_get_state ((fixture)->authority) == (state))

/* The stand-in */

static gboolean
answer (Fixture *fixture, GDBusMethodInvocation *invocation, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* TRUE where it has been answered with an error, or is to be answered later. */
static gboolean
answer (Fixture *fixture, GDBusMethodInvocation *invocation, const char *format, ...)
{
  GDBusMessage *message = g_dbus_method_invocation_get_message (invocation);
  gboolean interactive =
      g_dbus_message_get_flags (message) & G_DBUS_MESSAGE_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION;
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (fixture->calls, format, arguments);
  va_end (arguments);
  g_string_append (fixture->calls, interactive ? " interactive\n" : "\n");
  g_set_str (&fixture->caller, g_dbus_method_invocation_get_sender (invocation));
  if (fixture->holds)
    {
      fixture->held = invocation;
      return TRUE;
    }
  if (fixture->error == NULL)
    return FALSE;
  g_dbus_method_invocation_return_dbus_error (invocation, fixture->error, "A sentence.");
  return TRUE;
}

static gboolean
on_add (HearthHelper1 *helper,
        GDBusMethodInvocation *invocation,
        const char *interface,
        const char *const *addresses,
        const char *lifetime,
        GVariant *options,
        Fixture *fixture)
{
  g_autofree char *texts = g_strjoinv (" ", (char **) addresses);

  g_assert_cmpuint (g_variant_n_children (options), ==, 0);
  if (!answer (fixture, invocation, "Add %s [%s] %s", interface, texts, lifetime))
    hearth_helper1_complete_add (helper, invocation, "token-1");
  return TRUE;
}

static gboolean
on_remove (HearthHelper1 *helper,
           GDBusMethodInvocation *invocation,
           const char *interface,
           const char *const *addresses,
           Fixture *fixture)
{
  g_autofree char *texts = g_strjoinv (" ", (char **) addresses);

  if (!answer (fixture, invocation, "Remove %s [%s]", interface, texts))
    hearth_helper1_complete_remove (helper, invocation, "token-2");
  return TRUE;
}

static gboolean
on_keep (HearthHelper1 *helper,
         GDBusMethodInvocation *invocation,
         const char *interface,
         const char *const *addresses,
         gboolean keep,
         Fixture *fixture)
{
  g_autofree char *texts = g_strjoinv (" ", (char **) addresses);

  if (!answer (fixture, invocation, "Keep %s [%s] %d", interface, texts, keep))
    hearth_helper1_complete_keep (helper, invocation, "token-3");
  return TRUE;
}

static gboolean
on_undo (HearthHelper1 *helper,
         GDBusMethodInvocation *invocation,
         const char *token,
         Fixture *fixture)
{
  if (!answer (fixture, invocation, "Undo %s", token))
    hearth_helper1_complete_undo (helper, invocation);
  return TRUE;
}

static void
start_helper (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->helper = hearth_helper1_skeleton_new ();
  hearth_helper1_set_owned (fixture->helper, g_variant_new ("a(sssu)", NULL));
  hearth_helper1_set_kept (fixture->helper, g_variant_new ("a(ssu)", NULL));
  g_signal_connect (fixture->helper, "handle-add", G_CALLBACK (on_add), fixture);
  g_signal_connect (fixture->helper, "handle-remove", G_CALLBACK (on_remove), fixture);
  g_signal_connect (fixture->helper, "handle-keep", G_CALLBACK (on_keep), fixture);
  g_signal_connect (fixture->helper, "handle-undo", G_CALLBACK (on_undo), fixture);
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (fixture->helper),
                                    fixture->connection, OBJECT_PATH, &error);
  g_assert_no_error (error);
  fixture->name = g_bus_own_name_on_connection (
      fixture->connection, BUS_NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
}

static void
stop_helper (Fixture *fixture)
{
  g_clear_handle_id (&fixture->name, g_bus_unown_name);
  if (fixture->helper == NULL)
    return;
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (fixture->helper));
  g_clear_object (&fixture->helper);
}

/* Set up: a bus, a platform in memory with 127.0.0.1/8 and ::1/128, the authority */

/* GTestDBus deletes its configuration, which is to be read again. */
static void
start_bus (Fixture *fixture)
{
  g_autofree char *path = NULL, *text = NULL, *option = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  fixture->services = g_dir_make_tmp ("services.XXXXXX", NULL);
  path = g_build_filename (fixture->services, "bus.conf", NULL);
  option = g_strdup_printf ("--config-file=%s", path);
  text = g_strdup_printf ("<busconfig><type>session</type><listen>unix:dir=%s</listen>"
                          "<servicedir>%s</servicedir><policy context='default'>"
                          "<allow own='*'/><allow send_destination='*' eavesdrop='true'/>"
                          "<allow eavesdrop='true'/></policy></busconfig>",
                          fixture->services, fixture->services);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  fixture->bus = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "dbus-daemon",
                                   "--nofork", "--print-address", option, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->bus));
  fixture->address = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", fixture->address, TRUE);
}

static void
stop_bus (Fixture *fixture)
{
  g_subprocess_force_exit (fixture->bus);
  g_subprocess_wait (fixture->bus, NULL, NULL);
}

static GDBusConnection *
connect_to_bus (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (fixture->address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_owners_changed (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
start_authority (Fixture *fixture)
{
  fixture->authority = hearth_authority_helper_new (fixture->platform);
  g_signal_connect_swapped (fixture->authority, "changed", G_CALLBACK (on_owners_changed), fixture);
  hearth_authority_start (fixture->authority);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  start_bus (fixture);
  fixture->connection = connect_to_bus (fixture);
  fixture->calls = g_string_new (NULL);
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  start_authority (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  if (fixture->authority != NULL)
    g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->platform);
  stop_helper (fixture);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  stop_bus (fixture);
  g_object_unref (fixture->bus);
  g_free (fixture->address);
  g_string_free (fixture->calls, TRUE);
  g_free (fixture->caller);
  g_free (fixture->services);
}

static void
set_up_with_helper (Fixture *fixture, gconstpointer unused)
{
  set_up (fixture, NULL);
  start_helper (fixture);
  WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_AVAILABLE);
}

/* Availability */

static void
test_not_installed (Fixture *fixture, gconstpointer unused)
{
  WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_UNAVAILABLE);
  g_assert_nonnull (strstr (hearth_authority_get_reason (fixture->authority), "not installed"));
}

static void
test_comes_and_goes (Fixture *fixture, gconstpointer unused)
{
  for (int i = 0; i < 2; i++)
    {
      WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_UNAVAILABLE);
      start_helper (fixture);
      WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_AVAILABLE);
      g_assert_null (hearth_authority_get_reason (fixture->authority));
      stop_helper (fixture);
    }
  WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_UNAVAILABLE);
}

static void
write_activation_file (Fixture *fixture, const char *command)
{
  g_autofree char *path = g_build_filename (fixture->services, BUS_NAME ".service", NULL);
  g_autofree char *text =
      g_strdup_printf ("[D-BUS Service]\nName=%s\nExec=%s\n", BUS_NAME, command);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
reload_bus (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      fixture->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "ReloadConfig", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

/* Installing it while Hearth runs is seen, and starts nothing. */
static void
test_is_installed (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *mark = g_build_filename (fixture->services, "started", NULL);
  g_autofree char *command = g_strdup_printf ("/usr/bin/touch %s", mark);

  WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_UNAVAILABLE);
  write_activation_file (fixture, command);
  reload_bus (fixture);
  WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_AVAILABLE);
  for (int i = 0; i < 20; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10 * 1000);
    }
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
}

static void
test_bus_goes (Fixture *fixture, gconstpointer unused)
{
  stop_bus (fixture);
  WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_UNAVAILABLE);
  g_assert_nonnull (strstr (hearth_authority_get_reason (fixture->authority), "system bus"));
}

static void
test_no_bus (void)
{
  Fixture fixture = { 0 };

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus", TRUE);
  fixture.platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture.platform, NULL));
  start_authority (&fixture);
  WAIT_FOR_STATE (&fixture, HEARTH_AUTHORITY_UNAVAILABLE);
  g_assert_nonnull (strstr (hearth_authority_get_reason (fixture.authority), "system bus"));
  g_assert_finalize_object (fixture.authority);
  g_assert_finalize_object (fixture.platform);
}

/* Let go before it has found out anything. */
static void
test_let_go_early (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->authority);
  fixture->authority = NULL;
  for (int i = 0; i < 20; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Changes */

static HearthReceipt *
apply (Fixture *fixture,
       HearthPlanAction action,
       const char *spec,
       HearthLifetime lifetime,
       GError **error)
{
  const char *const specs[] = { spec, NULL };
  g_autoptr (HearthPlan) plan = hearth_plan_new_from_text (action, specs, NULL, lifetime, NULL);
  Outcome outcome = { 0 };

  g_string_truncate (fixture->calls, 0);
  hearth_authority_apply_async (fixture->authority, plan, NULL, outcome_on_applied, &outcome);
  WAIT_UNTIL (outcome.done);
  if (outcome.error != NULL)
    g_propagate_error (error, outcome.error);
  return outcome.receipt;
}

static GError *
undo (Fixture *fixture, HearthReceipt *receipt)
{
  Outcome outcome = { .receipt = receipt };

  g_string_truncate (fixture->calls, 0);
  hearth_receipt_undo_async (receipt, NULL, outcome_on_undone, &outcome);
  WAIT_UNTIL (outcome.done);
  return outcome.error;
}

static void
test_calls (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *spec;
    const char *call;
    const char *undo;
    HearthPlanAction action;
    HearthLifetime lifetime;
  } rows[] = {
    { "127.0.0.2-3,fd00::2", "Add lo [127.0.0.2/32 127.0.0.3/32 fd00::2/128] restart interactive\n",
      "Undo token-1 interactive\n", HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART },
    { "127.0.0.2", "Add lo [127.0.0.2/32] session interactive\n", "Undo token-1 interactive\n",
      HEARTH_PLAN_ADD, HEARTH_LIFETIME_SESSION },
    { "127.0.0.2", "Add lo [127.0.0.2/32] always interactive\n", "Undo token-1 interactive\n",
      HEARTH_PLAN_ADD, HEARTH_LIFETIME_ALWAYS },
    { "127.0.0.2,10.1.0.5/24", "Remove lo [10.1.0.5/24 127.0.0.2/32] interactive\n",
      "Undo token-2 interactive\n", HEARTH_PLAN_REMOVE, HEARTH_LIFETIME_UNKNOWN },
    { "127.0.0.2", "Keep lo [127.0.0.2/32] 1 interactive\n", "Undo token-3 interactive\n",
      HEARTH_PLAN_KEEP, HEARTH_LIFETIME_UNKNOWN },
    { "127.0.0.2", "Keep lo [127.0.0.2/32] 0 interactive\n", "Undo token-3 interactive\n",
      HEARTH_PLAN_FORGET, HEARTH_LIFETIME_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthReceipt) receipt =
          apply (fixture, rows[i].action, rows[i].spec, rows[i].lifetime, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (fixture->calls->str, ==, rows[i].call);
      g_assert_no_error (undo (fixture, receipt));
      g_assert_cmpstr (fixture->calls->str, ==, rows[i].undo);
    }
}

/* The names of the XML, and what the bus says by itself. */
static void
test_errors (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *name;
    HearthError code;
    gboolean sentence; /* the message is the helper's own */
  } rows[] = {
    { "org.freedesktop.DBus.Error.InvalidArgs", HEARTH_ERROR_INVALID, TRUE },
    { "org.freedesktop.DBus.Error.AccessDenied", HEARTH_ERROR_NOT_PERMITTED, TRUE },
    { "org.freedesktop.DBus.Error.LimitsExceeded", HEARTH_ERROR_FAILED, TRUE },
    { "io.github.hearthapp.Hearth.Error.Dismissed", HEARTH_ERROR_DISMISSED, TRUE },
    { "io.github.hearthapp.Hearth.Error.Exists", HEARTH_ERROR_EXISTS, TRUE },
    { "io.github.hearthapp.Hearth.Error.NotFound", HEARTH_ERROR_NOT_FOUND, TRUE },
    { "io.github.hearthapp.Hearth.Error.NotSupported", HEARTH_ERROR_NOT_SUPPORTED, TRUE },
    { "io.github.hearthapp.Hearth.Error.Failed", HEARTH_ERROR_FAILED, TRUE },
    { "org.freedesktop.DBus.Error.NoReply", HEARTH_ERROR_FAILED, FALSE },
    { "org.freedesktop.DBus.Error.UnknownMethod", HEARTH_ERROR_NOT_SUPPORTED, FALSE },
    { "org.freedesktop.DBus.Error.ServiceUnknown", HEARTH_ERROR_FAILED, FALSE },
    { "com.example.Anything", HEARTH_ERROR_FAILED, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL, undo_error = NULL;
      g_autoptr (HearthReceipt) receipt = NULL;

      fixture->error = rows[i].name;
      g_assert_null (
          apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART, &error));
      g_assert_error (error, HEARTH_ERROR, (int) rows[i].code);
      g_assert_null (strstr (error->message, "GDBus.Error"));
      g_assert_cmpint (g_str_equal (error->message, "A sentence."), ==, rows[i].sentence);

      fixture->error = NULL;
      receipt = apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_RESTART, NULL);
      fixture->error = rows[i].name;
      undo_error = undo (fixture, receipt);
      g_assert_error (undo_error, HEARTH_ERROR, (int) rows[i].code);
    }
}

/* It goes while a person is asked: the call ends, with a sentence. */
static void
test_dies_while_asked (Fixture *fixture, gconstpointer unused)
{
  const char *const specs[] = { "127.0.0.2", NULL };
  g_autoptr (HearthPlan) plan =
      hearth_plan_new_from_text (HEARTH_PLAN_ADD, specs, NULL, HEARTH_LIFETIME_RESTART, NULL);
  Outcome outcome = { 0 };

  fixture->holds = TRUE;
  hearth_authority_apply_async (fixture->authority, plan, NULL, outcome_on_applied, &outcome);
  WAIT_UNTIL (fixture->held != NULL);
  g_assert_false (outcome.done);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  WAIT_UNTIL (outcome.done);
  g_assert_error (outcome.error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_assert_nonnull (strstr (outcome.error->message, "ended before it answered"));
  g_clear_error (&outcome.error);
  g_clear_object (&fixture->held);
  fixture->name = 0;
}

static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  const char *const specs[] = { "127.0.0.2", NULL };
  g_autoptr (HearthPlan) plan =
      hearth_plan_new_from_text (HEARTH_PLAN_ADD, specs, NULL, HEARTH_LIFETIME_RESTART, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  fixture->holds = TRUE;
  hearth_authority_apply_async (fixture->authority, plan, cancellable, outcome_on_applied,
                                &outcome);
  WAIT_UNTIL (fixture->held != NULL);
  g_cancellable_cancel (cancellable);
  WAIT_UNTIL (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  g_dbus_method_invocation_return_dbus_error (g_steal_pointer (&fixture->held), "com.example.Late",
                                              "Late.");
}

/* The end of what is added while Hearth is open */

static void
put_session_alias (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = { .link_index = 1, .protocol = HEARTH_PROTOCOL_SESSION };

  hearth_prefix_parse (text, &address.prefix, NULL);
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
}

static gboolean
take_session_alias (gpointer data)
{
  Fixture *fixture = data;
  HearthLinkAddress address = { .link_index = 1 };

  hearth_prefix_parse ("127.0.0.2/32", &address.prefix, NULL);
  hearth_platform_remove_address (fixture->platform, &address, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_caller_vanished (GDBusConnection *connection, const char *name, gpointer gone)
{
  *(gboolean *) gone = TRUE;
}

/* Closing ends the connection, and waits until the helper has removed what goes with it. */
static void
test_close (Fixture *fixture, gconstpointer removes)
{
  g_autoptr (HearthReceipt) receipt =
      apply (fixture, HEARTH_PLAN_ADD, "127.0.0.2", HEARTH_LIFETIME_SESSION, NULL);
  gboolean gone = FALSE;
  Outcome outcome = { 0 };
  guint watch;

  put_session_alias (fixture, "127.0.0.2/32");
  put_session_alias (fixture, "127.0.0.3/32"); /* of another process */
  watch = g_bus_watch_name_on_connection (fixture->connection, fixture->caller,
                                          G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_caller_vanished,
                                          &gone, NULL);
  hearth_authority_close_async (fixture->authority, outcome_on_closed, &outcome);
  WAIT_UNTIL (gone);
  g_assert_false (outcome.done);
  if (removes != NULL)
    g_timeout_add (10, take_session_alias, fixture);
  WAIT_UNTIL (outcome.done);
  if (removes != NULL)
    g_assert_no_error (outcome.error);
  else
    g_assert_error (outcome.error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_clear_error (&outcome.error);
  g_bus_unwatch_name (watch);
}

/* Owners */

static HearthOwnership
look_up (Fixture *fixture, const char *text, guint8 protocol)
{
  HearthLinkAddress address = { .link_index = 1, .protocol = protocol };
  HearthOwnership ownership = { HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_UNKNOWN };

  hearth_prefix_parse (text, &address.prefix, NULL);
  hearth_owner_source_look_up (HEARTH_OWNER_SOURCE (fixture->authority), &address, &ownership);
  return ownership;
}

static void
assert_owner (Fixture *fixture, const char *text, HearthOwner owner, HearthLifetime lifetime)
{
  HearthOwnership ownership = look_up (fixture, text, 0);

  g_assert_cmpint (ownership.owner, ==, owner);
  g_assert_cmpint (ownership.lifetime, ==, lifetime);
}

static void
say_owners (Fixture *fixture)
{
  guint n_changed = fixture->n_changed;

  hearth_helper1_set_owned (
      fixture->helper,
      g_variant_new_parsed ("[('lo', '127.0.0.2/32', 'session', @u 1000),"
                            " ('lo', '127.0.0.3/32', 'restart', 1000),"
                            " ('lo', 'fd00::4/128', 'always', 0), ('lo', 'hello', 'always', 0),"
                            " ('lo', '127.0.0.5/32', 'for a while', 0),"
                            " ('h0', '127.0.0.6/32', 'always', 0)]"));
  hearth_helper1_set_kept (fixture->helper,
                           g_variant_new_parsed ("[('lo', 'fd00::4/128', @u 0),"
                                                 " ('lo', '127.0.0.7/32', 1000)]"));
  hearth_helper1_emit_changed (fixture->helper);
  WAIT_UNTIL (fixture->n_changed > n_changed);
}

static void
test_owners (Fixture *fixture, gconstpointer unused)
{
  HearthOwnership tagged;

  WAIT_UNTIL (fixture->n_changed > 0);
  assert_owner (fixture, "127.0.0.2/32", HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_UNKNOWN); /* silent */
  say_owners (fixture);
  assert_owner (fixture, "127.0.0.2/32", HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_SESSION);
  assert_owner (fixture, "127.0.0.3/32", HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_RESTART);
  assert_owner (fixture, "127.0.0.3/8", HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_UNKNOWN);
  assert_owner (fixture, "fd00::4/128", HEARTH_OWNER_HEARTH, HEARTH_LIFETIME_ALWAYS);
  assert_owner (fixture, "127.0.0.5/32", HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_UNKNOWN);
  assert_owner (fixture, "127.0.0.6/32", HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_UNKNOWN);

  /* It comes back after a restart, and somebody has added it again since. */
  assert_owner (fixture, "127.0.0.7/32", HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_ALWAYS);
  tagged = look_up (fixture, "127.0.0.7/32", HEARTH_PROTOCOL_SESSION);
  g_assert_cmpint (tagged.owner, ==, HEARTH_OWNER_SYSTEM); /* for others to say */

  /* When it has gone, the tags say the rest; what comes back does so all the same. */
  stop_helper (fixture);
  WAIT_FOR_STATE (fixture, HEARTH_AUTHORITY_UNAVAILABLE);
  assert_owner (fixture, "127.0.0.2/32", HEARTH_OWNER_SYSTEM, HEARTH_LIFETIME_UNKNOWN);
  assert_owner (fixture, "127.0.0.7/32", HEARTH_OWNER_UNKNOWN, HEARTH_LIFETIME_ALWAYS);
}

int
main (int argc, char **argv)
{
#define ADD(name, set_up_func, data, func)                                                         \
  g_test_add ("/authority-helper/" name, Fixture, data, set_up_func, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("not-installed", set_up, NULL, test_not_installed);
  ADD ("comes-and-goes", set_up, NULL, test_comes_and_goes);
  ADD ("is-installed", set_up, NULL, test_is_installed);
  ADD ("bus-goes", set_up_with_helper, NULL, test_bus_goes);
  ADD ("let-go-early", set_up, NULL, test_let_go_early);
  ADD ("calls", set_up_with_helper, NULL, test_calls);
  ADD ("errors", set_up_with_helper, NULL, test_errors);
  ADD ("dies-while-asked", set_up_with_helper, NULL, test_dies_while_asked);
  ADD ("cancelled", set_up_with_helper, NULL, test_cancelled);
  ADD ("close", set_up_with_helper, "removes", test_close);
  ADD ("close-in-vain", set_up_with_helper, NULL, test_close);
  ADD ("owners", set_up_with_helper, NULL, test_owners);
  g_test_add_func ("/authority-helper/no-bus", test_no_bus);
  return g_test_run ();
}
