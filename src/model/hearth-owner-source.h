/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "hearth-link-address.h"

G_BEGIN_DECLS

/* Who put an address on its link. */
typedef enum {
  HEARTH_OWNER_UNKNOWN,
  HEARTH_OWNER_SYSTEM,
  HEARTH_OWNER_HEARTH,
  HEARTH_OWNER_NETWORKMANAGER,
} HearthOwner;

/* How long it stays. */
typedef enum {
  HEARTH_LIFETIME_UNKNOWN,
  HEARTH_LIFETIME_SESSION,
  HEARTH_LIFETIME_RESTART,
  HEARTH_LIFETIME_ALWAYS,
} HearthLifetime;

typedef struct {
  HearthOwner owner;
  HearthLifetime lifetime;
} HearthOwnership;

/**
 * HearthOwnerSource:
 *
 * Somebody who knows who owns addresses: the tags of the kernel, NetworkManager, a state file. The model
 * asks its sources in their order; the first that knows an address has the word.
 *
 * The signal #HearthOwnerSource::changed says that answers may differ from now on.
 */
#define HEARTH_TYPE_OWNER_SOURCE (hearth_owner_source_get_type ())
G_DECLARE_INTERFACE (HearthOwnerSource, hearth_owner_source, HEARTH, OWNER_SOURCE, GObject)

struct _HearthOwnerSourceInterface {
  GTypeInterface parent_iface;

  gboolean (*look_up) (HearthOwnerSource *self, const HearthLinkAddress *address,
                       HearthOwnership *ownership);
};

/* TRUE, and fills @ownership, where the source knows @address. Never waits. */
gboolean    hearth_owner_source_look_up      (HearthOwnerSource       *self,
                                              const HearthLinkAddress *address,
                                              HearthOwnership         *ownership);

/* For the sources: says that answers may differ now. */
void        hearth_owner_source_emit_changed (HearthOwnerSource       *self);

/* "system", "hearth", "networkmanager", "unknown"; "session", "restart", "always", "unknown": the words
 * of the JSON. */
const char *hearth_owner_to_id               (HearthOwner              owner);
const char *hearth_lifetime_to_id            (HearthLifetime           lifetime);

/* FALSE, and @lifetime untouched, for what is none of "session", "restart" and "always". */
gboolean    hearth_lifetime_parse            (const char              *id,
                                              HearthLifetime          *lifetime);

/* The same in the user's language: "System", "Until restart". */
const char *hearth_owner_to_label            (HearthOwner              owner);
const char *hearth_lifetime_to_label         (HearthLifetime           lifetime);

/* Both in the user's language: "System · always", and "Hearth" alone where the lifetime is unknown.
 * (transfer full) */
char       *hearth_ownership_to_label        (HearthOwnership          ownership);

/* What is to be said of them inside a sentence: "until restart", "origin unknown", or NULL. */
const char *hearth_ownership_to_phrase       (HearthOwnership          ownership);

G_END_DECLS
