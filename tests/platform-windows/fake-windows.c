/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-windows.h"

#include <string.h>

#include "hearth-processes-windows.h"
#include "hearth-rows-windows.h"

/* The layouts that the tables have on Windows of 64 bits: the same in its SDK's headers and in the
 * small ones beside this file. */
#define AT(type, member, offset) G_STATIC_ASSERT (G_STRUCT_OFFSET (type, member) == (offset))

AT (IP_ADAPTER_ADDRESSES, IfIndex, 4);
AT (IP_ADAPTER_ADDRESSES, Next, 8);
AT (IP_ADAPTER_ADDRESSES, FirstDnsServerAddress, 48);
AT (IP_ADAPTER_ADDRESSES, FriendlyName, 72);
AT (IP_ADAPTER_ADDRESSES, Mtu, 96);
AT (IP_ADAPTER_ADDRESSES, IfType, 100);
AT (IP_ADAPTER_ADDRESSES, OperStatus, 104);
AT (IP_ADAPTER_ADDRESSES, Ipv6IfIndex, 108);
AT (IP_ADAPTER_DNS_SERVER_ADDRESS, Next, 8);
AT (IP_ADAPTER_DNS_SERVER_ADDRESS, Address, 16);
G_STATIC_ASSERT (sizeof (SOCKET_ADDRESS) == 16);
G_STATIC_ASSERT (sizeof (SOCKADDR_INET) == 28);
AT (MIB_UNICASTIPADDRESS_ROW, InterfaceIndex, 40);
AT (MIB_UNICASTIPADDRESS_ROW, ValidLifetime, 52);
AT (MIB_UNICASTIPADDRESS_ROW, OnLinkPrefixLength, 60);
AT (MIB_UNICASTIPADDRESS_ROW, DadState, 64);
AT (MIB_UNICASTIPADDRESS_TABLE, Table, 8);
G_STATIC_ASSERT (sizeof (MIB_UNICASTIPADDRESS_ROW) == 80);
AT (MIB_IF_ROW2, InterfaceIndex, 8);
AT (MIB_IF_ROW2, AdminStatus, 1160);
AT (MIB_IF_ROW2, InOctets, 1208);
AT (MIB_IF_ROW2, InErrors, 1240);
AT (MIB_IF_ROW2, OutOctets, 1280);
AT (MIB_IF_ROW2, OutErrors, 1312);
G_STATIC_ASSERT (sizeof (MIB_IF_ROW2) == 1352);
AT (MIB_IPFORWARD_ROW2, DestinationPrefix, 12);
AT (MIB_IPFORWARD_ROW2, DestinationPrefix.PrefixLength, 40);
AT (MIB_IPFORWARD_ROW2, NextHop, 44);
AT (MIB_IPFORWARD_ROW2, Loopback, 92);
AT (MIB_IPFORWARD_TABLE2, Table, 8);
G_STATIC_ASSERT (sizeof (MIB_IPFORWARD_ROW2) == 104);
AT (MIB_IPNET_ROW2, PhysicalAddressLength, 72);
AT (MIB_IPNET_ROW2, State, 76);
AT (MIB_IPNET_TABLE2, Table, 8);
G_STATIC_ASSERT (sizeof (MIB_IPNET_ROW2) == 88);
AT (MIB_TCPTABLE_OWNER_MODULE, table, 8);
AT (MIB_TCPROW_OWNER_MODULE, dwOwningPid, 20);
AT (MIB_TCPROW_OWNER_MODULE, liCreateTimestamp, 24);
G_STATIC_ASSERT (sizeof (MIB_TCPROW_OWNER_MODULE) == 160);
AT (MIB_TCP6ROW_OWNER_MODULE, dwLocalPort, 20);
AT (MIB_TCP6ROW_OWNER_MODULE, dwState, 48);
AT (MIB_TCP6ROW_OWNER_MODULE, liCreateTimestamp, 56);
G_STATIC_ASSERT (sizeof (MIB_TCP6ROW_OWNER_MODULE) == 192);
AT (MIB_UDPROW_OWNER_MODULE, dwOwningPid, 8);
AT (MIB_UDPROW_OWNER_MODULE, liCreateTimestamp, 16);
G_STATIC_ASSERT (sizeof (MIB_UDPROW_OWNER_MODULE) == 160);
AT (MIB_UDP6ROW_OWNER_MODULE, dwOwningPid, 24);
AT (MIB_UDP6ROW_OWNER_MODULE, liCreateTimestamp, 32);
G_STATIC_ASSERT (sizeof (MIB_UDP6ROW_OWNER_MODULE) == 176);
AT (PROCESSENTRY32W, th32ProcessID, 8);
AT (PROCESSENTRY32W, szExeFile, 44);
AT (TOKEN_USER, User.Sid, 0);
AT (SID, SubAuthority, 8);
G_STATIC_ASSERT (sizeof (UNICODE_STRING) == 16);

/* The system: guarded by `lock`, since it is asked on other threads too. */

typedef struct {
  guint32 index;
  IFTYPE type;
  gboolean up, only_ipv6;
  gunichar2 name[300];
  SOCKADDR_INET servers[4];
  guint n_servers;
} Adapter;

