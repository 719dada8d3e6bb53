/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthLoopbackTrouble:
 * @HEARTH_LOOPBACK_TROUBLE_NONE: nothing, or it is not a loopback interface
 * @HEARTH_LOOPBACK_TROUBLE_MISSING: there is no loopback interface
 * @HEARTH_LOOPBACK_TROUBLE_DOWN: it is switched off
 * @HEARTH_LOOPBACK_TROUBLE_NO_IPV4: 127.0.0.1 is not there
 * @HEARTH_LOOPBACK_TROUBLE_NO_IPV6: ::1 is not there
 *
 * What can keep `localhost` from working, the worst first.
 */
typedef enum {
  HEARTH_LOOPBACK_TROUBLE_NONE,
  HEARTH_LOOPBACK_TROUBLE_MISSING,
  HEARTH_LOOPBACK_TROUBLE_DOWN,
  HEARTH_LOOPBACK_TROUBLE_NO_IPV4,
  HEARTH_LOOPBACK_TROUBLE_NO_IPV6,
} HearthLoopbackTrouble;

/* The trouble with @interface, found without looking at all of its addresses. */
HearthLoopbackTrouble hearth_loopback_trouble_find        (HearthInterface       *interface);

/* The trouble with the first loopback interface of @interfaces; MISSING where there are interfaces and
 * none of them is loopback, NONE where there are none at all.
 * @loopback: (out) (nullable) (transfer none): which one it is */
HearthLoopbackTrouble hearth_loopback_trouble_find_in     (HearthInterfaces      *interfaces,
                                                           HearthInterface      **loopback);

/* Whether localhost does not work at all, so that it has to be said before everything else. */
gboolean              hearth_loopback_trouble_is_severe   (HearthLoopbackTrouble  self);

/* What it means and what to do, NULL for NONE; @name is the interface's. (nullable) (transfer
 * full) */
char                 *hearth_loopback_trouble_to_sentence (HearthLoopbackTrouble  self,
                                                           const char            *name);

/* The command that an administrator can run against it, or NULL. (nullable) (transfer full) */
char                 *hearth_loopback_trouble_to_command  (HearthLoopbackTrouble  self,
                                                           const char            *name);

G_END_DECLS
