/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthAuthorityFake:
 *
 * An authority for tests: it changes a #HearthPlatform, fake or not, by hearth_platform_apply(), and does
 * what a test makes it do: wait, refuse, be dismissed.
 */
#define HEARTH_TYPE_AUTHORITY_FAKE (hearth_authority_fake_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityFake, hearth_authority_fake, HEARTH, AUTHORITY_FAKE, HearthAuthority)

/* Available once started. (transfer full) */
HearthAuthority *hearth_authority_fake_new      (HearthPlatform       *platform);

/* Whether it is there from now on. @reason: NULL, or why it is not */
void             hearth_authority_fake_set_reason (HearthAuthorityFake *self,
                                                   const char         *reason);

/* What changes and their undoing end with from now on; NULL lets them succeed. */
void             hearth_authority_fake_set_error  (HearthAuthorityFake *self,
                                                   const GError       *error);

/* While it is held, changes wait, as for a password. Letting go carries out what waits. */
void             hearth_authority_fake_set_held   (HearthAuthorityFake *self,
                                                   gboolean            held);

G_END_DECLS
