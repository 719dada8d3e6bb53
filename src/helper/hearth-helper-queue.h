/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-helper-call.h"

G_BEGIN_DECLS

/* The most calls that are not answered yet: of one sender, and of one user however many senders it has. */
#define HEARTH_HELPER_MAX_CALLS_OF_SENDER 16
#define HEARTH_HELPER_MAX_CALLS_OF_USER 256

/* The most for which polkit is asked at once, and the most for which a person is: of one user, and in all. A
 * call asks up to four things of polkit, or one of a person, and the system bus lets a connection wait
 * for 128 answers (max_replies_per_connection of dbus-daemon(1)). */
#define HEARTH_HELPER_MAX_CHECKING_OF_USER 8
#define HEARTH_HELPER_MAX_CHECKING 24
#define HEARTH_HELPER_MAX_ASKING_OF_USER 16
#define HEARTH_HELPER_MAX_ASKING 24

/**
 * HearthHelperQueue:
 *
 * The calls that are not answered yet. Of the users, and then of a user's senders, who was served the
 * longest time ago is served next, so that nobody who calls often holds up the others.
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

/* Answers all calls, and those that come, with the error that the helper ends. */
void               hearth_helper_queue_stop          (HearthHelperQueue      *self);

/* How many calls are not answered yet. */
guint              hearth_helper_queue_count         (HearthHelperQueue      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperQueue, hearth_helper_queue_free)

G_END_DECLS
