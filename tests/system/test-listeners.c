/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who listens in this network namespace: sockets and processes of this test's own. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearth-listeners-linux.h"
#include "hearth-listeners.h"

#define N_SOCKETS 200
#define DAEMON 1

/* Opens one. Returns its descriptor. */
static int
open_socket (int i)
{
  static const char *const addresses[] = { "127.0.0.1", "0.0.0.0", "::1",
                                           "::", "::ffff:127.0.0.1" };
  const char *address = addresses[i % (int) G_N_ELEMENTS (addresses)];
  gboolean is_ipv6 = strchr (address, ':') != NULL, is_tcp = i % 3 != 0;
  struct sockaddr_in6 ipv6 = { .sin6_family = AF_INET6 };
  struct sockaddr_in ipv4 = { .sin_family = AF_INET };
  int fd =
      socket (is_ipv6 ? AF_INET6 : AF_INET, (is_tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
  int off = 0;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (inet_pton (is_ipv6 ? AF_INET6 : AF_INET, address,
                              is_ipv6 ? (void *) &ipv6.sin6_addr : (void *) &ipv4.sin_addr),
                   ==, 1);
  if (is_ipv6)
    g_assert_cmpint (setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off), ==, 0);
  g_assert_cmpint (is_ipv6 ? bind (fd, (struct sockaddr *) &ipv6, sizeof ipv6)
                           : bind (fd, (struct sockaddr *) &ipv4, sizeof ipv4),
                   ==, 0);
  if (is_tcp)
    g_assert_cmpint (listen (fd, 4), ==, 0);
  return fd;
}

static guint64
get_socket_id (int fd)
{
  struct stat status;

  g_assert_cmpint (fstat (fd, &status), ==, 0);
  return status.st_ino;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return hearth_listener_compare (*(HearthListener **) a, *(HearthListener **) b);
}

static GPtrArray *
read_listeners (GPtrArray *known, gboolean use_proc)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *listeners = hearth_listeners_linux_read (known, use_proc, &error);

  g_assert_no_error (error);
  g_ptr_array_sort (listeners, compare);
  return listeners;
}

static const HearthListener *
find_socket (GPtrArray *listeners, guint64 socket_id)
{
  for (guint i = 0; i < listeners->len; i++)
    {
      const HearthListener *listener = listeners->pdata[i];

      if (listener->socket_id == socket_id)
        return listener;
    }
  g_error ("Socket %" G_GUINT64_FORMAT " is not there", socket_id);
}

/* A process that has the socket too. */
static pid_t
share (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      for (;;)
        pause ();
    }
  g_assert_cmpint (pid, >, 0);
  return pid;
}

static void
end (pid_t pid)
{
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

static void
test_both_ways (void)
{
  int fds[N_SOCKETS];
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GPtrArray) read = NULL;

  for (int i = 0; i < N_SOCKETS; i++)
    {
      g_assert_cmpint (seteuid (i % 4 == 0 ? DAEMON : 0), ==, 0);
      fds[i] = open_socket (i);
      g_assert_cmpint (seteuid (0), ==, 0);
    }
  asked = read_listeners (NULL, FALSE);
  read = read_listeners (NULL, TRUE);
  g_assert_cmpuint (asked->len, ==, N_SOCKETS);
  g_assert_cmpuint (read->len, ==, N_SOCKETS);
  for (guint i = 0; i < asked->len; i++)
    {
      const HearthListener *a = asked->pdata[i], *b = read->pdata[i];

      g_assert_cmpint (hearth_listener_compare (a, b), ==, 0);
      g_assert_cmpstr (a->user, ==, b->user);
      g_assert_cmpint (a->process->pid, ==, getpid ());
      g_assert_cmpint (b->process->pid, ==, getpid ());
      g_assert_cmpstr (a->process->program, ==, b->process->program);
      g_assert_cmpstr (a->process->command, ==, b->process->command);
      g_assert_false (b->only_ipv6);
    }
  for (int i = 0; i < N_SOCKETS; i++)
    {
      const HearthListener *listener = find_socket (asked, get_socket_id (fds[i]));

      g_assert_cmpuint (listener->user_id, ==, i % 4 == 0 ? DAEMON : 0);
      g_assert_cmpstr (listener->user, ==, i % 4 == 0 ? "daemon" : "root");
      close (fds[i]);
    }
}

/* The kernel keeps 15 bytes of a name: the rest is in the command. */
static void
test_program (void)
{
  int fd = open_socket (1);
  g_autoptr (GPtrArray) listeners = read_listeners (NULL, FALSE);
  const HearthProcess *process = find_socket (listeners, get_socket_id (fd))->process;

  g_assert_true (g_str_has_suffix (process->command, "test-listeners"));
  g_assert_cmpstr (process->program, ==, "test-listeners");
  close (fd);
}

static void
test_nobody (void)
{
  g_autoptr (GPtrArray) asked = read_listeners (NULL, FALSE);
  g_autoptr (GPtrArray) read = read_listeners (NULL, TRUE);

  g_assert_cmpuint (asked->len, ==, 0);
  g_assert_cmpuint (read->len, ==, 0);
}

/* What was known before is believed, and nobody looks through /proc: a process that is said to have
 * the socket, and has not, is kept. */
