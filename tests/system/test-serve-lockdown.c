/* SPDX-License-Identifier: GPL-3.0-or-later */

/* After the lock-down serving goes on, and nothing else does that would have before. Each attempt
 * is made in a process of its own, once without the lock-down, where it has to work out, and once
 * with it. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "serve-entries.h"
#include "serve-lockdown.h"
#include "serve-watch.h"
#include "site.h"

/* Made before, as what hearth-serve has by then. */
static int listener;
static int tcp;
static int local;
static struct sockaddr_in listening;
static int shared; /* what another process would read of this one */

static int
result_of (long returned)
{
  return returned < 0 ? errno : 0;
}

static int
try_open (const char *name, int flags)
{
  int descriptor = open (name, flags | O_CLOEXEC, 0600);
  int result = result_of (descriptor);

  if (descriptor >= 0)
    close (descriptor);
  return result;
}

static int
read_outside (void)
{
  return try_open ("../f", O_RDONLY);
}

static int
read_system (void)
{
  return try_open ("/proc/self/status", O_RDONLY);
}

static int
list_outside (void)
{
  return try_open ("..", O_RDONLY | O_DIRECTORY);
}

static int
write_file (void)
{
  return try_open ("f", O_WRONLY);
}

static int
empty_file (void)
{
  return try_open ("empty", O_RDONLY | O_TRUNC);
}

static int
create_file (void)
{
  return try_open ("new", O_WRONLY | O_CREAT);
}

static int
create_outside (void)
{
  return try_open ("../new", O_WRONLY | O_CREAT);
}

static int
make_directory (void)
{
  return result_of (mkdirat (AT_FDCWD, "new", 0755));
}

static int
delete_file (void)
{
  return result_of (unlinkat (AT_FDCWD, "empty", 0));
}

static int
rename_file (void)
{
  return result_of (renameat2 (AT_FDCWD, "empty", AT_FDCWD, "renamed", 0));
}

static int
make_link (void)
{
  return result_of (symlinkat ("f", AT_FDCWD, "new"));
}

static int
change_mode (void)
{
  return result_of (fchmodat (AT_FDCWD, "f", 0644, 0));
}

static int
change_size (void)
{
  return result_of (truncate ("empty", 1));
}

static int
try_exec (const char *path)
{
  char *const arguments[] = { (char *) "true", NULL };
  char *const environment[] = { NULL };

  return result_of (execve (path, arguments, environment));
}

static int
execute (void)
{
  return try_exec ("/bin/true");
}

static int
execute_inside (void)
{
  return try_exec ("program");
}

static int
start_process (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);
  /* Not waited for, which were another call. */
  return result_of (pid);
}

static int
connect_somewhere (void)
{
  return result_of (connect (tcp, (const struct sockaddr *) &listening, sizeof listening));
}

static int
open_port (void)
{
  const struct sockaddr_in any = { .sin_family = AF_INET };

  return result_of (bind (tcp, (const struct sockaddr *) &any, sizeof any));
}

static int
make_socket (void)
{
  return result_of (socket (AF_INET, SOCK_DGRAM, 0));
}

static int
connect_locally (void)
{
  const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "../outside/socket" };

  return result_of (connect (local, (const struct sockaddr *) &address, sizeof address));
}

static int
signal_parent (void)
{
  return result_of (kill (getppid (), 0));
}

static int
trace_parent (void)
{
  return result_of (ptrace (PTRACE_SEIZE, getppid (), NULL, NULL));
}

static int
read_parent (void)
{
  int copy;
  const struct iovec here = { &copy, sizeof copy };
  const struct iovec there = { &shared, sizeof shared };

  return result_of (process_vm_readv (getppid (), &here, 1, &there, 1, 0));
}

static int
mount_something (void)
{
  int result = result_of (mount ("none", "../outside", "tmpfs", 0, NULL));

  umount2 ("../outside", MNT_DETACH);
  return result;
}

static int
leave_namespace (void)
{
  return result_of (unshare (CLONE_NEWNS));
}

static int
change_root (void)
{
  return result_of (chroot ("."));
}

static int
change_user (void)
{
  return result_of (setresuid (geteuid (), geteuid (), geteuid ()));
}

static int
map_code (void)
{
  void *place = mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return place == MAP_FAILED ? errno : 0;
}

static int
turn_into_code (void)
{
  void *place = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return place == MAP_FAILED ? errno : result_of (mprotect (place, 4096, PROT_READ | PROT_EXEC));
}

static int
make_memory_file (void)
{
  return result_of (memfd_create ("code", 0));
}

static int
control_device (void)
{
  return result_of (ioctl (listener, FIOCLEX));
}

static void *
outside_cb (void *data)
{
  int *result = data;

  *result = read_outside ();
  return NULL;
}

