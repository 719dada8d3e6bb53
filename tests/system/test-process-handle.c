/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Processes of this test's own, each with a socket, that are held and ended. */

#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gio/gio.h>

#include "hearth-error.h"
#include "hearth-process-handle.h"

#define NOBODY 65534
#define LONG_MS 20000

typedef struct {
  pid_t pid;
  HearthListener listener;
  gboolean reaped;
} Child;

static int
open_socket (guint64 *socket_id)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = GUINT32_TO_BE (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct stat status;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  g_assert_cmpint (fstat (fd, &status), ==, 0);
  *socket_id = status.st_ino;
  return fd;
}

/* The child inherits the socket, and says when it is ready. */
static Child
start_child (gboolean ignores_sigterm, uid_t user)
{
  Child child = { .listener = { .transport = HEARTH_TRANSPORT_TCP, .port = 1 } };
  int fd = open_socket (&child.listener.socket_id), ready[2];
  char byte;

  g_assert_cmpint (pipe (ready), ==, 0);
  child.pid = fork ();
  if (child.pid == 0)
    {
      signal (SIGTERM, ignores_sigterm ? SIG_IGN : SIG_DFL);
      if (user != 0 && setuid (user) != 0)
        _exit (1);
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      prctl (PR_SET_DUMPABLE, 1); /* as a program has that was started by its user */
      if (write (ready[1], "r", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  close (ready[1]);
  close (fd);
  child.listener.process = hearth_process_new (child.pid, "child", "child");
  return child;
}

/* Its wait status. */
static int
reap (Child *child)
{
  int status;

  g_assert_cmpint (waitpid (child->pid, &status, 0), ==, child->pid);
  child->reaped = TRUE;
  return status;
}

static void
clear_child (Child *child)
{
  if (!child->reaped)
    {
      kill (child->pid, SIGKILL);
      reap (child);
    }
  g_clear_pointer (&child->listener.process, hearth_process_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Child, clear_child)

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

static Outcome
wait_for (HearthProcessHandle *handle, guint limit_ms)
{
  Outcome outcome = { 0 };

  hearth_process_handle_wait_async (handle, limit_ms, NULL, waited_cb, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (outcome.error);
  return outcome;
}

static void
assert_no_handle (const HearthListener *listener, int code, const char *phrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthProcessHandle) handle = hearth_process_handle_open (listener, &error);

  g_assert_null (handle);
  g_assert_error (error, HEARTH_ERROR, code);
  g_assert_nonnull (strstr (error->message, phrase));
}

static void
test_end (void)
{
  g_auto (Child) child = start_child (FALSE, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthProcessHandle) handle = hearth_process_handle_open (&child.listener, &error);

  g_assert_no_error (error);
  g_assert_false (wait_for (handle, 20).ended);
  g_assert_true (hearth_process_handle_end (handle, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (wait_for (handle, LONG_MS).ended);
  g_assert_cmpint (WTERMSIG (reap (&child)), ==, SIGTERM);

  /* Once more is no error. */
  g_assert_true (hearth_process_handle_end (handle, TRUE, &error));
  g_assert_true (wait_for (handle, LONG_MS).ended);
}

static void
test_force (void)
{
  g_auto (Child) child = start_child (TRUE, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthProcessHandle) handle = hearth_process_handle_open (&child.listener, &error);

  g_assert_no_error (error);
  g_assert_true (hearth_process_handle_end (handle, FALSE, &error));
  g_assert_false (wait_for (handle, 200).ended);
  g_assert_cmpint (waitpid (child.pid, NULL, WNOHANG), ==, 0);
  g_assert_true (hearth_process_handle_end (handle, TRUE, &error));
  g_assert_true (wait_for (handle, LONG_MS).ended);
  g_assert_cmpint (WTERMSIG (reap (&child)), ==, SIGKILL);
}

/* Its number is another's now, or it has closed the socket. */
static void
test_wrong_socket (void)
{
  g_auto (Child) child = start_child (FALSE, 0);

  child.listener.socket_id++;
  assert_no_handle (&child.listener, HEARTH_ERROR_NOT_FOUND, "child has ended already");
  g_assert_cmpint (waitpid (child.pid, NULL, WNOHANG), ==, 0);
}

static void
test_gone (void)
{
  g_auto (Child) child = start_child (FALSE, 0);

  kill (child.pid, SIGKILL);
  reap (&child);
  assert_no_handle (&child.listener, HEARTH_ERROR_NOT_FOUND, "child has ended already");
}

/* It has ended, and its parent did not ask yet. */
static void
test_zombie (void)
{
  g_auto (Child) child = start_child (FALSE, 0);
  siginfo_t info;

  kill (child.pid, SIGKILL);
  g_assert_cmpint (waitid (P_PID, (id_t) child.pid, &info, WEXITED | WNOWAIT), ==, 0);
  assert_no_handle (&child.listener, HEARTH_ERROR_NOT_FOUND, "child has ended already");
}

/* What keeps it from being held is not that it has ended. */
static void
test_no_more_files (void)
{
  g_auto (Child) child = start_child (FALSE, 0);
  struct rlimit before, none;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  none = before;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  assert_no_handle (&child.listener, HEARTH_ERROR_FAILED, "could not be stopped");
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
}

static void
test_of_another_user (void)
{
  g_auto (Child) child = start_child (FALSE, NOBODY);

  assert_no_handle (&child.listener, HEARTH_ERROR_NOT_PERMITTED, "child belongs to another user");
  g_assert_cmpint (waitpid (child.pid, NULL, WNOHANG), ==, 0);
}

/* For an ordinary user, who cannot see what the other has open. */
static void
test_as_an_ordinary_user (void)
{
  g_auto (Child) child = start_child (FALSE, 0);

  g_assert_cmpint (seteuid (NOBODY), ==, 0);
  assert_no_handle (&child.listener, HEARTH_ERROR_NOT_PERMITTED, "child belongs to another user");
  g_assert_cmpint (seteuid (0), ==, 0);
}

static void
test_cancelled (void)
{
  g_auto (Child) child = start_child (FALSE, 0);
  g_autoptr (HearthProcessHandle) handle = hearth_process_handle_open (&child.listener, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  hearth_process_handle_wait_async (handle, 50, cancellable, waited_cb, &outcome);
  g_cancellable_cancel (cancellable);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (outcome.ended);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

/* The handle may be let go while somebody waits for it. */
static void
test_dropped (void)
{
  g_auto (Child) child = start_child (FALSE, 0);
  HearthProcessHandle *handle = hearth_process_handle_open (&child.listener, NULL);
  Outcome outcome = { 0 };

  hearth_process_handle_wait_async (handle, LONG_MS, NULL, waited_cb, &outcome);
  g_object_unref (handle);
  kill (child.pid, SIGKILL);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (outcome.ended);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/process-handle/end", test_end);
  g_test_add_func ("/process-handle/force", test_force);
  g_test_add_func ("/process-handle/wrong-socket", test_wrong_socket);
  g_test_add_func ("/process-handle/gone", test_gone);
  g_test_add_func ("/process-handle/zombie", test_zombie);
  g_test_add_func ("/process-handle/no-more-files", test_no_more_files);
  g_test_add_func ("/process-handle/of-another-user", test_of_another_user);
  g_test_add_func ("/process-handle/as-an-ordinary-user", test_as_an_ordinary_user);
  g_test_add_func ("/process-handle/cancelled", test_cancelled);
  g_test_add_func ("/process-handle/dropped", test_dropped);

  return g_test_run ();
}
