/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-guard-hands.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in_var.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hearth-socket-address-bsd.h"

/* Invariant: as in hearth-guard-posix.c: what runs in the guard is memory of its own, ioctl(2), and
 * what makes a socket address. Rights are root's here, and cannot be told apart. */

static const int domains[] = { AF_INET, AF_INET6 };

struct _HearthGuardHands {
  int sockets[G_N_ELEMENTS (domains)]; /* -1 for a family that the system does not have */
  int n_descriptors;                   /* how many there may be */
};

/* A request. It has no more alignment than its neighbours leave it. */
typedef struct {
  char link_name[IFNAMSIZ];
  guint32 link_index;
  HearthAddress address;
} Request;

G_STATIC_ASSERT (sizeof (Request) <= HEARTH_GUARD_REQUEST_BYTES);

/* Before the guard */

/* macOS cannot make a socket with this flag. */
static int
open_socket (int domain)
{
  int fd = socket (domain, SOCK_DGRAM, 0);

  if (fd >= 0)
    fcntl (fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

HearthGuardHands *
hearth_guard_hands_new (void)
{
  HearthGuardHands *self = g_new0 (HearthGuardHands, 1);

  self->n_descriptors = getdtablesize ();
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    self->sockets[i] = open_socket (domains[i]);
  if (self->sockets[0] >= 0 || self->sockets[1] >= 0)
    return self;
  g_free (self);
  return NULL;
}

void
hearth_guard_hands_free (HearthGuardHands *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (self->sockets[i] >= 0)
      close (self->sockets[i]);
  g_free (self);
}

gsize
hearth_guard_hands_write_request (const HearthLinkAddress *address,
                                  guint8 bytes[HEARTH_GUARD_REQUEST_BYTES])
{
  Request request = { .link_index = address->link_index, .address = address->prefix.address };

  if (if_indextoname (address->link_index, request.link_name) == NULL)
    return 0;
  memcpy (bytes, &request, sizeof request);
  return sizeof request;
}

/* In the guard */

/* First out of the way of the descriptors that they become. */
gboolean
hearth_guard_hands_settle (HearthGuardHands *self, int control)
{
  int first = G_N_ELEMENTS (domains) + 1;

  control = fcntl (control, F_DUPFD, first);
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (self->sockets[i] >= 0)
      self->sockets[i] = fcntl (self->sockets[i], F_DUPFD, first);
  if (control < 0 || dup2 (control, 0) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (self->sockets[i] < 0)
      close ((int) i + 1);
    else
      self->sockets[i] = dup2 (self->sockets[i], (int) i + 1);
  for (int fd = first; fd < self->n_descriptors; fd++)
    close (fd);
  return TRUE;
}

static void
remove_ipv4 (int fd, const Request *request)
{
  struct ifreq what;
  struct sockaddr_in name;

  memset (&what, 0, sizeof what);
  memcpy (what.ifr_name, request->link_name, sizeof what.ifr_name);
  hearth_socket_address_bsd_set_ipv4 (&name, &request->address);
  memcpy (&what.ifr_addr, &name, sizeof name);
  ioctl (fd, SIOCDIFADDR, &what);
}

static void
remove_ipv6 (int fd, const Request *request)
{
  struct in6_ifreq what;

  memset (&what, 0, sizeof what);
  memcpy (what.ifr_name, request->link_name, sizeof what.ifr_name);
  hearth_socket_address_bsd_set_ipv6 (&what.ifr_ifru.ifru_addr, &request->address,
                                      request->link_index);
  ioctl (fd, SIOCDIFADDR_IN6, &what);
}

/* The answers are of no use to anybody here. */
void
hearth_guard_hands_remove (HearthGuardHands *self, const guint8 *list, gsize length)
{
  Request request;

  for (gsize offset = 0; offset + sizeof request <= length; offset += sizeof request)
    {
      memcpy (&request, list + offset, sizeof request);
      if (request.address.family == HEARTH_FAMILY_IPV4)
        remove_ipv4 (self->sockets[0], &request);
      else
        remove_ipv6 (self->sockets[1], &request);
    }
}
