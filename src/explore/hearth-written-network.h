/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/* How people write the two sides of the slash of an IPv4 network. */

/* Reads the address of a network whose last numbers may be left out, being zeros then, other than
 * inet_aton(3) has it: "10" is 10.0.0.0, "172.16" is 172.16.0.0.
 * @is_short: whether some are left out */
gboolean      hearth_written_network_parse_address (const char          *text,
                                                    HearthAddress       *address,
                                                    gboolean            *is_short);

/* Reads a mask, "255.0.0.0", as a length, 8. One with a gap is none. */
gboolean      hearth_written_network_parse_mask    (const char          *text,
                                                    guint8              *length);

/* The last address of the network of @length bits that has @address, of either family. */
HearthAddress hearth_written_network_find_last     (const HearthAddress *address,
                                                    guint8               length);

G_END_DECLS
