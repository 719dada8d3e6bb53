/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authority.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"

struct _HearthReceipt {
  HearthAuthority *authority;    /* (owned) */
  HearthPlan *plan;              /* (owned) */
  gpointer memory;               /* (owned) (nullable) */
  GDestroyNotify destroy_memory; /* (nullable) */
  gboolean undone;
};

typedef struct {
  HearthAuthorityState state;
  char *reason;
  gboolean started;
} HearthAuthorityPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HearthAuthority, hearth_authority, G_TYPE_OBJECT)

enum {
  PROP_STATE = 1,
  PROP_REASON,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* What each kind is called */

static const struct {
  const char *id;
  const char *label;
} kinds[HEARTH_AUTHORITY_N_KINDS] = {
  [HEARTH_AUTHORITY_DIRECT] = { "direct", NC_ ("who carries out a change", "directly") },
  [HEARTH_AUTHORITY_HELPER] = { "helper",
                                NC_ ("who carries out a change", "through Hearth’s helper") },
  [HEARTH_AUTHORITY_NETWORKMANAGER] = { "networkmanager", NC_ ("who carries out a change",
                                                               "through NetworkManager") },
  [HEARTH_AUTHORITY_ADMINISTRATOR] = { "administrator",
                                       NC_ ("who carries out a change",
                                            "with an administrator’s permission") },
};

const char *
hearth_authority_to_id (HearthAuthority *self)
{
  return self != NULL ? kinds[hearth_authority_get_kind (self)].id : "none";
}

const char *
hearth_authority_to_label (HearthAuthority *self)
{
  g_return_val_if_fail (HEARTH_IS_AUTHORITY (self), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "who carries out a change",
                       kinds[hearth_authority_get_kind (self)].label);
}

/* State */

HearthAuthorityKind
hearth_authority_get_kind (HearthAuthority *self)
{
  g_return_val_if_fail (HEARTH_IS_AUTHORITY (self), HEARTH_AUTHORITY_DIRECT);

  return HEARTH_AUTHORITY_GET_CLASS (self)->kind;
}

HearthAuthorityState
hearth_authority_get_state (HearthAuthority *self)
{
  HearthAuthorityPrivate *priv = hearth_authority_get_instance_private (self);

  g_return_val_if_fail (HEARTH_IS_AUTHORITY (self), HEARTH_AUTHORITY_UNAVAILABLE);

  return priv->state;
}

const char *
hearth_authority_get_reason (HearthAuthority *self)
{
  HearthAuthorityPrivate *priv = hearth_authority_get_instance_private (self);

  g_return_val_if_fail (HEARTH_IS_AUTHORITY (self), NULL);

  return priv->reason;
}

void
hearth_authority_set_state (HearthAuthority *self, HearthAuthorityState state, const char *reason)
{
  HearthAuthorityPrivate *priv = hearth_authority_get_instance_private (self);

  g_return_if_fail (HEARTH_IS_AUTHORITY (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&priv->reason, reason))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
  if (priv->state != state)
    {
      priv->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
hearth_authority_start (HearthAuthority *self)
{
  HearthAuthorityPrivate *priv = hearth_authority_get_instance_private (self);

  g_return_if_fail (HEARTH_IS_AUTHORITY (self));
  g_return_if_fail (!priv->started);

  priv->started = TRUE;
  HEARTH_AUTHORITY_GET_CLASS (self)->start (self);
}

gboolean
hearth_authority_can (HearthAuthority *self, const HearthPlan *plan, GError **error)
{
  HearthAuthorityPrivate *priv = hearth_authority_get_instance_private (self);

  g_return_val_if_fail (HEARTH_IS_AUTHORITY (self), FALSE);

  if (priv->state != HEARTH_AUTHORITY_AVAILABLE)
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                           priv->reason != NULL
                               ? priv->reason
                               : _ ("It is not known yet who can change addresses here. Try "
                                    "again in a moment."));
      return FALSE;
    }
  return HEARTH_AUTHORITY_GET_CLASS (self)->can == NULL ||
         HEARTH_AUTHORITY_GET_CLASS (self)->can (self, plan, error);
}

/* Receipts */

static void
clear_receipt (gpointer data)
{
  HearthReceipt *self = data;

  if (self->destroy_memory != NULL)
    g_clear_pointer (&self->memory, self->destroy_memory);
  g_clear_pointer (&self->plan, hearth_plan_unref);
  g_clear_object (&self->authority);
}

static HearthReceipt *
make_receipt (HearthAuthority *authority, const HearthPlan *plan, gpointer memory)
{
  HearthReceipt *self = g_rc_box_new0 (HearthReceipt);

  self->authority = g_object_ref (authority);
  self->plan = hearth_plan_ref (plan);
  self->memory = memory;
  self->destroy_memory = HEARTH_AUTHORITY_GET_CLASS (authority)->free_memory;
  return self;
}

HearthReceipt *
hearth_receipt_ref (HearthReceipt *self)
{
  return g_rc_box_acquire (self);
}

void
hearth_receipt_unref (HearthReceipt *self)
{
  g_rc_box_release_full (self, clear_receipt);
}

const HearthPlan *
hearth_receipt_get_plan (const HearthReceipt *self)
{
  return self->plan;
}

HearthAuthority *
hearth_receipt_get_authority (const HearthReceipt *self)
{
  return self->authority;
}

/* Changes. What was carried out is told as such, also where it was cancelled meanwhile: somebody
 * has to know what there is to take back. */

void
hearth_authority_apply_async (HearthAuthority *self,
                              const HearthPlan *plan,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HEARTH_IS_AUTHORITY (self));

