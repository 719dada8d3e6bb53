/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-platform-bsd.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <net/if.h>
#include <net/if_dl.h>
#include <net/route.h>
#include <netinet/in_var.h>
#include <netinet6/nd6.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysctl.h>

#include "hearth-change-error-bsd.h"
#include "hearth-listeners-bsd.h"
#include "hearth-platform-backend.h"
#include "hearth-route-message-bsd.h"
#include "hearth-socket-address-bsd.h"
#include "hearth-surroundings-builder.h"

/* Invariant: after everything that the routing socket said was heard, the mirror is what
 * getifaddrs(3) would say. A message of it says only that something changed: the state is read
 * again, once for all messages that wait. So nothing is lost where the socket's buffer was full,
 * and a message that says less than there is, as they do of IPv6, does no harm. */

#define MESSAGE_BYTES 2048
#define MAX_MESSAGES_PER_BATCH 1024
#define HEAR_AGAIN_AFTER_MS 1000

#ifdef __APPLE__
#  define LINK_TABLE NET_RT_IFLIST2
#else
#  define LINK_TABLE NET_RT_IFLIST
#endif

static const char *const resolv_conf_paths[] = { "/etc/resolv.conf", NULL };

struct _HearthPlatformBsd {
  HearthPlatform parent_instance;

  const HearthSystemBsd *system; /* (borrowed) */
  int events;                    /* (owned) -1 for none */
  int requests_ipv4;             /* (owned) -1 for none */
  int requests_ipv6;             /* (owned) -1 for none */
  GSource *events_source;        /* (owned) */
  GSource *hear_again_source;    /* (owned) */
  gboolean hearing;
};

G_DEFINE_FINAL_TYPE (HearthPlatformBsd, hearth_platform_bsd, HEARTH_TYPE_PLATFORM)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
clear_descriptor (HearthPlatformBsd *self, int *descriptor)
{
  if (*descriptor >= 0)
    self->system->close (*descriptor);
  *descriptor = -1;
}

/* -1 with errno. A system without one of the families has the other one still. */
static int
get_requests (HearthPlatformBsd *self, HearthFamily family)
{
  int *requests = family == HEARTH_FAMILY_IPV4 ? &self->requests_ipv4 : &self->requests_ipv6;

  if (*requests < 0)
    *requests = self->system->open_requests (family == HEARTH_FAMILY_IPV4 ? AF_INET : AF_INET6);
  return *requests;
}

/* Records of getifaddrs(3): one for each link, of the family AF_LINK, and one for each address */

static gboolean
is_link (const struct ifaddrs *record)
{
  return record->ifa_addr != NULL && record->ifa_addr->sa_family == AF_LINK;
}

static guint32
read_index (const struct ifaddrs *record)
{
  struct sockaddr_dl name = { 0 };

  memcpy (&name, record->ifa_addr, MIN (sizeof name, record->ifa_addr->sa_len));
  return name.sdl_index;
}

static HearthLink *
read_link (const struct ifaddrs *record)
{
  g_autofree char *name = g_utf8_make_valid (record->ifa_name, -1);
  HearthLink link = { .index = read_index (record) };

  if ((record->ifa_flags & IFF_UP) != 0)
    link.flags |= HEARTH_LINK_FLAG_UP;
  if ((record->ifa_flags & IFF_LOOPBACK) != 0)
    link.flags |= HEARTH_LINK_FLAG_LOOPBACK;
  if (record->ifa_data != NULL)
    link.mtu_bytes = (guint32) ((const struct if_data *) record->ifa_data)->ifi_mtu;
  g_strlcpy (link.name, name, sizeof link.name);
  return hearth_link_copy (&link);
}

/* RFC 6890 for IPv4, RFC 4291 for IPv6: no scope is kept with an address here. */
static HearthScope
get_scope (const HearthAddress *address)
{
  static const guint8 one[16] = { [15] = 1 };
  const guint8 *bytes = address->bytes;

  if (address->family == HEARTH_FAMILY_IPV4)
    return bytes[0] == 127                      ? HEARTH_SCOPE_HOST
           : bytes[0] == 169 && bytes[1] == 254 ? HEARTH_SCOPE_LINK
                                                : HEARTH_SCOPE_GLOBAL;
  if (memcmp (bytes, one, sizeof one) == 0)
    return HEARTH_SCOPE_HOST;
  if (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80)
    return HEARTH_SCOPE_LINK;
  return bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0xc0 ? HEARTH_SCOPE_SITE : HEARTH_SCOPE_GLOBAL;
}

