/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-bsd.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <net/if_dl.h>
#include <net/route.h>
#include <netinet/in_var.h>
#include <netinet6/nd6.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysctl.h>
#include <unistd.h>

#include "hearth-link.h"
#include "hearth-socket-address-bsd.h"
#include "messages-bsd.h"

#define MTU_BYTES 16384
#define MAX_SOCKET_FD                                                                              \
  0x10000 /* the descriptors of sockets that only this file knows begin here                       \
           */

typedef struct {
  guint32 index, mtu_bytes;
  unsigned flags;
  char name[IFNAMSIZ];
} Link;

typedef struct {
  guint32 link_index;
  HearthPrefix prefix;
  HearthAddress peer;
  int flags;
} Address;

typedef struct {
  gint32 pid;
  guint32 user;
  char *name;      /* (owned) */
  GBytes *command; /* (owned) */
  GArray *sockets; /* (owned) of guint64 */
  int signal;
  int ended[2]; /* a pipe whose writing end closes at the end, or -1 */
} Process;

static struct {
  GArray *links;        /* (owned) of Link */
  GArray *addresses;    /* (owned) of Address */
  GHashTable *lists;    /* (owned) char * → GByteArray, and "domain/table" the same */
  GHashTable *failures; /* (owned) char * → GArray of errnos, the next one first */
  GPtrArray *processes; /* (owned) of Process */
  int events;           /* what the kernel says is written to; -1 while nobody listens */
  int n_open;
  guint n_looks;
  guint32 user;
  gboolean loses;
} fake = { .events = -1 };

/* Failures */

static gboolean
fails (const char *function)
{
  GArray *numbers = fake.failures ? g_hash_table_lookup (fake.failures, function) : NULL;

  if (numbers == NULL || numbers->len == 0)
    return FALSE;
  errno = g_array_index (numbers, int, 0);
  g_array_remove_index (numbers, 0);
  return TRUE;
}

void
fake_bsd_fail (const char *function, int number, guint n)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < n; i++)
    g_array_append_val (numbers, number);
  g_hash_table_replace (fake.failures, g_strdup (function), numbers);
}

/* Messages: what there is no room for is lost, and nobody is told, as the kernels have it. */

void
fake_bsd_say (const void *bytes, gsize length)
{
  if (fake.events >= 0 && !fake.loses && write (fake.events, bytes, length) != (gssize) length)
    g_assert_cmpint (errno, ==, EAGAIN);
}

void
fake_bsd_lose_messages (gboolean lose)
{
  fake.loses = lose;
}

void
fake_bsd_break_events (void)
{
  close (fake.events);
  fake.events = -1;
}

static void
say_address (gboolean is_gone, const Address *address)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  messages_bsd_add_address (bytes, is_gone, (guint16) address->link_index, &address->prefix);
  fake_bsd_say (bytes->data, bytes->len);
}

