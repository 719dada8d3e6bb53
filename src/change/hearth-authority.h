/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-plan.h"

G_BEGIN_DECLS

/* Who can carry out a change, the best first. */
typedef enum {
  HEARTH_AUTHORITY_DIRECT,         /* this process itself: root, or CAP_NET_ADMIN */
  HEARTH_AUTHORITY_HELPER,         /* hearth-helper, over the system bus */
  HEARTH_AUTHORITY_NETWORKMANAGER, /* NetworkManager 1.42 or newer, where it manages lo */
  HEARTH_AUTHORITY_ADMINISTRATOR,  /* of macOS or Windows, who is asked for each change */
  HEARTH_AUTHORITY_N_KINDS,
} HearthAuthorityKind;

typedef enum {
  HEARTH_AUTHORITY_PROBING,
  HEARTH_AUTHORITY_AVAILABLE,
  HEARTH_AUTHORITY_UNAVAILABLE,
} HearthAuthorityState;

/**
 * HearthAuthority:
 *
 * Somebody who may change addresses. It says whether it is there, and follows that; one change is one
 * call, one question for permission at the most, all or nothing.
 *
 * Properties: `state` (#HearthAuthorityState) and `reason`, the sentence why it is unavailable, NULL
 * otherwise. Everything happens on the main context of the thread that made it, and never waits.
 */
#define HEARTH_TYPE_AUTHORITY (hearth_authority_get_type ())
G_DECLARE_DERIVABLE_TYPE (HearthAuthority, hearth_authority, HEARTH, AUTHORITY, GObject)

/**
 * HearthAuthorityClass:
 * @kind: which one it is
 * @start: begins to probe and to follow; says what it finds by hearth_authority_set_state(), later or at once
 * @can: see hearth_authority_can(); NULL where it can do every plan
 * @free_memory: (nullable): frees what @apply_async left for @undo_async
 * @apply_async: carries out a plan that @can allows, and returns from @task, by g_task_return_pointer(), what
 *   undo needs to know, or an error. What it needs of @plan it keeps itself
 * @undo_async: takes the change back that left @memory, which lives until then; returns a boolean
 * @close_async: (nullable): removes what this process added for as long as it runs; returns a boolean
 */
struct _HearthAuthorityClass {
  GObjectClass parent_class;

  HearthAuthorityKind kind;

  void     (*start)       (HearthAuthority *self);
  gboolean (*can)         (HearthAuthority *self, const HearthPlan *plan, GError **error);
  GDestroyNotify free_memory;
  void     (*apply_async) (HearthAuthority *self, const HearthPlan *plan, GTask *task);
  void     (*undo_async)  (HearthAuthority *self, gpointer memory, GTask *task);
  void     (*close_async) (HearthAuthority *self, GTask *task);
};

/* "direct", "helper", "networkmanager", "administrator": the words of the JSON; "none" for NULL. */
const char           *hearth_authority_to_id         (HearthAuthority      *self);

/* In the user's language: "directly", "through Hearth’s helper", "through NetworkManager". */
const char           *hearth_authority_to_label      (HearthAuthority      *self);

HearthAuthorityKind   hearth_authority_get_kind      (HearthAuthority      *self);
HearthAuthorityState  hearth_authority_get_state     (HearthAuthority      *self);

/* (nullable) (transfer none) */
const char           *hearth_authority_get_reason    (HearthAuthority      *self);

/* Begins to probe; once. */
void                  hearth_authority_start         (HearthAuthority      *self);

/* Whether it is there and can do @plan: direct cannot keep, NetworkManager cannot remove what others
 * added. HEARTH_ERROR_NOT_SUPPORTED with the sentence why not. */
gboolean              hearth_authority_can           (HearthAuthority      *self,
                                                      const HearthPlan     *plan,
                                                      GError              **error);

/**
 * HearthReceipt:
 *
 * What is left of a change that was carried out: who did it, and what takes it back. Counted by
 * reference.
 */
typedef struct _HearthReceipt HearthReceipt;

HearthReceipt        *hearth_receipt_ref             (HearthReceipt        *self);
void                  hearth_receipt_unref           (HearthReceipt        *self);
const HearthPlan     *hearth_receipt_get_plan        (const HearthReceipt  *self);
HearthAuthority      *hearth_receipt_get_authority   (const HearthReceipt  *self);

/* Carries out @plan, asking for permission where that is needed. When it has returned, the change is
 * with the kernel, all of it; on failure nothing is changed, or the message says what is.
 * HEARTH_ERROR_NOT_PERMITTED, HEARTH_ERROR_DISMISSED (no more is to be said), HEARTH_ERROR_EXISTS,
 * HEARTH_ERROR_NOT_FOUND, HEARTH_ERROR_INVALID, HEARTH_ERROR_NOT_SUPPORTED, HEARTH_ERROR_FAILED;
 * G_IO_ERROR_CANCELLED, after which it may have happened all the same. */
void                  hearth_authority_apply_async   (HearthAuthority      *self,
                                                      const HearthPlan     *plan,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);

/* (transfer full) (nullable) */
HearthReceipt        *hearth_authority_apply_finish  (HearthAuthority      *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* Takes a change back, through the same authority, once. The same errors; HEARTH_ERROR_FAILED where
 * what it changed has changed since. */
void                  hearth_receipt_undo_async      (HearthReceipt        *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean              hearth_receipt_undo_finish     (HearthReceipt        *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* Removes what this process added for as long as it runs (HEARTH_LIFETIME_SESSION): for an orderly exit.
 * After any other exit it happens without it, where it can. */
void                  hearth_authority_close_async   (HearthAuthority      *self,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean              hearth_authority_close_finish  (HearthAuthority      *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* For subclasses. @reason: why it is unavailable, NULL otherwise. */
void                  hearth_authority_set_state     (HearthAuthority      *self,
                                                      HearthAuthorityState  state,
                                                      const char           *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthReceipt, hearth_receipt_unref)

G_END_DECLS