/* FALSE where it is no address of IPv4 or IPv6. */
static gboolean
read_address (const struct ifaddrs *record, guint32 link_index, HearthLinkAddress *address)
{
  const struct sockaddr *name = record->ifa_addr, *mask = record->ifa_netmask,
                        *peer = record->ifa_dstaddr;

  *address = (HearthLinkAddress) { .link_index = link_index };
  if (name == NULL)
    return FALSE;
  address->prefix.address = hearth_socket_address_bsd_read (name, name->sa_len, NULL);
  if (address->prefix.address.family == HEARTH_FAMILY_NONE)
    return FALSE;
  address->prefix.length = (guint8) hearth_address_get_bits (&address->prefix.address);
  if (mask != NULL)
    address->prefix.length =
        hearth_socket_address_bsd_read_prefix (mask, mask->sa_len, address->prefix.address.family);
  if ((record->ifa_flags & IFF_POINTOPOINT) != 0 && peer != NULL)
    address->peer = hearth_socket_address_bsd_read (peer, peer->sa_len, NULL);
  address->scope = (guint8) get_scope (&address->prefix.address);
  return TRUE;
}

/* What duplicate address detection and the lifetime of an address have come to (RFC 4862). */
static guint32
ask_flags (HearthPlatformBsd *self, const struct ifaddrs *record)
{
  int requests = get_requests (self, HEARTH_FAMILY_IPV6);
  struct in6_ifreq request = { 0 };
  guint32 flags = 0;

  g_strlcpy (request.ifr_name, record->ifa_name, sizeof request.ifr_name);
  memcpy (&request.ifr_ifru.ifru_addr, record->ifa_addr,
          MIN (record->ifa_addr->sa_len, sizeof request.ifr_ifru.ifru_addr));
  if (requests < 0 || self->system->ioctl (requests, SIOCGIFAFLAG_IN6, &request) != 0)
    return 0;
  if ((request.ifr_ifru.ifru_flags6 & IN6_IFF_TENTATIVE) != 0)
    flags |= HEARTH_LINK_ADDRESS_FLAG_TENTATIVE;
  if ((request.ifr_ifru.ifru_flags6 & IN6_IFF_DUPLICATED) != 0)
    flags |= HEARTH_LINK_ADDRESS_FLAG_DUPLICATE;
  if ((request.ifr_ifru.ifru_flags6 & IN6_IFF_DEPRECATED) != 0)
    flags |= HEARTH_LINK_ADDRESS_FLAG_DEPRECATED;
  return flags;
}

static gboolean
ask_records (HearthPlatformBsd *self, struct ifaddrs **first, GError **error)
{
  if (self->system->getifaddrs (first) == 0)
    return TRUE;
  g_set_error (error, HEARTH_ERROR,
               errno == EPERM || errno == EACCES ? HEARTH_ERROR_NOT_PERMITTED : HEARTH_ERROR_FAILED,
               _ ("The kernel would not list the network interfaces: %s."), g_strerror (errno));
  return FALSE;
}

/* Reading the whole state */

/* The numbers of the links, by the names that the addresses are listed with. */
static GHashTable *
put_links (HearthPlatform *platform, struct ifaddrs *first)
{
  GHashTable *indices = g_hash_table_new (g_str_hash, g_str_equal);

  for (struct ifaddrs *it = first; it != NULL; it = it->ifa_next)
    if (is_link (it) && read_index (it) != 0)
      {
        g_autoptr (HearthLink) link = read_link (it);

        hearth_platform_put_link (platform, link);
        g_hash_table_insert (indices, it->ifa_name, GUINT_TO_POINTER (link->index));
      }
  return indices;
}

static void
put_address (HearthPlatformBsd *self, const struct ifaddrs *record, guint32 link_index)
{
  HearthLinkAddress address;
  g_autoptr (HearthLinkAddress) copy = NULL;

  if (!read_address (record, link_index, &address))
    return;
  if (address.prefix.address.family == HEARTH_FAMILY_IPV6)
    address.flags = ask_flags (self, record);
  copy = hearth_link_address_copy (&address);
  hearth_platform_put_address (HEARTH_PLATFORM (self), copy);
}