static void
say_link (guint32 index)
{
  const HearthCounters none = { 0 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  messages_bsd_add_link (bytes, (guint16) index, &none);
  fake_bsd_say (bytes->data, bytes->len);
}

/* Links and addresses */

static Link *
find_link (guint32 index, const char *name)
{
  for (guint i = 0; i < fake.links->len; i++)
    {
      Link *link = &g_array_index (fake.links, Link, i);

      if (name != NULL ? strncmp (link->name, name, IFNAMSIZ) == 0 : link->index == index)
        return link;
    }
  return NULL;
}

/* By its bytes alone, as the kernels do. -1 where there is none. */
static int
find_address (guint32 link_index, const HearthAddress *address)
{
  for (guint i = 0; i < fake.addresses->len; i++)
    {
      const Address *it = &g_array_index (fake.addresses, Address, i);

      if (it->link_index == link_index && hearth_address_equal (&it->prefix.address, address))
        return (int) i;
    }
  return -1;
}

static void
put_address (const Address *address)
{
  int before = find_address (address->link_index, &address->prefix.address);

  if (before >= 0)
    g_array_remove_index (fake.addresses, (guint) before);
  g_array_append_vals (fake.addresses, address, 1);
  say_address (FALSE, address);
}

static int
drop_address (guint32 link_index, const HearthAddress *value)
{
  int there = find_address (link_index, value);
  Address gone;

  if (there < 0)
    {
      errno = EADDRNOTAVAIL;
      return -1;
    }
  gone = g_array_index (fake.addresses, Address, there);
  g_array_remove_index (fake.addresses, (guint) there);
  say_address (TRUE, &gone);
  return 0;
}

void
fake_bsd_add_link (guint32 index, const char *name, unsigned flags, guint32 mtu_bytes)
{
  Link link = { .index = index, .mtu_bytes = mtu_bytes, .flags = flags }, *there;

  g_strlcpy (link.name, name, sizeof link.name);
  there = find_link (index, NULL);
  if (there != NULL)
    *there = link;
  else
    g_array_append_val (fake.links, link);
  say_link (index);
}

void
fake_bsd_drop_link (guint32 index)
{
  for (guint i = fake.addresses->len; i > 0; i--)
    if (g_array_index (fake.addresses, Address, i - 1).link_index == index)
      g_array_remove_index (fake.addresses, i - 1);
  for (guint i = fake.links->len; i > 0; i--)
    if (g_array_index (fake.links, Link, i - 1).index == index)
      g_array_remove_index (fake.links, i - 1);
  say_link (index);
}

void
fake_bsd_add_address (guint32 link_index, const char *prefix, const char *peer, int flags)
{
  Address address = { .link_index = link_index, .flags = flags };

  g_assert_true (hearth_prefix_parse (prefix, &address.prefix, NULL));
  if (peer != NULL)
    g_assert_true (hearth_address_parse (peer, &address.peer, NULL));
  put_address (&address);
}

void
fake_bsd_drop_address (guint32 link_index, const char *address)
{
  HearthAddress value;

  g_assert_true (hearth_address_parse (address, &value, NULL));
  g_assert_cmpint (drop_address (link_index, &value), ==, 0);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char **) a, *(char **) b);
}

char *
fake_bsd_list_addresses (void)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < fake.addresses->len; i++)
    g_ptr_array_add (texts,
                     hearth_prefix_to_string (&g_array_index (fake.addresses, Address, i).prefix));
  g_ptr_array_sort (texts, compare_text);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

/* getifaddrs(3) */

typedef struct {
  struct ifaddrs record;
  struct sockaddr_dl link;
  struct if_data data;
  union {
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
  } address, mask, peer;
  char name[IFNAMSIZ];
} Record;

static Record *
make_record (const Link *link)
{
  Record *made = g_new0 (Record, 1);

  g_assert (link != NULL);
  memcpy (made->name, link->name, sizeof made->name);
  made->record.ifa_name = made->name;
  made->record.ifa_flags = link->flags;
  return made;
}

static struct ifaddrs *
make_link_record (const Link *link)
{
  Record *made = make_record (link);

  made->link.sdl_len = sizeof made->link;
  made->link.sdl_family = AF_LINK;
  made->link.sdl_index = (uint16_t) link->index;
  made->data.ifi_mtu = link->mtu_bytes;
  made->record.ifa_addr = (struct sockaddr *) &made->link;
  made->record.ifa_data = &made->data;
  return &made->record;
}

static void
set_name (void *name, const HearthAddress *address)
{
  if (address->family == HEARTH_FAMILY_IPV4)
    hearth_socket_address_bsd_set_ipv4 (name, address);
  else
    hearth_socket_address_bsd_set_ipv6 (name, address, 0);
}

static struct ifaddrs *
make_address_record (const Address *address)
{
  HearthAddress mask = hearth_socket_address_bsd_make_mask (&address->prefix);
  Record *made = make_record (find_link (address->link_index, NULL));

  set_name (&made->address, &address->prefix.address);
  set_name (&made->mask, &mask);
  made->record.ifa_addr = (struct sockaddr *) &made->address;
  made->record.ifa_netmask = (struct sockaddr *) &made->mask;
  if (address->peer.family != HEARTH_FAMILY_NONE)
    {
      set_name (&made->peer, &address->peer);
      made->record.ifa_dstaddr = (struct sockaddr *) &made->peer;
    }
  return &made->record;
}

static int
list_records (struct ifaddrs **first)
{
  struct ifaddrs **next = first;

  *first = NULL;
  if (fails ("getifaddrs"))
    return -1;
  for (guint i = 0; i < fake.links->len; i++, next = &(*next)->ifa_next)
    *next = make_link_record (&g_array_index (fake.links, Link, i));
  for (guint i = 0; i < fake.addresses->len; i++, next = &(*next)->ifa_next)
    *next = make_address_record (&g_array_index (fake.addresses, Address, i));
  fake.n_open++;
  return 0;
}

