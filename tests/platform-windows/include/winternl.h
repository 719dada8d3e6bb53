/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "windows.h"

typedef LONG NTSTATUS;

typedef struct {
  USHORT Length, MaximumLength; /* in bytes */
  PWSTR Buffer;
} UNICODE_STRING;
