/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-link-address.h"

G_BEGIN_DECLS

#define HEARTH_RTNETLINK_REQUEST_SIZE 256

/**
 * HearthRtnetlinkRequest:
 * @bytes: the message, ready to be sent
 * @length: how many of the bytes
 *
 * One request of rtnetlink(7), a value on the stack. Values in, bytes out: no socket is opened here.
 */
typedef struct {
  _Alignas (8) guint8 bytes[HEARTH_RTNETLINK_REQUEST_SIZE];
  gsize length;
} HearthRtnetlinkRequest;

/* All links without their counters; all addresses of both families. */
void hearth_rtnetlink_request_dump_links     (HearthRtnetlinkRequest  *request,
                                              guint32                  sequence);
void hearth_rtnetlink_request_dump_addresses (HearthRtnetlinkRequest  *request,
                                              guint32                  sequence);

/* All routes of a family, in all tables; all neighbours of both families. */
void hearth_rtnetlink_request_dump_routes     (HearthRtnetlinkRequest  *request,
                                               guint32                  sequence,
                                               HearthFamily             family);
void hearth_rtnetlink_request_dump_neighbours (HearthRtnetlinkRequest  *request,
                                               guint32                  sequence);

/* One link with its counters, and then a result, as every answer ends with one. */
void hearth_rtnetlink_request_get_link       (HearthRtnetlinkRequest  *request,
                                              guint32                  sequence,
                                              guint32                  index);

/* The kernel answers only when it cannot do it: for all but the last of several in one datagram. */
void hearth_rtnetlink_request_be_quiet       (HearthRtnetlinkRequest  *request);

/* Creates @address, or fails where it is. A lifetime counts from @now_s, monotonic seconds. */
void hearth_rtnetlink_request_add_address    (HearthRtnetlinkRequest  *request,
                                              guint32                  sequence,
                                              const HearthLinkAddress *address,
                                              gint64                   now_s);

/* Gives @address, which is there, its protocol as the tag. IPv4 adds it where it is not there, whatever
 * the flags say. */
void hearth_rtnetlink_request_tag_address (HearthRtnetlinkRequest  *request,
                                           guint32                  sequence,
                                           const HearthLinkAddress *address,
                                           gint64                   now_s);

/* Removes @address. Always with IFA_LOCAL and IFA_ADDRESS, the prefix and the link: the kernel fills
 * what is missing with the first address it finds, which may be 127.0.0.1. */
void hearth_rtnetlink_request_remove_address (HearthRtnetlinkRequest  *request,
                                              guint32                  sequence,
                                              const HearthLinkAddress *address);

G_END_DECLS