static void
free_records (struct ifaddrs *first)
{
  while (first != NULL)
    {
      struct ifaddrs *next = first->ifa_next;

      g_free (first);
      first = next;
    }
  fake.n_open--;
}

/* Sockets. That of messages is a pipe that keeps them apart, as the kernel's does. */

static int
open_events (void)
{
  int ends[2];

  if (fails ("open_events"))
    return -1;
  if (fake.events >= 0)
    close (fake.events);
  g_assert_cmpint (pipe2 (ends, O_DIRECT | O_NONBLOCK | O_CLOEXEC), ==, 0);
  fake.events = ends[1];
  fake.n_open++;
  return ends[0];
}

static int
open_requests (int domain)
{
  if (fails ("open_requests"))
    return -1;
  fake.n_open++;
  return MAX_SOCKET_FD + domain;
}

static int
close_descriptor (int fd)
{
  fake.n_open--;
  return fd >= MAX_SOCKET_FD ? 0 : close (fd);
}

static gssize
read_message (int fd, void *bytes, gsize size)
{
  if (fails ("read"))
    return -1;
  return read (fd, bytes, size);
}

/* ioctl(2) */

static int
refuse (int number)
{
  errno = number;
  return -1;
}

static int
add_ipv4 (const struct ifaliasreq *request)
{
  const Link *link = find_link (0, request->ifra_name);
  Address address = { 0 };

  if (link == NULL)
    return refuse (ENXIO);
  address.link_index = link->index;
  address.prefix.address =
      hearth_socket_address_bsd_read (&request->ifra_addr, request->ifra_addr.sa_len, NULL);
  address.prefix.length = hearth_socket_address_bsd_read_prefix (
      &request->ifra_mask, request->ifra_mask.sa_len, HEARTH_FAMILY_IPV4);
  if (address.prefix.address.family != HEARTH_FAMILY_IPV4)
    return refuse (EINVAL);
  put_address (&address);
  return 0;
}

static int
add_ipv6 (const struct in6_aliasreq *request)
{
  const Link *link = find_link (0, request->ifra_name);
  Address address = { 0 };

  if (link == NULL)
    return refuse (ENXIO);
  if (request->ifra_lifetime.ia6t_vltime != ND6_INFINITE_LIFETIME ||
      request->ifra_lifetime.ia6t_pltime != ND6_INFINITE_LIFETIME)
    return refuse (EINVAL);
  address.link_index = link->index;
  address.prefix.address =
      hearth_socket_address_bsd_read (&request->ifra_addr, request->ifra_addr.sin6_len, NULL);
  address.prefix.length = hearth_socket_address_bsd_read_prefix (
      &request->ifra_prefixmask, request->ifra_prefixmask.sin6_len, HEARTH_FAMILY_IPV6);
  if (address.prefix.address.family != HEARTH_FAMILY_IPV6)
    return refuse (EINVAL);
  put_address (&address);
  return 0;
}

static int
remove_by_name (const char *link_name, const void *name, gsize length)
{
  const Link *link = find_link (0, link_name);
  HearthAddress address = hearth_socket_address_bsd_read (name, length, NULL);

  return link == NULL ? refuse (ENXIO) : drop_address (link->index, &address);
}

static int
read_flags (struct in6_ifreq *request)
{
  const Link *link = find_link (0, request->ifr_name);
  HearthAddress address = hearth_socket_address_bsd_read (
      &request->ifr_ifru.ifru_addr, request->ifr_ifru.ifru_addr.sin6_len, NULL);
  int there = link != NULL ? find_address (link->index, &address) : -1;

  if (there < 0)
    return refuse (EADDRNOTAVAIL);
  request->ifr_ifru.ifru_flags6 = g_array_index (fake.addresses, Address, there).flags;
  return 0;
}

/* Each request goes to a socket of its own family. */
static int
control (int fd, unsigned long what, void *argument)
{
  struct in6_ifreq *ipv6 = argument;
  struct ifreq *ipv4 = argument;

  if (fails ("ioctl"))
    return -1;
  if (fd == MAX_SOCKET_FD + AF_INET)
    return what == SIOCAIFADDR ? add_ipv4 (argument)
           : what == SIOCDIFADDR
               ? remove_by_name (ipv4->ifr_name, &ipv4->ifr_addr, ipv4->ifr_addr.sa_len)
               : refuse (EINVAL);
  g_assert_cmpint (fd, ==, MAX_SOCKET_FD + AF_INET6);
  if (what == SIOCGIFAFLAG_IN6)
    return read_flags (argument);
  return what == SIOCAIFADDR_IN6   ? add_ipv6 (argument)
         : what == SIOCDIFADDR_IN6 ? remove_by_name (ipv6->ifr_name, &ipv6->ifr_ifru.ifru_addr,
                                                     ipv6->ifr_ifru.ifru_addr.sin6_len)
                                   : refuse (EINVAL);
}