static gboolean
read_state (HearthPlatformBsd *self, GError **error)
{
  g_autoptr (GHashTable) indices = NULL;
  struct ifaddrs *first;

  if (!ask_records (self, &first, error))
    return FALSE;
  self->hearing = TRUE;
  hearth_platform_begin_snapshot (HEARTH_PLATFORM (self));
  indices = put_links (HEARTH_PLATFORM (self), first);
  for (struct ifaddrs *it = first; it != NULL; it = it->ifa_next)
    put_address (self, it, GPOINTER_TO_UINT (g_hash_table_lookup (indices, it->ifa_name)));
  self->system->freeifaddrs (first);
  hearth_platform_commit (HEARTH_PLATFORM (self));
  self->hearing = FALSE;
  return TRUE;
}

/* Hearing of changes */

static void
note_change (const HearthRouteMessage *message, gpointer changed)
{
  *(gboolean *) changed |= message->kind == HEARTH_ROUTE_MESSAGE_CHANGED;
}

/* Reads what waits, up to a bound. FALSE where the socket is of no use any more. */
static gboolean
drain_events (HearthPlatformBsd *self, gboolean *changed)
{
  _Alignas (8) guint8 bytes[MESSAGE_BYTES];

  for (guint i = 0; i < MAX_MESSAGES_PER_BATCH; i++)
    {
      gssize length = self->system->read (self->events, bytes, sizeof bytes);

      if (length > 0)
        hearth_route_message_parse (bytes, (gsize) length, note_change, changed);
      else if (length < 0 && errno == ENOBUFS)
        *changed = TRUE; /* something was lost */
      else if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return TRUE;
      else if (length == 0 || errno != EINTR)
        return FALSE;
    }
  return TRUE;
}

static gboolean on_hear_again (gpointer user_data);

static void
hear_again_later (HearthPlatformBsd *self)
{
  if (self->hear_again_source != NULL)
    return;
  self->hear_again_source = g_timeout_source_new (HEAR_AGAIN_AFTER_MS);
  g_source_set_static_name (self->hear_again_source, "[hearth] read the state again");
  g_source_set_callback (self->hear_again_source, on_hear_again, self, NULL);
  g_source_attach (self->hear_again_source, g_main_context_get_thread_default ());
}

static void
read_state_or_later (HearthPlatformBsd *self)
{
  g_autoptr (GError) error = NULL;

  if (read_state (self, &error))
    return;
  g_debug ("Reading the state again: %s", error->message);
  hear_again_later (self);
}

static gboolean
on_events (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (HearthPlatformBsd) self = g_object_ref (user_data);
  gboolean changed = FALSE;
  gboolean goes_on = drain_events (self, &changed);

  if (changed)
    read_state_or_later (self);
  if (goes_on)
    return G_SOURCE_CONTINUE;
  clear_source (&self->events_source);
  hear_again_later (self);
  return G_SOURCE_REMOVE;
}

/* Opens the routing socket, anew where there is one. */
static gboolean
watch_events (HearthPlatformBsd *self, GError **error)
{
  clear_source (&self->events_source);
  clear_descriptor (self, &self->events);
  self->events = self->system->open_events ();
  if (self->events < 0)
    {
      g_set_error (error, HEARTH_ERROR,
                   errno == EPERM || errno == EACCES ? HEARTH_ERROR_NOT_PERMITTED
                                                     : HEARTH_ERROR_FAILED,
                   _ ("The kernel would not list the network interfaces: %s."), g_strerror (errno));
      return FALSE;
    }
  self->events_source = g_unix_fd_source_new (self->events, G_IO_IN | G_IO_ERR | G_IO_HUP);
  g_source_set_static_name (self->events_source, "[hearth] events of the kernel");
  g_source_set_callback (self->events_source, G_SOURCE_FUNC (on_events), self, NULL);
  g_source_attach (self->events_source, g_main_context_get_thread_default ());
  return TRUE;
}

static gboolean
on_hear_again (gpointer user_data)
{
  g_autoptr (HearthPlatformBsd) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;

  clear_source (&self->hear_again_source);
  if ((self->events_source == NULL && !watch_events (self, &error)) || !read_state (self, &error))
    {
      g_debug ("Hearing the kernel again: %s", error->message);
      hear_again_later (self);
    }
  return G_SOURCE_REMOVE;
}

