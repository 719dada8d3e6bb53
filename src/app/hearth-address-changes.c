/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-address-changes.h"

#include "hearth-address-plans.h"
#include "hearth-error.h"

/* Invariant: a change is in one place at a time: under way in `pending`, or made and in `made`,
 * from which its undoing takes it; it comes back there where that was given up. */
struct _HearthAddressChanges {
  GObject parent_instance;

  HearthPlatform *platform;       /* (owned) */
  HearthInterfaces *interfaces;   /* (owned) */
  HearthAuthorities *authorities; /* (owned) */
  GCancellable *cancellable;      /* (owned) */
  GPtrArray *pending;             /* (owned) (element-type Pending) */
  GPtrArray *made;                /* (owned) (element-type Made), the last one last */
  guint last_id;
};

G_DEFINE_FINAL_TYPE (HearthAddressChanges, hearth_address_changes, G_TYPE_OBJECT)

enum {
  PROP_CAN_UNDO = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_CHANGED,
  SIGNAL_DONE,
  SIGNAL_UNDONE,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Changes that were made */

typedef struct {
  guint id;
  HearthReceipt *receipt; /* (owned) */
} Made;

static Made *
made_new (guint id, HearthReceipt *receipt)
{
  Made *made = g_new0 (Made, 1);

  made->id = id;
  made->receipt = hearth_receipt_ref (receipt);
  return made;
}

static void
made_free (gpointer data)
{
  Made *made = data;

  hearth_receipt_unref (made->receipt);
  g_free (made);
}

static void
remember (HearthAddressChanges *self, guint id, HearthReceipt *receipt)
{
  g_ptr_array_add (self->made, made_new (id, receipt));
  if (self->made->len == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
}

/* (nullable) (transfer full) */
static Made *
take (HearthAddressChanges *self, guint id)
{
  for (guint i = self->made->len; i > 0; i--)
    if (((Made *) self->made->pdata[i - 1])->id == id)
      {
        Made *made = g_ptr_array_steal_index (self->made, i - 1);

        if (self->made->len == 0)
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
        return made;
      }
  return NULL;
}

/* Changes under way */

/* What the plan comes to: the same, or, while it is taken back, the contrary. */
typedef struct {
  HearthPlan *plan; /* (owned) */
  HearthPlanAction action;
} Pending;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  hearth_plan_unref (pending->plan);
  g_free (pending);
}

static Pending *
begin (HearthAddressChanges *self, const HearthPlan *plan, HearthPlanAction action)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->plan = hearth_plan_ref (plan);
  pending->action = action;
  g_ptr_array_add (self->pending, pending);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return pending;
}