/* sysctl(3) */

static int
give (const void *bytes, gsize length, void *to, gsize *size)
{
  if (to != NULL && *size < length)
    return refuse (ENOMEM);
  if (to != NULL && length > 0)
    memcpy (to, bytes, length);
  *size = length;
  return 0;
}

static int
ask_list (const char *name, void *bytes, gsize *size)
{
  const GByteArray *list = g_hash_table_lookup (fake.lists, name);

  return list != NULL ? give (list->data, list->len, bytes, size) : refuse (ENOENT);
}

static int
ask_by_name (const char *name, void *bytes, gsize *size)
{
  return fails ("sysctlbyname") ? -1 : ask_list (name, bytes, size);
}

static Process *
find_process (gint32 pid)
{
  for (guint i = 0; i < fake.processes->len; i++)
    if (((Process *) fake.processes->pdata[i])->pid == pid)
      return fake.processes->pdata[i];
  return NULL;
}

static Process *
get_process (gint32 pid)
{
  Process *process = find_process (pid);

  g_assert (process != NULL);
  return process;
}

/* The last number of those that name a command line is that of the process. */
static int
ask_command (gint32 pid, void *bytes, gsize *size)
{
  const Process *process = find_process (pid);

  if (process == NULL || process->command == NULL)
    return refuse (EINVAL);
  return give (g_bytes_get_data (process->command, NULL), g_bytes_get_size (process->command),
               bytes, size);
}

static int
ask_links (guint32 only, void *bytes, gsize *size)
{
  g_autoptr (GByteArray) list = g_byte_array_new ();

  for (guint i = 0; i < fake.links->len; i++)
    {
      guint32 index = g_array_index (fake.links, Link, i).index;
      HearthCounters counters = { .received_bytes = 5000000000 + index,
                                  .received_packets = 3,
                                  .received_errors = 4,
                                  .received_dropped = 5,
                                  .sent_bytes = 5000000000 + index,
                                  .sent_packets = 6,
                                  .sent_errors = 7,
                                  .sent_dropped = 8 };

      if (only == 0 || only == index)
        messages_bsd_add_link (list, (guint16) index, &counters);
    }
  return give (list->data, list->len, bytes, size);
}

static int
ask_by_number (const int *name, guint n, void *bytes, gsize *size)
{
  g_autofree char *table = NULL;

  if (fails ("sysctl"))
    return -1;
  if (name[0] == CTL_KERN)
    return ask_command (name[n - 1], bytes, size);
  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpint (name[0], ==, CTL_NET);
  g_assert_cmpint (name[1], ==, PF_ROUTE);
#ifdef __APPLE__
  if (name[4] == NET_RT_IFLIST2)
#else
  if (name[4] == NET_RT_IFLIST)
#endif
    return ask_links ((guint32) name[5], bytes, size);
  g_assert_cmpint (name[5], ==, name[4] == NET_RT_FLAGS ? RTF_LLINFO : 0);
  table = g_strdup_printf ("%d/%d", name[3], name[4]);
  return ask_list (table, bytes, size);
}

void
fake_bsd_set_list (const char *name, GByteArray *bytes)
{
  g_hash_table_replace (fake.lists, g_strdup (name), g_byte_array_ref (bytes));
}

void
fake_bsd_set_table (int domain, int table, GByteArray *bytes)
{
  g_autofree char *name = g_strdup_printf ("%d/%d", domain, table);

  fake_bsd_set_list (name, bytes);
}

/* Processes */

static void
free_process (gpointer data)
{
  Process *process = data;

  g_free (process->name);
  g_clear_pointer (&process->command, g_bytes_unref);
  g_array_unref (process->sockets);
  if (process->ended[1] >= 0)
    close (process->ended[1]);
  g_free (process);
}

