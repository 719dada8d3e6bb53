/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-platform-windows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error-windows.h"
#include "hearth-listeners-windows.h"
#include "hearth-platform-backend.h"
#include "hearth-rows-windows.h"
#include "hearth-surroundings-builder.h"

/* Invariant: after every notice was heard, the mirror is what the tables say. A notice comes on a
 * thread of the system's, and does nothing there but make `news` ready, which any thread may do;
 * the tables are read in the main context, as a whole. A notice that comes while they are read
 * makes them be read once more. `news` outlives the notices: taking those back waits for those
 * under way.
 */

#define READ_AGAIN_AFTER_FAILURE_MS 1000
#define LOOK_AGAIN_MS 1000 /* where nobody tells */
#define MAX_TRIES 8
#define ADAPTERS_SIZE (16 * 1024) /* what Microsoft advises */

enum { NOTICE_ADDRESS, NOTICE_LINK, N_NOTICES };

struct _HearthPlatformWindows {
  HearthPlatform parent_instance;

  const HearthCallsWindows *calls;
  GSource *news;             /* (owned) (nullable) */
  HANDLE notices[N_NOTICES]; /* (owned) (nullable) */
  gboolean is_told;          /* of everything, so that nobody need look */
  gboolean reading;
};

G_DEFINE_FINAL_TYPE (HearthPlatformWindows, hearth_platform_windows, HEARTH_TYPE_PLATFORM)

static gint64
get_now_s (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* Reading */

static gboolean
fail (HearthPlatformWindows *self, DWORD number, const char *sentence, GError **error)
{
  g_autofree char *said = self->calls->describe_error (number);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HEARTH_ERROR,
               number == ERROR_ACCESS_DENIED ? HEARTH_ERROR_NOT_PERMITTED : HEARTH_ERROR_FAILED,
               sentence, said);
#pragma GCC diagnostic pop
  return FALSE;
}

/* The list of adapters, which grows while it is asked for. (transfer full) (nullable) */
static IP_ADAPTER_ADDRESSES *
read_adapters (HearthPlatformWindows *self, ULONG flags, DWORD *number)
{
  ULONG size = ADAPTERS_SIZE;

  *number = ERROR_BUFFER_OVERFLOW;
  for (int i = 0; *number == ERROR_BUFFER_OVERFLOW && i < MAX_TRIES; i++)
    {
      g_autofree IP_ADAPTER_ADDRESSES *adapters = g_malloc0 (size);

      *number = self->calls->GetAdaptersAddresses (AF_UNSPEC, flags, NULL, adapters, &size);
      if (*number == NO_ERROR)
        return g_steal_pointer (&adapters);
    }
  return NULL;
}

/* The adapter alone says whether a cable is in it; this, whether somebody switched it on. */
static gboolean
is_up (HearthPlatformWindows *self, const IP_ADAPTER_ADDRESSES *adapter)
{
  MIB_IF_ROW2 row = { .InterfaceIndex =
                          adapter->IfIndex != 0 ? adapter->IfIndex : adapter->Ipv6IfIndex };

  if (self->calls->GetIfEntry2 (&row) == NO_ERROR)
    return (int) row.AdminStatus == NET_IF_ADMIN_STATUS_UP;
  return (int) adapter->OperStatus == IfOperStatusUp;
}

static void
put_links (HearthPlatformWindows *self, const IP_ADAPTER_ADDRESSES *adapters)
{
  for (; adapters != NULL; adapters = adapters->Next)
    {
      g_autoptr (HearthLink) record = NULL;
      HearthLink link;

      if (!hearth_rows_windows_read_link (adapters, is_up (self, adapters), &link))
        continue;
      record = hearth_link_copy (&link);
      hearth_platform_put_link (HEARTH_PLATFORM (self), record);
    }
}