/* HearthPlatform */

static gboolean
hearth_platform_bsd_start (HearthPlatform *platform, GError **error)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (platform);

  return watch_events (self, error) && read_state (self, error);
}

static void
hearth_platform_bsd_catch_up (HearthPlatform *platform)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (platform);
  gboolean changed = FALSE;

  if (self->events_source == NULL || self->hearing)
    return;
  drain_events (self, &changed); /* an end of it is seen by the main loop */
  if (changed)
    read_state_or_later (self);
}

/* What there is now where @address is to be. SIOCAIFADDR replaces an address that is there,
 * whatever its prefix, and SIOCDIFADDR takes the one away that has these bytes, whatever its
 * prefix: so both are asked for only after a look. */
typedef struct {
  char link_name[IFNAMSIZ]; /* empty where there is no such link */
  gboolean has_address;     /* with any prefix */
  gboolean has_record;      /* with this one */
} Look;

static void
look_at (struct ifaddrs *first, const HearthLinkAddress *wanted, Look *look)
{
  HearthLinkAddress address;

  for (struct ifaddrs *it = first; it != NULL; it = it->ifa_next)
    if (is_link (it) && read_index (it) == wanted->link_index)
      g_strlcpy (look->link_name, it->ifa_name, sizeof look->link_name);
  for (struct ifaddrs *it = first; it != NULL; it = it->ifa_next)
    if (g_str_equal (it->ifa_name, look->link_name) &&
        read_address (it, wanted->link_index, &address) &&
        hearth_address_equal (&address.prefix.address, &wanted->prefix.address))
      {
        look->has_address = TRUE;
        look->has_record |= address.prefix.length == wanted->prefix.length;
      }
}

/* Only root may change addresses here; who may not is told so first, as
 * hearth_platform_may_change() has it. */
static gboolean
look_up (HearthPlatformBsd *self, const HearthLinkAddress *wanted, Look *look, GError **error)
{
  g_autofree char *index = g_strdup_printf ("%u", wanted->link_index);
  struct ifaddrs *first;

  *look = (Look) { 0 };
  if (!ask_records (self, &first, error))
    return FALSE;
  look_at (first, wanted, look);
  self->system->freeifaddrs (first);
  if (self->system->get_user () != 0)
    {
      g_propagate_error (error, hearth_change_error_bsd_new (
                                    EPERM, wanted, look->link_name[0] ? look->link_name : index));
      return FALSE;
    }
  if (look->link_name[0] != '\0')
    return TRUE;
  g_propagate_error (error, hearth_change_error_bsd_new (ENXIO, wanted, index));
  return FALSE;
}

static gboolean
refuse (int number, const HearthLinkAddress *address, const Look *look, GError **error)
{
  g_propagate_error (error, hearth_change_error_bsd_new (number, address, look->link_name));
  return FALSE;
}

static gboolean
request_change (HearthPlatformBsd *self,
                unsigned long what,
                void *request,
                const HearthLinkAddress *address,
                const Look *look,
                GError **error)
{
  int requests = get_requests (self, address->prefix.address.family);

  if (requests < 0 || self->system->ioctl (requests, what, request) != 0)
    return refuse (errno, address, look, error);
  return TRUE;
}

/* The two structures have room for the same socket address (net/if.h). */
G_STATIC_ASSERT (sizeof (struct sockaddr_in) == sizeof (struct sockaddr));

static gboolean
add_ipv4 (HearthPlatformBsd *self, const HearthLinkAddress *address, Look *look, GError **error)
{
  HearthAddress mask = hearth_socket_address_bsd_make_mask (&address->prefix);
  struct ifaliasreq request = { 0 };
  struct sockaddr_in name;

  memcpy (request.ifra_name, look->link_name, sizeof request.ifra_name);
  hearth_socket_address_bsd_set_ipv4 (&name, &address->prefix.address);
  memcpy (&request.ifra_addr, &name, sizeof name);
  hearth_socket_address_bsd_set_ipv4 (&name, &mask);
  memcpy (&request.ifra_mask, &name, sizeof name);
  return request_change (self, SIOCAIFADDR, &request, address, look, error);
}

