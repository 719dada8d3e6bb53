/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-calls-windows.h"
#include "hearth-link-address.h"

G_BEGIN_DECLS

/* The system's refusal of a change, as a sentence. Its meaning comes from the number alone.
 * @removes: whether it was asked to take the address away
 * @number: an error of winerror.h
 * @link_name: (nullable): where the link is unknown (transfer full) */
GError *hearth_error_windows_new  (const HearthCallsWindows  *calls,
                                   gboolean                   removes,
                                   DWORD                      number,
                                   const HearthLinkAddress   *address,
                                   const char                *link_name);

G_END_DECLS