static void
put_addresses (HearthPlatformWindows *self, const MIB_UNICASTIPADDRESS_TABLE *table)
{
  gint64 now_s = get_now_s ();

  for (ULONG i = 0; table != NULL && i < table->NumEntries; i++)
    {
      g_autoptr (HearthLinkAddress) record = NULL;
      HearthLinkAddress address;

      if (!hearth_rows_windows_read_link_address (&table->Table[i], now_s, &address))
        continue;
      record = hearth_link_address_copy (&address);
      hearth_platform_put_address (HEARTH_PLATFORM (self), record);
    }
}

/* Links first, so that every address that is read has its link; one that came in between is told
 * of. ERROR_NO_DATA and ERROR_NOT_FOUND: there are none. */
static gboolean
read_state (HearthPlatformWindows *self, GError **error)
{
  g_autofree IP_ADAPTER_ADDRESSES *adapters = NULL;
  MIB_UNICASTIPADDRESS_TABLE *table = NULL;
  DWORD number;

  adapters = read_adapters (self,
                            GAA_FLAG_SKIP_UNICAST | GAA_FLAG_SKIP_ANYCAST |
                                GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER,
                            &number);
  if (adapters == NULL && number != ERROR_NO_DATA)
    return fail (self, number, _ ("The kernel would not list the network interfaces: %s."), error);
  number = self->calls->GetUnicastIpAddressTable (AF_UNSPEC, &table);
  if (number != NO_ERROR && number != ERROR_NOT_FOUND)
    return fail (self, number, _ ("The kernel would not list the network interfaces: %s."), error);

  self->reading = TRUE;
  hearth_platform_begin_snapshot (HEARTH_PLATFORM (self));
  put_links (self, adapters);
  put_addresses (self, table);
  hearth_platform_commit (HEARTH_PLATFORM (self));
  self->reading = FALSE;
  if (table != NULL)
    self->calls->FreeMibTable (table);
  return TRUE;
}

/* Hearing */

static void
make_ready_in (HearthPlatformWindows *self, guint delay_ms)
{
  g_source_set_ready_time (self->news,
                           g_get_monotonic_time () + delay_ms * G_GINT64_CONSTANT (1000));
}

