/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-link-address.h"

G_BEGIN_DECLS

/* The system's refusal of a change of @address on the link @link_name, as a sentence.
 * @number: an errno of ioctl(2) with SIOCAIFADDR, SIOCDIFADDR and their forms of IPv6 (transfer full) */
GError *hearth_change_error_bsd_new (int                      number,
                                     const HearthLinkAddress *address,
                                     const char              *link_name);

G_END_DECLS