static void
end (HearthAddressChanges *self, Pending *pending)
{
  g_ptr_array_remove (self->pending, pending);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
plan_contains (const HearthPlan *plan, const HearthPrefix *prefix)
{
  guint first = 0, last = hearth_plan_get_n_prefixes (plan);

  while (first < last)
    {
      guint middle = first + (last - first) / 2;
      int order = hearth_prefix_compare (hearth_plan_get_prefix (plan, middle), prefix);

      if (order == 0)
        return TRUE;
      if (order < 0)
        first = middle + 1;
      else
        last = middle;
    }
  return FALSE;
}

static HearthPlanAction
invert (HearthPlanAction action)
{
  switch (action)
    {
    case HEARTH_PLAN_ADD:
      return HEARTH_PLAN_REMOVE;
    case HEARTH_PLAN_REMOVE:
      return HEARTH_PLAN_ADD;
    case HEARTH_PLAN_KEEP:
      return HEARTH_PLAN_FORGET;
    case HEARTH_PLAN_FORGET:
    default:
      return HEARTH_PLAN_KEEP;
    }
}

/* Somebody closed the question for permission, or the window: there is no more to say. */
static gboolean
was_given_up (const GError *error)
{
  return g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_DISMISSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
tell_failure (HearthAddressChanges *self, const GError *error)
{
  g_return_if_fail (error != NULL);

  if (!was_given_up (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

/* Carrying out */

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HearthAddressChanges *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthReceipt) receipt =
      hearth_authority_apply_finish (HEARTH_AUTHORITY (source), result, &error);

  end (self, g_task_get_task_data (task));
  if (receipt == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  remember (self, ++self->last_id, receipt);
  g_signal_emit (self, signals[SIGNAL_DONE], 0, hearth_receipt_get_plan (receipt), self->last_id);
  g_task_return_boolean (task, TRUE);
}

static void
on_applied_for_nobody (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HearthAddressChanges *self = HEARTH_ADDRESS_CHANGES (source);
  g_autoptr (GError) error = NULL;

  if (!hearth_address_changes_apply_finish (self, result, &error))
    tell_failure (self, error);
}

void
hearth_address_changes_apply_async (HearthAddressChanges *self,
                                    const HearthPlan *plan,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  HearthAuthority *authority;

  g_return_if_fail (HEARTH_IS_ADDRESS_CHANGES (self));

  task = g_task_new (self, cancellable, callback != NULL ? callback : on_applied_for_nobody,
                     user_data);
  /* What was carried out is told as such, also to somebody who no longer waits for it. */
  g_task_set_check_cancellable (task, FALSE);
  authority = hearth_authorities_choose (self->authorities, plan, &error);
  if (authority == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, begin (self, plan, hearth_plan_get_action (plan)), NULL);
  hearth_authority_apply_async (authority, plan,
                                cancellable != NULL ? cancellable : self->cancellable, on_applied,
                                g_steal_pointer (&task));
}

gboolean
hearth_address_changes_apply_finish (HearthAddressChanges *self,
                                     GAsyncResult *result,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Taking back */

typedef struct {
  HearthAddressChanges *self; /* (owned) */
  Made *made;                 /* (owned) (nullable) */
  Pending *pending;
} Undoing;

/* Where it may work the next time it stays; otherwise it would stand before all earlier ones. */
static gboolean
may_work_later (const GError *error)
{
  return was_given_up (error) || g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Undoing *undoing = user_data;
  g_autoptr (HearthAddressChanges) self = undoing->self;
  Made *made = undoing->made;
  g_autoptr (GError) error = NULL;
  gboolean undone = hearth_receipt_undo_finish (made->receipt, result, &error);

  end (self, undoing->pending);
  if (undone)
    g_signal_emit (self, signals[SIGNAL_UNDONE], 0, hearth_receipt_get_plan (made->receipt));
  else
    tell_failure (self, error);
  if (!undone && may_work_later (error))
    remember (self, made->id, made->receipt);
  made_free (made);
  g_free (undoing);
}

void
hearth_address_changes_undo_one (HearthAddressChanges *self, guint id)
{
  Made *made;
  Undoing *undoing;
  const HearthPlan *plan;

  g_return_if_fail (HEARTH_IS_ADDRESS_CHANGES (self));

  made = take (self, id);
  if (made == NULL)
    return;
  plan = hearth_receipt_get_plan (made->receipt);
  undoing = g_new0 (Undoing, 1);
  undoing->self = g_object_ref (self);
  undoing->made = made;
  undoing->pending = begin (self, plan, invert (hearth_plan_get_action (plan)));
  hearth_receipt_undo_async (made->receipt, self->cancellable, on_undone, undoing);
}

gboolean
hearth_address_changes_can_undo (HearthAddressChanges *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_CHANGES (self), FALSE);

  return self->made->len > 0;
}

void
hearth_address_changes_undo (HearthAddressChanges *self)
{
  if (hearth_address_changes_can_undo (self))
    hearth_address_changes_undo_one (self, ((Made *) self->made->pdata[self->made->len - 1])->id);
}

/* GObject */

static void
emit_changed (HearthAddressChanges *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
hearth_address_changes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthAddressChanges *self = HEARTH_ADDRESS_CHANGES (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, hearth_address_changes_can_undo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_address_changes_finalize (GObject *object)
{
  HearthAddressChanges *self = HEARTH_ADDRESS_CHANGES (object);

  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->authorities);
  g_clear_object (&self->interfaces);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (hearth_address_changes_parent_class)->finalize (object);
}

static void
hearth_address_changes_class_init (HearthAddressChangesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = hearth_address_changes_get_property;
  object_class->finalize = hearth_address_changes_finalize;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_UNDONE] = g_signal_new ("undone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hearth_address_changes_init (HearthAddressChanges *self)
{
  self->cancellable = g_cancellable_new ();
  self->pending = g_ptr_array_new_with_free_func (pending_free);
  self->made = g_ptr_array_new_with_free_func (made_free);
}

/* Public */

HearthAddressChanges *
hearth_address_changes_new (HearthPlatform *platform,
                            HearthInterfaces *interfaces,
                            HearthAuthorities *authorities)
{
  HearthAddressChanges *self = g_object_new (HEARTH_TYPE_ADDRESS_CHANGES, NULL);

  self->platform = g_object_ref (platform);
  self->interfaces = g_object_ref (interfaces);
  self->authorities = g_object_ref (authorities);
  g_signal_connect_object (authorities, "notify", G_CALLBACK (emit_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

HearthPlatform *
hearth_address_changes_get_platform (HearthAddressChanges *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_CHANGES (self), NULL);

  return self->platform;
}

HearthInterfaces *
hearth_address_changes_get_interfaces (HearthAddressChanges *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_CHANGES (self), NULL);

  return self->interfaces;
}

HearthAuthorities *
hearth_address_changes_get_authorities (HearthAddressChanges *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_CHANGES (self), NULL);

  return self->authorities;
}

gboolean
hearth_address_changes_is_read_only (HearthAddressChanges *self)
{
  g_return_val_if_fail (HEARTH_IS_ADDRESS_CHANGES (self), TRUE);

  return hearth_authorities_is_ready (self->authorities) &&
         hearth_authorities_get_best (self->authorities) == NULL;
}

gboolean
hearth_address_changes_can (HearthAddressChanges *self,
                            HearthInterfaceAddress *address,
                            HearthPlanAction action)
{
  g_autoptr (HearthPlan) plan = NULL;

  g_return_val_if_fail (HEARTH_IS_ADDRESS_CHANGES (self), FALSE);

  if (!hearth_address_plans_concern (address) ||
      !hearth_address_plans_make_sense (address, action) ||
      hearth_address_changes_find_pending (self, address, NULL))
    return FALSE;
  plan = hearth_address_plans_make_one (action, address, NULL);
  return plan != NULL && hearth_authorities_choose (self->authorities, plan, NULL) != NULL;
}

gboolean
hearth_address_changes_find_pending (HearthAddressChanges *self,
                                     HearthInterfaceAddress *address,
                                     HearthPlanAction *action)
{
  HearthInterface *interface = hearth_interface_address_get_interface (address);
  const HearthPrefix *prefix = &hearth_interface_address_get_record (address)->prefix;

  g_return_val_if_fail (HEARTH_IS_ADDRESS_CHANGES (self), FALSE);

  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = self->pending->pdata[i];

      if (!g_str_equal (hearth_plan_get_interface (pending->plan),
                        hearth_interface_get_name (interface)) ||
          !plan_contains (pending->plan, prefix))
        continue;
      if (action != NULL)
        *action = pending->action;
      return TRUE;
    }
  return FALSE;
}

void
hearth_address_changes_apply_to (HearthAddressChanges *self,
                                 HearthPlanAction action,
                                 GPtrArray *addresses)
{
  g_autoptr (HearthPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HEARTH_IS_ADDRESS_CHANGES (self));
  g_return_if_fail (addresses->len > 0);

  plan = hearth_address_plans_make (action, addresses, &error);
  if (plan == NULL)
    tell_failure (self, error);
  else
    hearth_address_changes_apply_async (self, plan, NULL, NULL, NULL);
}

void
hearth_address_changes_cancel (HearthAddressChanges *self)
{
  g_return_if_fail (HEARTH_IS_ADDRESS_CHANGES (self));

  g_cancellable_cancel (self->cancellable);
}
