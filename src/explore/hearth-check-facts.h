/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthCheckFacts:
 * @loopback: the name of the loopback interface, "lo"; empty where there is none
 * @up: whether it is switched on
 * @has_ipv4: whether 127.0.0.1 is on it
 * @has_ipv6: whether ::1 is on it
 * @addresses: (element-type HearthAddress): of every interface, without their zones
 *
 * What the platform said when a check-up began: its mirror belongs to the main thread, and the steps run on
 * others. Immutable, counted by reference, for every thread.
 */
typedef struct {
  char loopback[HEARTH_LINK_NAME_SIZE];
  gboolean up;
  gboolean has_ipv4;
  gboolean has_ipv6;
  GArray *addresses;
} HearthCheckFacts;

/* Where several interfaces are loopback ones, the first one that has a base address counts.
 * @platform: started
 * (transfer full) */
HearthCheckFacts *hearth_check_facts_new             (HearthPlatform          *platform);
HearthCheckFacts *hearth_check_facts_ref             (HearthCheckFacts        *self);
void              hearth_check_facts_unref           (HearthCheckFacts        *self);

/* Whether @address is one of this computer: on an interface, or any of 127.0.0.0/8. */
gboolean          hearth_check_facts_has_address     (const HearthCheckFacts  *self,
                                                      const HearthAddress     *address);

/* Why nothing can be tried at the base address of @family, 127.0.0.1 or ::1: a sentence, or NULL where it
 * can. (nullable) (transfer full) */
char             *hearth_check_facts_explain_missing (const HearthCheckFacts  *self,
                                                      HearthFamily             family);

/* 127.0.0.1 or ::1. */
HearthAddress     hearth_check_facts_get_base        (HearthFamily             family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthCheckFacts, hearth_check_facts_unref)

G_END_DECLS
