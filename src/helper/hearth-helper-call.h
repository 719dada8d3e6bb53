/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-callers.h"
#include "hearth-helper-request.h"
#include "hearth-helper-state.h"

G_BEGIN_DECLS

typedef enum {
  HEARTH_HELPER_CALL_ARRIVED,  /* nobody knows yet whose it is */
  HEARTH_HELPER_CALL_WAITING,  /* for its turn */
  HEARTH_HELPER_CALL_CHECKING, /* polkit is asked, and answers at once */
  HEARTH_HELPER_CALL_ASKING,   /* a person is asked */
  HEARTH_HELPER_CALL_DONE,     /* it was answered */
  HEARTH_HELPER_CALL_N_PHASES,
} HearthHelperCallPhase;

/**
 * HearthHelperCall:
 *
 * One call of a caller, from its arguments to its answer: who may do it is asked first, whether it can be
 * done before and after a person was asked, and then it is done, in one go. Counted by reference.
 */
typedef struct _HearthHelperCall HearthHelperCall;

/* Called when the phase has become another one. */
typedef void (*HearthHelperCallFunc) (HearthHelperCall      *call,
                                      HearthHelperCallPhase  before,
                                      gpointer               user_data);

/* What a call works with, all borrowed and longer lived. @changed is called after each change. */
typedef struct {
  GDBusConnection *connection;
  HearthPlatform *platform;
  HearthHelperState *state;
  HearthHelperCallers *callers;
  HearthHelperCallFunc phase_changed;
  void (*changed) (gpointer user_data);
  gpointer user_data;
} HearthHelperCallContext;

/* @invocation and @request: (transfer full). @token: what Undo shall take back; then @request is NULL.
 * (transfer full) */
HearthHelperCall      *hearth_helper_call_new        (const HearthHelperCallContext  *context,
                                                      GDBusMethodInvocation          *invocation,
                                                      HearthHelperRequest            *request,
                                                      const char                     *token);
HearthHelperCall      *hearth_helper_call_ref        (HearthHelperCall               *self);
void                   hearth_helper_call_unref      (HearthHelperCall               *self);

/* Finds out which user calls: it is WAITING then. */
void                   hearth_helper_call_identify   (HearthHelperCall               *self);

/* Its turn has come. */
void                   hearth_helper_call_start      (HearthHelperCall               *self);

/* The caller has left, or nobody waits any more: it will not be done. */
void                   hearth_helper_call_cancel     (HearthHelperCall               *self);

/* Answers it with @error before it is done. (transfer none) */
void                   hearth_helper_call_refuse     (HearthHelperCall               *self,
                                                      const GError                   *error);

const char            *hearth_helper_call_get_sender (HearthHelperCall               *self);

/* From WAITING on. */
guint32                hearth_helper_call_get_uid    (HearthHelperCall               *self);
HearthHelperCallPhase  hearth_helper_call_get_phase  (HearthHelperCall               *self);

/* Answers @invocation, which it takes, with the D-Bus error for @error (transfer none). */
void                   hearth_helper_return_error    (GDBusMethodInvocation          *invocation,
                                                      const GError                   *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperCall, hearth_helper_call_unref)

G_END_DECLS
