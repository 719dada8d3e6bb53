/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-surroundings.h"

G_BEGIN_DECLS

/**
 * HearthPlatformFake:
 *
 * A platform in memory, for tests and benchmarks: it keeps the kernel's rules (what is there cannot be
 * added, what is not cannot be removed, a link must exist) and lets a test make what is hard to make
 * for real. A change is in the mirror, and its signal is out, when the call returns.
 */
#define HEARTH_TYPE_PLATFORM_FAKE (hearth_platform_fake_get_type ())
G_DECLARE_FINAL_TYPE (HearthPlatformFake, hearth_platform_fake, HEARTH, PLATFORM_FAKE, HearthPlatform)

/* Without any link. (transfer full) */
HearthPlatform *hearth_platform_fake_new               (void);

/* With `lo` (index 1, up, MTU 65536), 127.0.0.1/8 and ::1/128, as a fresh Linux has it. (transfer full) */
HearthPlatform *hearth_platform_fake_new_with_loopback (void);

/* Makes start() fail with @error from now on; NULL lets it succeed again. */
void            hearth_platform_fake_fail_start        (HearthPlatformFake *self,
                                                        const GError       *error);

/* Makes adding and removing fail with HEARTH_ERROR_NOT_PERMITTED, as for an ordinary user. */
void            hearth_platform_fake_set_permitted     (HearthPlatformFake *self,
                                                        gboolean            permitted);

/* Lets @n_changes of adding, removing and tagging succeed from now on, and makes the next one fail with
 * HEARTH_ERROR_FAILED, or with @stays all that come then. A negative @n_changes ends it. */
void            hearth_platform_fake_fail_after        (HearthPlatformFake *self,
                                                        int                 n_changes,
                                                        gboolean            stays);

/* Adds or changes a link; removes it with its addresses. */
void            hearth_platform_fake_put_link          (HearthPlatformFake *self,
                                                        const HearthLink   *link);
void            hearth_platform_fake_drop_link         (HearthPlatformFake *self,
                                                        guint32             index);

/* Adds or changes many addresses as one batch, whatever the permission. */
void            hearth_platform_fake_put_addresses     (HearthPlatformFake      *self,
                                                        const HearthLinkAddress *addresses,
                                                        gsize                    n_addresses);

/* What read_counters() gives for every link. */
void            hearth_platform_fake_set_counters      (HearthPlatformFake   *self,
                                                        const HearthCounters *counters);

/* What read_surroundings() gives, with the addresses that are there. NULL is nothing. */
void            hearth_platform_fake_set_surroundings  (HearthPlatformFake *self,
                                                        HearthSurroundings *surroundings);

/* What read_listeners() gives. NULL is nothing. */
void            hearth_platform_fake_set_listeners     (HearthPlatformFake *self,
                                                        GPtrArray          *listeners);

/* From now on it keeps no tags, as Linux before 5.18. */
void hearth_platform_fake_keep_no_tags (HearthPlatformFake *self);

/* From now on it is as macOS: see hearth_platform_only_listed_answer(). */
void hearth_platform_fake_let_only_listed_answer (HearthPlatformFake *self);

G_END_DECLS
