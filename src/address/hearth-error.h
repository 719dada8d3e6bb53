/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthError:
 * @HEARTH_ERROR_FAILED: the operating system refused for a reason of its own
 * @HEARTH_ERROR_INVALID: the input is wrong; the message says what to write instead
 * @HEARTH_ERROR_NOT_FOUND: there is no such interface or address
 * @HEARTH_ERROR_EXISTS: the address is there already
 * @HEARTH_ERROR_NOT_PERMITTED: this process may not do it
 * @HEARTH_ERROR_NOT_SUPPORTED: nothing here can do it
 * @HEARTH_ERROR_DISMISSED: the person closed the question for permission; nothing to complain about
 *
 * The one error domain of Hearth. A message is a sentence that a person can act on, in the
 * language of the user.
 */
typedef enum {
  HEARTH_ERROR_FAILED,
  HEARTH_ERROR_INVALID,
  HEARTH_ERROR_NOT_FOUND,
  HEARTH_ERROR_EXISTS,
  HEARTH_ERROR_NOT_PERMITTED,
  HEARTH_ERROR_NOT_SUPPORTED,
  HEARTH_ERROR_DISMISSED,
} HearthError;

#define HEARTH_ERROR (hearth_error_quark ())

GQuark hearth_error_quark (void);

G_END_DECLS
