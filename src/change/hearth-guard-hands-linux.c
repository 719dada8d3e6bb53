/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-guard-hands.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/capability.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "hearth-rtnetlink-request-linux.h"

/* Invariant: what runs in the guard calls nothing but async-signal-safe functions: no libmnl. A
 * request is the message that the kernel gets. */

#define DATAGRAM_BYTES (64 * 1024)
#define MAX_DUMP_TRIES 3
#define MAX_ANSWER_S 5

typedef enum {
  GONE,   /* not on its link any more */
  OURS,   /* there, with the tag of a session */
  OTHERS, /* there, with another tag or none */
} Fate;

struct _HearthGuardHands {
  int control; /* of the guard, once it is one */
  int netlink;
  const guint8 *list; /* (borrowed): the requests */
  guint32 length;     /* of the list, in bytes */
  guint8 fates[HEARTH_GUARD_MAX_ADDRESSES];
  guint8 datagram[DATAGRAM_BYTES];
  gboolean kernel_tags;
};

static const struct nlmsghdr *
get_request (const HearthGuardHands *self, guint32 offset)
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
take_address (HearthGuardHands *self, const struct nlmsghdr *told)
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
ask_for_addresses (HearthGuardHands *self)
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
take_datagram (HearthGuardHands *self, guint length)
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
read_fates (HearthGuardHands *self)
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
void
hearth_guard_hands_remove (HearthGuardHands *self, const guint8 *list, gsize length)
{
  guint32 i = 0;

  self->list = list;
  self->length = (guint32) length;
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

/* First out of the way of the descriptors that they become. */
static gboolean
keep_two_descriptors (HearthGuardHands *self)
{
  int control = fcntl (self->control, F_DUPFD, 3), netlink = fcntl (self->netlink, F_DUPFD, 3);

  if (control < 0 || netlink < 0)
    return FALSE;
  self->control = dup2 (control, 0);
  self->netlink = dup2 (netlink, 1);
  return self->control == 0 && self->netlink == 1 && close_range (2, G_MAXUINT, 0) == 0;
}

gboolean
hearth_guard_hands_settle (HearthGuardHands *self, int control)
{
  self->control = control;
  if (!keep_two_descriptors (self))
    return FALSE;
  drop_rights ();
  prctl (PR_SET_NAME, "hearth-guard", 0, 0, 0); /* now it is one */
  return TRUE;
}

/* Before the guard */

static int
open_netlink (void)
{
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
  struct timeval timeout = { .tv_sec = MAX_ANSWER_S };

  if (fd < 0 || setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) != 0 ||
      connect (fd, (struct sockaddr *) &kernel, sizeof kernel) != 0)
    g_clear_fd (&fd, NULL);
  return fd;
}

HearthGuardHands *
hearth_guard_hands_new (void)
{
  int netlink = open_netlink ();
  HearthGuardHands *self;

  if (netlink < 0)
    return NULL;
  self = g_new0 (HearthGuardHands, 1);
  self->netlink = netlink;
  return self;
}

void
hearth_guard_hands_free (HearthGuardHands *self)
{
  close (self->netlink);
  g_free (self);
}

gsize
hearth_guard_hands_write_request (const HearthLinkAddress *address,
                                  guint8 bytes[HEARTH_GUARD_REQUEST_BYTES])
{
  HearthRtnetlinkRequest request;

  hearth_rtnetlink_request_remove_address (&request, 0, address);
  g_assert (request.length <= HEARTH_GUARD_REQUEST_BYTES && request.length % NLMSG_ALIGNTO == 0);
  memcpy (bytes, request.bytes, request.length);
  return request.length;
}