void
fake_bsd_add_process (
    gint32 pid, guint32 user, const char *name, const char *command_bytes, gsize n_command_bytes)
{
  Process *process = g_new0 (Process, 1);

  process->pid = pid;
  process->user = user;
  process->name = g_strdup (name);
  if (command_bytes != NULL)
    process->command = g_bytes_new (command_bytes, n_command_bytes);
  process->sockets = g_array_new (FALSE, FALSE, sizeof (guint64));
  process->ended[0] = process->ended[1] = -1;
  g_ptr_array_add (fake.processes, process);
}

void
fake_bsd_open_socket (gint32 pid, guint64 socket)
{
  g_array_append_val (get_process (pid)->sockets, socket);
}

void
fake_bsd_end_process (gint32 pid)
{
  g_ptr_array_remove (fake.processes, get_process (pid));
}

int
fake_bsd_get_signal (gint32 pid)
{
  return get_process (pid)->signal;
}

guint
fake_bsd_get_n_looks (void)
{
  return fake.n_looks;
}

static int
list_sockets (HearthOpenSocketBsd *sockets, int n)
{
  int found = 0;

  fake.n_looks++;
  for (guint i = 0; i < fake.processes->len; i++)
    {
      const Process *process = fake.processes->pdata[i];

      for (guint j = 0; j < process->sockets->len && found < n; j++)
        sockets[found++] = (HearthOpenSocketBsd) {
          g_array_index (process->sockets, guint64, j),
          process->pid,
        };
    }
  return found;
}

static gboolean
read_process (gint32 pid, guint32 *user, char *name, gsize size)
{
  const Process *process = find_process (pid);

  if (process == NULL)
    return FALSE;
  *user = process->user;
  g_strlcpy (name, process->name, size);
  return TRUE;
}

/* One watcher at a time: its end of the pipe can be read from once the other one is closed. */
static int
watch_process (gint32 pid)
{
  Process *process = find_process (pid);

  if (fails ("watch_process"))
    return -1;
  if (process == NULL)
    return refuse (ESRCH);
  g_assert_cmpint (process->ended[1], ==, -1);
  g_assert_cmpint (pipe2 (process->ended, O_CLOEXEC), ==, 0);
  fake.n_open++;
  return process->ended[0];
}

static int
send_signal (gint32 pid, int number)
{
  Process *process = find_process (pid);

  if (fails ("kill"))
    return -1;
  if (process == NULL)
    return refuse (ESRCH);
  process->signal = number;
  if (number == SIGKILL)
    fake_bsd_end_process (pid);
  return 0;
}

static guint32
get_user (void)
{
  return fake.user;
}

/* Public */

static void
free_byte_array (gpointer bytes)
{
  g_byte_array_unref (bytes);
}

static void
free_array (gpointer array)
{
  g_array_unref (array);
}

void
fake_bsd_reset (void)
{
  g_assert_cmpint (fake.n_open, ==, 0);
  g_clear_pointer (&fake.links, g_array_unref);
  g_clear_pointer (&fake.addresses, g_array_unref);
  g_clear_pointer (&fake.lists, g_hash_table_unref);
  g_clear_pointer (&fake.failures, g_hash_table_unref);
  g_clear_pointer (&fake.processes, g_ptr_array_unref);
  if (fake.events >= 0)
    close (fake.events);
  fake.events = -1;
  fake.loses = FALSE;
  fake.user = 0;
  fake.n_looks = 0;
  fake.links = g_array_new (FALSE, FALSE, sizeof (Link));
  fake.addresses = g_array_new (FALSE, FALSE, sizeof (Address));
  fake.lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_byte_array);
  fake.failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);
  fake.processes = g_ptr_array_new_with_free_func (free_process);
  fake_bsd_add_link (1, "lo0", IFF_UP | IFF_LOOPBACK, MTU_BYTES);
  fake_bsd_add_address (1, "127.0.0.1/8", NULL, 0);
  fake_bsd_add_address (1, "::1/128", NULL, 0);
}

void
fake_bsd_set_user (guint32 user)
{
  fake.user = user;
}

const HearthSystemBsd fake_bsd = {
  .open_events = open_events,
  .open_requests = open_requests,
  .close = close_descriptor,
  .read = read_message,
  .ioctl = control,
  .getifaddrs = list_records,
  .freeifaddrs = free_records,
  .sysctl = ask_by_number,
  .sysctlbyname = ask_by_name,
  .list_sockets = list_sockets,
  .read_process = read_process,
  .watch_process = watch_process,
  .kill = send_signal,
  .get_user = get_user,
};
