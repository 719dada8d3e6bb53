/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-prefix.h"

G_BEGIN_DECLS

/* The longest label with its NUL: IFNAMSIZ of Linux, the one system that has labels. */
#define HEARTH_LABEL_SIZE 16

/**
 * HearthScope:
 *
 * How far an address is valid. The numbers are those of Linux (RT_SCOPE_* of linux/rtnetlink.h), which
 * knows any number in between.
 */
typedef enum {
  HEARTH_SCOPE_GLOBAL = 0,
  HEARTH_SCOPE_SITE = 200,
  HEARTH_SCOPE_LINK = 253,
  HEARTH_SCOPE_HOST = 254,
  HEARTH_SCOPE_NOWHERE = 255,
} HearthScope;

typedef enum {
  HEARTH_LINK_ADDRESS_FLAG_SECONDARY = 1 << 0,  /* not the first of its network on this link */
  HEARTH_LINK_ADDRESS_FLAG_TENTATIVE = 1 << 1,  /* not proved unique yet (RFC 4862) */
  HEARTH_LINK_ADDRESS_FLAG_DUPLICATE = 1 << 2,  /* somebody else has it (RFC 4862) */
  HEARTH_LINK_ADDRESS_FLAG_DEPRECATED = 1 << 3, /* past its preferred lifetime (RFC 4862) */
} HearthLinkAddressFlags;

/**
 * HearthLinkAddressProtocol:
 *
 * Who put an address on its link, as a tag that the kernel keeps with it: IFA_PROTO of
 * linux/if_addr.h, from Linux 5.18 on. 0 to 3 are the kernel's, the others ours.
 */
typedef enum {
  HEARTH_PROTOCOL_UNSPECIFIED = 0,
  HEARTH_PROTOCOL_KERNEL_LOOPBACK = 1,
  HEARTH_PROTOCOL_KERNEL_ROUTER = 2,
  HEARTH_PROTOCOL_KERNEL_LINK_LOCAL = 3,
  HEARTH_PROTOCOL_SESSION = 0x68,
  HEARTH_PROTOCOL_RESTART = 0x69,
  HEARTH_PROTOCOL_ALWAYS = 0x6a,
} HearthLinkAddressProtocol;

/**
 * HearthLinkAddress:
 * @link_index: the link it is on
 * @prefix: the address and the length of its prefix
 * @peer: the other end of a point-to-point link, or none
 * @scope: a #HearthScope, or any number in between
 * @protocol: a #HearthLinkAddressProtocol, or any other number
 * @flags: #HearthLinkAddressFlags
 * @label: UTF-8, empty where there is none
 * @valid_until_s: when it goes by itself, in seconds of g_get_monotonic_time(), or 0 for never
 *
 * An address on a link as the operating system reports it. An immutable record, counted by reference
 * and not across threads. Its key is what tells it from every other: link, prefix and peer.
 */
typedef struct {
  guint32 link_index;
  guint32 flags;
  gint64 valid_until_s;
  HearthPrefix prefix;
  HearthAddress peer;
  guint8 scope;
  guint8 protocol;
  char label[HEARTH_LABEL_SIZE];
} HearthLinkAddress;

/* A new record with the contents of @address, which may live on the stack. (transfer full) */
HearthLinkAddress *hearth_link_address_copy  (const HearthLinkAddress *address);
HearthLinkAddress *hearth_link_address_ref   (const HearthLinkAddress *address);
void               hearth_link_address_unref (HearthLinkAddress       *address);

/* By key: for hash tables, and for sorting: by the index of the link; on a link the base addresses,
 * 127.0.0.1 and ::1, come first, as people look for them, then by address, prefix and peer. */
guint    hearth_link_address_hash      (gconstpointer address);
gboolean hearth_link_address_equal     (gconstpointer a,
                                        gconstpointer b);
int      hearth_link_address_compare   (const HearthLinkAddress *a,
                                        const HearthLinkAddress *b);

/* Whether everything but the key is the same too. The kernel reports what is left of a lifetime in
 * whole seconds, so ends that are up to 2 s apart are the same. */
gboolean hearth_link_address_same_state (const HearthLinkAddress *a,
                                         const HearthLinkAddress *b);

/* "host", "link", "site", "global", "nowhere", or the number in decimal, in @text. */
const char *hearth_scope_to_id (guint8 scope,
                                char   text[8]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthLinkAddress, hearth_link_address_unref)

G_END_DECLS
