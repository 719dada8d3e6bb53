/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-prefix.h"

G_BEGIN_DECLS

/**
 * HearthReach:
 * @HEARTH_REACH_THIS_COMPUTER: packets to it never leave this computer
 * @HEARTH_REACH_LOCAL_NETWORK: neighbours on the same network, or the same site
 * @HEARTH_REACH_INTERNET: everyone, where routers and firewalls let them
 *
 * Who can reach a service that listens on an address. It is what the address allows, not what a
 * firewall in between forbids.
 */
typedef enum {
  HEARTH_REACH_THIS_COMPUTER,
  HEARTH_REACH_LOCAL_NETWORK,
  HEARTH_REACH_INTERNET,
} HearthReach;

/**
 * HearthAddressKind:
 *
 * The kinds of special-purpose addresses of RFC 6890 and the two IANA registries it started, as far
 * as they differ for a person; everything else is public.
 */
typedef enum {
  HEARTH_ADDRESS_KIND_PUBLIC,
  HEARTH_ADDRESS_KIND_UNSPECIFIED,
  HEARTH_ADDRESS_KIND_THIS_NETWORK,
  HEARTH_ADDRESS_KIND_LOOPBACK,
  HEARTH_ADDRESS_KIND_LINK_LOCAL,
  HEARTH_ADDRESS_KIND_PRIVATE,
  HEARTH_ADDRESS_KIND_SHARED,
  HEARTH_ADDRESS_KIND_UNIQUE_LOCAL,
  HEARTH_ADDRESS_KIND_SITE_LOCAL,
  HEARTH_ADDRESS_KIND_DOCUMENTATION,
  HEARTH_ADDRESS_KIND_BENCHMARKING,
  HEARTH_ADDRESS_KIND_PROTOCOL,
  HEARTH_ADDRESS_KIND_TRANSLATION,
  HEARTH_ADDRESS_KIND_DISCARD,
  HEARTH_ADDRESS_KIND_MAPPED,
  HEARTH_ADDRESS_KIND_MULTICAST,
  HEARTH_ADDRESS_KIND_RESERVED,
  HEARTH_ADDRESS_KIND_BROADCAST,
} HearthAddressKind;

/**
 * HearthAddressClass:
 * @kind: what it is
 * @reach: who can reach it
 * @name: the kind in a few words, "Loopback address", translatable with g_dgettext()
 * @why: one sentence that gives the reason for @reach, translatable
 * @source: the document that sets the address apart, "RFC 1122, section 3.2.1.3"
 * @prefix: (nullable): the block that the document sets apart, the same pointer for all of its addresses
 *
 * What an address is. The strings are static. One kind can have several reaches: of the PROTOCOL
 * addresses the internet carries 192.0.0.9, but not 192.0.0.8.
 */
typedef struct {
  HearthAddressKind kind;
  HearthReach reach;
  const char *name;
  const char *why;
  const char *source;
  const HearthPrefix *prefix;
} HearthAddressClass;

/* Classifies an address by its bits alone; none of the strings is NULL. An IPv4-mapped address
 * (::ffff:0:0/96) has the kind MAPPED and the reach of the IPv4 address in it. An address of no
 * family is RESERVED. */
HearthAddressClass  hearth_address_classify (const HearthAddress *address);

/* "this-computer", "local-network", "internet": the words of the JSON. */
const char         *hearth_reach_to_id      (HearthReach reach);

/* "Only this computer" by itself, "only this computer" inside a sentence: in the user's language. */
const char         *hearth_reach_to_label   (HearthReach reach);
const char         *hearth_reach_to_phrase  (HearthReach reach);

G_END_DECLS