static int
read_in_thread (void)
{
  pthread_t thread;
  int result = 0;
  int failure = pthread_create (&thread, NULL, outside_cb, &result);

  if (failure == 0)
    pthread_join (thread, NULL);
  return failure != 0 ? failure : result;
}

typedef struct {
  const char *name;
  int (*attempt) (void);
  gboolean is_no_call; /* the filter has no such call, or not with these arguments: ENOSYS */
  unsigned lock;       /* that refuses it where the filter does not */
  int error;           /* and how */
} Row;

static const Row rows[] = {
  { "read-outside", read_outside, FALSE, SERVE_LOCK_LANDLOCK, EACCES },
  { "read-in-thread", read_in_thread, FALSE, SERVE_LOCK_LANDLOCK, EACCES },
  { "read-system", read_system, FALSE, SERVE_LOCK_LANDLOCK, EACCES },
  { "list-outside", list_outside, FALSE, SERVE_LOCK_LANDLOCK, EACCES },
  { "write-file", write_file, FALSE, SERVE_LOCK_LANDLOCK, EACCES },
  /* A Landlock that knows of the network knows of this too; the first ones do not. */
  { "empty-file", empty_file, FALSE, SERVE_LOCK_LANDLOCK_NETWORK, EACCES },
  { "create-file", create_file, FALSE, SERVE_LOCK_LANDLOCK, EACCES },
  { "create-outside", create_outside, FALSE, SERVE_LOCK_LANDLOCK, EACCES },
  { "make-directory", make_directory, TRUE, SERVE_LOCK_LANDLOCK, EACCES },
  { "delete-file", delete_file, TRUE, SERVE_LOCK_LANDLOCK, EACCES },
  { "rename-file", rename_file, TRUE, SERVE_LOCK_LANDLOCK, EACCES },
  { "make-link", make_link, TRUE, SERVE_LOCK_LANDLOCK, EACCES },
  { "change-mode", change_mode, TRUE, 0, 0 },
  { "change-size", change_size, TRUE, SERVE_LOCK_LANDLOCK_NETWORK, EACCES },
  { "execute", execute, TRUE, SERVE_LOCK_LANDLOCK, EACCES },
  { "execute-inside", execute_inside, TRUE, SERVE_LOCK_LANDLOCK, EACCES },
  { "start-process", start_process, TRUE, 0, 0 },
  { "connect", connect_somewhere, TRUE, SERVE_LOCK_LANDLOCK_NETWORK, EACCES },
  { "open-port", open_port, FALSE, SERVE_LOCK_LANDLOCK_NETWORK, EACCES },
  { "make-socket", make_socket, TRUE, 0, 0 },
  { "connect-locally", connect_locally, TRUE, 0, 0 },
  { "signal-parent", signal_parent, TRUE, 0, 0 },
  { "trace-parent", trace_parent, TRUE, SERVE_LOCK_LANDLOCK, EPERM },
  { "read-parent", read_parent, TRUE, SERVE_LOCK_LANDLOCK, EPERM },
  { "mount", mount_something, TRUE, SERVE_LOCK_LANDLOCK, EPERM },
  { "leave-namespace", leave_namespace, TRUE, 0, 0 },
  { "change-root", change_root, TRUE, 0, 0 },
  { "change-user", change_user, TRUE, 0, 0 },
  { "map-code", map_code, TRUE, 0, 0 },
  { "turn-into-code", turn_into_code, TRUE, 0, 0 },
  { "make-memory-file", make_memory_file, TRUE, 0, 0 },
  { "control-device", control_device, TRUE, 0, 0 },
};

static int
make_listener (void)
{
  int descriptor = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  socklen_t length = sizeof listening;

  g_assert_cmpint (descriptor, >=, 0);
  listening =
      (struct sockaddr_in) { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  g_assert_cmpint (bind (descriptor, (const struct sockaddr *) &listening, length), ==, 0);
  g_assert_cmpint (getsockname (descriptor, (struct sockaddr *) &listening, &length), ==, 0);
  g_assert_cmpint (listen (descriptor, 8), ==, 0);
  return descriptor;
}

static int
make_local_listener (void)
{
  const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "../outside/socket" };
  int descriptor = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (bind (descriptor, (const struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (descriptor, 8), ==, 0);
  return descriptor;
}

static void
copy_program (void)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents ("/bin/true", &bytes, &size, NULL));
  g_assert_true (g_file_set_contents_full ("program", bytes, (gssize) size,
                                           G_FILE_SET_CONTENTS_NONE, 0755, NULL));
}

static void
set_up (Site *site, gconstpointer data)
{
  site_set_up (site);
  site_make_file ("f", SITE_INSIDE);
  site_make_file ("empty", "");
  site_make_folder ("d");
  site_make_file ("d/f", SITE_INSIDE);
  site_make_link ("to-f", "d/f");
  site_make_link ("out", "../f");
  copy_program ();
}