/* Lifetimes that are left at 0 would end it at once. */
static gboolean
add_ipv6 (HearthPlatformBsd *self, const HearthLinkAddress *address, Look *look, GError **error)
{
  HearthAddress mask = hearth_socket_address_bsd_make_mask (&address->prefix);
  struct in6_aliasreq request = { 0 };

  memcpy (request.ifra_name, look->link_name, sizeof request.ifra_name);
  hearth_socket_address_bsd_set_ipv6 (&request.ifra_addr, &address->prefix.address,
                                      address->link_index);
  hearth_socket_address_bsd_set_ipv6 (&request.ifra_prefixmask, &mask, 0);
  request.ifra_lifetime.ia6t_vltime = ND6_INFINITE_LIFETIME;
  request.ifra_lifetime.ia6t_pltime = ND6_INFINITE_LIFETIME;
  return request_change (self, SIOCAIFADDR_IN6, &request, address, look, error);
}

static gboolean
hearth_platform_bsd_add_address (HearthPlatform *platform,
                                 const HearthLinkAddress *address,
                                 GError **error)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (platform);
  Look look;

  if (!look_up (self, address, &look, error))
    return FALSE;
  if (address->prefix.length > hearth_address_get_bits (&address->prefix.address))
    return refuse (EINVAL, address, &look, error);
  if (look.has_address)
    return refuse (EEXIST, address, &look, error);
  return address->prefix.address.family == HEARTH_FAMILY_IPV4
             ? add_ipv4 (self, address, &look, error)
             : add_ipv6 (self, address, &look, error);
}

static gboolean
hearth_platform_bsd_remove_address (HearthPlatform *platform,
                                    const HearthLinkAddress *address,
                                    GError **error)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (platform);
  struct in6_ifreq ipv6 = { 0 };
  struct sockaddr_in name;
  struct ifreq ipv4 = { 0 };
  Look look;

  if (!look_up (self, address, &look, error))
    return FALSE;
  if (!look.has_record)
    return refuse (EADDRNOTAVAIL, address, &look, error);
  if (address->prefix.address.family == HEARTH_FAMILY_IPV4)
    {
      memcpy (ipv4.ifr_name, look.link_name, sizeof ipv4.ifr_name);
      hearth_socket_address_bsd_set_ipv4 (&name, &address->prefix.address);
      memcpy (&ipv4.ifr_addr, &name, sizeof name);
      return request_change (self, SIOCDIFADDR, &ipv4, address, &look, error);
    }
  memcpy (ipv6.ifr_name, look.link_name, sizeof ipv6.ifr_name);
  hearth_socket_address_bsd_set_ipv6 (&ipv6.ifr_ifru.ifru_addr, &address->prefix.address,
                                      address->link_index);
  return request_change (self, SIOCDIFADDR_IN6, &ipv6, address, &look, error);
}

/* There are no tags to give. */
static gboolean
hearth_platform_bsd_tag_address (HearthPlatform *platform,
                                 const HearthLinkAddress *address,
                                 GError **error)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (platform);
  Look look;

  if (!look_up (self, address, &look, error))
    return FALSE;
  return look.has_record || refuse (EADDRNOTAVAIL, address, &look, error);
}

/* Counters */

typedef struct {
  guint32 link_index;
  HearthCounters *counters;
  gboolean found;
} CountersWanted;

static void
take_counters (const HearthRouteMessage *message, gpointer user_data)
{
  CountersWanted *wanted = user_data;

  if (message->kind != HEARTH_ROUTE_MESSAGE_COUNTERS || message->link_index != wanted->link_index)
    return;
  *wanted->counters = message->counters;
  wanted->found = TRUE;
}

/* Where there is no such link, the list of it is empty. */
static gboolean
hearth_platform_bsd_read_counters (HearthPlatform *platform,
                                   guint32 link_index,
                                   HearthCounters *counters,
                                   GError **error)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (platform);
  const int name[] = { CTL_NET, PF_ROUTE, 0, 0, LINK_TABLE, (int) link_index };
  CountersWanted wanted = { .link_index = link_index, .counters = counters };
  g_autoptr (GBytes) bytes = NULL;

  *counters = (HearthCounters) { 0 };
  errno = 0;
  bytes = hearth_system_bsd_read (self->system, name, G_N_ELEMENTS (name), NULL);
  if (bytes != NULL)
    hearth_route_message_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                take_counters, &wanted);
  if (wanted.found)
    return TRUE;
  g_set_error (
      error, HEARTH_ERROR, bytes != NULL ? HEARTH_ERROR_NOT_FOUND : HEARTH_ERROR_FAILED,
      _ ("The counters of the network interface with the number %u could not be read: %s."),
      link_index, g_strerror (bytes != NULL ? ENXIO : errno));
  return FALSE;
}

