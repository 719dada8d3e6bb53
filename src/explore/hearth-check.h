/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * HearthCheckState:
 * @HEARTH_CHECK_WAITING: not begun yet
 * @HEARTH_CHECK_RUNNING: under way
 * @HEARTH_CHECK_PASSED: all is as it should be
 * @HEARTH_CHECK_WARNING: localhost works, but something about it is worth knowing
 * @HEARTH_CHECK_FAILED: something about localhost does not work
 * @HEARTH_CHECK_SKIPPED: not done, for the reason that the result gives (IPv6 is switched off)
 */
typedef enum {
  HEARTH_CHECK_WAITING,
  HEARTH_CHECK_RUNNING,
  HEARTH_CHECK_PASSED,
  HEARTH_CHECK_WARNING,
  HEARTH_CHECK_FAILED,
  HEARTH_CHECK_SKIPPED,
} HearthCheckState;

#define HEARTH_TYPE_CHECK_STATE (hearth_check_state_get_type ())
GType            hearth_check_state_get_type           (void);

/* "waiting", "running", "passed", "warning", "failed", "skipped": for programs. */
const char      *hearth_check_state_to_id              (HearthCheckState  state);

/* The same in a word for people, in their language. */
const char      *hearth_check_state_to_label           (HearthCheckState  state);

/**
 * HearthCheck:
 *
 * One line of the check-up: what is looked at, and what came of it. The id, the title and the command stay; all
 * others are properties that notify. Main thread.
 */
#define HEARTH_TYPE_CHECK (hearth_check_get_type ())
G_DECLARE_FINAL_TYPE (HearthCheck, hearth_check, HEARTH, CHECK, GObject)

/* "lo-up": for programs. */
const char      *hearth_check_get_id                   (HearthCheck      *self);

/* "Loopback is switched on", in the language of the person. */
const char      *hearth_check_get_title                (HearthCheck      *self);

/* The command of this system that shows the same, "ip link show lo". */
const char      *hearth_check_get_command              (HearthCheck      *self);

HearthCheckState hearth_check_get_state                (HearthCheck      *self);

/* What came back, a sentence or two; NULL until there is something. (nullable) */
const char      *hearth_check_get_result               (HearthCheck      *self);

/* What to do about it, a sentence, and a command that an administrator can run to do it. (nullable) */
const char      *hearth_check_get_remedy               (HearthCheck      *self);
const char      *hearth_check_get_remedy_command       (HearthCheck      *self);

/* How long it took, in milliseconds; 0 where it was not done. */
double           hearth_check_get_ms                   (HearthCheck      *self);

G_END_DECLS
