/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <winsock2.h>
#include <ws2ipdef.h>
#include <windows.h>
#include <iphlpapi.h>
#include <tlhelp32.h>
#include <winternl.h>

#include <glib.h>

/* Of a keyword of C++'s it makes a struct, and plans have a parameter of that name. */
#undef interface

G_BEGIN_DECLS

/**
 * HearthCallsWindows:
 * @describe_error: what the system says of an error of winerror.h, in UTF-8 (transfer full)
 *
 * The functions of Windows that the platform calls, under their own names: a test fills in others. Each may
 * be called on every thread.
 */
typedef struct {
  /* iphlpapi.h, netioapi.h */
  ULONG (WINAPI *GetAdaptersAddresses) (ULONG, ULONG, PVOID, IP_ADAPTER_ADDRESSES *, PULONG);
  DWORD (WINAPI *GetUnicastIpAddressTable) (ADDRESS_FAMILY, PMIB_UNICASTIPADDRESS_TABLE *);
  DWORD (WINAPI *GetUnicastIpAddressEntry) (PMIB_UNICASTIPADDRESS_ROW);
  void (WINAPI *InitializeUnicastIpAddressEntry) (PMIB_UNICASTIPADDRESS_ROW);
  DWORD (WINAPI *CreateUnicastIpAddressEntry) (const MIB_UNICASTIPADDRESS_ROW *);
  DWORD (WINAPI *DeleteUnicastIpAddressEntry) (const MIB_UNICASTIPADDRESS_ROW *);
  DWORD (WINAPI *NotifyUnicastIpAddressChange) (ADDRESS_FAMILY, PUNICAST_IPADDRESS_CHANGE_CALLBACK,
                                                PVOID, BOOLEAN, HANDLE *);
  DWORD (WINAPI *NotifyIpInterfaceChange) (ADDRESS_FAMILY, PIPINTERFACE_CHANGE_CALLBACK, PVOID,
                                           BOOLEAN, HANDLE *);
  DWORD (WINAPI *CancelMibChangeNotify2) (HANDLE);
  DWORD (WINAPI *GetIfEntry2) (PMIB_IF_ROW2);
  DWORD (WINAPI *GetIpForwardTable2) (ADDRESS_FAMILY, PMIB_IPFORWARD_TABLE2 *);
  DWORD (WINAPI *GetIpNetTable2) (ADDRESS_FAMILY, PMIB_IPNET_TABLE2 *);
  void (WINAPI *FreeMibTable) (PVOID);
  DWORD (WINAPI *GetExtendedTcpTable) (PVOID, PDWORD, BOOL, ULONG, TCP_TABLE_CLASS, ULONG);
  DWORD (WINAPI *GetExtendedUdpTable) (PVOID, PDWORD, BOOL, ULONG, UDP_TABLE_CLASS, ULONG);

  /* tlhelp32.h, processthreadsapi.h, winternl.h, handleapi.h */
  HANDLE (WINAPI *CreateToolhelp32Snapshot) (DWORD, DWORD);
  BOOL (WINAPI *Process32FirstW) (HANDLE, PROCESSENTRY32W *);
  BOOL (WINAPI *Process32NextW) (HANDLE, PROCESSENTRY32W *);
  HANDLE (WINAPI *OpenProcess) (DWORD, BOOL, DWORD);
  NTSTATUS (WINAPI *NtQueryInformationProcess) (HANDLE, int, PVOID, ULONG, PULONG);
  BOOL (WINAPI *OpenProcessToken) (HANDLE, DWORD, HANDLE *);
  BOOL (WINAPI *CloseHandle) (HANDLE);
  BOOL (WINAPI *TerminateProcess) (HANDLE, UINT);
  BOOL (WINAPI *RegisterWaitForSingleObject) (HANDLE *, HANDLE, WAITORTIMERCALLBACK, PVOID, ULONG, ULONG);
  BOOL (WINAPI *UnregisterWaitEx) (HANDLE, HANDLE);
  DWORD (WINAPI *GetLastError) (void);

  /* winuser.h */
  BOOL (WINAPI *EnumWindows) (WNDENUMPROC, LPARAM);
  DWORD (WINAPI *GetWindowThreadProcessId) (HWND, PDWORD);
  BOOL (WINAPI *PostMessageW) (HWND, UINT, WPARAM, LPARAM);

  /* securitybaseapi.h, winbase.h */
  BOOL (WINAPI *GetTokenInformation) (HANDLE, TOKEN_INFORMATION_CLASS, PVOID, DWORD, PDWORD);
  BOOL (WINAPI *LookupAccountSidW) (PCWSTR, PSID, PWSTR, PDWORD, PWSTR, PDWORD, SID_NAME_USE *);
  BOOL (WINAPI *CreateWellKnownSid) (WELL_KNOWN_SID_TYPE, PSID, PSID, PDWORD);
  BOOL (WINAPI *CheckTokenMembership) (HANDLE, PSID, BOOL *);

  char *(*describe_error) (DWORD number);
} HearthCallsWindows;

/* Those of the system. (transfer none) */
const HearthCallsWindows *hearth_calls_windows_get (void);

G_END_DECLS