typedef struct {
  gboolean tcp, ipv6, connected;
  HearthAddress address;
  guint32 scope, pid;
  guint16 port;
  gint64 created;
} Socket;

typedef struct {
  guint32 pid, user_id;
  char *name, *command, *user;
  gboolean ended, has_window, obeys;
  gsize wait; /* of the end, the address of a Wait or 0 */
} Process;

typedef struct {
  guint32 pid;
  WAITORTIMERCALLBACK callback;
  gpointer context;
} Wait;

typedef struct {
  PUNICAST_IPADDRESS_CHANGE_CALLBACK address;
  PIPINTERFACE_CHANGE_CALLBACK link;
  gpointer context;
} Notice;

static GMutex lock;
static struct {
  GArray *adapters, *rows, *routes, *neighbours, *sockets, *processes;
  GPtrArray *notices, *threads;
  GHashTable *failures; /* name of a function → number */
  gboolean elevated, silent;
  guint n_open, n_opened;
  DWORD last_error, silence;
} fake;

static void
clear_process (gpointer data)
{
  Process *process = data;

  g_free (process->name);
  g_free (process->command);
  g_free (process->user);
}

static gboolean
fails (const char *function, DWORD *number)
{
  gpointer value;

  if (!g_hash_table_lookup_extended (fake.failures, function, NULL, &value))
    return FALSE;
  *number = GPOINTER_TO_UINT (value);
  return TRUE;
}

/* Notices: each on a thread of its own, which taking it back waits for. */

static gpointer
tell (gpointer data)
{
  g_autoptr (GPtrArray) notices = data;

  for (guint i = 0; i < notices->len; i++)
    {
      const Notice *notice = notices->pdata[i];

      if (notice->address != NULL)
        notice->address (notice->context, NULL, MibAddInstance);
      else
        notice->link (notice->context, NULL, MibAddInstance);
    }
  return NULL;
}

/* With the lock held. */
static void
tell_all (void)
{
  GPtrArray *notices = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; !fake.silent && i < fake.notices->len; i++)
    g_ptr_array_add (notices, g_memdup2 (fake.notices->pdata[i], sizeof (Notice)));
  g_ptr_array_add (fake.threads, g_thread_new ("notice", tell, notices));
}

static void
join_threads (void)
{
  g_autoptr (GPtrArray) threads = NULL;

  g_mutex_lock (&lock);
  threads = g_steal_pointer (&fake.threads);
  fake.threads = g_ptr_array_new ();
  g_mutex_unlock (&lock);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
}

static DWORD
add_notice (PUNICAST_IPADDRESS_CHANGE_CALLBACK address,
            PIPINTERFACE_CHANGE_CALLBACK link,
            gpointer context,
            HANDLE *handle)
{
  Notice notice = { .address = address, .link = link, .context = context };

  if (fake.silent)
    return fake.silence;
  *handle = g_memdup2 (&notice, sizeof notice);
  g_mutex_lock (&lock);
  g_ptr_array_add (fake.notices, *handle);
  g_mutex_unlock (&lock);
  return NO_ERROR;
}

static DWORD WINAPI
notify_address (ADDRESS_FAMILY family,
                PUNICAST_IPADDRESS_CHANGE_CALLBACK callback,
                PVOID context,
                BOOLEAN initial,
                HANDLE *handle)
{
  g_assert_cmpuint (family, ==, AF_UNSPEC);
  g_assert_false (initial);
  return add_notice (callback, NULL, context, handle);
}

static DWORD WINAPI
notify_link (ADDRESS_FAMILY family,
             PIPINTERFACE_CHANGE_CALLBACK callback,
             PVOID context,
             BOOLEAN initial,
             HANDLE *handle)
{
  g_assert_cmpuint (family, ==, AF_UNSPEC);
  g_assert_false (initial);
  return add_notice (NULL, callback, context, handle);
}

static DWORD WINAPI
cancel_notice (HANDLE handle)
{
  g_mutex_lock (&lock);
  g_assert_true (g_ptr_array_remove (fake.notices, handle));
  g_mutex_unlock (&lock);
  join_threads ();
  return NO_ERROR;
}

/* Adapters */

static Adapter *
find_adapter (guint32 index)
{
  for (guint i = 0; i < fake.adapters->len; i++)
    if (g_array_index (fake.adapters, Adapter, i).index == index)
      return &g_array_index (fake.adapters, Adapter, i);
  return NULL;
}

typedef struct {
  IP_ADAPTER_ADDRESSES row;
  WCHAR name[300];
  IP_ADAPTER_DNS_SERVER_ADDRESS servers[4];
  SOCKADDR_INET addresses[4];
} AdapterRow;

