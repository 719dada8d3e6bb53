/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-row.h"

#define FADE_MS 250

typedef struct {
  GSignalGroup *item_signals;
  GObject *item;
  AdwAnimation *fade;
  char *sentence;
  char *description;
} HearthRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HearthRow, hearth_row, ADW_TYPE_BIN)

enum {
  PROP_ITEM = 1,
  PROP_SENTENCE,
  PROP_DESCRIPTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
item_notify_cb (HearthRow *self)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  HEARTH_ROW_GET_CLASS (self)->update (self, priv->item);
}

static void
hearth_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (HEARTH_ROW (object));

  switch (id)
    {
    case PROP_ITEM:
      g_value_set_object (value, priv->item);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, priv->sentence);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, priv->description);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ITEM:
      hearth_row_set_item (HEARTH_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_row_dispose (GObject *object)
{
  HearthRow *self = HEARTH_ROW (object);
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  hearth_row_set_item (self, NULL);
  g_clear_object (&priv->fade);

  G_OBJECT_CLASS (hearth_row_parent_class)->dispose (object);
}

static void
hearth_row_finalize (GObject *object)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (HEARTH_ROW (object));

  g_clear_object (&priv->item_signals);
  g_clear_pointer (&priv->sentence, g_free);
  g_clear_pointer (&priv->description, g_free);

  G_OBJECT_CLASS (hearth_row_parent_class)->finalize (object);
}

static void
hearth_row_class_init (HearthRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_row_get_property;
  object_class->set_property = hearth_row_set_property;
  object_class->dispose = hearth_row_dispose;
  object_class->finalize = hearth_row_finalize;

  properties[PROP_ITEM] =
      g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SENTENCE] =
      g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_row_init (HearthRow *self)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  priv->item_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (priv->item_signals, "notify", G_CALLBACK (item_notify_cb), self);
}

gpointer
hearth_row_get_item (HearthRow *self)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  g_return_val_if_fail (HEARTH_IS_ROW (self), NULL);

  return priv->item;
}

void
hearth_row_set_item (HearthRow *self, gpointer item)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  g_return_if_fail (HEARTH_IS_ROW (self));

  if (!g_set_object (&priv->item, item))
    return;
  /* A row that shows another item in the middle of fading in would leave it half visible. */
  if (priv->fade != NULL)
    adw_animation_skip (priv->fade);
  g_signal_group_set_target (priv->item_signals, item);
  if (item != NULL)
    HEARTH_ROW_GET_CLASS (self)->update (self, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

void
hearth_row_set_sentence (HearthRow *self, const char *sentence, const char *description)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  g_return_if_fail (HEARTH_IS_ROW (self));

  if (g_set_str (&priv->sentence, sentence))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
  if (g_set_str (&priv->description, description))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

void
hearth_row_activate (HearthRow *self)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  g_return_if_fail (HEARTH_IS_ROW (self));

  if (priv->item != NULL && HEARTH_ROW_GET_CLASS (self)->activate != NULL)
    HEARTH_ROW_GET_CLASS (self)->activate (self, priv->item);
}

void
hearth_row_fade_in (HearthRow *self)
{
  HearthRowPrivate *priv = hearth_row_get_instance_private (self);

  g_return_if_fail (HEARTH_IS_ROW (self));

  if (priv->fade == NULL)
    priv->fade =
        adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FADE_MS,
                                 adw_property_animation_target_new (G_OBJECT (self), "opacity"));
  adw_animation_play (priv->fade);
}
