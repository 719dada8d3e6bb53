/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-prefix.h"

G_BEGIN_DECLS

/**
 * HearthAliasRule:
 * @HEARTH_ALIAS_RULE_REFUSED: never an alias
 * @HEARTH_ALIAS_RULE_LOOPBACK: 127.0.0.2 to 127.255.255.254; this computer alone ever sees it
 * @HEARTH_ALIAS_RULE_OTHER: allowed, with a warning; it makes this computer answer for the address
 *
 * What the rules say of an address that somebody wants as an alias. The kernel takes 0.0.0.0,
 * 224.0.0.1 and 255.255.255.255 without a word: the rules are Hearth's alone to keep.
 */
typedef enum {
  HEARTH_ALIAS_RULE_REFUSED,
  HEARTH_ALIAS_RULE_LOOPBACK,
  HEARTH_ALIAS_RULE_OTHER,
} HearthAliasRule;

/* What the table says of @address, whatever its zone; *@why, where asked for, is a static sentence,
 * translatable: the reason of a refusal and what to choose instead, the warning of OTHER, NULL for
 * LOOPBACK. What no row of the table allows is refused. */
HearthAliasRule  hearth_alias_rules_look_up     (const HearthAddress  *address,
                                                 const char          **why);

/* Whether @prefix can be an alias: an address that is not refused, of full length (/32, /128),
 * without a zone. HEARTH_ERROR_INVALID with the reason. */
gboolean         hearth_alias_rules_check       (const HearthPrefix   *prefix,
                                                 GError              **error);

/* Whether it is a base address of the loopback interface, 127.0.0.1 or ::1, which nothing in Hearth
 * ever adds or removes, whatever its prefix. */
gboolean         hearth_alias_rules_is_base     (const HearthAddress  *address);

/* A label that the kernel, ip(8) and ifconfig(8) all understand: "lo:" and 1 to 12 of
 * [A-Za-z0-9_.-]. HEARTH_ERROR_INVALID. */
gboolean         hearth_alias_rules_check_label (const char           *label,
                                                 GError              **error);

G_END_DECLS
