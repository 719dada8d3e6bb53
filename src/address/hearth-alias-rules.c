/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses may become an alias. The kernel takes nearly all of them, so this is the only
 * lock there is: what no row allows is refused. */

#include "hearth-alias-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-quote.h"
#include "hearth-reach.h"

#define LABEL_PREFIX "lo:"
#define LABEL_NAME_LENGTH 12
#define LABEL_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"

/* Addresses that their kind alone would not refuse. */
typedef struct {
  HearthAddress address;
  const char *why;
} Exception;

typedef struct {
  HearthAddressKind kind;
  HearthFamily family; /* NONE: both */
  HearthAliasRule rule;
  const char *why;
} Rule;

/* clang-format off */
#define IPV4(...) { HEARTH_FAMILY_IPV4, { __VA_ARGS__ }, "" }
#define IPV6(...) { HEARTH_FAMILY_IPV6, { __VA_ARGS__ }, "" }

static const Exception exceptions[] = {
  { IPV4 (127, 0, 0, 0),
    N_ ("It names the loopback network as a whole. Choose one from 127.0.0.2 to "
        "127.255.255.254.") },
  { IPV4 (127, 0, 0, 1),
    N_ ("Every computer has it already, and programs depend on it. Choose one from 127.0.0.2 to "
        "127.255.255.254.") },
  { IPV4 (127, 255, 255, 255),
    N_ ("It is the broadcast address of the loopback network. Choose one from 127.0.0.2 to "
        "127.255.255.254.") },
  { IPV6 ([15] = 1),
    N_ ("Every computer has it already, and programs depend on it. Choose one that begins with fd, "
        "such as fd00::2.") },
};

static const Rule rules[] = {
  { HEARTH_ADDRESS_KIND_LOOPBACK, HEARTH_FAMILY_IPV4, HEARTH_ALIAS_RULE_LOOPBACK, NULL },

  { HEARTH_ADDRESS_KIND_UNSPECIFIED, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_REFUSED,
    N_ ("It stands for every address of this computer and cannot be one of them. Choose one from "
        "127.0.0.2 to 127.255.255.254, or one that begins with fd.") },
  { HEARTH_ADDRESS_KIND_THIS_NETWORK, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_REFUSED,
    N_ ("Addresses that begin with 0 are no addresses of a computer. Choose one from 127.0.0.2 to "
        "127.255.255.254.") },
  { HEARTH_ADDRESS_KIND_LINK_LOCAL, HEARTH_FAMILY_IPV6, HEARTH_ALIAS_RULE_REFUSED,
    N_ ("The system itself gives every interface its link-local address. Choose one that begins "
        "with fd, such as fd00::2.") },
  { HEARTH_ADDRESS_KIND_MAPPED, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_REFUSED,
    N_ ("It is an IPv4 address in the clothes of IPv6. Write the IPv4 address itself.") },
  { HEARTH_ADDRESS_KIND_MULTICAST, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_REFUSED,
    N_ ("It belongs to a group of computers, and no single one can have it. Choose one from "
        "127.0.0.2 to 127.255.255.254, or one that begins with fd.") },
  { HEARTH_ADDRESS_KIND_BROADCAST, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_REFUSED,
    N_ ("It means every computer on the network, and no single one can have it. Choose one from "
        "127.0.0.2 to 127.255.255.254.") },
  { HEARTH_ADDRESS_KIND_RESERVED, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_REFUSED,
    N_ ("It is reserved, and many programs and devices reject it. Choose one from 127.0.0.2 to "
        "127.255.255.254, or one that begins with fd.") },

  { HEARTH_ADDRESS_KIND_LINK_LOCAL, HEARTH_FAMILY_IPV4, HEARTH_ALIAS_RULE_OTHER,
    N_ ("Devices give themselves such addresses, and cloud computers get their settings from "
        "169.254.169.254: this computer will no longer reach a real one behind this address.") },
  { HEARTH_ADDRESS_KIND_PRIVATE, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("If a device on your network has this address, this computer will no longer reach it; and "
        "others on the network may reach this computer by it.") },
  { HEARTH_ADDRESS_KIND_UNIQUE_LOCAL, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("If a device of your organization has this address, this computer will no longer reach it; "
        "and others on the network may reach this computer by it.") },
  { HEARTH_ADDRESS_KIND_SITE_LOCAL, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("Addresses of this old kind are no longer used, and others on the network may reach this "
        "computer by it: one that begins with fd is better.") },
  { HEARTH_ADDRESS_KIND_SHARED, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("Internet providers and some virtual private networks use such addresses: this computer "
        "will no longer reach a real one behind this address.") },
  { HEARTH_ADDRESS_KIND_DOCUMENTATION, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("It is set aside for examples, so nobody else should have it; but others on the network "
        "may reach this computer by it.") },
  { HEARTH_ADDRESS_KIND_BENCHMARKING, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("It is set aside for measuring network devices: do not use it where such a device is at "
        "work. Others on the network may reach this computer by it.") },
  { HEARTH_ADDRESS_KIND_PROTOCOL, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("It is set aside for the workings of the network: services that depend on it will no "
        "longer work on this computer.") },
  { HEARTH_ADDRESS_KIND_TRANSLATION, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("It stands for an IPv4 address on the internet: this computer will no longer reach that "
        "one by it.") },
  { HEARTH_ADDRESS_KIND_DISCARD, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("Networks throw away what is sent to it: with this alias, it arrives at this computer "
        "instead.") },
  { HEARTH_ADDRESS_KIND_PUBLIC, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_OTHER,
    N_ ("It belongs to somebody on the internet: this computer will no longer reach the real one, "
        "and others on the network may reach this computer by it.") },
};

