/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-status.h"

#define TICKS_A_SECOND 10000000
#define SECONDS_TO_1970 INT64_C (11644473600)

void
serve_status_set_ticks (ServeStatus *status, uint64_t ticks)
{
  status->modified_seconds = (int64_t) (ticks / TICKS_A_SECOND) - SECONDS_TO_1970;
  status->modified_nanoseconds = (uint32_t) (ticks % TICKS_A_SECOND) * 100;
}
