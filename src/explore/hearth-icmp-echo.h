/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/* A header of 8 bytes (RFC 792; RFC 4443, section 4.1), and as many to know it by again. */
#define HEARTH_ICMP_ECHO_BYTES 16

/* Echo requests and their replies, as values. The identifier is left 0, and the checksum of IPv6, for the kernel to
 * fill in; that of IPv4 not every kernel does.
 * @number: what it is known by again */
void     hearth_icmp_echo_write     (HearthFamily   family,
                                     guint64        number,
                                     guint8         bytes[HEARTH_ICMP_ECHO_BYTES]);

/* The longest header of IPv4 (RFC 791). */
#define HEARTH_ICMP_ECHO_MAX_HEADER_BYTES 60

/* Where the message begins in what was received: macOS and FreeBSD give the header of IPv4 with it (icmp(4)), whose
 * first byte no message has. At the most @length. */
gsize    hearth_icmp_echo_find      (HearthFamily   family,
                                     const guint8  *bytes,
                                     gsize          length);

/* Whether @bytes, any, are the reply to the request with this number. */
gboolean hearth_icmp_echo_is_answer (HearthFamily   family,
                                     guint64        number,
                                     const guint8  *bytes,
                                     gsize          length);

G_END_DECLS