static void
test_known_is_believed (void)
{
  int fd = open_socket (1);
  g_autoptr (GPtrArray) first = read_listeners (NULL, FALSE);
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (HearthProcess) other = hearth_process_new (1, "believed", "");
  HearthListener *listener = first->pdata[0];

  g_assert_cmpuint (first->len, ==, 1);
  hearth_process_unref (g_steal_pointer (&listener->process));
  listener->process = hearth_process_ref (other);
  second = read_listeners (first, FALSE);
  g_assert_true (((HearthListener *) second->pdata[0])->process == other);
  close (fd);
}

/* Who a user is can be a question to another computer. */
static void
test_known_users_are_not_asked_for (void)
{
  int fd = open_socket (1), more;
  g_autoptr (GPtrArray) first = read_listeners (NULL, FALSE);
  g_autoptr (GPtrArray) second = NULL;
  HearthListener *listener = first->pdata[0];

  g_assert_cmpstr (listener->user, ==, "root");
  listener->user = g_intern_string ("known");
  more = open_socket (2);
  second = read_listeners (first, FALSE);
  g_assert_cmpuint (second->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (((HearthListener *) second->pdata[i])->user, ==, "known");
  close (fd);
  close (more);
}

/* A socket came: all are looked for anew. */
static void
test_known_is_not_enough (void)
{
  int fd = open_socket (1), more;
  g_autoptr (GPtrArray) first = read_listeners (NULL, FALSE);
  g_autoptr (GPtrArray) second = NULL;
  HearthListener *listener = first->pdata[0];

  hearth_process_unref (g_steal_pointer (&listener->process));
  listener->process = hearth_process_new (1, "believed", "");
  more = open_socket (2);
  second = read_listeners (first, FALSE);
  g_assert_cmpuint (second->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (((HearthListener *) second->pdata[i])->process->pid, ==, getpid ());
  close (fd);
  close (more);
}

/* A socket that went is nothing to look for. */
static void
test_known_and_one_went (void)
{
  int fd = open_socket (1), more = open_socket (2);
  g_autoptr (GPtrArray) first = read_listeners (NULL, FALSE);
  g_autoptr (GPtrArray) second = NULL;

  close (more);
  second = read_listeners (first, FALSE);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_true (((HearthListener *) second->pdata[0])->process ==
                 find_socket (first, get_socket_id (fd))->process);
  close (fd);
}

/* Starts two that share a socket, and ends the first. Returns the second. */
static pid_t
start_heir (gboolean reaped, GPtrArray **known)
{
  int fd = open_socket (1);
  pid_t first = share (), second = share ();
  siginfo_t info;

  close (fd);
  *known = read_listeners (NULL, FALSE);
  g_assert_cmpuint ((*known)->len, ==, 1);
  g_assert_cmpint (((HearthListener *) (*known)->pdata[0])->process->pid, ==, first);
  kill (first, SIGKILL);
  g_assert_cmpint (waitid (P_PID, (id_t) first, &info, WEXITED | (reaped ? 0 : WNOWAIT)), ==, 0);
  return second;
}

static void
assert_heir (GPtrArray *known, pid_t heir)
{
  g_autoptr (GPtrArray) now = read_listeners (known, FALSE);

  g_assert_cmpuint (now->len, ==, 1);
  g_assert_cmpint (((HearthListener *) now->pdata[0])->process->pid, ==, heir);
}

/* The process went, and another has the socket still. */
static void
test_a_process_went (void)
{
  g_autoptr (GPtrArray) known = NULL;
  pid_t heir = start_heir (TRUE, &known);

  assert_heir (known, heir);
  end (heir);
}

/* Its parent did not ask for its end yet, so its number is there still. */
static void
test_a_process_is_a_zombie (void)
{
  g_autoptr (GPtrArray) known = NULL;
  pid_t heir = start_heir (FALSE, &known);

  assert_heir (known, heir);
  end (heir);
  g_assert_cmpint (waitpid (((HearthListener *) known->pdata[0])->process->pid, NULL, 0), >, 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) data =
      hearth_platform_read_listeners_finish (HEARTH_PLATFORM (source), result, &error);
  g_assert_no_error (error);
}

/* As the rest of Hearth asks: sorted, on a thread. */
static void
test_platform (void)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_new ();
  g_autoptr (GPtrArray) listeners = NULL;
  int fds[20];

  for (int i = 0; i < 20; i++)
    fds[i] = open_socket (i);
  hearth_platform_read_listeners_async (platform, NULL, NULL, read_cb, &listeners);
  while (listeners == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (listeners->len, ==, 20);
  for (guint i = 1; i < 20; i++)
    g_assert_cmpint (compare (&listeners->pdata[i - 1], &listeners->pdata[i]), <, 0);
  for (int i = 0; i < 20; i++)
    close (fds[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/listeners/nobody", test_nobody);
  g_test_add_func ("/listeners/both-ways", test_both_ways);
  g_test_add_func ("/listeners/program", test_program);
  g_test_add_func ("/listeners/known-is-believed", test_known_is_believed);
  g_test_add_func ("/listeners/known-users-are-not-asked-for", test_known_users_are_not_asked_for);
  g_test_add_func ("/listeners/known-is-not-enough", test_known_is_not_enough);
  g_test_add_func ("/listeners/known-and-one-went", test_known_and_one_went);
  g_test_add_func ("/listeners/a-process-went", test_a_process_went);
  g_test_add_func ("/listeners/a-process-is-a-zombie", test_a_process_is_a_zombie);
  g_test_add_func ("/listeners/platform", test_platform);

  return g_test_run ();
}
