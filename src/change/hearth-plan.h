/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "hearth-link-address.h"
#include "hearth-owner-source.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/* The most addresses that one change may name: adding is O(n²) in the kernel of Linux. */
#define HEARTH_PLAN_MAX_ADDRESSES 1024

/* The interface that a plan is for where nobody says another one: the loopback interface, whatever its name.
 * (It is lo0 on macOS and the BSDs, "Loopback Pseudo-Interface 1" on Windows.) */
#define HEARTH_PLAN_DEFAULT_INTERFACE "lo"

typedef enum {
  HEARTH_PLAN_ADD,    /* put on the interface, for its lifetime */
  HEARTH_PLAN_REMOVE, /* take off the interface, now and for good */
  HEARTH_PLAN_KEEP,   /* what is there comes back after a restart from now on */
  HEARTH_PLAN_FORGET, /* what comes back after a restart stays until then, and no longer */
} HearthPlanAction;

/**
 * HearthPlan:
 *
 * A change of aliases, before anybody does it: what, on which interface, for how long. An immutable
 * value, counted by reference, safe to share between threads. Its addresses are sorted, each named
 * once, and every one passes hearth_alias_rules_check() when it is for adding.
 */
typedef struct _HearthPlan HearthPlan;

/* Reads what a person writes: each of @specs is one or several addresses or ranges
 * (hearth_address_range_parse()) between commas or white space; an address may have its full prefix,
 * /32 or /128, and no other.
 * @interface: (nullable): HEARTH_PLAN_DEFAULT_INTERFACE where it is NULL
 * @lifetime: how long it is to stay; of ADD alone, and never UNKNOWN there
 * HEARTH_ERROR_INVALID, for nothing, too many, and what the rules refuse too. (transfer full) */
HearthPlan       *hearth_plan_new_from_text      (HearthPlanAction    action,
                                                  const char *const  *specs,
                                                  const char         *interface,
                                                  HearthLifetime      lifetime,
                                                  GError            **error);

/* The same from addresses that are there: with the prefixes they have. HEARTH_ERROR_INVALID for none,
 * and for too many. (transfer full) */
HearthPlan       *hearth_plan_new_from_prefixes  (HearthPlanAction     action,
                                                  const HearthPrefix  *prefixes,
                                                  gsize                n_prefixes,
                                                  const char          *interface,
                                                  HearthLifetime       lifetime,
                                                  GError             **error);

HearthPlan       *hearth_plan_ref                (const HearthPlan    *self);
void              hearth_plan_unref              (HearthPlan          *self);

HearthPlanAction  hearth_plan_get_action         (const HearthPlan    *self);
HearthLifetime    hearth_plan_get_lifetime       (const HearthPlan    *self);
const char       *hearth_plan_get_interface      (const HearthPlan    *self);

/* The interface that it is for, as it is there now; HEARTH_PLAN_DEFAULT_INTERFACE is the first loopback
 * interface where none is called so. (nullable) (transfer none) */
const HearthLink *hearth_plan_find_link          (const HearthPlan    *self,
                                                  HearthPlatform      *platform);

guint             hearth_plan_get_n_prefixes     (const HearthPlan    *self);

/* (transfer none) */
const HearthPrefix *hearth_plan_get_prefix       (const HearthPlan    *self,
                                                  guint                position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPlan, hearth_plan_unref)

G_END_DECLS
