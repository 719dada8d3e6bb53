/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/**
 * HearthAuthorityHelper:
 *
 * hearth-helper on the system bus (data/io.github.hearthapp.Hearth.Helper1.xml): available while its name is
 * owned or can be activated, and that is followed. It is only ever started by a change. It asks the person for
 * permission itself, which may take as long as it takes.
 *
 * It is a #HearthOwnerSource too: what Hearth added, whoever did it and through whatever process, as long as
 * the helper runs; and what comes back after a restart. An address that does come back, and on which the kernel
 * has lost the tag, has an unknown owner and stays always.
 *
 * What is added for as long as this process runs lasts as long as its connection to the bus, which is one of its
 * own.
 */
#define HEARTH_TYPE_AUTHORITY_HELPER (hearth_authority_helper_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorityHelper, hearth_authority_helper, HEARTH, HELPER_AUTHORITY,
                      HearthAuthority)

/* @platform: started; it knows the names of links, and when addresses are gone (transfer full) */
HearthAuthority *hearth_authority_helper_new (HearthPlatform *platform);

G_END_DECLS