/* What comes from now on makes it ready again, and is read again. */
static gboolean
on_news (gpointer user_data)
{
  g_autoptr (HearthPlatformWindows) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;

  g_source_set_ready_time (self->news, -1);
  if (!self->is_told)
    make_ready_in (self, LOOK_AGAIN_MS);
  if (!read_state (self, &error))
    {
      g_debug ("Reading the state again: %s", error->message);
      make_ready_in (self, READ_AGAIN_AFTER_FAILURE_MS);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_news (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs news_funcs = { .dispatch = dispatch_news };

/* On a thread of the system's. */
static void NETIOAPI_API_
hear_address (PVOID news, PMIB_UNICASTIPADDRESS_ROW row, MIB_NOTIFICATION_TYPE type)
{
  g_source_set_ready_time (news, 0);
}

static void NETIOAPI_API_
hear_link (PVOID news, PMIB_IPINTERFACE_ROW row, MIB_NOTIFICATION_TYPE type)
{
  g_source_set_ready_time (news, 0);
}

static void
unwatch (HearthPlatformWindows *self)
{
  for (guint i = 0; i < N_NOTICES; i++)
    if (self->notices[i] != NULL)
      {
        self->calls->CancelMibChangeNotify2 (self->notices[i]);
        self->notices[i] = NULL;
      }
  if (self->news != NULL)
    g_source_destroy (self->news);
  g_clear_pointer (&self->news, g_source_unref);
}

/* A system that tells of nothing, even where it does not say so (Wine 10 gives no handle), is
 * looked at every second. */
static void
watch (HearthPlatformWindows *self)
{
  DWORD number[N_NOTICES];

  unwatch (self);
  self->news = g_source_new (&news_funcs, sizeof (GSource));
  g_source_set_static_name (self->news, "[hearth] notices of the system");
  g_source_set_callback (self->news, on_news, self, NULL);
  g_source_attach (self->news, g_main_context_get_thread_default ());

  number[NOTICE_ADDRESS] = self->calls->NotifyUnicastIpAddressChange (
      AF_UNSPEC, hear_address, self->news, FALSE, &self->notices[NOTICE_ADDRESS]);
  number[NOTICE_LINK] = self->calls->NotifyIpInterfaceChange (AF_UNSPEC, hear_link, self->news,
                                                              FALSE, &self->notices[NOTICE_LINK]);
  self->is_told = TRUE;
  for (guint i = 0; i < N_NOTICES; i++)
    if (number[i] != NO_ERROR || self->notices[i] == NULL)
      {
        g_debug ("The system does not tell of changes: error %u", (guint) number[i]);
        self->notices[i] = NULL;
        self->is_told = FALSE;
      }
  if (!self->is_told)
    make_ready_in (self, LOOK_AGAIN_MS);
}

/* HearthPlatform */

static gboolean
hearth_platform_windows_start (HearthPlatform *platform, GError **error)
{
  HearthPlatformWindows *self = HEARTH_PLATFORM_WINDOWS (platform);

  watch (self);
  if (read_state (self, error))
    return TRUE;
  unwatch (self);
  return FALSE;
}

/* The tables say what is, at once. */
static void
hearth_platform_windows_catch_up (HearthPlatform *platform)
{
  HearthPlatformWindows *self = HEARTH_PLATFORM_WINDOWS (platform);
  g_autoptr (GError) error = NULL;

  if (self->news == NULL || self->reading)
    return;
  if (!read_state (self, &error))
    {
      g_debug ("Reading the state again: %s", error->message);
      make_ready_in (self, READ_AGAIN_AFTER_FAILURE_MS);
    }
}

static gboolean
refuse (HearthPlatformWindows *self,
        gboolean removes,
        DWORD number,
        const HearthLinkAddress *address,
        GError **error)
{
  const HearthLink *link = hearth_platform_get_link (HEARTH_PLATFORM (self), address->link_index);

  g_propagate_error (error, hearth_error_windows_new (self->calls, removes, number, address,
                                                      link != NULL ? link->name : NULL));
  return FALSE;
}

static gboolean
is_member (HearthPlatformWindows *self, WELL_KNOWN_SID_TYPE group)
{
  _Alignas (8) guint8 sid[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof sid;
  BOOL is = FALSE;

  return self->calls->CreateWellKnownSid (group, NULL, sid, &size) &&
         self->calls->CheckTokenMembership (NULL, sid, &is) && is;
}

/* The system looks for the interface before it looks at the rights, so that of one that is not
 * there it would not say that they are missing (hearth_platform_may_change()). An administrator's
 * process that was not elevated counts as none. */
static gboolean
check_link (HearthPlatformWindows *self,
            gboolean removes,
            const HearthLinkAddress *address,
            GError **error)
{
  if (hearth_platform_get_link (HEARTH_PLATFORM (self), address->link_index) != NULL)
    return TRUE;
  return refuse (self, removes,
                 is_member (self, WinBuiltinAdministratorsSid) ||
                         is_member (self, WinBuiltinNetworkConfigurationOperatorsSid)
                     ? ERROR_NOT_FOUND
                     : ERROR_ACCESS_DENIED,
                 address, error);
}

static gboolean
hearth_platform_windows_add_address (HearthPlatform *platform,
                                     const HearthLinkAddress *address,
                                     GError **error)
{
  HearthPlatformWindows *self = HEARTH_PLATFORM_WINDOWS (platform);
  MIB_UNICASTIPADDRESS_ROW row;
  DWORD number;

  if (!check_link (self, FALSE, address, error))
    return FALSE;
  self->calls->InitializeUnicastIpAddressEntry (&row);
  hearth_rows_windows_write_link_address (address, get_now_s (), &row);
  number = self->calls->CreateUnicastIpAddressEntry (&row);
  return number == NO_ERROR || refuse (self, FALSE, number, address, error);
}

/* Windows tells addresses by the interface alone: one with another prefix is another one here.
 * ERROR_NOT_FOUND where it is not there. */
static DWORD
find (HearthPlatformWindows *self, const HearthLinkAddress *address, MIB_UNICASTIPADDRESS_ROW *row)
{
  DWORD number;

  *row = (MIB_UNICASTIPADDRESS_ROW) { .InterfaceIndex = address->link_index };
  hearth_rows_windows_write_address (&address->prefix.address, &row->Address);
  number = self->calls->GetUnicastIpAddressEntry (row);
  if (number != NO_ERROR)
    return number;
  return row->OnLinkPrefixLength == address->prefix.length ? NO_ERROR : ERROR_NOT_FOUND;
}

static gboolean
hearth_platform_windows_remove_address (HearthPlatform *platform,
                                        const HearthLinkAddress *address,
                                        GError **error)
{
  HearthPlatformWindows *self = HEARTH_PLATFORM_WINDOWS (platform);
  MIB_UNICASTIPADDRESS_ROW row;
  DWORD number;

  if (!check_link (self, TRUE, address, error))
    return FALSE;
  number = find (self, address, &row);
  if (number == NO_ERROR)
    number = self->calls->DeleteUnicastIpAddressEntry (&row);
  return number == NO_ERROR || refuse (self, TRUE, number, address, error);
}

/* There are none to give. */
static gboolean
hearth_platform_windows_tag_address (HearthPlatform *platform,
                                     const HearthLinkAddress *address,
                                     GError **error)
{
  HearthPlatformWindows *self = HEARTH_PLATFORM_WINDOWS (platform);
  MIB_UNICASTIPADDRESS_ROW row;
  DWORD number;

  if (!check_link (self, TRUE, address, error))
    return FALSE;
  number = find (self, address, &row);
  return number == NO_ERROR || refuse (self, TRUE, number, address, error);
}

static gboolean
hearth_platform_windows_read_counters (HearthPlatform *platform,
                                       guint32 link_index,
                                       HearthCounters *counters,
                                       GError **error)
{
  HearthPlatformWindows *self = HEARTH_PLATFORM_WINDOWS (platform);
  MIB_IF_ROW2 row = { .InterfaceIndex = link_index };
  DWORD number = self->calls->GetIfEntry2 (&row);
  g_autofree char *said = NULL;

  *counters = (HearthCounters) { 0 };
  if (number == NO_ERROR)
    {
      hearth_rows_windows_read_counters (&row, counters);
      return TRUE;
    }
  said = self->calls->describe_error (number);
  g_set_error (
      error, HEARTH_ERROR,
      number == ERROR_FILE_NOT_FOUND || number == ERROR_NOT_FOUND ? HEARTH_ERROR_NOT_FOUND
                                                                  : HEARTH_ERROR_FAILED,
      _ ("The counters of the network interface with the number %u could not be read: %s."),
      link_index, said);
  return FALSE;
}

/* Surroundings */

static void
add_routes (HearthSurroundingsBuilder *builder, const MIB_IPFORWARD_TABLE2 *table)
{
  for (ULONG i = 0; i < table->NumEntries; i++)
    {
      HearthPrefix destination;
      HearthAddress gateway;

      if (hearth_rows_windows_read_route (&table->Table[i], &destination, &gateway))
        hearth_surroundings_builder_add_route (builder, table->Table[i].InterfaceIndex,
                                               &destination, &gateway);
    }
}

static void
add_neighbours (HearthSurroundingsBuilder *builder, const MIB_IPNET_TABLE2 *table)
{
  HearthAddress address;

  for (ULONG i = 0; i < table->NumEntries; i++)
    if (hearth_rows_windows_read_neighbour (&table->Table[i], &address))
      hearth_surroundings_builder_add_neighbour (builder, &address);
}

static void
add_name_servers (HearthSurroundingsBuilder *builder, const IP_ADAPTER_ADDRESSES *adapters)
{
  for (; adapters != NULL; adapters = adapters->Next)
    for (const IP_ADAPTER_DNS_SERVER_ADDRESS *server = adapters->FirstDnsServerAddress;
         server != NULL; server = server->Next)
      {
        SOCKADDR_INET row = { 0 };
        HearthAddress address;

        memcpy (&row, server->Address.lpSockaddr,
                MIN (sizeof row, (gsize) MAX (server->Address.iSockaddrLength, 0)));
        address = hearth_rows_windows_read_address (&row);
        if (address.family != HEARTH_FAMILY_NONE)
          hearth_surroundings_builder_add_name_server (builder, &address);
      }
}

/* One that this system does not know has none, which is no error. */
static gboolean
is_nothing (DWORD number)
{
  return number == ERROR_NOT_FOUND || number == ERROR_NOT_SUPPORTED ||
         number == ERROR_INVALID_FUNCTION;
}

static DWORD
ask_family (HearthPlatformWindows *self, ADDRESS_FAMILY family, HearthSurroundingsBuilder *builder)
{
  MIB_IPFORWARD_TABLE2 *routes = NULL;
  MIB_IPNET_TABLE2 *neighbours = NULL;
  DWORD number = self->calls->GetIpForwardTable2 (family, &routes);

  if (number == NO_ERROR)
    {
      add_routes (builder, routes);
      self->calls->FreeMibTable (routes);
    }
  else if (!is_nothing (number))
    return number;
  number = self->calls->GetIpNetTable2 (family, &neighbours);
  if (number == NO_ERROR)
    {
      add_neighbours (builder, neighbours);
      self->calls->FreeMibTable (neighbours);
    }
  return is_nothing (number) ? NO_ERROR : number;
}

static gboolean
hearth_platform_windows_read_surroundings (HearthPlatform *platform,
                                           HearthSurroundingsBuilder *builder,
                                           GError **error)
{
  HearthPlatformWindows *self = HEARTH_PLATFORM_WINDOWS (platform);
  g_autofree IP_ADAPTER_ADDRESSES *adapters = NULL;
  DWORD number = ask_family (self, AF_INET, builder);

  if (number == NO_ERROR)
    number = ask_family (self, AF_INET6, builder);
  if (number != NO_ERROR)
    return fail (self, number, _ ("The kernel would not list the routes and neighbours: %s."),
                 error);
  adapters = read_adapters (
      self, GAA_FLAG_SKIP_UNICAST | GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST, &number);
  add_name_servers (builder, adapters);
  return TRUE;
}

static GPtrArray *
hearth_platform_windows_read_listeners (HearthPlatform *platform, GPtrArray *known, GError **error)
{
  return hearth_listeners_windows_read (HEARTH_PLATFORM_WINDOWS (platform)->calls, error);
}

/* GObject */

static void
hearth_platform_windows_finalize (GObject *object)
{
  unwatch (HEARTH_PLATFORM_WINDOWS (object));

  G_OBJECT_CLASS (hearth_platform_windows_parent_class)->finalize (object);
}

static void
hearth_platform_windows_class_init (HearthPlatformWindowsClass *klass)
{
  HearthPlatformClass *platform_class = HEARTH_PLATFORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_platform_windows_finalize;
  platform_class->start = hearth_platform_windows_start;
  platform_class->add_address = hearth_platform_windows_add_address;
  platform_class->remove_address = hearth_platform_windows_remove_address;
  platform_class->tag_address = hearth_platform_windows_tag_address;
  platform_class->read_counters = hearth_platform_windows_read_counters;
  platform_class->catch_up = hearth_platform_windows_catch_up;
  platform_class->read_surroundings = hearth_platform_windows_read_surroundings;
  platform_class->read_listeners = hearth_platform_windows_read_listeners;
}

static void
hearth_platform_windows_init (HearthPlatformWindows *self)
{
}

/* Public */

HearthPlatform *
hearth_platform_windows_new (const HearthCallsWindows *calls)
{
  HearthPlatformWindows *self = g_object_new (HEARTH_TYPE_PLATFORM_WINDOWS, NULL);

  self->calls = calls;
  return HEARTH_PLATFORM (self);
}
