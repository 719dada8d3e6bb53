/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-authorities.h"
#include "hearth-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthAddressChanges:
 *
 * The changes of addresses that the window makes: those that are under way, those that were made and
 * can be undone, the last one first, for as long as this lives. It knows no widget.
 *
 * Property: `can-undo`.
 *
 * Signals: `changed`, what is under way or who can change addresses is different now; `done (plan, id)`
 * and `undone (plan)`, a change was carried out, and can be taken back as number @id, or was taken back;
 * `failed (message)`, it was not, with the sentence to show. A question for permission that somebody
 * closed is none of these: no more is to be said.
 */
#define HEARTH_TYPE_ADDRESS_CHANGES (hearth_address_changes_get_type ())
G_DECLARE_FINAL_TYPE (HearthAddressChanges, hearth_address_changes, HEARTH, ADDRESS_CHANGES, GObject)

/* @platform: the one that @interfaces follows (transfer full) */
HearthAddressChanges *hearth_address_changes_new             (HearthPlatform          *platform,
                                                              HearthInterfaces        *interfaces,
                                                              HearthAuthorities       *authorities);

/* (transfer none) */
HearthPlatform       *hearth_address_changes_get_platform    (HearthAddressChanges    *self);
HearthInterfaces     *hearth_address_changes_get_interfaces  (HearthAddressChanges    *self);
HearthAuthorities    *hearth_address_changes_get_authorities (HearthAddressChanges    *self);

/* Whether it is certain that nobody here can change an address. */
gboolean              hearth_address_changes_is_read_only    (HearthAddressChanges    *self);

/* Whether @action makes sense for @address as it is now, and somebody can do it. */
gboolean              hearth_address_changes_can             (HearthAddressChanges    *self,
                                                              HearthInterfaceAddress  *address,
                                                              HearthPlanAction         action);

/* Whether something is under way with @address; *@action is what it comes to. */
gboolean              hearth_address_changes_find_pending    (HearthAddressChanges    *self,
                                                              HearthInterfaceAddress  *address,
                                                              HearthPlanAction        *action);

/* Carries out @plan through whoever can. What comes of it is told by the signals; by `failed` only where
 * @callback is NULL, otherwise the caller has the error: those of hearth_authority_apply_async(). */
void                  hearth_address_changes_apply_async     (HearthAddressChanges    *self,
                                                              const HearthPlan        *plan,
                                                              GCancellable            *cancellable,
                                                              GAsyncReadyCallback      callback,
                                                              gpointer                 user_data);
gboolean              hearth_address_changes_apply_finish    (HearthAddressChanges    *self,
                                                              GAsyncResult            *result,
                                                              GError                 **error);

/* The same with addresses that are there, all of them on the interface of the first one.
 * (element-type HearthInterfaceAddress) */
void                  hearth_address_changes_apply_to        (HearthAddressChanges    *self,
                                                              HearthPlanAction         action,
                                                              GPtrArray               *addresses);

gboolean              hearth_address_changes_can_undo        (HearthAddressChanges    *self);

/* Takes back the last change that is left; the one with the number @id, where it is still left. */
void                  hearth_address_changes_undo            (HearthAddressChanges    *self);
void                  hearth_address_changes_undo_one        (HearthAddressChanges    *self,
                                                              guint                    id);

/* Gives up what is under way: for the end. */
void                  hearth_address_changes_cancel          (HearthAddressChanges    *self);

G_END_DECLS
