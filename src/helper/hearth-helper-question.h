/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-change.h"

G_BEGIN_DECLS

/**
 * HearthHelperQuestion:
 * @message: what polkit's dialog says, to be translated by the dialog; $(address), $(more) and $(interface)
 *   stand for what follows
 * @address: the first address
 * @more: how many there are besides, in decimal; empty where there is one
 * @interface: on which interface
 *
 * What a person is asked. All of it is Hearth's own text or canonical addresses; nothing is a caller's.
 */
typedef struct {
  const char *message;
  char address[HEARTH_PREFIX_TEXT_SIZE];
  char more[16];
  char interface[HEARTH_HELPER_INTERFACE_SIZE];
} HearthHelperQuestion;

/* @is_foreign: whether something of somebody else is removed or kept */
void hearth_helper_question_init      (HearthHelperQuestion       *question,
                                       const HearthHelperRequest  *request,
                                       gboolean                    is_foreign);

/* @inverse: what taking back would do */
void hearth_helper_question_init_undo (HearthHelperQuestion       *question,
                                       const HearthHelperChange   *inverse);

G_END_DECLS