static void
write_adapter (const Adapter *adapter, AdapterRow *row, gboolean with_servers)
{
  *row = (AdapterRow) { 0 };
  row->row.IfIndex = adapter->only_ipv6 ? 0 : adapter->index;
  row->row.Ipv6IfIndex = adapter->index;
  row->row.IfType = adapter->type;
  row->row.OperStatus = IfOperStatusDown;
  row->row.Mtu = adapter->type == IF_TYPE_SOFTWARE_LOOPBACK ? 0xffffffff : 1500;
  row->row.FriendlyName = row->name;
  memcpy (row->name, adapter->name, sizeof row->name);
  for (guint i = 0; with_servers && i < adapter->n_servers; i++)
    {
      gboolean ipv4 = adapter->servers[i].si_family == AF_INET;

      row->addresses[i] = adapter->servers[i];
      row->servers[i].Address.lpSockaddr = (gpointer) &row->addresses[i];
      row->servers[i].Address.iSockaddrLength =
          ipv4 ? sizeof row->addresses[i].Ipv4 : sizeof row->addresses[i].Ipv6;
      row->servers[i].Next = i + 1 < adapter->n_servers ? &row->servers[i + 1] : NULL;
    }
  if (with_servers && adapter->n_servers > 0)
    row->row.FirstDnsServerAddress = &row->servers[0];
}

static ULONG WINAPI
get_adapters (
    ULONG family, ULONG flags, PVOID reserved, IP_ADAPTER_ADDRESSES *adapters, PULONG size)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  AdapterRow *rows = (AdapterRow *) adapters;
  ULONG needed = (ULONG) (fake.adapters->len * sizeof (AdapterRow));
  DWORD number;

  g_assert_cmpuint (family, ==, AF_UNSPEC);
  g_assert_null (reserved);
  if (fails ("GetAdaptersAddresses", &number))
    return number;
  if (fake.adapters->len == 0)
    return ERROR_NO_DATA;
  if (*size < needed)
    {
      *size = needed;
      return ERROR_BUFFER_OVERFLOW;
    }
  for (guint i = 0; i < fake.adapters->len; i++)
    {
      write_adapter (&g_array_index (fake.adapters, Adapter, i), &rows[i],
                     (flags & GAA_FLAG_SKIP_DNS_SERVER) == 0);
      rows[i].row.Next = i + 1 < fake.adapters->len ? &rows[i + 1].row : NULL;
    }
  return NO_ERROR;
}

static DWORD WINAPI
get_if_entry (PMIB_IF_ROW2 row)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const Adapter *adapter = find_adapter (row->InterfaceIndex);
  DWORD number;

  if (fails ("GetIfEntry2", &number))
    return number;
  if (adapter == NULL)
    return ERROR_FILE_NOT_FOUND;
  row->AdminStatus = adapter->up ? NET_IF_ADMIN_STATUS_UP : NET_IF_ADMIN_STATUS_DOWN;
  row->InOctets = row->OutOctets = 1000 + adapter->index;
  row->InUcastPkts = 20;
  row->InNUcastPkts = 3;
  row->InErrors = 4;
  row->InDiscards = 5;
  row->OutUcastPkts = 60;
  row->OutNUcastPkts = 7;
  row->OutErrors = 8;
  row->OutDiscards = 9;
  return NO_ERROR;
}

/* Addresses */

/* The rows of one family, whose address stands at @at. */
static GArray *
choose (GArray *rows, gsize at, ADDRESS_FAMILY family)
{
  gsize size = g_array_get_element_size (rows);
  GArray *chosen = g_array_new (FALSE, FALSE, (guint) size);

  for (guint i = 0; i < rows->len; i++)
    if (((const SOCKADDR_INET *) (gpointer) (rows->data + i * size + at))->si_family == family)
      g_array_append_vals (chosen, rows->data + i * size, 1);
  return chosen;
}

static DWORD
make_table (const char *function, GArray *rows, gsize first, gpointer *table)
{
  gsize length = rows->len * g_array_get_element_size (rows);
  DWORD number;

  if (fails (function, &number))
    return number;
  *table = g_malloc0 (first + length);
  *(ULONG *) *table = rows->len;
  if (length > 0)
    memcpy ((guint8 *) *table + first, rows->data, length);
  fake.n_open++;
  return NO_ERROR;
}

static DWORD WINAPI
get_addresses (ADDRESS_FAMILY family, PMIB_UNICASTIPADDRESS_TABLE *table)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_assert_cmpuint (family, ==, AF_UNSPEC);
  return make_table ("GetUnicastIpAddressTable", fake.rows,
                     G_STRUCT_OFFSET (MIB_UNICASTIPADDRESS_TABLE, Table), (gpointer *) table);
}

static void WINAPI
free_table (PVOID table)
{
  g_free (table);
  fake.n_open--;
}

static int
find_row (const MIB_UNICASTIPADDRESS_ROW *wanted)
{
  HearthAddress address = hearth_rows_windows_read_address (&wanted->Address);

  for (guint i = 0; i < fake.rows->len; i++)
    {
      const MIB_UNICASTIPADDRESS_ROW *row = &g_array_index (fake.rows, MIB_UNICASTIPADDRESS_ROW, i);
      HearthAddress other = hearth_rows_windows_read_address (&row->Address);

      if (row->InterfaceIndex == wanted->InterfaceIndex && hearth_address_equal (&address, &other))
        return (int) i;
    }
  return -1;
}

static DWORD WINAPI
get_address (PMIB_UNICASTIPADDRESS_ROW row)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  int i = find_row (row);

  if (i < 0)
    return ERROR_NOT_FOUND;
  *row = g_array_index (fake.rows, MIB_UNICASTIPADDRESS_ROW, i);
  return NO_ERROR;
}

