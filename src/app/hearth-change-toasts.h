/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "hearth-address-changes.h"

G_BEGIN_DECLS

/* Says on @toasts what comes of @changes, from now on: a change that was made, with a button that takes it
 * back by the action `addresses.undo-one`; one that was taken back; one that failed, with all of its
 * sentence. It ends with @toasts. */
void hearth_change_toasts_follow    (AdwToastOverlay      *toasts,
                                     HearthAddressChanges *changes);
void hearth_change_toasts_unfollow  (AdwToastOverlay      *toasts,
                                     HearthAddressChanges *changes);

/* A sentence that may be long. */
void hearth_change_toasts_complain  (AdwToastOverlay      *toasts,
                                     const char           *message);

G_END_DECLS
