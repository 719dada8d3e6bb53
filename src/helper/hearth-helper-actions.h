/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "hearth-prefix.h"

G_BEGIN_DECLS

/**
 * HearthHelperActions:
 *
 * The actions of polkit that a call needs, as a set; the stronger one has the greater number.
 */
typedef enum {
  HEARTH_HELPER_CHANGE_LOOPBACK = 1 << 0, /* addresses of 127.0.0.0/8 */
  HEARTH_HELPER_CHANGE_OTHER = 1 << 1,    /* any other address */
  HEARTH_HELPER_CHANGE_KEPT = 1 << 2,     /* what survives a restart */
  HEARTH_HELPER_REMOVE_FOREIGN = 1 << 3,  /* what Hearth did not add, or another user */
} HearthHelperActions;

#define HEARTH_HELPER_N_ACTIONS 4

/* "io.github.hearthapp.Hearth.change-loopback"; @action is one of them. */
const char          *hearth_helper_action_to_id        (HearthHelperActions  action);

/* The strongest of @actions, or 0. */
HearthHelperActions  hearth_helper_actions_get_strongest (HearthHelperActions actions);

/* Which of the first two changing @prefix is. */
HearthHelperActions  hearth_helper_actions_for_prefix  (const HearthPrefix  *prefix);

G_END_DECLS