static void
tear_down (Site *site, gconstpointer data)
{
  site_tear_down (site);
}

/* What the process ended with. */
static int
wait_for (pid_t pid)
{
  int status;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

/* With sockets that nobody has used yet. */
static int
attempt_in_child (const Site *site, const Row *row, gboolean is_locked)
{
  pid_t pid;

  tcp = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  local = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      if (is_locked)
        {
          serve_lockdown_prepare ();
          serve_lockdown (site->folder);
        }
      _exit (row->attempt ());
    }
  close (tcp);
  close (local);
  return wait_for (pid);
}

/* 0 where this kernel, or this build, has nothing to refuse it with. */
static int
expected_error (const Row *row)
{
  unsigned locks = serve_lockdown_probe ();

  if (row->is_no_call && (locks & SERVE_LOCK_SECCOMP) != 0)
    return ENOSYS;
  return (locks & row->lock) != 0 ? row->error : 0;
}

static void
test_attempt (Site *site, gconstpointer data)
{
  const Row *row = data;
  int error = expected_error (row);
  int local_listener = make_local_listener ();

  listener = make_listener ();
  if (error != 0)
    g_assert_cmpint (attempt_in_child (site, row, TRUE), ==, error);
  g_assert_cmpint (attempt_in_child (site, row, FALSE), ==, 0);
  close (listener);
  close (local_listener);
}

/* As much as the kernel can, and no less than it is said to be. */
static void
test_locks (Site *site, gconstpointer data)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      serve_lockdown_prepare ();
      _exit ((int) serve_lockdown (site->folder));
    }
  g_assert_cmpint (wait_for (pid), ==, serve_lockdown_probe ());
}

static void
assert_status (pid_t pid, const char *line, gboolean is_there)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  g_assert_cmpint (strstr (status, line) != NULL, ==, is_there);
}

/* The kernel's own word for it. */
static void
test_status (Site *site, gconstpointer data)
{
  int ends[2];
  int told[2];
  char byte = 0;
  pid_t pid;

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (pipe (told), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (ends[1]);
      serve_lockdown_prepare ();
      serve_lockdown (site->folder);
      _exit (write (told[1], &byte, 1) == 1 && read (ends[0], &byte, 1) == 0 ? 0 : 1);
    }
  g_assert_cmpint (read (told[0], &byte, 1), ==, 1);
  assert_status (pid, "NoNewPrivs:\t1\n", TRUE);
  assert_status (pid, "Seccomp:\t2\n", (serve_lockdown_probe () & SERVE_LOCK_SECCOMP) != 0);
  for (int i = 0; i < 2; i++)
    {
      close (ends[1 - i]);
      close (told[i]);
    }
  g_assert_cmpint (wait_for (pid), ==, 0);
}

/* Taken away before there is a loop, and nothing else is by then. */
static void
test_rings (Site *site, gconstpointer data)
{
  pid_t pid = fork ();
  int result;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      serve_lockdown_prepare ();
      if (read_outside () != 0 || create_file () != 0 || start_process () != 0)
        _exit (0);
      _exit (result_of (syscall (SYS_io_uring_setup, 1, NULL)));
    }
  result = wait_for (pid);
  g_assert_cmpint (result, !=, 0);
  if ((serve_lockdown_probe () & SERVE_LOCK_SECCOMP) != 0)
    g_assert_cmpint (result, ==, ENOSYS);
}

#define SERVES(condition)                                                                          \
  do                                                                                               \
    {                                                                                              \
      if (!(condition))                                                                            \
        return #condition;                                                                         \
  } while (0)

static const char *
serve_files (const Site *site)
{
  static const char *const names[] = { "f", "d/f", "to-f" };
  ServeFile file;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char bytes[16] = { 0 };

      SERVES (serve_folder_open (site->folder, names[i], &file) == SERVE_OPEN_OK);
      SERVES (pread (file.descriptor, bytes, sizeof bytes - 1, 0) == (ssize_t) file.size);
      SERVES (strcmp (bytes, SITE_INSIDE) == 0);
      serve_file_close (&file);
    }
  SERVES (serve_folder_open (site->folder, "out", &file) == SERVE_OPEN_LEAVES);
  SERVES (serve_folder_open (site->folder, "missing", &file) == SERVE_OPEN_MISSING);
  SERVES (serve_folder_is_there (site->folder));
  return NULL;
}

static void
list_cb (uv_work_t *work)
{
  static const volatile bool goes_on;
  const Site *site = work->data;
  ServeOpenResult result;
  ServeEntries *entries = serve_entries_read (site->folder, "", false, &goes_on, &result);

  work->data = entries;
}

