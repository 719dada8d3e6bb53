/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-guard.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gnetworking.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearth-error.h"
#include "hearth-guard-hands.h"

/* Invariant: after fork() the guard calls nothing but async-signal-safe functions
 * (signal-safety(7)), as other threads may have held any lock: no GLib, no malloc().
 * What it needs was made before.
 *
 * What goes to the guard are frames: 4 bytes that say how many follow, and then so many bytes of
 * ready requests to remove addresses, one after the other. A whole frame replaces the one before
 * it; one that is cut off by the end of this process counts for nothing. What a request is, and how
 * it is carried out, differs from system to system: hearth-guard-hands.h. */

#define MAX_LIST_BYTES (HEARTH_GUARD_MAX_ADDRESSES * HEARTH_GUARD_REQUEST_BYTES)
#define MAX_WRITE_S 1

/* Where the flag is missing, the socket has an option for it. */
#ifndef MSG_NOSIGNAL
#  define MSG_NOSIGNAL 0
#endif

struct _HearthGuard {
  int control; /* our end */
};

/* The guard itself. Everything in it is there before fork(). */

typedef struct {
  int control;
  HearthGuardHands *hands;
  guint8 *list;     /* the requests of the last whole frame */
  guint8 *incoming; /* those of the next one */
  guint32 length;   /* of the list, in bytes */
} Guard;

static gboolean
read_whole (int fd, void *bytes, gsize length)
{
  guint8 *at = bytes;

  while (length > 0)
    {
      gssize n = read (fd, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      at += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
read_frame (Guard *self)
{
  guint32 length;
  guint8 *last = self->list;

  if (!read_whole (self->control, &length, sizeof length) || length > MAX_LIST_BYTES ||
      !read_whole (self->control, self->incoming, length))
    return FALSE;
  self->list = self->incoming;
  self->incoming = last;
  self->length = length;
  return TRUE;
}

/* A terminal that is closed, Ctrl+C and a polite end are for the one that is guarded. */
static void
ignore_signals (void)
{
  static const int ignored[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP };
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  sigset_t none;

  for (gsize i = 0; i < G_N_ELEMENTS (ignored); i++)
    sigaction (ignored[i], &ignore, NULL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

static G_NORETURN void
run_guard (Guard *self)
{
  ignore_signals ();
  if (chdir ("/") != 0 || !hearth_guard_hands_settle (self->hands, self->control))
    _exit (1);
  self->control = 0;
  while (read_frame (self))
    continue;
  if (self->length > 0)
    hearth_guard_hands_remove (self->hands, self->list, self->length);
  _exit (0);
}

/* Starting it */

static gboolean
fail (GError **error, int number)
{
  g_set_error (error, HEARTH_ERROR,
               number == EPERM ? HEARTH_ERROR_NOT_PERMITTED : HEARTH_ERROR_FAILED,
               _ ("What would remove the addresses when Hearth is closed could not be started: %s. "
                  "Choose “until restart” instead."),
               g_strerror (number));
  return FALSE;
}

static gboolean
open_pair (int ends[2])
{
#ifdef SOCK_CLOEXEC
  return socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0;
#else
  return socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0 &&
         fcntl (ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl (ends[1], F_SETFD, FD_CLOEXEC) == 0;
#endif
}

static gboolean
open_control (int ends[2], GError **error)
{
  struct timeval timeout = { .tv_sec = MAX_WRITE_S };

  if (!open_pair (ends))
    return fail (error, errno);
#ifdef SO_NOSIGPIPE
  setsockopt (ends[0], SOL_SOCKET, SO_NOSIGPIPE, &(int) { 1 }, sizeof (int));
#endif
  setsockopt (ends[0], SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  return TRUE;
}

/* Twice, so that it is nobody's child: it need not be waited for, and outlives a process group.
 * Where SIGCHLD is ignored (an ignored signal is inherited) there is no status to be had: a guard
 * that is not there shows when it is told something. */
static int
fork_twice (Guard *guard)
{
  pid_t child = fork ();
  int status;

  if (child < 0)
    return errno;
  if (child == 0)
    {
      pid_t grandchild;

      setsid ();
      grandchild = fork ();
      if (grandchild == 0)
        run_guard (guard);
      _exit (grandchild < 0 ? errno & 0xff : 0);
    }
  while (waitpid (child, &status, 0) < 0)
    if (errno != EINTR)
      return errno == ECHILD ? 0 : errno;
  return WIFEXITED (status) ? WEXITSTATUS (status) : EAGAIN;
}

/* Signals wait until the guard ignores them. */
static int
fork_guard (Guard *guard)
{
  sigset_t all, before;
  int result;

  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  result = fork_twice (guard);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return result;
}

HearthGuard *
hearth_guard_new (GError **error)
{
  g_autofree guint8 *list = g_malloc0 (MAX_LIST_BYTES);
  g_autofree guint8 *incoming = g_malloc0 (MAX_LIST_BYTES);
  g_autofree Guard *guard = g_new0 (Guard, 1);
  g_autofd int ours = -1;
  g_autofd int theirs = -1;
  g_autoptr (HearthGuardHands) hands = hearth_guard_hands_new ();
  int ends[2], number = errno;
  HearthGuard *self;

  if (hands == NULL)
    fail (error, number);
  if (hands == NULL || !open_control (ends, error))
    return NULL;
  ours = ends[0];
  theirs = ends[1];
  *guard = (Guard) { .control = theirs, .hands = hands, .list = list, .incoming = incoming };
  number = fork_guard (guard);
  if (number != 0)
    {
      fail (error, number);
      return NULL;
    }
  self = g_new0 (HearthGuard, 1);
  self->control = g_steal_fd (&ours);
  return self;
}

/* Telling it */

static gboolean
write_whole (int fd, const guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = send (fd, bytes, length, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

gboolean
hearth_guard_watch (HearthGuard *self, GPtrArray *addresses, GError **error)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint32 length = 0;

  if (addresses->len > HEARTH_GUARD_MAX_ADDRESSES)
    return fail (error, E2BIG);
  g_byte_array_append (frame, (const guint8 *) &length, sizeof length);
  for (guint i = 0; i < addresses->len; i++)
    {
      guint8 request[HEARTH_GUARD_REQUEST_BYTES];
      gsize n_bytes = hearth_guard_hands_write_request (addresses->pdata[i], request);

      if (n_bytes == 0)
        return fail (error, errno);
      g_byte_array_append (frame, request, (guint) n_bytes);
    }
  length = frame->len - sizeof length;
  memcpy (frame->data, &length, sizeof length);
  return write_whole (self->control, frame->data, frame->len) || fail (error, errno);
}

void
hearth_guard_free (HearthGuard *self)
{
  close (self->control);
  g_free (self);
}