  g_task_set_source_tag (task, hearth_authority_apply_async);
  g_task_set_task_data (task, hearth_plan_ref (plan), (GDestroyNotify) hearth_plan_unref);
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!hearth_authority_can (self, plan, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    HEARTH_AUTHORITY_GET_CLASS (self)->apply_async (self, plan, g_steal_pointer (&task));
}

HearthReceipt *
hearth_authority_apply_finish (HearthAuthority *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gpointer memory;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  memory = g_task_propagate_pointer (G_TASK (result), &problem);
  if (problem == NULL)
    return make_receipt (self, g_task_get_task_data (G_TASK (result)), memory);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* The receipt lives as long as its undoing; the task's source is the authority. */
void
hearth_receipt_undo_async (HearthReceipt *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self->authority, cancellable, callback, user_data);

  g_task_set_source_tag (task, hearth_receipt_undo_async);
  g_task_set_task_data (task, hearth_receipt_ref (self), (GDestroyNotify) hearth_receipt_unref);
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->undone)
    g_task_return_new_error (task, HEARTH_ERROR, HEARTH_ERROR_FAILED, "%s",
                             _ ("This change was taken back already."));
  else
    HEARTH_AUTHORITY_GET_CLASS (self->authority)
        ->undo_async (self->authority, self->memory, g_steal_pointer (&task));
}

gboolean
hearth_receipt_undo_finish (HearthReceipt *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self->authority), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  self->undone = TRUE;
  return TRUE;
}

void
hearth_authority_close_async (HearthAuthority *self,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (HEARTH_IS_AUTHORITY (self));

  g_task_set_source_tag (task, hearth_authority_close_async);
  if (HEARTH_AUTHORITY_GET_CLASS (self)->close_async == NULL)
    g_task_return_boolean (task, TRUE);
  else
    HEARTH_AUTHORITY_GET_CLASS (self)->close_async (self, g_steal_pointer (&task));
}

gboolean
hearth_authority_close_finish (HearthAuthority *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
hearth_authority_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthAuthorityPrivate *priv = hearth_authority_get_instance_private (HEARTH_AUTHORITY (object));

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, priv->state);
      break;
    case PROP_REASON:
      g_value_set_string (value, priv->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_authority_finalize (GObject *object)
{
  HearthAuthorityPrivate *priv = hearth_authority_get_instance_private (HEARTH_AUTHORITY (object));

  g_clear_pointer (&priv->reason, g_free);

  G_OBJECT_CLASS (hearth_authority_parent_class)->finalize (object);
}

static void
hearth_authority_class_init (HearthAuthorityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_authority_get_property;
  object_class->finalize = hearth_authority_finalize;

  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, HEARTH_AUTHORITY_PROBING, HEARTH_AUTHORITY_UNAVAILABLE,
                        HEARTH_AUTHORITY_PROBING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REASON] =
      g_param_spec_string ("reason", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_authority_init (HearthAuthority *self)
{
}
