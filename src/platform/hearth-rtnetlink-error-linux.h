/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-link-address.h"

G_BEGIN_DECLS

typedef enum {
  HEARTH_RTNETLINK_ADD,
  HEARTH_RTNETLINK_REMOVE,
} HearthRtnetlinkOperation;

/* The kernel's refusal of a change, as a sentence. Its meaning comes from the number alone, as
 * rtnetlink gives it, never from the English of @detail, which is shown as it is.
 * @number: an errno, positive
 * @link_name: "lo", or NULL where the link is unknown
 * @detail: the message of the extended acknowledgement, or "" (transfer full) */
GError *hearth_rtnetlink_error_new (HearthRtnetlinkOperation  operation,
                                    int                       number,
                                    const HearthLinkAddress  *address,
                                    const char               *link_name,
                                    const char               *detail);

G_END_DECLS
