/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-hosts-file.h"
#include "hearth-listener.h"
#include "hearth-place.h"
#include "hearth-platform.h"
#include "hearth-reach.h"
#include "hearth-spelling.h"

G_BEGIN_DECLS

/**
 * HearthExplainSources:
 * @platform: started
 * @listeners: (nullable) (element-type HearthListener): of hearth_platform_read_listeners(); NULL where
 *   nobody may see them
 * @hosts: the hosts file
 * @host_name: (nullable): the name of this computer
 *
 * What is known of this computer when something is explained.
 */
typedef struct {
  HearthPlatform *platform;
  GPtrArray *listeners;
  const HearthHostsFile *hosts;
  const char *host_name;
} HearthExplainSources;

/**
 * HearthExplanation:
 * @spelling: what was written
 * @title: what it is in a few words, "Loopback address"
 * @addresses: (element-type HearthAddress): where it leads: the address itself; of a name those that are
 *   known without asking anybody; none of all else
 * @has_reach: whether @reach says something: not of a name whose addresses are not known, nor of a port on
 *   which nothing listens, nor of a file
 * @reach: who can reach a service that listens there; of several addresses the farthest
 * @place: where it leads on the map
 * @why: the reason in one to three sentences, with the document that says so
 * @is_own: this computer has (one of) its addresses
 * @needs_alias: a program here can listen on it only after it was added as an alias
 * @alias: with @needs_alias, the (first) address that would have to be added
 * @needs_alias_on_macos: the same, if this were a Mac, where of 127.0.0.0/8 only 127.0.0.1 answers
 * @answers: (element-type HearthListener): who listens there now, on the port where one is said, once each
 * @answer_reaches: (element-type HearthReach): how far each of @answers can be reached, which may be farther
 *   than @reach: what answers at 127.0.0.1 may listen on every address
 * @has_answers: whether @answers says something: not where the listeners are not known
 * @notes: what else is good to know, a sentence or two each
 *
 * What an address, a name, a port is, seen from this computer. All text is in the user's language.
 */
typedef struct {
  HearthSpelling *spelling; /* (owned) */
  char *title;              /* (owned) */
  GArray *addresses;        /* (owned) */
  gboolean has_reach;
  HearthReach reach;
  HearthPlace place;
  char *why; /* (owned) */
  gboolean is_own;
  gboolean needs_alias;
  HearthAddress alias;
  gboolean needs_alias_on_macos;
  gboolean has_answers;
  GPtrArray *answers;     /* (owned) */
  GArray *answer_reaches; /* (owned) */
  GStrv notes;            /* (owned) */
} HearthExplanation;

/* Explains @spelling, which it takes. It looks at @sources alone: nothing is looked up and nothing is sent.
 * It says what the addresses allow; a firewall may allow less. (transfer full) */
HearthExplanation *hearth_explain          (HearthSpelling             *spelling,
                                            const HearthExplainSources *sources);
void               hearth_explanation_free (HearthExplanation          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthExplanation, hearth_explanation_free)

G_END_DECLS
