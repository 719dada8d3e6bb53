/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The special-purpose addresses: the two IANA registries of RFC 6890, as RFC 8190 and later
 * documents changed them, and what other documents set apart: multicast, IPv4-compatible and
 * site-local addresses. Where the registry says "globally reachable", or leaves it open, an address
 * reaches the internet: when in doubt, the wider answer is the safe one.
 *
 * Within a family long prefixes stand before short ones, so that the first that fits is the
 * longest. */

#include "hearth-reach.h"

#include <glib/gi18n-lib.h>

typedef struct {
  HearthPrefix prefix;
  const HearthAddressClass *what; /* without its source and prefix */
  const char *source;
} SpecialPrefix;

/* clang-format off */
#define DEFINE_CLASS(variable, kind, reach, name, why) \
  static const HearthAddressClass variable = { \
    HEARTH_ADDRESS_KIND_##kind, HEARTH_REACH_##reach, name, why, NULL, NULL }

DEFINE_CLASS (public_, PUBLIC, INTERNET, N_ ("Public address"),
  N_ ("The internet carries it, so everyone can reach it unless a router or a firewall in between "
      "forbids it."));
DEFINE_CLASS (unspecified, UNSPECIFIED, INTERNET, N_ ("Unspecified address"),
  N_ ("It stands for every address of this computer, so whoever reaches one of them reaches the "
      "service."));
DEFINE_CLASS (this_network, THIS_NETWORK, LOCAL_NETWORK, N_ ("Address of “this network”"),
  N_ ("It has a meaning only on the network that this computer is on, and routers do not pass it "
      "on."));
DEFINE_CLASS (loopback, LOOPBACK, THIS_COMPUTER, N_ ("Loopback address"),
  N_ ("What is sent to it never leaves this computer, so no other computer can reach it."));
DEFINE_CLASS (link_local, LINK_LOCAL, LOCAL_NETWORK, N_ ("Link-local address"),
  N_ ("Routers never pass it on, so only computers on the same network can reach it."));
DEFINE_CLASS (private_, PRIVATE, LOCAL_NETWORK, N_ ("Private address"),
  N_ ("The internet does not carry private addresses, so only computers of the same home or "
      "organization can reach it."));
DEFINE_CLASS (shared, SHARED, LOCAL_NETWORK, N_ ("Shared address of a provider"),
  N_ ("It is for the network between an internet provider and its customers, and the internet does "
      "not carry it."));
DEFINE_CLASS (unique_local, UNIQUE_LOCAL, LOCAL_NETWORK, N_ ("Unique local address"),
  N_ ("It is a private address of IPv6: the internet does not carry it, so only computers of the "
      "same home or organization can reach it."));
DEFINE_CLASS (site_local, SITE_LOCAL, LOCAL_NETWORK, N_ ("Site-local address"),
  N_ ("It is a private address of an old kind, and no longer used: the internet does not carry "
      "it."));
DEFINE_CLASS (documentation, DOCUMENTATION, LOCAL_NETWORK, N_ ("Address for examples"),
  N_ ("It is set aside for examples in books and manuals, and the internet does not carry it."));
DEFINE_CLASS (benchmarking, BENCHMARKING, LOCAL_NETWORK, N_ ("Address for benchmarks"),
  N_ ("It is set aside for measuring network devices, and the internet does not carry it."));
DEFINE_CLASS (protocol, PROTOCOL, LOCAL_NETWORK, N_ ("Address of a protocol"),
  N_ ("It is set aside for the workings of the network itself, and the internet does not carry "
      "it."));
DEFINE_CLASS (protocol_service, PROTOCOL, INTERNET, N_ ("Address of a protocol"),
  N_ ("It is set aside for the workings of the internet itself, and the internet carries it."));
DEFINE_CLASS (translation, TRANSLATION, INTERNET, N_ ("Address that stands for an IPv4 address"),
  N_ ("It leads to an IPv4 address by way of a translator or a tunnel, and the internet carries "
      "it."));
DEFINE_CLASS (local_translation, TRANSLATION, LOCAL_NETWORK,
  N_ ("Address that stands for an IPv4 address"),
  N_ ("It leads to an IPv4 address by way of a translator on the local network, and the internet "
      "does not carry it."));
DEFINE_CLASS (discard, DISCARD, LOCAL_NETWORK, N_ ("Discard address"),
  N_ ("Routers throw away what is sent to it, so at most computers on the same network can reach "
      "it."));
DEFINE_CLASS (mapped, MAPPED, INTERNET, N_ ("IPv4-mapped address"),
  N_ ("It stands for the IPv4 address that is written in it, and reaches as far as that one."));
DEFINE_CLASS (multicast_host, MULTICAST, THIS_COMPUTER, N_ ("Multicast address"),
  N_ ("It reaches a group of programs on this computer and never leaves it."));
DEFINE_CLASS (multicast_link, MULTICAST, LOCAL_NETWORK, N_ ("Multicast address"),
  N_ ("It reaches a group of computers on the same network, and routers never pass it on."));
DEFINE_CLASS (multicast_site, MULTICAST, LOCAL_NETWORK, N_ ("Multicast address"),
  N_ ("It reaches a group of computers of the same home or organization, and the internet does not "
      "carry it."));
DEFINE_CLASS (multicast_world, MULTICAST, INTERNET, N_ ("Multicast address"),
  N_ ("It reaches a group of computers that may be anywhere on the internet."));
DEFINE_CLASS (reserved, RESERVED, INTERNET, N_ ("Reserved address"),
  N_ ("It is not in use, and nothing says how far it would reach: count on everyone."));
DEFINE_CLASS (broadcast, BROADCAST, LOCAL_NETWORK, N_ ("Broadcast address"),
  N_ ("It reaches every computer on the same network at once, and routers do not pass it on."));

#define IPV4(length, ...) { { HEARTH_FAMILY_IPV4, { __VA_ARGS__ }, "" }, length }
#define IPV6(length, ...) { { HEARTH_FAMILY_IPV6, { __VA_ARGS__ }, "" }, length }

static const SpecialPrefix specials[] = {
  { IPV4 (32, 0, 0, 0, 0), &unspecified, "RFC 1122, section 3.2.1.3" },
  { IPV4 (32, 192, 0, 0, 8), &protocol, "RFC 7600, section 6" },
  { IPV4 (32, 192, 0, 0, 9), &protocol_service, "RFC 7723, section 4.1" },
  { IPV4 (32, 192, 0, 0, 10), &protocol_service, "RFC 8155, section 8.1" },
  { IPV4 (32, 192, 0, 0, 170), &protocol, "RFC 7050, section 2.2" },
  { IPV4 (32, 192, 0, 0, 171), &protocol, "RFC 7050, section 2.2" },
  { IPV4 (32, 192, 88, 99, 2), &protocol, "RFC 6751" },
  { IPV4 (32, 255, 255, 255, 255), &broadcast, "RFC 919, section 7" },
  { IPV4 (29, 192, 0, 0, 0), &protocol, "RFC 7335, section 6" },
  { IPV4 (24, 192, 0, 0), &protocol, "RFC 6890, section 2.1" },
  { IPV4 (24, 192, 0, 2), &documentation, "RFC 5737, section 3" },
  { IPV4 (24, 192, 31, 196), &protocol_service, "RFC 7535, section 8.1" },
  { IPV4 (24, 192, 52, 193), &protocol_service, "RFC 7450, section 7.1" },
  { IPV4 (24, 192, 88, 99), &protocol_service, "RFC 7526, section 4" },
  { IPV4 (24, 192, 175, 48), &protocol_service, "RFC 7534, section 7.1" },
  { IPV4 (24, 198, 51, 100), &documentation, "RFC 5737, section 3" },
  { IPV4 (24, 203, 0, 113), &documentation, "RFC 5737, section 3" },
  { IPV4 (24, 224, 0, 0), &multicast_link, "RFC 5771, section 4" },
  { IPV4 (16, 169, 254), &link_local, "RFC 3927, section 2.7" },
  { IPV4 (16, 192, 168), &private_, "RFC 1918, section 3" },
  { IPV4 (15, 198, 18), &benchmarking, "RFC 6815, section 4.2" },
  { IPV4 (12, 172, 16), &private_, "RFC 1918, section 3" },
  { IPV4 (10, 100, 64), &shared, "RFC 6598, section 4" },
  { IPV4 (8, 0), &this_network, "RFC 791, section 3.2" },
  { IPV4 (8, 10), &private_, "RFC 1918, section 3" },
  { IPV4 (8, 127), &loopback, "RFC 1122, section 3.2.1.3" },
  { IPV4 (8, 239), &multicast_site, "RFC 2365, section 4" },
  { IPV4 (4, 224), &multicast_world, "RFC 5771, section 3" },
  { IPV4 (4, 240), &reserved, "RFC 1112, section 4" },
  { IPV4 (0, 0), &public_, "RFC 6890, section 2.2.2" },

  { IPV6 (128, 0), &unspecified, "RFC 4291, section 2.5.2" },
  { IPV6 (128, [15] = 1), &loopback, "RFC 4291, section 2.5.3" },
  { IPV6 (128, 0x20, 0x01, 0x00, 0x01, [15] = 1), &protocol_service, "RFC 7723, section 4.2" },
  { IPV6 (128, 0x20, 0x01, 0x00, 0x01, [15] = 2), &protocol_service, "RFC 8155, section 8.2" },
  { IPV6 (128, 0x20, 0x01, 0x00, 0x01, [15] = 3), &protocol_service, "RFC 9665" },
  { IPV6 (96, 0), &reserved, "RFC 4291, section 2.5.5.1" },
  { IPV6 (96, [10] = 0xff, 0xff), &mapped, "RFC 4291, section 2.5.5.2" },
  { IPV6 (96, 0x00, 0x64, 0xff, 0x9b), &translation, "RFC 6052, section 2.1" },
  { IPV6 (64, 0x01, 0x00), &discard, "RFC 6666, section 4" },
  { IPV6 (64, 0x01, 0x00, [7] = 1), &protocol, "RFC 9780, section 7.1" },
  { IPV6 (48, 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01), &local_translation, "RFC 8215, section 3" },
  { IPV6 (48, 0x20, 0x01, 0x00, 0x02), &benchmarking, "RFC 5180, section 8" },
  { IPV6 (48, 0x20, 0x01, 0x00, 0x04, 0x01, 0x12), &protocol_service, "RFC 7535, section 8.1" },
  { IPV6 (48, 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00), &protocol_service, "RFC 7534, section 7.1" },
  { IPV6 (32, 0x20, 0x01), &translation, "RFC 4380, section 2.6" },
  { IPV6 (32, 0x20, 0x01, 0x00, 0x03), &protocol_service, "RFC 7450, section 7.1" },
  { IPV6 (32, 0x20, 0x01, 0x0d, 0xb8), &documentation, "RFC 3849, section 2" },
  { IPV6 (28, 0x20, 0x01, 0x00, 0x10), &protocol, "RFC 4843, section 7" },
  { IPV6 (28, 0x20, 0x01, 0x00, 0x20), &protocol_service, "RFC 7343, section 6" },
  { IPV6 (28, 0x20, 0x01, 0x00, 0x30), &protocol_service, "RFC 9374, section 3.1" },
  { IPV6 (23, 0x20, 0x01), &protocol, "RFC 2928, section 3" },
  { IPV6 (20, 0x3f, 0xff), &documentation, "RFC 9637, section 4" },
  { IPV6 (16, 0x20, 0x02), &translation, "RFC 3056, section 2" },
  { IPV6 (16, 0x5f, 0x00), &protocol, "RFC 9602, section 5" },
  { IPV6 (10, 0xfe, 0x80), &link_local, "RFC 4291, section 2.5.6" },
  { IPV6 (10, 0xfe, 0xc0), &site_local, "RFC 3879, section 4" },
  { IPV6 (8, 0xff), &multicast_link, "RFC 7346, section 2" },
  { IPV6 (7, 0xfc), &unique_local, "RFC 4193, section 3.3" },
  { IPV6 (0, 0), &public_, "RFC 4291, section 2.4" },
};

/* The scope is the fourth hexadecimal digit of a multicast address, after any flags: RFC 4291,
 * section 2.7, and RFC 7346, section 2. Nobody may send to the reserved scope 0; F is E. */
static const HearthAddressClass *const multicast_scopes[16] = {
  &multicast_link, &multicast_host, &multicast_link, &multicast_site,
  &multicast_site, &multicast_site, &multicast_site, &multicast_site,
  &multicast_site, &multicast_site, &multicast_site, &multicast_site,
  &multicast_site, &multicast_site, &multicast_world, &multicast_world,
};
/* clang-format on */

/* The first byte tells nearly always. */
static gboolean
may_contain (const HearthPrefix *prefix, const HearthAddress *address)
{
  return prefix->length < 8 || prefix->address.bytes[0] == address->bytes[0];
}

static const SpecialPrefix *
find_special (const HearthAddress *address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    if (may_contain (&specials[i].prefix, address) &&
        hearth_prefix_contains (&specials[i].prefix, address))
      return &specials[i];
  return NULL;
}

static HearthReach
get_reach_inside (const HearthAddress *mapped_address)
{
  HearthAddress inside = hearth_address_from_bytes (HEARTH_FAMILY_IPV4, mapped_address->bytes + 12);

  return hearth_address_classify (&inside).reach;
}

HearthAddressClass
hearth_address_classify (const HearthAddress *address)
{
  const SpecialPrefix *special = find_special (address);
  HearthAddressClass what = special != NULL ? *special->what : reserved;

  if (what.kind == HEARTH_ADDRESS_KIND_MULTICAST && address->family == HEARTH_FAMILY_IPV6)
    what = *multicast_scopes[address->bytes[1] & 0x0f];
  if (what.kind == HEARTH_ADDRESS_KIND_MAPPED)
    what.reach = get_reach_inside (address);

  what.source = special != NULL ? special->source : "RFC 6890, section 2.2";
  what.prefix = special != NULL ? &special->prefix : NULL;
  return what;
}

const char *
hearth_reach_to_id (HearthReach reach)
{
  switch (reach)
    {
    case HEARTH_REACH_THIS_COMPUTER:
      return "this-computer";
    case HEARTH_REACH_LOCAL_NETWORK:
      return "local-network";
    case HEARTH_REACH_INTERNET:
      return "internet";
    default:
      g_assert_not_reached ();
    }
}

const char *
hearth_reach_to_label (HearthReach reach)
{
  switch (reach)
    {
    case HEARTH_REACH_THIS_COMPUTER:
      return _ ("Only this computer");
    case HEARTH_REACH_LOCAL_NETWORK:
      return _ ("The local network");
    case HEARTH_REACH_INTERNET:
      return _ ("The internet");
    default:
      g_assert_not_reached ();
    }
}

const char *
hearth_reach_to_phrase (HearthReach reach)
{
  switch (reach)
    {
    case HEARTH_REACH_THIS_COMPUTER:
      /* Translators: who can reach an address, inside "127.0.0.2, only this computer, always" */
      return _ ("only this computer");
    case HEARTH_REACH_LOCAL_NETWORK:
      return _ ("the local network");
    case HEARTH_REACH_INTERNET:
      return _ ("the internet");
    default:
      g_assert_not_reached ();
    }
}
