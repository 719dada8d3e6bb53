/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "hearth-link-address.h"
#include "hearth-owner-source.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

/**
 * HearthAddressQuery:
 *
 * What somebody typed into the search of the Addresses page, made ready to be asked of ten thousand
 * addresses within a frame: what the words of a reach or an owner answer is worked out once, not
 * for each address.
 */
typedef struct _HearthAddressQuery HearthAddressQuery;

/* (nullable) (transfer full): NULL where @text is empty or only white space, which matches all. */
HearthAddressQuery *hearth_address_query_new         (const char               *text);
void                hearth_address_query_free        (HearthAddressQuery       *self);

/* Whether each word that was typed is part of the address with its prefix, of the interface's
 * name, of the label, or of what the row says of reach, owner and lifetime, in any case of
 * letters. */
gboolean            hearth_address_query_matches     (const HearthAddressQuery *self,
                                                      const HearthLinkAddress  *record,
                                                      const char               *interface_name,
                                                      HearthReach               reach,
                                                      HearthOwner               owner,
                                                      HearthLifetime            lifetime);

/* Whether everything that @longer can match is matched by @shorter too, as while typing on. */
gboolean            hearth_address_query_is_narrowed (const char               *shorter,
                                                      const char               *longer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthAddressQuery, hearth_address_query_free)

G_END_DECLS