/* Surroundings */

static void
take_surroundings (const HearthRouteMessage *message, gpointer builder)
{
  if (message->kind == HEARTH_ROUTE_MESSAGE_ROUTE)
    hearth_surroundings_builder_add_route (builder, message->link_index, &message->destination,
                                           &message->address);
  else if (message->kind == HEARTH_ROUTE_MESSAGE_NEIGHBOUR)
    hearth_surroundings_builder_add_neighbour (builder, &message->address);
}

/* A family that the kernel does not have has nothing to say, which is no error. */
static gboolean
dump_surroundings (HearthPlatformBsd *self,
                   int domain,
                   int table,
                   int flags,
                   HearthSurroundingsBuilder *builder,
                   GError **error)
{
  const int name[] = { CTL_NET, PF_ROUTE, 0, domain, table, flags };
  g_autoptr (GBytes) bytes = hearth_system_bsd_read (self->system, name, G_N_ELEMENTS (name), NULL);

  if (bytes != NULL)
    hearth_route_message_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                take_surroundings, builder);
  else if (errno != EAFNOSUPPORT && errno != ENOENT && errno != EINVAL)
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                   _ ("The kernel would not list the routes and neighbours: %s."),
                   g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

static gboolean
hearth_platform_bsd_read_surroundings (HearthPlatform *platform,
                                       HearthSurroundingsBuilder *builder,
                                       GError **error)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (platform);

  return dump_surroundings (self, AF_INET, NET_RT_DUMP, 0, builder, error) &&
         dump_surroundings (self, AF_INET6, NET_RT_DUMP, 0, builder, error) &&
         dump_surroundings (self, AF_INET, NET_RT_FLAGS, RTF_LLINFO, builder, error) &&
         dump_surroundings (self, AF_INET6, NET_RT_FLAGS, RTF_LLINFO, builder, error);
}

static GPtrArray *
hearth_platform_bsd_read_listeners (HearthPlatform *platform, GPtrArray *known, GError **error)
{
  return hearth_listeners_bsd_read (HEARTH_PLATFORM_BSD (platform)->system, known, error);
}

static gboolean
hearth_platform_bsd_only_listed_answer (HearthPlatform *platform)
{
  return TRUE;
}

/* GObject */

static void
hearth_platform_bsd_finalize (GObject *object)
{
  HearthPlatformBsd *self = HEARTH_PLATFORM_BSD (object);

  clear_source (&self->events_source);
  clear_source (&self->hear_again_source);
  clear_descriptor (self, &self->events);
  clear_descriptor (self, &self->requests_ipv4);
  clear_descriptor (self, &self->requests_ipv6);

  G_OBJECT_CLASS (hearth_platform_bsd_parent_class)->finalize (object);
}

static void
hearth_platform_bsd_class_init (HearthPlatformBsdClass *klass)
{
  HearthPlatformClass *platform_class = HEARTH_PLATFORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_platform_bsd_finalize;
  platform_class->start = hearth_platform_bsd_start;
  platform_class->add_address = hearth_platform_bsd_add_address;
  platform_class->remove_address = hearth_platform_bsd_remove_address;
  platform_class->tag_address = hearth_platform_bsd_tag_address;
  platform_class->read_counters = hearth_platform_bsd_read_counters;
  platform_class->catch_up = hearth_platform_bsd_catch_up;
  platform_class->read_surroundings = hearth_platform_bsd_read_surroundings;
  platform_class->read_listeners = hearth_platform_bsd_read_listeners;
  platform_class->only_listed_answer = hearth_platform_bsd_only_listed_answer;
  platform_class->resolv_conf_paths = resolv_conf_paths;
}

static void
hearth_platform_bsd_init (HearthPlatformBsd *self)
{
  self->events = -1;
  self->requests_ipv4 = -1;
  self->requests_ipv6 = -1;
}

/* Public */

HearthPlatform *
hearth_platform_bsd_new (const HearthSystemBsd *system)
{
  HearthPlatformBsd *self = g_object_new (HEARTH_TYPE_PLATFORM_BSD, NULL);

  self->system = system;
  return HEARTH_PLATFORM (self);
}