static void WINAPI
initialize_address (PMIB_UNICASTIPADDRESS_ROW row)
{
  memset (row, 0, sizeof *row);
  row->OnLinkPrefixLength = 255;
  row->ValidLifetime = row->PreferredLifetime = 0xffffffff;
}

/* Windows translates the number of the interface before it asks for anything. */
static DWORD
check_change (const char *function, const MIB_UNICASTIPADDRESS_ROW *row)
{
  DWORD number;

  if (fails (function, &number))
    return number;
  if (find_adapter (row->InterfaceIndex) == NULL)
    return ERROR_NOT_FOUND;
  return fake.elevated ? NO_ERROR : ERROR_ACCESS_DENIED;
}

static DWORD WINAPI
create_address (const MIB_UNICASTIPADDRESS_ROW *row)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  HearthAddress address = hearth_rows_windows_read_address (&row->Address);
  DWORD number = check_change ("CreateUnicastIpAddressEntry", row);

  if (number != NO_ERROR)
    return number;
  if (row->OnLinkPrefixLength > hearth_address_get_bits (&address) || row->ValidLifetime == 0 ||
      row->PreferredLifetime > row->ValidLifetime)
    return ERROR_INVALID_PARAMETER;
  if (find_row (row) >= 0)
    return ERROR_OBJECT_ALREADY_EXISTS;
  g_array_append_vals (fake.rows, row, 1);
  tell_all ();
  return NO_ERROR;
}

static DWORD WINAPI
delete_address (const MIB_UNICASTIPADDRESS_ROW *row)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  DWORD number = check_change ("DeleteUnicastIpAddressEntry", row);
  int i = find_row (row);

  if (number != NO_ERROR)
    return number;
  if (i < 0)
    return ERROR_NOT_FOUND;
  g_array_remove_index (fake.rows, (guint) i);
  tell_all ();
  return NO_ERROR;
}

/* Surroundings */

static DWORD WINAPI
get_routes (ADDRESS_FAMILY family, PMIB_IPFORWARD_TABLE2 *table)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autoptr (GArray) rows =
      choose (fake.routes, G_STRUCT_OFFSET (MIB_IPFORWARD_ROW2, DestinationPrefix), family);

  return make_table ("GetIpForwardTable2", rows, G_STRUCT_OFFSET (MIB_IPFORWARD_TABLE2, Table),
                     (gpointer *) table);
}

static DWORD WINAPI
get_neighbours (ADDRESS_FAMILY family, PMIB_IPNET_TABLE2 *table)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autoptr (GArray) rows =
      choose (fake.neighbours, G_STRUCT_OFFSET (MIB_IPNET_ROW2, Address), family);

  return make_table ("GetIpNetTable2", rows, G_STRUCT_OFFSET (MIB_IPNET_TABLE2, Table),
                     (gpointer *) table);
}

/* Sockets */

static void
append_socket (GByteArray *rows, const Socket *socket)
{
  MIB_TCPROW_OWNER_MODULE tcp = { .dwState = socket->connected ? 5 : MIB_TCP_STATE_LISTEN,
                                  .dwLocalPort = GUINT16_TO_BE (socket->port),
                                  .dwOwningPid = socket->pid,
                                  .liCreateTimestamp.QuadPart = socket->created };
  MIB_TCP6ROW_OWNER_MODULE tcp6 = { .dwState = tcp.dwState,
                                    .dwLocalPort = tcp.dwLocalPort,
                                    .dwLocalScopeId = socket->scope,
                                    .dwOwningPid = socket->pid,
                                    .liCreateTimestamp = tcp.liCreateTimestamp };
  MIB_UDPROW_OWNER_MODULE udp = { .dwLocalPort = tcp.dwLocalPort,
                                  .dwOwningPid = socket->pid,
                                  .liCreateTimestamp = tcp.liCreateTimestamp };
  MIB_UDP6ROW_OWNER_MODULE udp6 = { .dwLocalPort = tcp.dwLocalPort,
                                    .dwLocalScopeId = socket->scope,
                                    .dwOwningPid = socket->pid,
                                    .liCreateTimestamp = tcp.liCreateTimestamp };

  memcpy (&tcp.dwLocalAddr, socket->address.bytes, 4);
  memcpy (&udp.dwLocalAddr, socket->address.bytes, 4);
  memcpy (tcp6.ucLocalAddr, socket->address.bytes, 16);
  memcpy (udp6.ucLocalAddr, socket->address.bytes, 16);
  if (socket->tcp && !socket->ipv6)
    g_byte_array_append (rows, (guint8 *) &tcp, sizeof tcp);
  else if (socket->tcp)
    g_byte_array_append (rows, (guint8 *) &tcp6, sizeof tcp6);
  else if (!socket->ipv6)
    g_byte_array_append (rows, (guint8 *) &udp, sizeof udp);
  else
    g_byte_array_append (rows, (guint8 *) &udp6, sizeof udp6);
}

