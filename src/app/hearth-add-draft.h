/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authorities.h"
#include "hearth-finding.h"
#include "hearth-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthAddDraft:
 *
 * What the Add dialog knows, without a display: from what is written and how long it is to stay it makes
 * the plan, what is to be said of it and whether it can be carried out: at once for what is written, within
 * the same frame for what changes on the computer. It follows the interfaces, their addresses and the
 * authorities.
 *
 * The signal `changed` says that any of the answers may differ now.
 */
#define HEARTH_TYPE_ADD_DRAFT (hearth_add_draft_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddDraft, hearth_add_draft, HEARTH, ADD_DRAFT, GObject)

/**
 * HearthAddLine:
 * @level: how bad it is
 * @text: a sentence
 * @is_proved: whether the proof of hearth_add_draft_get_answering() is about it
 */
typedef struct {
  HearthFindingLevel level;
  char *text; /* (owned) */
  gboolean is_proved;
} HearthAddLine;

/* Begins with no text, to stay until restart. (transfer full) */
HearthAddDraft    *hearth_add_draft_new              (HearthInterfaces     *interfaces,
                                                      HearthAuthorities    *authorities);

void               hearth_add_draft_set_text         (HearthAddDraft       *self,
                                                      const char           *text);
void               hearth_add_draft_set_lifetime     (HearthAddDraft       *self,
                                                      HearthLifetime        lifetime);
HearthLifetime     hearth_add_draft_get_lifetime     (HearthAddDraft       *self);

/* What other hosts there are; until it is known nothing is said of them. (nullable) */
void               hearth_add_draft_set_surroundings (HearthAddDraft       *self,
                                                      HearthSurroundings   *surroundings);

/* What would be carried out: without what is there already. NULL where the text is wrong or nothing is
 * left of it. (nullable) (transfer none) */
const HearthPlan  *hearth_add_draft_get_plan         (HearthAddDraft       *self);

/* What will happen, a sentence; NULL where nothing will. (nullable) (transfer full) */
char              *hearth_add_draft_dup_intent       (HearthAddDraft       *self);

/* All there is to say of it, the worst first. (transfer none) (element-type HearthAddLine) */
GPtrArray         *hearth_add_draft_get_lines        (HearthAddDraft       *self);

/* Who does it, or why nobody does: a sentence or several. (transfer full) */
char              *hearth_add_draft_dup_way          (HearthAddDraft       *self);

/* Whether nothing speaks against carrying it out, and somebody can. */
gboolean           hearth_add_draft_can_apply        (HearthAddDraft       *self);

/* Whether nothing but that nobody can carry it out speaks against it: its commands can be copied. */
gboolean           hearth_add_draft_can_copy         (HearthAddDraft       *self);

/* Whether it is certain that nobody here can change addresses. */
gboolean           hearth_add_draft_is_read_only     (HearthAddDraft       *self);

/* Whether somebody can make the addresses stay for @lifetime; *@note is what that means, or why nobody
 * can. (out) (transfer full) */
gboolean           hearth_add_draft_can_last         (HearthAddDraft       *self,
                                                      HearthLifetime        lifetime,
                                                      char                **note);

/* An address that is said to answer already, for the proof of it. */
gboolean           hearth_add_draft_get_answering    (HearthAddDraft       *self,
                                                      HearthAddress        *address);

/* The first of 127.0.0.2, 127.0.0.3, … that no interface has. (transfer full) */
char              *hearth_add_draft_suggest          (HearthInterfaces     *interfaces);

G_END_DECLS
