/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-address.h"

G_BEGIN_DECLS

typedef enum {
  HEARTH_ECHO_ANSWERED,
  HEARTH_ECHO_NOT_ALLOWED, /* to send one */
  HEARTH_ECHO_SILENT,
  HEARTH_ECHO_BROKEN,
} HearthEchoOutcome;

/* Sends an echo request (RFC 792, RFC 4443) to the base address of @family, in a way for which nobody needs a
 * privilege, and waits for the answer.
 * @us: (out): how long it took, where it was answered
 * An error wherever it was not. */
HearthEchoOutcome hearth_echo_ask (HearthFamily    family,
                                   GCancellable   *cancellable,
                                   gint64         *us,
                                   GError        **error);

/* What an administrator of this system does so that everybody may send one, or so that it answers them to @family;
 * NULL where the system does not forbid it. (transfer full) (nullable) */
char             *hearth_echo_dup_allow_command  (void);
char             *hearth_echo_dup_answer_command (HearthFamily family);

G_END_DECLS
