/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-call.h"

G_BEGIN_DECLS

/* The most calls of one sender that are not answered yet; the most of all that wait for their turn; and the
 * most for which polkit, or a person, is asked at once. Together with what else goes on these stay
 * below the 128 answers that the system bus lets a connection wait for: a call needs up to four. */
#define HEARTH_HELPER_MAX_CALLS_OF_SENDER 16
#define HEARTH_HELPER_MAX_WAITING 256
#define HEARTH_HELPER_MAX_CHECKING 16
#define HEARTH_HELPER_MAX_ASKING 48

/**
 * HearthHelperQueue:
 *
 * The calls that are not answered yet. Who was served the longest time ago is served next, so that nobody
 * who calls often holds up the others.
 */
typedef struct _HearthHelperQueue HearthHelperQueue;

HearthHelperQueue *hearth_helper_queue_new           (void);
void               hearth_helper_queue_free          (HearthHelperQueue      *self);

/* Takes a reference to @call and starts it when its turn comes; past the limits it is answered with
 * G_DBUS_ERROR_LIMITS_EXCEEDED. */
void               hearth_helper_queue_push          (HearthHelperQueue      *self,
                                                      HearthHelperCall       *call);

/* For the call's context: its phase has become another one. */
void               hearth_helper_queue_phase_changed (HearthHelperQueue      *self,
                                                      HearthHelperCall       *call,
                                                      HearthHelperCallPhase   before);

/* @sender has left: none of its calls will be done. */
void               hearth_helper_queue_drop_sender   (HearthHelperQueue      *self,
                                                      const char             *sender);

/* Answers with an error all calls that wait, or for which a person is asked, and those that come. */
void               hearth_helper_queue_stop          (HearthHelperQueue      *self);

/* How many calls are not answered yet. */
guint              hearth_helper_queue_count         (HearthHelperQueue      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperQueue, hearth_helper_queue_free)

G_END_DECLS
