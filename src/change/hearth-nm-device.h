/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-nm-bus.h"

G_BEGIN_DECLS

/* What polkit says to a kind of change, as NetworkManager's GetPermissions has it. */
typedef enum {
  HEARTH_NM_PERMISSION_UNKNOWN,
  HEARTH_NM_PERMISSION_NO,
  HEARTH_NM_PERMISSION_ASK, /* it asks for a password, or may */
  HEARTH_NM_PERMISSION_YES,
} HearthNmPermission;

/**
 * HearthNmDevice:
 *
 * NetworkManager's view of `lo`, followed: whether it is there, new enough, and manages `lo`; what is
 * active on it; what this user may do.
 *
 * The signal #HearthNmDevice::changed says that any of it is different now.
 */
#define HEARTH_TYPE_NM_DEVICE (hearth_nm_device_get_type ())
G_DECLARE_FINAL_TYPE (HearthNmDevice, hearth_nm_device, HEARTH, NM_DEVICE, GObject)

/* (transfer full) */
HearthNmDevice    *hearth_nm_device_new            (void);

/* Begins to look and to follow; once. */
void               hearth_nm_device_start          (HearthNmDevice  *self);

/* Whether the answer is known: TRUE from the first "changed" on. */
gboolean           hearth_nm_device_is_known       (HearthNmDevice  *self);

/* Why addresses of `lo` cannot be changed through it, or NULL where they can. */
const char        *hearth_nm_device_get_reason     (HearthNmDevice  *self);

/* Where NetworkManager is, whether or not it manages `lo`, or NULL while it is not there. */
GDBusConnection   *hearth_nm_device_get_bus        (HearthNmDevice  *self);

/* The object path of `lo`, where there is no reason against it. */
const char        *hearth_nm_device_get_path       (HearthNmDevice  *self);

/* Whether what is active on `lo` is a profile that somebody made, and its UUID; otherwise it is what
 * NetworkManager found there, and calls "connected (externally)". */
gboolean           hearth_nm_device_has_profile    (HearthNmDevice  *self);
const char        *hearth_nm_device_get_uuid       (HearthNmDevice  *self);

/* org.freedesktop.NetworkManager.network-control, and .settings.modify.system. */
HearthNmPermission hearth_nm_device_may_change     (HearthNmDevice  *self);
HearthNmPermission hearth_nm_device_may_keep       (HearthNmDevice  *self);

G_END_DECLS