static DWORD
get_sockets (gboolean tcp, ULONG family, PVOID table, PDWORD size)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  guint64 n = 0;
  DWORD room = *size, number;

  if (fails (tcp ? "GetExtendedTcpTable" : "GetExtendedUdpTable", &number))
    return number;
  g_byte_array_append (rows, (guint8 *) &n, sizeof n);
  for (guint i = 0; i < fake.sockets->len; i++)
    {
      const Socket *socket = &g_array_index (fake.sockets, Socket, i);

      if (socket->tcp != tcp || socket->ipv6 != (family == AF_INET6))
        continue;
      append_socket (rows, socket);
      n++;
    }
  *size = rows->len;
  if (room < rows->len)
    return ERROR_INSUFFICIENT_BUFFER;
  memcpy (rows->data, &n, sizeof n);
  memcpy (table, rows->data, rows->len);
  return NO_ERROR;
}

static DWORD WINAPI
get_tcp_table (
    PVOID table, PDWORD size, BOOL sorted, ULONG family, TCP_TABLE_CLASS kind, ULONG reserved)
{
  g_assert_cmpint (kind, ==, TCP_TABLE_OWNER_MODULE_LISTENER);
  g_assert_cmpuint (reserved, ==, 0);
  return get_sockets (TRUE, family, table, size);
}

static DWORD WINAPI
get_udp_table (
    PVOID table, PDWORD size, BOOL sorted, ULONG family, UDP_TABLE_CLASS kind, ULONG reserved)
{
  g_assert_cmpint (kind, ==, UDP_TABLE_OWNER_MODULE);
  g_assert_cmpuint (reserved, ==, 0);
  return get_sockets (FALSE, family, table, size);
}

/* Processes: a handle is where the process stands in the list, and what it is of. */

#define LIST_HANDLE ((HANDLE) 0x1000000)
#define TOKEN_BIT 0x100000
static guint listed;

static Process *
find_process (guint32 pid)
{
  for (guint i = 0; i < fake.processes->len; i++)
    if (g_array_index (fake.processes, Process, i).pid == pid)
      return &g_array_index (fake.processes, Process, i);
  return NULL;
}

/* That a handle, or a window, is of. */
static Process *
get_process (gpointer handle)
{
  Process *process = find_process (GPOINTER_TO_UINT (handle) & ~TOKEN_BIT);

  if (process == NULL)
    g_error ("a handle of nobody's");
  return process;
}

static void
write_text (WCHAR *target, gsize n, const char *text)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
  gsize i = 0;

  for (; wide[i] != 0 && i + 1 < n; i++)
    target[i] = wide[i];
  target[i] = 0;
}

static HANDLE WINAPI
list_processes (DWORD flags, DWORD pid)
{
  DWORD number;

  g_assert_cmpuint (flags, ==, TH32CS_SNAPPROCESS);
  if (fails ("CreateToolhelp32Snapshot", &number))
    return INVALID_HANDLE_VALUE;
  listed = 0;
  fake.n_open++;
  return LIST_HANDLE;
}

static BOOL WINAPI
next_process (HANDLE list, PROCESSENTRY32W *row)
{
  const Process *process;

  g_assert_true (list == LIST_HANDLE);
  g_assert_cmpuint (row->dwSize, ==, sizeof *row);
  if (listed >= fake.processes->len)
    return FALSE;
  process = &g_array_index (fake.processes, Process, listed++);
  row->th32ProcessID = process->pid;
  write_text (row->szExeFile, MAX_PATH, process->name);
  return TRUE;
}

static HANDLE WINAPI
open_process (DWORD access, BOOL inherit, DWORD pid)
{
  const Process *process = find_process (pid);

  g_assert_true (access == PROCESS_QUERY_LIMITED_INFORMATION ||
                 access == (PROCESS_TERMINATE | SYNCHRONIZE));
  fake.n_opened++;
  fake.last_error = NO_ERROR;
  if (fails ("OpenProcess", &fake.last_error))
    return NULL;
  if (process == NULL || process->ended)
    fake.last_error = ERROR_INVALID_PARAMETER;
  else if (process->command == NULL)
    fake.last_error = ERROR_ACCESS_DENIED;
  if (fake.last_error != NO_ERROR)
    return NULL;
  fake.n_open++;
  return GUINT_TO_POINTER (pid);
}

static NTSTATUS WINAPI
query_process (HANDLE handle, int kind, PVOID bytes, ULONG size, PULONG needed)
{
  const Process *process = get_process (handle);
  UNICODE_STRING string = { .Buffer = (PWSTR) ((guint8 *) bytes + sizeof string) };
  gsize n = strlen (process->command);

  g_assert_cmpint (kind, ==, 60);
  *needed = (ULONG) (sizeof string + (n + 1) * sizeof (WCHAR));
  if (size < *needed)
    return (NTSTATUS) 0xc0000004; /* STATUS_INFO_LENGTH_MISMATCH */
  write_text (string.Buffer, n + 1, process->command);
  string.Length = (USHORT) (n * sizeof (WCHAR));
  string.MaximumLength = (USHORT) ((n + 1) * sizeof (WCHAR));
  memcpy (bytes, &string, sizeof string);
  return 0;
}

