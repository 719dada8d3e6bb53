/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Processes that are held and ended, on the Windows of fake-windows.c. */

#include <string.h>

#include <gio/gio.h>

#include "fake-windows.h"
#include "hearth-error.h"
#include "hearth-process-handle-windows.h"

#define LONG_MS 20000

static HearthListener listener;

/* Two of one's own and one of somebody else's, each with a socket. */
static void
set_up (guint32 pid)
{
  fake_windows_reset ();
  fake_windows_add_process (40, "child.exe", "child.exe", "anna", 1001);
  fake_windows_add_process (44, "other.exe", "other.exe", "anna", 1001);
  fake_windows_add_process (48, "theirs.exe", NULL, NULL, 0);
  fake_windows_add_socket (TRUE, "127.0.0.1", 0, 80, 40, 11, FALSE);
  fake_windows_add_socket (TRUE, "127.0.0.1", 0, 81, 44, 12, FALSE);
  fake_windows_add_socket (TRUE, "127.0.0.1", 0, 82, 48, 13, FALSE);
  listener = (HearthListener) { .transport = HEARTH_TRANSPORT_TCP, .port = 80, .socket_id = 11 };
  g_assert_true (hearth_address_parse ("127.0.0.1", &listener.address, NULL));
  listener.process = hearth_process_new ((gint32) pid, "child.exe", "child.exe");
}

static void
tear_down (void)
{
  hearth_process_unref (listener.process);
  g_assert_cmpuint (fake_windows_count_open (), ==, 0);
}

static HearthProcessHandle *
open_child (void)
{
  g_autoptr (GError) error = NULL;
  HearthProcessHandle *handle =
      hearth_process_handle_windows_open (fake_windows_get_calls (), &listener, &error);

  g_assert_no_error (error);
  return handle;
}

static void
assert_no_handle (int code, const char *phrase)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_process_handle_windows_open (fake_windows_get_calls (), &listener, &error));
  g_assert_error (error, HEARTH_ERROR, code);
  g_assert_nonnull (strstr (error->message, phrase));
  tear_down ();
}

typedef struct {
  gboolean done, ended;
  GError *error;
} Outcome;

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->ended =
      hearth_process_handle_wait_finish (HEARTH_PROCESS_HANDLE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static gboolean
wait_for (HearthProcessHandle *handle, guint limit_ms)
{
  Outcome outcome = { 0 };

  hearth_process_handle_wait_async (handle, limit_ms, NULL, waited_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (outcome.error);
  return outcome.ended;
}

/* By its window, and nobody else's. */
static void
test_end (void)
{
  HearthProcessHandle *handle;

  set_up (40);
  fake_windows_give_window (44, TRUE);
  fake_windows_give_window (40, TRUE);
  handle = open_child ();
  g_assert_false (wait_for (handle, 20));
  g_assert_true (hearth_process_handle_end (handle, FALSE, NULL));
  g_assert_true (wait_for (handle, LONG_MS));
  g_assert_false (fake_windows_has_ended (44));

  /* Once more is no error. */
  g_assert_true (hearth_process_handle_end (handle, TRUE, NULL));
  g_assert_true (wait_for (handle, LONG_MS));
  g_assert_finalize_object (handle);
  tear_down ();
}

/* One without a window goes on, and so does one that does not obey. */
static void
test_force (void)
{
  for (int i = 0; i < 2; i++)
    {
      HearthProcessHandle *handle;

      set_up (40);
      if (i == 1)
        fake_windows_give_window (40, FALSE);
      handle = open_child ();
      g_assert_true (hearth_process_handle_end (handle, FALSE, NULL));
      g_assert_false (wait_for (handle, 20));
      g_assert_true (hearth_process_handle_end (handle, TRUE, NULL));
      g_assert_true (wait_for (handle, LONG_MS));
      g_assert_finalize_object (handle);
      tear_down ();
    }
}

static void
test_end_fails (void)
{
  HearthProcessHandle *handle;
  g_autoptr (GError) error = NULL;

  set_up (40);
  handle = open_child ();
  fake_windows_fail ("TerminateProcess", ERROR_NOT_ENOUGH_MEMORY);
  g_assert_false (hearth_process_handle_end (handle, TRUE, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "could not be stopped: error 8."));
  g_assert_finalize_object (handle);
  tear_down ();
}

/* Its number is another's now, or it has closed the socket and opened one like it. */
static void
test_wrong_socket (void)
{
  set_up (44);
  assert_no_handle (HEARTH_ERROR_NOT_FOUND, "child.exe has ended already");
  set_up (40);
  listener.socket_id++;
  assert_no_handle (HEARTH_ERROR_NOT_FOUND, "child.exe has ended already");
}

static void
test_gone (void)
{
  set_up (40);
  fake_windows_end_process (40);
  assert_no_handle (HEARTH_ERROR_NOT_FOUND, "child.exe has ended already");
}

static void
test_of_another_user (void)
{
  set_up (48);
  listener.port = 82;
  listener.socket_id = 13;
  assert_no_handle (HEARTH_ERROR_NOT_PERMITTED, "child.exe belongs to another user");
}

static void
test_open_fails (void)
{
  set_up (40);
  fake_windows_fail ("OpenProcess", ERROR_NOT_ENOUGH_MEMORY);
  assert_no_handle (HEARTH_ERROR_FAILED, "could not be stopped: error 8.");
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  HearthProcessHandle *handle;
  Outcome outcome = { 0 };

  set_up (40);
  handle = open_child ();
  hearth_process_handle_wait_async (handle, 50, cancellable, waited_cb, &outcome);
  g_cancellable_cancel (cancellable);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (outcome.ended);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  g_assert_finalize_object (handle);
  tear_down ();
}

/* The handle may be let go while somebody waits for it. */
static void
test_dropped (void)
{
  HearthProcessHandle *handle;
  Outcome outcome = { 0 };

  set_up (40);
  handle = open_child ();
  hearth_process_handle_wait_async (handle, LONG_MS, NULL, waited_cb, &outcome);
  g_object_unref (handle);
  fake_windows_end_process (40);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (outcome.ended);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  tear_down ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process-handle-windows/end", test_end);
  g_test_add_func ("/process-handle-windows/force", test_force);
  g_test_add_func ("/process-handle-windows/end-fails", test_end_fails);
  g_test_add_func ("/process-handle-windows/wrong-socket", test_wrong_socket);
  g_test_add_func ("/process-handle-windows/gone", test_gone);
  g_test_add_func ("/process-handle-windows/of-another-user", test_of_another_user);
  g_test_add_func ("/process-handle-windows/open-fails", test_open_fails);
  g_test_add_func ("/process-handle-windows/cancelled", test_cancelled);
  g_test_add_func ("/process-handle-windows/dropped", test_dropped);
  return g_test_run ();
}
