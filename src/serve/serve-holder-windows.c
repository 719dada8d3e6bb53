/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-neighbours.h"

#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <stdlib.h>

#include "serve-windows.h"

#define TRIES 4

/* (transfer full): the table of those who listen (GetExtendedTcpTable()); NULL where it cannot be
 * had. */
static void *
read_table (ULONG family)
{
  DWORD size = 16 * 1024;

  for (int i = 0; i < TRIES; i++)
    {
      void *table = malloc (size);
      DWORD error = table == NULL ? ERROR_NOT_ENOUGH_MEMORY
                                  : GetExtendedTcpTable (table, &size, FALSE, family,
                                                         TCP_TABLE_OWNER_PID_LISTENER, 0);

      if (error == NO_ERROR)
        return table;
      free (table);
      if (error != ERROR_INSUFFICIENT_BUFFER)
        return NULL;
    }
  return NULL;
}

static bool
is_all (const uint8_t *bytes, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      if (bytes[i] != 0)
        return false;
    }
  return true;
}

static bool
has_port (DWORD there, unsigned port)
{
  return ntohs ((u_short) there) == port;
}

static DWORD
find_ipv4 (const ServeAddress *address, unsigned port)
{
  MIB_TCPTABLE_OWNER_PID *table = read_table (AF_INET);
  DWORD pid = 0;

  for (DWORD i = 0; table != NULL && i < table->dwNumEntries && pid == 0; i++)
    {
      const MIB_TCPROW_OWNER_PID *row = &table->table[i];

      if (has_port (row->dwLocalPort, port) &&
          (row->dwLocalAddr == 0 || memcmp (&row->dwLocalAddr, address->bytes, 4) == 0))
        pid = row->dwOwningPid;
    }
  free (table);
  return pid;
}

static DWORD
find_ipv6 (const ServeAddress *address, unsigned port)
{
  MIB_TCP6TABLE_OWNER_PID *table = read_table (AF_INET6);
  DWORD pid = 0;

  for (DWORD i = 0; table != NULL && i < table->dwNumEntries && pid == 0; i++)
    {
      const MIB_TCP6ROW_OWNER_PID *row = &table->table[i];

      if (has_port (row->dwLocalPort, port) &&
          (is_all (row->ucLocalAddr, 16) || memcmp (row->ucLocalAddr, address->bytes, 16) == 0))
        pid = row->dwOwningPid;
    }
  free (table);
  return pid;
}

/* The program's file without its folders, as far as it has room. */
static void
read_name (DWORD pid, char name[64])
{
  HANDLE process = OpenProcess (PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
  wchar_t path[1024];
  DWORD size = sizeof path / sizeof path[0];
  const wchar_t *slash;
  char *text = NULL;

  if (process == NULL)
    return;
  if (QueryFullProcessImageNameW (process, 0, path, &size))
    {
      slash = wcsrchr (path, L'\\');
      text = serve_wide_to_utf8 (slash == NULL ? path : slash + 1);
    }
  CloseHandle (process);
  for (size_t i = 0; text != NULL && text[i] != '\0' && i < 63; i++)
    name[i] = (char) ((unsigned char) text[i] < 0x20 || text[i] == 0x7f ? '?' : text[i]);
  free (text);
}

bool
serve_holder_find (const ServeAddress *address, unsigned port, ServeHolder *holder)
{
  DWORD pid = address->is_ipv6 ? find_ipv6 (address, port) : find_ipv4 (address, port);

  memset (holder, 0, sizeof *holder);
  if (pid == 0)
    return false;
  holder->pid = (int) pid;
  read_name (pid, holder->name);
  return true;
}
