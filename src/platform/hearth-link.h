/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest name of a link with its NUL: IF_MAX_STRING_SIZE + 1 of Windows; Linux has IFNAMSIZ, 16. */
#define HEARTH_LINK_NAME_SIZE 257

typedef enum {
  HEARTH_LINK_FLAG_UP = 1 << 0,       /* switched on by somebody (RFC 2863, ifAdminStatus) */
  HEARTH_LINK_FLAG_LOOPBACK = 1 << 1, /* what is sent to it comes back to this computer */
} HearthLinkFlags;

/**
 * HearthLink:
 * @index: the number of the link, greater than 0, unique while it exists (RFC 3493, section 4)
 * @mtu_bytes: the largest packet it takes
 * @flags: #HearthLinkFlags
 * @name: its name, "lo", UTF-8
 *
 * A network interface as the operating system reports it. An immutable record, counted by reference
 * and not across threads.
 */
typedef struct {
  guint32 index;
  guint32 mtu_bytes;
  guint32 flags;
  char name[HEARTH_LINK_NAME_SIZE];
} HearthLink;

/* A new record with the contents of @link, which may live on the stack. (transfer full) */
HearthLink *hearth_link_copy    (const HearthLink *link);
HearthLink *hearth_link_ref     (const HearthLink *link);
void        hearth_link_unref   (HearthLink       *link);

gboolean    hearth_link_equal   (const HearthLink *a,
                                 const HearthLink *b);

/* The order for people: loopback first, then by index. */
int         hearth_link_compare (const HearthLink *a,
                                 const HearthLink *b);

/**
 * HearthCounters:
 *
 * What went through a link since it was made (RFC 2863, ifXTable): bytes and packets.
 */
typedef struct {
  guint64 received_bytes;
  guint64 received_packets;
  guint64 received_errors;
  guint64 received_dropped;
  guint64 sent_bytes;
  guint64 sent_packets;
  guint64 sent_errors;
  guint64 sent_dropped;
} HearthCounters;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthLink, hearth_link_unref)

G_END_DECLS
