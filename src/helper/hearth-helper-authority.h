/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-helper-actions.h"
#include "hearth-helper-question.h"

G_BEGIN_DECLS

/* How long polkit may take to answer when it asks nobody. */
#define HEARTH_HELPER_AUTHORITY_TIMEOUT_S 10

typedef enum {
  HEARTH_HELPER_DENIED,     /* no; or polkit is absent, erred, was too late, or the check was cancelled */
  HEARTH_HELPER_CHALLENGED, /* not without asking a person */
  HEARTH_HELPER_DISMISSED,  /* the person closed the question */
  HEARTH_HELPER_AUTHORIZED,
} HearthHelperVerdict;

/* Asks polkit on @connection whether the sender @sender, and nothing else about it, may do @action.
 * @question: (nullable): with it, the person is asked where that is needed; that may take as long as the
 *   person does */
void                hearth_helper_authority_check_async  (GDBusConnection             *connection,
                                                          const char                  *sender,
                                                          HearthHelperActions          action,
                                                          const HearthHelperQuestion  *question,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     user_data);

/* Never fails: what is not a yes is a no. */
HearthHelperVerdict hearth_helper_authority_check_finish (GAsyncResult                *result);

G_END_DECLS