static BOOL WINAPI
open_token (HANDLE handle, DWORD access, HANDLE *token)
{
  g_assert_cmpuint (access, ==, TOKEN_QUERY);
  if (get_process (handle)->user == NULL)
    return FALSE;
  *token = GUINT_TO_POINTER (GPOINTER_TO_UINT (handle) | TOKEN_BIT);
  fake.n_open++;
  return TRUE;
}

static BOOL WINAPI
close_handle (HANDLE handle)
{
  fake.n_open--;
  return TRUE;
}

static DWORD WINAPI
get_last_error (void)
{
  return fake.last_error;
}

/* The end of a process, said on a thread of its own, which taking the wait back waits for. */

static gpointer
tell_end (gpointer data)
{
  g_autofree Wait *wait = data;

  wait->callback (wait->context, FALSE);
  return NULL;
}

void
fake_windows_end_process (guint32 pid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Process *process = get_process (GUINT_TO_POINTER (pid));
  Wait *wait = (gpointer) process->wait;

  process->ended = TRUE;
  if (wait != NULL)
    g_ptr_array_add (fake.threads, g_thread_new ("end", tell_end, g_memdup2 (wait, sizeof *wait)));
}

static BOOL WINAPI
terminate (HANDLE handle, UINT status)
{
  const Process *process = get_process (handle);

  if (fails ("TerminateProcess", &fake.last_error))
    return FALSE;
  if (process->ended)
    {
      fake.last_error = ERROR_ACCESS_DENIED;
      return FALSE;
    }
  fake_windows_end_process (process->pid);
  return TRUE;
}

static BOOL WINAPI
register_wait (HANDLE *handle,
               HANDLE process,
               WAITORTIMERCALLBACK callback,
               PVOID context,
               ULONG limit_ms,
               ULONG flags)
{
  Process *waited = get_process (process);
  Wait wait = { .pid = waited->pid, .callback = callback, .context = context };

  g_assert_cmpuint (limit_ms, ==, INFINITE);
  g_assert_cmpuint (flags, ==, WT_EXECUTEONLYONCE);
  *handle = g_memdup2 (&wait, sizeof wait);
  waited->wait = (gsize) *handle;
  fake.n_open++;
  if (waited->ended)
    fake_windows_end_process (waited->pid);
  return TRUE;
}

static BOOL WINAPI
unregister_wait (HANDLE handle, HANDLE event)
{
  Wait *wait = handle;

  g_assert_true (event == INVALID_HANDLE_VALUE);
  get_process (GUINT_TO_POINTER (wait->pid))->wait = 0;
  join_threads ();
  g_free (wait);
  fake.n_open--;
  return TRUE;
}

/* Windows: each has the number of its process. */

static BOOL WINAPI
list_windows (WNDENUMPROC func, LPARAM data)
{
  for (guint i = 0; i < fake.processes->len; i++)
    {
      const Process *process = &g_array_index (fake.processes, Process, i);

      if (process->has_window)
        func ((HWND) GUINT_TO_POINTER (process->pid), data);
    }
  return TRUE;
}

static DWORD WINAPI
get_window_process (HWND window, PDWORD pid)
{
  *pid = GPOINTER_TO_UINT (window);
  return 1;
}

static BOOL WINAPI
post_message (HWND window, UINT message, WPARAM a, LPARAM b)
{
  const Process *process = get_process (window);

  g_assert_cmpuint (message, ==, WM_CLOSE);
  if (process->obeys)
    fake_windows_end_process (process->pid);
  return TRUE;
}

/* S-1-5-21-1-2-3-ID */
static BOOL WINAPI
get_token_information (
    HANDLE token, TOKEN_INFORMATION_CLASS kind, PVOID bytes, DWORD size, PDWORD needed)
{
  const Process *process = get_process (token);
  guint32 sid[7] = { GUINT32_FROM_LE (0x00000501), GUINT32_FROM_LE (0x05000000), 21, 1, 2, 3, 0 };
  TOKEN_USER user = { .User.Sid = (guint8 *) bytes + sizeof user };

  g_assert_cmpint (kind, ==, TokenUser);
  sid[6] = process->user_id;
  *needed = sizeof user + sizeof sid;
  if (size < *needed)
    return FALSE;
  memcpy (bytes, &user, sizeof user);
  memcpy ((guint8 *) bytes + sizeof user, sid, sizeof sid);
  return TRUE;
}

static BOOL WINAPI
look_up_account (PCWSTR system,
                 PSID sid,
                 PWSTR name,
                 PDWORD n_name,
                 PWSTR domain,
                 PDWORD n_domain,
                 SID_NAME_USE *use)
{
  guint32 id = hearth_processes_windows_read_user_id (sid, SECURITY_MAX_SID_SIZE);

  for (guint i = 0; i < fake.processes->len; i++)
    {
      const Process *process = &g_array_index (fake.processes, Process, i);

      if (process->user == NULL || process->user_id != id || process->user[0] == '\0')
        continue;
      write_text (name, *n_name, process->user);
      write_text (domain, *n_domain, "HOME");
      return TRUE;
    }
  return FALSE;
}

static BOOL WINAPI
make_sid (WELL_KNOWN_SID_TYPE kind, PSID domain, PSID sid, PDWORD size)
{
  g_assert_cmpuint (*size, ==, SECURITY_MAX_SID_SIZE);
  memcpy (sid, &kind, sizeof kind);
  return TRUE;
}

