/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-guard.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <linux/capability.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearth-error.h"
#include "hearth-rtnetlink-request-linux.h"

/* Invariant: after fork() the guard calls nothing but async-signal-safe functions
 * (signal-safety(7)), as other threads may have held any lock: no GLib, no malloc(), no libmnl.
 * What it needs was made before.
 *
 * What goes to the guard are frames: 4 bytes that say how many follow, and then so many bytes of
 * ready requests to remove addresses, one after the other. A whole frame replaces the one before
 * it; one that is cut off by the end of this process counts for nothing. */

#define MAX_REQUEST_BYTES 64
#define MAX_LIST_BYTES (HEARTH_GUARD_MAX_ADDRESSES * MAX_REQUEST_BYTES)
#define DATAGRAM_BYTES (64 * 1024)
#define MAX_DUMP_TRIES 3
#define MAX_WRITE_S 1
#define MAX_ANSWER_S 5

struct _HearthGuard {
  int control; /* our end */
};

/* The guard itself. Everything in it is there before fork(). */

typedef enum {
  GONE,   /* not on its link any more */
  OURS,   /* there, with the tag of a session */
  OTHERS, /* there, with another tag or none */
} Fate;

typedef struct {
  int control;
  int netlink;
  guint8 *list;     /* the requests of the last whole frame */
  guint8 *incoming; /* those of the next one */
  guint8 *datagram;
  guint32 length; /* of the list, in bytes */
  guint8 fates[HEARTH_GUARD_MAX_ADDRESSES];
  gboolean kernel_tags;
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

static const struct nlmsghdr *
get_request (const Guard *self, guint32 offset)
{
  return (const struct nlmsghdr *) (const void *) (self->list + offset);
}

/* What an address is told from others by, in a request as in what the kernel says. */
static const void *
find_local (const struct nlmsghdr *message, guint8 *protocol, gboolean *has_protocol)
{
  struct ifaddrmsg *info = NLMSG_DATA (message);
  int left = (int) IFA_PAYLOAD (message);
  const struct rtattr *attribute = IFA_RTA (info);
  gsize n_bytes = info->ifa_family == AF_INET ? 4 : 16;
  const void *local = NULL, *address = NULL;

  for (; RTA_OK (attribute, left); attribute = RTA_NEXT (attribute, left))
    if (attribute->rta_type == IFA_PROTO && RTA_PAYLOAD (attribute) >= 1)
      {
        *protocol = *(const guint8 *) RTA_DATA (attribute);
        *has_protocol = TRUE;
      }
    else if (attribute->rta_type == IFA_LOCAL && RTA_PAYLOAD (attribute) == n_bytes)
      local = RTA_DATA (attribute);
    else if (attribute->rta_type == IFA_ADDRESS && RTA_PAYLOAD (attribute) == n_bytes)
      address = RTA_DATA (attribute);
  return local != NULL ? local : address;
}

static gboolean
is_same_address (const struct nlmsghdr *request, const struct nlmsghdr *told, const void *local)
{
  const struct ifaddrmsg *a = NLMSG_DATA (request), *b = NLMSG_DATA (told);
  gboolean unused;
  guint8 none;
  const void *wanted = find_local (request, &none, &unused);

  return a->ifa_family == b->ifa_family && a->ifa_prefixlen == b->ifa_prefixlen &&
         a->ifa_index == b->ifa_index && wanted != NULL &&
         memcmp (wanted, local, a->ifa_family == AF_INET ? 4 : 16) == 0;
}

static void
take_address (Guard *self, const struct nlmsghdr *told)
{
  guint8 protocol = HEARTH_PROTOCOL_UNSPECIFIED;
  const void *local = find_local (told, &protocol, &self->kernel_tags);
  guint32 i = 0;

  if (local == NULL)
    return;
  for (guint32 offset = 0; offset < self->length; i++)
    {
      const struct nlmsghdr *request = get_request (self, offset);

      if (is_same_address (request, told, local))
        self->fates[i] = protocol == HEARTH_PROTOCOL_SESSION ? OURS : OTHERS;
      offset += NLMSG_ALIGN (request->nlmsg_len);
    }
}

static gboolean
ask_for_addresses (Guard *self)
{
  struct {
    struct nlmsghdr header;
    struct ifaddrmsg info;
  } request = { .header = { .nlmsg_len = sizeof request,
                            .nlmsg_type = RTM_GETADDR,
                            .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP } };

  return send (self->netlink, &request, sizeof request, 0) == (gssize) sizeof request;
}

/* TRUE at the end of the dump. */
static gboolean
take_datagram (Guard *self, guint length)
{
  const struct nlmsghdr *message = (const struct nlmsghdr *) (const void *) self->datagram;

  for (; NLMSG_OK (message, length); message = NLMSG_NEXT (message, length))
    if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR)
      return TRUE;
    else if (message->nlmsg_type == RTM_NEWADDR &&
             message->nlmsg_len >= NLMSG_LENGTH (sizeof (struct ifaddrmsg)))
      take_address (self, message);
  return FALSE;
}

