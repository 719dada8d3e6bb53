/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "windows.h"

#define TH32CS_SNAPPROCESS 2
#define MAX_PATH 260

typedef struct {
  DWORD dwSize, cntUsage, th32ProcessID;
  ULONG_PTR th32DefaultHeapID;
  DWORD th32ModuleID, cntThreads, th32ParentProcessID;
  LONG pcPriClassBase;
  DWORD dwFlags;
  WCHAR szExeFile[MAX_PATH];
} PROCESSENTRY32W;