static BOOL WINAPI
check_membership (HANDLE token, PSID sid, BOOL *is)
{
  WELL_KNOWN_SID_TYPE kind;

  g_assert_null (token);
  memcpy (&kind, sid, sizeof kind);
  *is = kind == WinBuiltinAdministratorsSid && fake.elevated;
  return TRUE;
}

static char *
describe_error (DWORD number)
{
  return g_strdup_printf ("error %u", (guint) number);
}

static const HearthCallsWindows calls = {
  .GetAdaptersAddresses = get_adapters,
  .GetUnicastIpAddressTable = get_addresses,
  .GetUnicastIpAddressEntry = get_address,
  .InitializeUnicastIpAddressEntry = initialize_address,
  .CreateUnicastIpAddressEntry = create_address,
  .DeleteUnicastIpAddressEntry = delete_address,
  .NotifyUnicastIpAddressChange = notify_address,
  .NotifyIpInterfaceChange = notify_link,
  .CancelMibChangeNotify2 = cancel_notice,
  .GetIfEntry2 = get_if_entry,
  .GetIpForwardTable2 = get_routes,
  .GetIpNetTable2 = get_neighbours,
  .FreeMibTable = free_table,
  .GetExtendedTcpTable = get_tcp_table,
  .GetExtendedUdpTable = get_udp_table,
  .CreateToolhelp32Snapshot = list_processes,
  .Process32FirstW = next_process,
  .Process32NextW = next_process,
  .OpenProcess = open_process,
  .NtQueryInformationProcess = query_process,
  .OpenProcessToken = open_token,
  .CloseHandle = close_handle,
  .TerminateProcess = terminate,
  .RegisterWaitForSingleObject = register_wait,
  .UnregisterWaitEx = unregister_wait,
  .GetLastError = get_last_error,
  .EnumWindows = list_windows,
  .GetWindowThreadProcessId = get_window_process,
  .PostMessageW = post_message,
  .GetTokenInformation = get_token_information,
  .LookupAccountSidW = look_up_account,
  .CreateWellKnownSid = make_sid,
  .CheckTokenMembership = check_membership,
  .describe_error = describe_error,
};

/* For tests */

const HearthCallsWindows *
fake_windows_get_calls (void)
{
  return &calls;
}

void
fake_windows_reset (void)
{
  if (fake.adapters != NULL)
    {
      join_threads ();
      g_array_unref (fake.adapters);
      g_array_unref (fake.rows);
      g_array_unref (fake.routes);
      g_array_unref (fake.neighbours);
      g_array_unref (fake.sockets);
      g_array_unref (fake.processes);
      g_ptr_array_unref (fake.notices);
      g_ptr_array_unref (fake.threads);
      g_hash_table_unref (fake.failures);
    }
  fake.adapters = g_array_new (FALSE, TRUE, sizeof (Adapter));
  fake.rows = g_array_new (FALSE, TRUE, sizeof (MIB_UNICASTIPADDRESS_ROW));
  fake.routes = g_array_new (FALSE, TRUE, sizeof (MIB_IPFORWARD_ROW2));
  fake.neighbours = g_array_new (FALSE, TRUE, sizeof (MIB_IPNET_ROW2));
  fake.sockets = g_array_new (FALSE, TRUE, sizeof (Socket));
  fake.processes = g_array_new (FALSE, TRUE, sizeof (Process));
  g_array_set_clear_func (fake.processes, clear_process);
  fake.notices = g_ptr_array_new_with_free_func (g_free);
  fake.threads = g_ptr_array_new ();
  fake.failures = g_hash_table_new (g_str_hash, g_str_equal);
  fake.elevated = TRUE;
  fake.silent = FALSE;
  fake.n_open = fake.n_opened = 0;
  fake_windows_put_adapter (1, "Loopback Pseudo-Interface 1", IF_TYPE_SOFTWARE_LOOPBACK, TRUE,
                            FALSE);
  fake_windows_put_address (1, "127.0.0.1/8", IpDadStatePreferred, 0xffffffff);
  fake_windows_put_address (1, "::1/128", IpDadStatePreferred, 0xffffffff);
}

void
fake_windows_put_adapter (
    guint32 index, const char *name, IFTYPE type, gboolean up, gboolean only_ipv6)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  Adapter *there = find_adapter (index);
  Adapter adapter = { .index = index, .type = type, .up = up, .only_ipv6 = only_ipv6 };

  write_text ((WCHAR *) adapter.name, G_N_ELEMENTS (adapter.name), name);
  if (there != NULL)
    *there = adapter;
  else
    g_array_append_val (fake.adapters, adapter);
  tell_all ();
}

void
fake_windows_drop_adapter (guint32 index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_array_remove_index (fake.adapters,
                        (guint) (find_adapter (index) - (Adapter *) (void *) fake.adapters->data));
  for (guint i = fake.rows->len; i > 0; i--)
    if (g_array_index (fake.rows, MIB_UNICASTIPADDRESS_ROW, i - 1).InterfaceIndex == index)
      g_array_remove_index (fake.rows, i - 1);
  tell_all ();
}

