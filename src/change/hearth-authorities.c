/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authorities.h"

#include <glib/gi18n-lib.h>

#include "hearth-authorities-of-system.h"
#include "hearth-error.h"

struct _HearthAuthorities {
  GObject parent_instance;

  GPtrArray *items;      /* (owned) (element-type HearthAuthority), the best first */
  HearthAuthority *best; /* (nullable), one of them */
  gboolean ready;
  gboolean settled;
};

G_DEFINE_FINAL_TYPE (HearthAuthorities, hearth_authorities, G_TYPE_OBJECT)

enum {
  PROP_BEST = 1,
  PROP_READY,
  PROP_SETTLED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_probing (const HearthAuthorities *self, guint position)
{
  return hearth_authority_get_state (self->items->pdata[position]) == HEARTH_AUTHORITY_PROBING;
}

static void
set_flag (HearthAuthorities *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update (HearthAuthorities *self)
{
  HearthAuthority *best = NULL;
  gboolean better_may_come = FALSE, probing = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      probing |= is_probing (self, i);
      better_may_come |= best == NULL && is_probing (self, i);
      if (best == NULL &&
          hearth_authority_get_state (self->items->pdata[i]) == HEARTH_AUTHORITY_AVAILABLE)
        best = self->items->pdata[i];
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (self->best != best)
    {
      self->best = best;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEST]);
    }
  set_flag (self, &self->ready, !better_may_come, PROP_READY);
  set_flag (self, &self->settled, !probing, PROP_SETTLED);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Closing: one after the other has answered, in any order; the first error is told. */

typedef struct {
  guint n_left;
  GError *error;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_clear_error (&closing->error);
  g_free (closing);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Closing *closing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!hearth_authority_close_finish (HEARTH_AUTHORITY (source), result, &error) &&
      closing->error == NULL)
    closing->error = g_steal_pointer (&error);
  if (--closing->n_left > 0)
    return;
  if (closing->error != NULL)
    g_task_return_error (task, g_steal_pointer (&closing->error));
  else
    g_task_return_boolean (task, TRUE);
}

void
hearth_authorities_close_async (HearthAuthorities *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Closing *closing = g_new0 (Closing, 1);

  g_return_if_fail (HEARTH_IS_AUTHORITIES (self));

  closing->n_left = self->items->len;
  g_task_set_task_data (task, closing, closing_free);
  if (self->items->len == 0)
    g_task_return_boolean (task, TRUE);
  for (guint i = 0; i < self->items->len; i++)
    hearth_authority_close_async (self->items->pdata[i], on_closed, g_object_ref (task));
}

gboolean
hearth_authorities_close_finish (HearthAuthorities *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
hearth_authorities_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthAuthorities *self = HEARTH_AUTHORITIES (object);

  switch (id)
    {
    case PROP_BEST:
      g_value_set_object (value, self->best);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;
    case PROP_SETTLED:
      g_value_set_boolean (value, self->settled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_authorities_finalize (GObject *object)
{
  HearthAuthorities *self = HEARTH_AUTHORITIES (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (hearth_authorities_parent_class)->finalize (object);
}

static void
hearth_authorities_class_init (HearthAuthoritiesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_authorities_get_property;
  object_class->finalize = hearth_authorities_finalize;

  properties[PROP_BEST] = g_param_spec_object ("best", NULL, NULL, HEARTH_TYPE_AUTHORITY,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_READY] =
      g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_authorities_init (HearthAuthorities *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Public */

HearthAuthorities *
hearth_authorities_new (HearthPlatform *platform, HearthInterfaces *interfaces)
{
  HearthOwners *owners = hearth_interfaces_get_owners (interfaces);
  g_autoptr (GPtrArray) authorities = hearth_authorities_of_system (platform);

  for (guint i = authorities->len; i > 0; i--)
    if (HEARTH_IS_OWNER_SOURCE (authorities->pdata[i - 1]))
      hearth_owners_add (owners, authorities->pdata[i - 1]);
  return hearth_authorities_new_with ((HearthAuthority **) authorities->pdata, authorities->len);
}

HearthAuthorities *
hearth_authorities_new_with (HearthAuthority **authorities, gsize n_authorities)
{
  HearthAuthorities *self = g_object_new (HEARTH_TYPE_AUTHORITIES, NULL);

  for (gsize i = 0; i < n_authorities; i++)
    {
      g_ptr_array_add (self->items, g_object_ref (authorities[i]));
      g_signal_connect_object (authorities[i], "notify::state", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  for (gsize i = 0; i < n_authorities; i++)
    hearth_authority_start (authorities[i]);
  update (self);
  return self;
}

HearthAuthority *
hearth_authorities_get_best (HearthAuthorities *self)
{
  g_return_val_if_fail (HEARTH_IS_AUTHORITIES (self), NULL);

  return self->best;
}

gboolean
hearth_authorities_is_ready (HearthAuthorities *self)
{
  g_return_val_if_fail (HEARTH_IS_AUTHORITIES (self), FALSE);

  return self->ready;
}

gboolean
hearth_authorities_is_settled (HearthAuthorities *self)
{
  g_return_val_if_fail (HEARTH_IS_AUTHORITIES (self), FALSE);

  return self->settled;
}

guint
hearth_authorities_get_n (HearthAuthorities *self)
{
  g_return_val_if_fail (HEARTH_IS_AUTHORITIES (self), 0);

  return self->items->len;
}

HearthAuthority *
hearth_authorities_get (HearthAuthorities *self, guint position)
{
  g_return_val_if_fail (HEARTH_IS_AUTHORITIES (self), NULL);
  g_return_val_if_fail (position < self->items->len, NULL);

  return self->items->pdata[position];
}

/* What is said where nobody can: each reason once, in their order. */
static char *
join_reasons (GPtrArray *reasons)
{
  g_ptr_array_add (reasons, NULL);
  return g_strjoinv (" ", (char **) reasons->pdata);
}

HearthAuthority *
hearth_authorities_choose (HearthAuthorities *self, const HearthPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sentence = NULL;

  g_return_val_if_fail (HEARTH_IS_AUTHORITIES (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (hearth_authority_can (self->items->pdata[i], plan, &problem))
        return self->items->pdata[i];
      g_ptr_array_add (reasons, g_strdup (problem->message));
    }
  sentence = join_reasons (reasons);
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED, sentence);
  return NULL;
}

char *
hearth_authorities_explain (HearthAuthorities *self)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (HEARTH_IS_AUTHORITIES (self), NULL);

  if (self->best != NULL)
    return NULL;
  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (reasons, g_strdup (hearth_authority_get_reason (self->items->pdata[i])));
  return join_reasons (reasons);
}
