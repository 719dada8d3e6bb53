/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-interfaces.h"
#include "hearth-plan.h"
#include "hearth-surroundings.h"

G_BEGIN_DECLS

typedef enum {
  HEARTH_FINDING_ERROR,   /* it cannot be done */
  HEARTH_FINDING_WARNING, /* it can be done, and somebody may regret it */
  HEARTH_FINDING_NOTE,    /* good to know */
} HearthFindingLevel;

/* Each has an id that stays ("answers-already"): the words of the JSON. */
typedef enum {
  HEARTH_FINDING_NO_INTERFACE,   /* error: there is no such interface */
  HEARTH_FINDING_NOT_LOOPBACK,   /* error: the interface is not loopback */
  HEARTH_FINDING_PROTECTED,      /* error: 127.0.0.1 and ::1 stay as they are */
  HEARTH_FINDING_NOT_ALLOWED,    /* error: the rules refuse it, or it is a gateway, name server, own address */
  HEARTH_FINDING_TOO_MANY,       /* error: more than a user, or the system, should have */
  HEARTH_FINDING_TAKEN,          /* error where all of them are there already, else a warning */
  HEARTH_FINDING_NOT_THERE,      /* error where none of them is there, else a warning; of all but ADD */
  HEARTH_FINDING_INTERFACE_DOWN, /* warning: lo is down, nothing will answer */
  HEARTH_FINDING_IPV6_OFF,       /* error: IPv6 addresses, and none is there, not even ::1 */
  HEARTH_FINDING_FOREIGN,        /* warning: takes away what Hearth did not add */
  HEARTH_FINDING_REACHABLE,      /* warning: others on the network may reach this computer by it */
  HEARTH_FINDING_HIDES_HOST,     /* warning: a real host, or a network, behind it is no longer reached */
  HEARTH_FINDING_MANY,           /* warning: so many on the list slow the look-up of names, on this system */
  HEARTH_FINDING_ANSWERS_ALREADY,/* note: 127.x answers without an alias, on this system */
  HEARTH_FINDING_NEEDED,         /* note: 127.x answers with the alias alone, on this system */
  HEARTH_FINDING_N_KINDS,
} HearthFindingKind;

/**
 * HearthFinding:
 * @n_addresses: how many addresses of the plan it is about, or 0 where it is about all of it
 * @message: a sentence, translated
 */
typedef struct {
  HearthFindingKind kind;
  HearthFindingLevel level;
  guint n_addresses;
  char *message; /* (owned) */
} HearthFinding;

/* Everything there is to say about @plan on this computer now, errors first, then warnings, then
 * notes; each kind at most once, however many addresses it is about. It never waits.
 * @surroundings: (nullable): without them, nothing is said of other hosts
 * (transfer full) (element-type HearthFinding) */
GPtrArray  *hearth_plan_find           (const HearthPlan          *plan,
                                        HearthInterfaces          *interfaces,
                                        const HearthSurroundings  *surroundings);

/* The plan without the addresses that TAKEN or NOT_THERE speaks of; @plan itself where there are none,
 * NULL where none would be left. (transfer full) (nullable) */
HearthPlan *hearth_plan_without_idle   (const HearthPlan          *plan,
                                        HearthInterfaces          *interfaces);

/* (nullable) (transfer none): the first of @findings that is an error */
const HearthFinding *hearth_findings_get_error (GPtrArray         *findings);

/* "error", "warning", "note"; "answers-already". */
const char *hearth_finding_level_to_id (HearthFindingLevel         level);
const char *hearth_finding_kind_to_id  (HearthFindingKind          kind);

G_END_DECLS
