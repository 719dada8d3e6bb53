/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-lockdown.h"

/* None of these systems has a lock that holds for one folder by its descriptor and that this
 * program was seen to run under; so none is claimed. */

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