static const Rule otherwise = {
  HEARTH_ADDRESS_KIND_RESERVED, HEARTH_FAMILY_NONE, HEARTH_ALIAS_RULE_REFUSED,
  N_ ("No rule allows it. Choose one from 127.0.0.2 to 127.255.255.254."),
};
/* clang-format on */

/* Why an address is refused although its kind is not; NULL where it is no exception. */
static const char *
find_exception (const HearthAddress *address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (hearth_address_equal (&exceptions[i].address, address))
      return exceptions[i].why;
  return NULL;
}

static const Rule *
find_rule (const HearthAddress *address)
{
  HearthAddressKind kind = hearth_address_classify (address).kind;

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].kind == kind &&
        (rules[i].family == HEARTH_FAMILY_NONE || rules[i].family == address->family))
      return &rules[i];
  return &otherwise;
}

static gboolean
set_refused (GError **error, const HearthAddress *address, const char *why)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: the first is an address, the second a sentence. */
               _ ("%s cannot be an alias. %s"), hearth_address_print (address, text), why);
  return FALSE;
}

static gboolean
set_not_full (GError **error, const HearthPrefix *prefix)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];
  HearthPrefix full = *prefix;
  char full_text[HEARTH_PREFIX_TEXT_SIZE];

  full.length = (guint8) hearth_address_get_bits (&full.address);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: both are an address with the length of its prefix. */
               _ ("%s cannot be an alias: it would make a whole network local to this computer. "
                  "Write %s."),
               hearth_prefix_print (prefix, text), hearth_prefix_print (&full, full_text));
  return FALSE;
}

HearthAliasRule
hearth_alias_rules_look_up (const HearthAddress *address, const char **why)
{
  HearthAddress bare = hearth_address_from_bytes (address->family, address->bytes);
  const char *exception = find_exception (&bare);
  const Rule *rule = find_rule (&bare);

  if (why != NULL)
    *why = exception != NULL ? exception : rule->why;
  return exception != NULL ? HEARTH_ALIAS_RULE_REFUSED : rule->rule;
}

gboolean
hearth_alias_rules_check (const HearthPrefix *prefix, GError **error)
{
  const char *why;

  if (hearth_alias_rules_look_up (&prefix->address, &why) == HEARTH_ALIAS_RULE_REFUSED)
    return set_refused (error, &prefix->address, _ (why));
  if (prefix->address.zone[0] != '\0')
    return set_refused (error, &prefix->address, _ ("Leave out the percent sign and the zone."));
  if (prefix->length != hearth_address_get_bits (&prefix->address))
    return set_not_full (error, prefix);
  return TRUE;
}

gboolean
hearth_alias_rules_is_base (const HearthAddress *address)
{
  static const guint8 ipv4[16] = { 127, 0, 0, 1 }, ipv6[16] = { [15] = 1 };

  switch (address->family)
    {
    case HEARTH_FAMILY_IPV4:
      return memcmp (address->bytes, ipv4, sizeof ipv4) == 0;
    case HEARTH_FAMILY_IPV6:
      return memcmp (address->bytes, ipv6, sizeof ipv6) == 0;
    default:
      return FALSE;
    }
}

gboolean
hearth_alias_rules_check_label (const char *label, GError **error)
{
  gboolean has_prefix = g_str_has_prefix (label, LABEL_PREFIX);
  const char *name = has_prefix ? label + strlen (LABEL_PREFIX) : "";
  gsize length = strspn (name, LABEL_CHARACTERS);
  g_autofree char *quoted = NULL;

  if (has_prefix && length >= 1 && length <= LABEL_NAME_LENGTH && name[length] == '\0')
    return TRUE;

  quoted = hearth_quote (label);
  g_set_error (
      error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
      /* Translators: “lo:” and “lo:web” stay as they are. */
      _ ("“%s” cannot be a label. Write “lo:” and 1 to 12 letters of the English alphabet, "
         "digits, dots, dashes or underscores, such as “lo:web”."),
      quoted);
  return FALSE;
}
