/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Declarations of Windows' basic types and of the socket addresses, as minwindef.h, basetsd.h, guiddef.h,
 * winsock2.h, ws2def.h and ws2ipdef.h of its SDK have them, and no more of them than src/platform uses: so
 * that its files for Windows compile and run with the sanitizers of another system. The layouts are checked
 * against the real headers by fake-windows.c, which is compiled with either. */

#include <stdint.h>

#define WINAPI
#define NETIOAPI_API_
#define ANY_SIZE 1

typedef uint8_t BYTE, UCHAR, UINT8, BOOLEAN;
typedef uint16_t WORD, USHORT, WCHAR;
typedef int32_t BOOL, LONG, INT;
typedef uint32_t DWORD, ULONG, ULONG32, UINT;
typedef uint64_t ULONGLONG, ULONG64, DWORD64;
typedef int64_t LONGLONG;
typedef uintptr_t ULONG_PTR;
typedef char CHAR;
typedef void *PVOID, *HANDLE, *LPVOID, *PSID;
typedef DWORD *PDWORD;
typedef ULONG *PULONG;
typedef WCHAR *PWSTR, *PWCHAR;
typedef const WCHAR *PCWSTR;
typedef CHAR *PCHAR;

typedef union {
  LONGLONG QuadPart;
} LARGE_INTEGER;

typedef struct {
  uint32_t Data1;
  uint16_t Data2, Data3;
  uint8_t Data4[8];
} GUID;

typedef USHORT ADDRESS_FAMILY;

#define AF_UNSPEC 0
#define AF_INET 2
#define AF_INET6 23

struct in_addr {
  union {
    ULONG S_addr;
  } S_un;
};

struct in6_addr {
  union {
    UCHAR Byte[16];
  } u;
};

struct sockaddr {
  ADDRESS_FAMILY sa_family;
  CHAR sa_data[14];
};

typedef struct sockaddr_in {
  ADDRESS_FAMILY sin_family;
  USHORT sin_port;
  struct in_addr sin_addr;
  CHAR sin_zero[8];
} SOCKADDR_IN;

typedef struct sockaddr_in6 {
  ADDRESS_FAMILY sin6_family;
  USHORT sin6_port;
  ULONG sin6_flowinfo;
  struct in6_addr sin6_addr;
  ULONG sin6_scope_id;
} SOCKADDR_IN6;

typedef union {
  SOCKADDR_IN Ipv4;
  SOCKADDR_IN6 Ipv6;
  ADDRESS_FAMILY si_family;
} SOCKADDR_INET;

typedef struct {
  struct sockaddr *lpSockaddr;
  INT iSockaddrLength;
} SOCKET_ADDRESS;
