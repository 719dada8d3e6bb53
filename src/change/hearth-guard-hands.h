/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-guard.h"

G_BEGIN_DECLS

/**
 * HearthGuardHands:
 *
 * What a #HearthGuard removes addresses with, on each system. It is made before the guard is, and used by it: from
 * hearth_guard_hands_settle() on nothing but async-signal-safe functions are called (signal-safety(7)).
 */
typedef struct _HearthGuardHands HearthGuardHands;

/* The most bytes of a request to remove an address. They are aligned as 32-bit numbers are. */
#define HEARTH_GUARD_REQUEST_BYTES 64

/* In the process that is guarded. NULL with errno. (transfer full) (nullable) */
HearthGuardHands *hearth_guard_hands_new           (void);
void              hearth_guard_hands_free          (HearthGuardHands         *self);

/* What removes @address: how many bytes that are, or 0 with errno. */
gsize             hearth_guard_hands_write_request (const HearthLinkAddress  *address,
                                                    guint8                    bytes[HEARTH_GUARD_REQUEST_BYTES]);

/* In the guard: @control becomes the descriptor 0, everything that is not needed is closed, and the rights that are
 * not needed are given away. */
gboolean          hearth_guard_hands_settle        (HearthGuardHands         *self,
                                                    int                       control);

/* Carries out the requests of @list, one after the other. */
void              hearth_guard_hands_remove        (HearthGuardHands         *self,
                                                    const guint8             *list,
                                                    gsize                     length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthGuardHands, hearth_guard_hands_free)

G_END_DECLS
