/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-lockdown.h"

/* Windows has no lock that a program can put on itself for one folder alone; so none is claimed. */

void
serve_lockdown_prepare (void)
{
}

unsigned
serve_lockdown (const ServeFolder *folder)
{
  (void) folder;
  return 0;
}

unsigned
serve_lockdown_probe (void)
{
  return 0;
}
