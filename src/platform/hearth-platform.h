/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "hearth-error.h"
#include "hearth-link-address.h"
#include "hearth-link.h"

G_BEGIN_DECLS

/**
 * HearthPlatform:
 *
 * What the operating system says of its links and their addresses, and what it does to them. It holds
 * the one mirror of the kernel's state there is in Hearth; a subclass for each system only translates.
 *
 * All calls belong to the thread whose main context was the default one when hearth_platform_start()
 * was called; signals come there.
 */
#define HEARTH_TYPE_PLATFORM (hearth_platform_get_type ())
G_DECLARE_DERIVABLE_TYPE (HearthPlatform, hearth_platform, HEARTH, PLATFORM, GObject)

/* hearth-surroundings.h, hearth-surroundings-builder.h */
typedef struct _HearthSurroundings HearthSurroundings;
typedef struct _HearthSurroundingsBuilder HearthSurroundingsBuilder;

/**
 * HearthPlatformClass:
 * @start: opens what is needed, reports the whole state as one batch (hearth-platform-backend.h), and
 *   reports changes from then on
 * @add_address: see hearth_platform_add_address()
 * @remove_address: see hearth_platform_remove_address()
 * @tag_address: see hearth_platform_tag_address()
 * @apply_edits: (nullable): carries out the #HearthEdit of @edits in their order, faster than one by one, and
 *   stops soon after one has failed; says in @done, which is all FALSE, which of them were carried out, later
 *   ones than the failed one too
 * @read_counters: see hearth_platform_read_counters()
 * @catch_up: (nullable): see hearth_platform_catch_up(); NULL where the mirror is never late
 * @read_surroundings: adds routes and neighbours, see hearth_platform_read_surroundings()
 * @read_listeners: see hearth_platform_read_listeners(); on any thread, in any order, (transfer full)
 * @only_listed_answer: (nullable): see hearth_platform_only_listed_answer()
 * @resolv_conf_paths: (nullable): static, NULL-terminated: the files that name the name servers
 *
 * `start` must be there; another function that is not filled in fails with
 * HEARTH_ERROR_NOT_SUPPORTED.
 */
struct _HearthPlatformClass {
  GObjectClass parent_class;

  gboolean (*start)          (HearthPlatform *self, GError **error);
  gboolean (*add_address)    (HearthPlatform *self, const HearthLinkAddress *address, GError **error);
  gboolean (*remove_address) (HearthPlatform *self, const HearthLinkAddress *address, GError **error);
  gboolean (*tag_address)    (HearthPlatform *self, const HearthLinkAddress *address, GError **error);
  gboolean (*apply_edits)    (HearthPlatform *self, const GArray *edits, gboolean *done, GError **error);
  gboolean (*read_counters)  (HearthPlatform *self, guint32 link_index, HearthCounters *counters,
                              GError **error);
  void     (*catch_up)       (HearthPlatform *self);
  gboolean (*read_surroundings) (HearthPlatform *self, HearthSurroundingsBuilder *builder, GError **error);
  GPtrArray *(*read_listeners) (HearthPlatform *self, GPtrArray *known, GError **error);
  gboolean (*only_listed_answer) (HearthPlatform *self);
  const char *const *resolv_conf_paths;
};

typedef enum {
  HEARTH_CHANGE_ADDED,
  HEARTH_CHANGE_REMOVED,
  HEARTH_CHANGE_CHANGED,
} HearthChangeKind;

/**
 * HearthChange:
 * @kind: what happened
 * @link: (nullable): the link it happened to, as it is now, or was before it went
 * @address: (nullable): the address it happened to; exactly one of the two is set
 */
typedef struct {
  HearthChangeKind kind;
  const HearthLink *link;
  const HearthLinkAddress *address;
} HearthChange;

/**
 * HearthChanges:
 * @items: (array length=n_items): in this order: links that came, addresses that went, changed and
 *   came, links that changed, links that went. So an address always has its link.
 *
 * One batch of changes, the argument of #HearthPlatform::changed. Each record is named once at the
 * most; the records live as long as the signal's emission, unless somebody takes a reference.
 */
typedef struct {
  const HearthChange *items;
  gsize n_items;
} HearthChanges;

/* The platform of the system that this is built for. (transfer full) */
HearthPlatform *hearth_platform_new (void);

/* Reads the state for the first time, without emitting, and watches it from then on. Takes a few
 * milliseconds, of the kernel's own time, for 10,000 addresses. HEARTH_ERROR_NOT_PERMITTED where the
 * process may not ask the kernel (a sandbox), HEARTH_ERROR_FAILED where asking failed; it may be called
 * again then. */
gboolean hearth_platform_start            (HearthPlatform           *self,
                                           GError                  **error);

/* The links, loopback first, then by index. (transfer container) (element-type HearthLink) */
GPtrArray *hearth_platform_list_links     (HearthPlatform           *self);

/* All addresses of all links, by hearth_link_address_compare(): those of a link are beside each other.
 * (transfer container) (element-type HearthLinkAddress) */
GPtrArray *hearth_platform_list_addresses (HearthPlatform           *self);

/* (nullable) (transfer none) */
const HearthLink *hearth_platform_get_link (HearthPlatform          *self,
                                            guint32                  index);

/* The link called @name. (nullable) (transfer none) */
const HearthLink *hearth_platform_find_link (HearthPlatform         *self,
                                             const char             *name);

/* The record with the key of @key. (nullable) (transfer none) */
const HearthLinkAddress *hearth_platform_get_address (HearthPlatform          *self,
                                                      const HearthLinkAddress *key);

/* Puts an address on a link, takes it off, or gives it another tag, with the rights of this process; no
 * rule is asked: hearth_platform_apply() is what changes are made with. Adding uses prefix, peer, label,
 * protocol, scope and, where it is not 0, valid_until_s; removing uses the key; tagging wants the record
 * as it is, but for the protocol, which is the new one. They return when the kernel has answered, within a millisecond
 * as a rule; the change is in the mirror when its signal comes.
 * HEARTH_ERROR_EXISTS, HEARTH_ERROR_NOT_FOUND, HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_INVALID,
 * HEARTH_ERROR_NOT_SUPPORTED, HEARTH_ERROR_FAILED. */
gboolean hearth_platform_add_address      (HearthPlatform           *self,
                                           const HearthLinkAddress  *address,
                                           GError                  **error);
gboolean hearth_platform_remove_address   (HearthPlatform           *self,
                                           const HearthLinkAddress  *address,
                                           GError                  **error);
gboolean hearth_platform_tag_address      (HearthPlatform           *self,
                                           const HearthLinkAddress  *address,
                                           GError                  **error);

/* Reads the counters of a link now. HEARTH_ERROR_NOT_FOUND, HEARTH_ERROR_FAILED. */
gboolean hearth_platform_read_counters    (HearthPlatform           *self,
                                           guint32                   link_index,
                                           HearthCounters           *counters,
                                           GError                  **error);

/* Whether of 127.0.0.0/8 only those addresses answer that are on the list, as on macOS and FreeBSD, and not all
 * of them, as on Linux and Windows. Every address that is on it costs the look-up of names something there. */
gboolean hearth_platform_only_listed_answer (HearthPlatform         *self);

/* Hears now what the system has said already and the main loop would hear next: a change that this process
 * made is in the mirror, and its signal is out, when this returns. Nothing while it is hearing already, in
 * a handler of the signal. */
void     hearth_platform_catch_up         (HearthPlatform           *self);

G_END_DECLS
