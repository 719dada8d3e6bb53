/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

/* Where the system's own functions, which GLib asks, differ from ours.
 */

/* Whether it prints @address in a way that RFC 5952 leaves open. */
gboolean witness_prints_otherwise (const HearthAddress *address);

/* Whether it takes @text although nobody knows for sure what it means. */
gboolean witness_takes_more (const char *text);