static HearthPrefix
parse (const char *text)
{
  HearthPrefix prefix;

  g_assert_true (hearth_prefix_parse (text, &prefix, NULL));
  return prefix;
}

void
fake_windows_put_address (guint32 index, const char *text, NL_DAD_STATE state, ULONG valid_s)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  HearthPrefix prefix = parse (text);
  MIB_UNICASTIPADDRESS_ROW row;
  int i;

  initialize_address (&row);
  hearth_rows_windows_write_address (&prefix.address, &row.Address);
  row.InterfaceIndex = index;
  row.OnLinkPrefixLength = prefix.length;
  row.DadState = state;
  row.ValidLifetime = row.PreferredLifetime = valid_s;
  if ((i = find_row (&row)) >= 0)
    g_array_remove_index (fake.rows, (guint) i);
  g_array_append_val (fake.rows, row);
  tell_all ();
}

void
fake_windows_drop_address (guint32 index, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  HearthPrefix prefix = parse (text);
  MIB_UNICASTIPADDRESS_ROW row = { .InterfaceIndex = index };
  int i;

  hearth_rows_windows_write_address (&prefix.address, &row.Address);
  i = find_row (&row);
  g_assert_cmpint (i, >=, 0);
  g_array_remove_index (fake.rows, (guint) i);
  tell_all ();
}

void
fake_windows_add_name_server (guint32 index, const char *text)
{
  Adapter *adapter = find_adapter (index);
  HearthPrefix prefix = parse (text);

  hearth_rows_windows_write_address (&prefix.address, &adapter->servers[adapter->n_servers++]);
}

void
fake_windows_add_route (guint32 index, const char *text, const char *gateway, gboolean loopback)
{
  HearthPrefix prefix = parse (text), hop = parse (gateway);
  MIB_IPFORWARD_ROW2 row = { .InterfaceIndex = index, .Loopback = loopback != FALSE };

  hearth_rows_windows_write_address (&prefix.address, &row.DestinationPrefix.Prefix);
  row.DestinationPrefix.PrefixLength = prefix.length;
  hearth_rows_windows_write_address (&hop.address, &row.NextHop);
  g_array_append_val (fake.routes, row);
}

void
fake_windows_add_neighbour (guint32 index, const char *text, NL_NEIGHBOR_STATE state)
{
  HearthPrefix prefix = parse (text);
  MIB_IPNET_ROW2 row = { .InterfaceIndex = index, .PhysicalAddressLength = 6, .State = state };

  hearth_rows_windows_write_address (&prefix.address, &row.Address);
  g_array_append_val (fake.neighbours, row);
}

char *
fake_windows_list (guint32 index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < fake.rows->len; i++)
    {
      const MIB_UNICASTIPADDRESS_ROW *row = &g_array_index (fake.rows, MIB_UNICASTIPADDRESS_ROW, i);
      HearthPrefix prefix = { .address = hearth_rows_windows_read_address (&row->Address),
                              .length = row->OnLinkPrefixLength };

      if (row->InterfaceIndex == index)
        g_ptr_array_add (texts, hearth_prefix_to_string (&prefix));
    }
  g_ptr_array_sort_values (texts, (GCompareFunc) strcmp);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

void
fake_windows_set_elevated (gboolean elevated)
{
  fake.elevated = elevated;
}

void
fake_windows_fail (const char *function, DWORD number)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (number == NO_ERROR)
    g_hash_table_remove (fake.failures, function);
  else
    g_hash_table_insert (fake.failures, (gpointer) function, GUINT_TO_POINTER (number));
}

void
fake_windows_be_silent (DWORD answer)
{
  fake.silent = TRUE;
  fake.silence = answer;
}

guint
fake_windows_count_notices (void)
{
  return fake.notices->len;
}

void
fake_windows_add_socket (gboolean tcp,
                         const char *address,
                         guint32 scope,
                         guint16 port,
                         guint32 pid,
                         gint64 created,
                         gboolean connected)
{
  HearthPrefix prefix = parse (address);
  Socket socket = { .tcp = tcp,
                    .ipv6 = prefix.address.family == HEARTH_FAMILY_IPV6,
                    .connected = connected,
                    .address = prefix.address,
                    .scope = scope,
                    .pid = pid,
                    .port = port,
                    .created = created };

  g_array_append_val (fake.sockets, socket);
}

void
fake_windows_add_process (
    guint32 pid, const char *name, const char *command, const char *user, guint32 user_id)
{
  Process process = { .pid = pid,
                      .user_id = user_id,
                      .name = g_strdup (name),
                      .command = g_strdup (command),
                      .user = g_strdup (user) };

  g_array_append_val (fake.processes, process);
}

void
fake_windows_give_window (guint32 pid, gboolean obeys)
{
  get_process (GUINT_TO_POINTER (pid))->has_window = TRUE;
  get_process (GUINT_TO_POINTER (pid))->obeys = obeys;
}

gboolean
fake_windows_has_ended (guint32 pid)
{
  return get_process (GUINT_TO_POINTER (pid))->ended;
}

guint
fake_windows_count_open (void)
{
  return fake.n_open;
}

guint
fake_windows_count_opened (void)
{
  return fake.n_opened;
}
