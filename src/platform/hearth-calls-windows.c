/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-calls-windows.h"

#include <string.h>

#include "hearth-platform-windows.h"
#include "hearth-process-handle-windows.h"

/* Its second parameter is of an enumeration there. */
static NTSTATUS WINAPI
query_process (HANDLE process, int kind, PVOID bytes, ULONG size, PULONG needed)
{
  return NtQueryInformationProcess (process, (PROCESSINFOCLASS) kind, bytes, size, needed);
}

/* Sentences end with a full stop there, and stand within one here. */
static char *
describe_error (DWORD number)
{
  char *text = g_win32_error_message ((int) number);
  gsize length = strlen (text);

  while (length > 0 && (text[length - 1] == '.' || g_ascii_isspace (text[length - 1])))
    text[--length] = '\0';
  return text;
}

/* Wine 10 has no such functions: linked with them, a program ends there when it calls them. */
static gpointer
find (const char *name)
{
  return (gpointer) GetProcAddress (GetModuleHandleA ("iphlpapi.dll"), name);
}

static void WINAPI
initialize_address (PMIB_UNICASTIPADDRESS_ROW row)
{
  void (WINAPI * function) (PMIB_UNICASTIPADDRESS_ROW) = find ("InitializeUnicastIpAddressEntry");

  memset (row, 0, sizeof *row);
  if (function != NULL)
    function (row);
}

static DWORD
change_address (const char *name, const MIB_UNICASTIPADDRESS_ROW *row)
{
  DWORD (WINAPI * function) (const MIB_UNICASTIPADDRESS_ROW *) = find (name);

  return function != NULL ? function (row) : ERROR_CALL_NOT_IMPLEMENTED;
}

static DWORD WINAPI
create_address (const MIB_UNICASTIPADDRESS_ROW *row)
{
  return change_address ("CreateUnicastIpAddressEntry", row);
}

static DWORD WINAPI
delete_address (const MIB_UNICASTIPADDRESS_ROW *row)
{
  return change_address ("DeleteUnicastIpAddressEntry", row);
}

static const HearthCallsWindows calls = {
  .GetAdaptersAddresses = GetAdaptersAddresses,
  .GetUnicastIpAddressTable = GetUnicastIpAddressTable,
  .GetUnicastIpAddressEntry = GetUnicastIpAddressEntry,
  .InitializeUnicastIpAddressEntry = initialize_address,
  .CreateUnicastIpAddressEntry = create_address,
  .DeleteUnicastIpAddressEntry = delete_address,
  .NotifyUnicastIpAddressChange = NotifyUnicastIpAddressChange,
  .NotifyIpInterfaceChange = NotifyIpInterfaceChange,
  .CancelMibChangeNotify2 = CancelMibChangeNotify2,
  .GetIfEntry2 = GetIfEntry2,
  .GetIpForwardTable2 = GetIpForwardTable2,
  .GetIpNetTable2 = GetIpNetTable2,
  .FreeMibTable = FreeMibTable,
  .GetExtendedTcpTable = GetExtendedTcpTable,
  .GetExtendedUdpTable = GetExtendedUdpTable,
  .CreateToolhelp32Snapshot = CreateToolhelp32Snapshot,
  .Process32FirstW = Process32FirstW,
  .Process32NextW = Process32NextW,
  .OpenProcess = OpenProcess,
  .NtQueryInformationProcess = query_process,
  .OpenProcessToken = OpenProcessToken,
  .CloseHandle = CloseHandle,
  .TerminateProcess = TerminateProcess,
  .RegisterWaitForSingleObject = RegisterWaitForSingleObject,
  .UnregisterWaitEx = UnregisterWaitEx,
  .GetLastError = GetLastError,
  .EnumWindows = EnumWindows,
  .GetWindowThreadProcessId = GetWindowThreadProcessId,
  .PostMessageW = PostMessageW,
  .GetTokenInformation = GetTokenInformation,
  .LookupAccountSidW = LookupAccountSidW,
  .CreateWellKnownSid = CreateWellKnownSid,
  .CheckTokenMembership = CheckTokenMembership,
  .describe_error = describe_error,
};

const HearthCallsWindows *
hearth_calls_windows_get (void)
{
  return &calls;
}

HearthProcessHandle *
hearth_process_handle_open (const HearthListener *listener, GError **error)
{
  return hearth_process_handle_windows_open (&calls, listener, error);
}

HearthPlatform *
hearth_platform_new (void)
{
  return hearth_platform_windows_new (&calls);
}
