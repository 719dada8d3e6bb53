/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-nm-change.h"
#include "hearth-nm-device.h"
#include "hearth-nm-profile.h"
#include "hearth-platform.h"
#include "hearth-session-journal.h"

G_BEGIN_DECLS

/**
 * HearthNmPlaces:
 *
 * Where a change through NetworkManager is seen: in NetworkManager, in the kernel, on the disk. All
 * borrowed.
 */
typedef struct {
  HearthNmDevice *device;
  HearthNmProfile *profile;
  HearthSessionJournal *journal;
  HearthPlatform *platform;
} HearthNmPlaces;

/* Carries out a change (hearth-nm-change.h) in all places, in an order in which nothing is forgotten
 * should this process be killed: it is noted what comes; the profile is written, which may ask for a
 * password; loopback is changed; what went is no longer noted. What fails takes back what was done
 * before it. One at a time.
 * @change: (element-type HearthNmStep)
 * The errors are sentences. */
void      hearth_nm_transaction_run_async   (const HearthNmPlaces  *places,
                                             GArray                *change,
                                             GCancellable          *cancellable,
                                             GAsyncReadyCallback    callback,
                                             gpointer               user_data);
gboolean  hearth_nm_transaction_run_finish  (GAsyncResult          *result,
                                             GError               **error);

G_END_DECLS