static gboolean
read_fates (Guard *self)
{
  memset (self->fates, GONE, sizeof self->fates);
  if (!ask_for_addresses (self))
    return FALSE;
  for (;;)
    {
      gssize n = recv (self->netlink, self->datagram, DATAGRAM_BYTES, 0);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      if (take_datagram (self, (guint) n))
        return TRUE;
    }
}

/* The kernel has carried out a request when send() returns; its answer is of no use to anybody
 * here. */
static void
remove_all (Guard *self)
{
  guint32 i = 0;

  for (int tries = 0; !read_fates (self) && tries < MAX_DUMP_TRIES; tries++)
    continue;
  for (guint32 offset = 0; offset < self->length; i++)
    {
      const struct nlmsghdr *request = get_request (self, offset);

      if (self->fates[i] == OURS || (self->fates[i] == OTHERS && !self->kernel_tags))
        send (self->netlink, request, request->nlmsg_len, 0);
      while (recv (self->netlink, self->datagram, DATAGRAM_BYTES, MSG_DONTWAIT) > 0)
        continue;
      offset += NLMSG_ALIGN (request->nlmsg_len);
    }
}

/* CAP_NET_ADMIN alone, and no way to more. */
static void
drop_rights (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {
    { .effective = 1U << CAP_NET_ADMIN, .permitted = 1U << CAP_NET_ADMIN },
  };

  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  for (unsigned long capability = 0; capability <= CAP_LAST_CAP; capability++)
    if (capability != CAP_NET_ADMIN)
      prctl (PR_CAPBSET_DROP, capability, 0, 0, 0);
  syscall (SYS_capset, &header, data);
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

/* First out of the way of the descriptors that they become. */
static gboolean
keep_two_descriptors (Guard *self)
{
  int control = fcntl (self->control, F_DUPFD, 3), netlink = fcntl (self->netlink, F_DUPFD, 3);

  if (control < 0 || netlink < 0)
    return FALSE;
  self->control = dup2 (control, 0);
  self->netlink = dup2 (netlink, 1);
  return self->control == 0 && self->netlink == 1 && close_range (2, G_MAXUINT, 0) == 0;
}

static G_NORETURN void
run_guard (Guard *self)
{
  ignore_signals ();
  if (!keep_two_descriptors (self) || chdir ("/") != 0)
    _exit (1);
  drop_rights ();
  prctl (PR_SET_NAME, "hearth-guard", 0, 0, 0); /* now it is one */
  while (read_frame (self))
    continue;
  if (self->length > 0)
    remove_all (self);
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

static int
open_netlink (GError **error)
{
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
  struct timeval timeout = { .tv_sec = MAX_ANSWER_S };

  if (fd < 0 || setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) != 0 ||
      connect (fd, (struct sockaddr *) &kernel, sizeof kernel) != 0)
    {
      fail (error, errno);
      g_clear_fd (&fd, NULL);
    }
  return fd;
}

static gboolean
open_control (int ends[2], GError **error)
{
  struct timeval timeout = { .tv_sec = MAX_WRITE_S };

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return fail (error, errno);
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
  g_autofree guint8 *datagram = g_malloc0 (DATAGRAM_BYTES);
  g_autofree Guard *guard = g_new0 (Guard, 1);
  g_autofd int ours = -1;
  g_autofd int theirs = -1;
  g_autofd int netlink = open_netlink (error);
  int ends[2], number;
  HearthGuard *self;

  if (netlink < 0 || !open_control (ends, error))
    return NULL;
  ours = ends[0];
  theirs = ends[1];
  *guard = (Guard) {
    .control = theirs, .netlink = netlink, .list = list, .incoming = incoming, .datagram = datagram
  };
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
      HearthRtnetlinkRequest request;

      hearth_rtnetlink_request_remove_address (&request, 0, addresses->pdata[i]);
      g_assert (request.length <= MAX_REQUEST_BYTES && request.length % NLMSG_ALIGNTO == 0);
      g_byte_array_append (frame, request.bytes, (guint) request.length);
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
