/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What src/platform uses of winerror.h, winnt.h and winternl.h of Windows' SDK: see winsock2.h. */

#include "winsock2.h"

/* winerror.h */
#define NO_ERROR 0
#define ERROR_INVALID_FUNCTION 1
#define ERROR_FILE_NOT_FOUND 2
#define ERROR_ACCESS_DENIED 5
#define ERROR_NOT_ENOUGH_MEMORY 8
#define ERROR_OUTOFMEMORY 14
#define ERROR_NOT_SUPPORTED 50
#define ERROR_INVALID_PARAMETER 87
#define ERROR_BUFFER_OVERFLOW 111
#define ERROR_CALL_NOT_IMPLEMENTED 120
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_NO_DATA 232
#define ERROR_NOT_FOUND 1168
#define ERROR_OBJECT_ALREADY_EXISTS 5010

/* handleapi.h */
typedef void (*WAITORTIMERCALLBACK) (PVOID context, BOOLEAN timed_out);

/* winuser.h, minwindef.h */
#define CALLBACK
#define WM_CLOSE 0x0010

typedef struct HWND__ *HWND;
typedef uintptr_t WPARAM;
typedef intptr_t LPARAM;
typedef BOOL (CALLBACK *WNDENUMPROC) (HWND, LPARAM);

#define INVALID_HANDLE_VALUE ((HANDLE) (intptr_t) -1)

/* winnt.h */
#define PROCESS_TERMINATE 0x0001
#define SYNCHRONIZE 0x00100000
#define WT_EXECUTEONLYONCE 8
#define INFINITE 0xffffffff
#define PROCESS_QUERY_LIMITED_INFORMATION 0x1000
#define TOKEN_QUERY 0x0008
#define SECURITY_MAX_SID_SIZE 68
#define SID_REVISION 1

typedef enum {
  TokenUser = 1,
} TOKEN_INFORMATION_CLASS;

typedef enum {
  WinBuiltinAdministratorsSid = 26,
  WinBuiltinNetworkConfigurationOperatorsSid = 37,
} WELL_KNOWN_SID_TYPE;

typedef enum {
  SidTypeUser = 1,
} SID_NAME_USE;

typedef struct {
  BYTE Value[6];
} SID_IDENTIFIER_AUTHORITY;

typedef struct {
  BYTE Revision, SubAuthorityCount;
  SID_IDENTIFIER_AUTHORITY IdentifierAuthority;
  DWORD SubAuthority[ANY_SIZE];
} SID;

typedef struct {
  PSID Sid;
  DWORD Attributes;
} SID_AND_ATTRIBUTES;

typedef struct {
  SID_AND_ATTRIBUTES User;
} TOKEN_USER;