/* In a thread, which starts only now. */
static const char *
serve_listing (const Site *site, uv_loop_t *loop)
{
  uv_work_t work = { .data = (void *) site };
  ServeEntries *entries;

  SERVES (uv_queue_work (loop, &work, list_cb, NULL) == 0);
  while (uv_loop_alive (loop) && work.data == site)
    uv_run (loop, UV_RUN_ONCE);
  entries = work.data;
  SERVES (entries != NULL);
  SERVES (serve_entries_count (entries) == 5);
  serve_entries_free (entries);
  return NULL;
}

static const char *
serve_connection (const Site *site)
{
  int connection = accept4 (listener, NULL, NULL, SOCK_CLOEXEC);
  char request[4];
  ServeFile file;

  SERVES (connection >= 0);
  SERVES (read (connection, request, sizeof request) == sizeof request);
  SERVES (serve_folder_open (site->folder, "f", &file) == SERVE_OPEN_OK);
  SERVES (sendfile (connection, file.descriptor, NULL, file.size) == (ssize_t) file.size);
  SERVES (shutdown (connection, SHUT_WR) == 0);
  serve_file_close (&file);
  close (connection);
  return NULL;
}

static guint n_changed;

static void
changed_cb (void *data)
{
  n_changed++;
}

static void
never_cb (void *data)
{
  _exit (99);
}

/* A directory that comes later is watched too. @told says that it is, and @made that it has
 * something in it. */
static const char *
serve_changes (uv_loop_t *loop, int told, int made)
{
  char byte = 0;

  SERVES (write (told, &byte, 1) == 1);
  while (n_changed == 0)
    uv_run (loop, UV_RUN_ONCE);
  SERVES (write (told, &byte, 1) == 1);
  SERVES (read (made, &byte, 1) == 1);
  n_changed = 0;
  while (n_changed == 0)
    uv_run (loop, UV_RUN_ONCE);
  return NULL;
}

static void
serve (const Site *site, int told, int made)
{
  const ServeWatchCalls calls = { never_cb, changed_cb, never_cb };
  ServeWatch *watch;
  uv_loop_t loop;
  const char *failure;

  serve_lockdown_prepare ();
  if (uv_loop_init (&loop) != 0 ||
      serve_watch_start (&watch, &loop, site->folder, true, &calls, NULL) != 0)
    _exit (98);
  serve_lockdown (site->folder);
  failure = serve_files (site);
  serve_folder_use_walk (site->folder, true);
  failure = failure != NULL ? failure : serve_files (site);
  serve_folder_use_walk (site->folder, false);
  failure = failure != NULL ? failure : serve_listing (site, &loop);
  failure = failure != NULL ? failure : serve_connection (site);
  failure = failure != NULL ? failure : serve_changes (&loop, told, made);
  if (failure != NULL && write (STDERR_FILENO, failure, strlen (failure)) >= 0)
    _exit (1);
  _exit (0);
}

static void
get_file (void)
{
  int connection = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  char answer[16] = { 0 };

  g_assert_cmpint (connection, >=, 0);
  g_assert_cmpint (connect (connection, (const struct sockaddr *) &listening, sizeof listening), ==,
                   0);
  g_assert_cmpint (write (connection, "GET\n", 4), ==, 4);
  g_assert_cmpint (recv (connection, answer, sizeof answer - 1, MSG_WAITALL), ==,
                   strlen (SITE_INSIDE));
  g_assert_cmpstr (answer, ==, SITE_INSIDE);
  close (connection);
}

static void
test_serves (Site *site, gconstpointer data)
{
  int told[2];
  int made[2];
  char byte = 0;
  pid_t pid;

  listener = make_listener ();
  g_assert_cmpint (pipe (told), ==, 0);
  g_assert_cmpint (pipe (made), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    serve (site, told[1], made[0]);
  close (told[1]);
  close (made[0]);
  get_file ();
  g_assert_cmpint (read (told[0], &byte, 1), ==, 1);
  site_make_folder ("new");
  g_assert_cmpint (read (told[0], &byte, 1), ==, 1);
  site_make_file ("new/f", "");
  g_assert_cmpint (write (made[1], &byte, 1), ==, 1);
  g_assert_cmpint (wait_for (pid), ==, 0);
  close (told[0]);
  close (made[1]);
  close (listener);
}

#define ADD(name, test) g_test_add ("/serve-lockdown/" name, Site, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("locks", test_locks);
  ADD ("status", test_status);
  ADD ("rings", test_rings);
  ADD ("serves", test_serves);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/serve-lockdown/forbids/", rows[i].name, NULL);

      g_test_add (path, Site, &rows[i], set_up, test_attempt, tear_down);
    }

  return g_test_run ();
}
