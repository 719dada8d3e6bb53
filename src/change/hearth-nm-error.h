/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-nm-bus.h"

G_BEGIN_DECLS

/* What NetworkManager, or the bus, said to a call, as a sentence in HEARTH_ERROR:
 * HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_NOT_SUPPORTED, HEARTH_ERROR_FAILED. Cancelling stays
 * G_IO_ERROR_CANCELLED. @error: as hearth_nm_finish() gave it (transfer full) */
GError   *hearth_nm_error_new         (const GError *error);

/* Whether it refused because the device changed since its version was read. */
gboolean  hearth_nm_error_is_mismatch (const GError *error);

/* Whether it refused because there is no such object. */
gboolean  hearth_nm_error_is_missing  (const GError *error);

G_END_DECLS
