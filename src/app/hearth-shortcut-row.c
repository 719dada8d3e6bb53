/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-shortcut-row.h"

struct _HearthShortcutRow {
  AdwActionRow parent_instance;

  GtkWidget *keys;
  char *accelerator;
  char *shortcut_action;
};

G_DEFINE_FINAL_TYPE (HearthShortcutRow, hearth_shortcut_row, ADW_TYPE_ACTION_ROW)

enum {
  PROP_ACCELERATOR = 1,
  PROP_SHORTCUT_ACTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
add_key (HearthShortcutRow *self, const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_add_css_class (label, "key-cap");
  gtk_box_append (GTK_BOX (self->keys), label);
}

static void
add_modifiers (HearthShortcutRow *self, GdkModifierType modifiers)
{
  static const GdkModifierType order[] = { GDK_CONTROL_MASK, GDK_ALT_MASK, GDK_SHIFT_MASK };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if ((modifiers & order[i]) != 0)
      {
        g_autofree char *name = gtk_accelerator_get_label (0, order[i]);

        add_key (self, name);
      }
}

static void
draw (HearthShortcutRow *self, const char *accelerator)
{
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;
  GdkModifierType modifiers;
  guint key;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    g_return_if_reached ();
  name = gtk_accelerator_get_label (key, 0);
  whole = gtk_accelerator_get_label (key, modifiers);
  add_modifiers (self, modifiers);
  add_key (self, name);
  /* The caps are read one by one; the row says it as people say it. The subtitle, which is empty,
   * would come first. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, whole,
                                  -1);
}

static void
draw_shortcut_action (HearthShortcutRow *self)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  g_auto (GStrv) accelerators =
      gtk_application_get_accels_for_action (application, self->shortcut_action);

  g_return_if_fail (accelerators[0] != NULL);
  draw (self, accelerators[0]);
}

static void
hearth_shortcut_row_constructed (GObject *object)
{
  HearthShortcutRow *self = HEARTH_SHORTCUT_ROW (object);

  G_OBJECT_CLASS (hearth_shortcut_row_parent_class)->constructed (object);

  if (self->accelerator != NULL)
    draw (self, self->accelerator);
  else if (self->shortcut_action != NULL)
    draw_shortcut_action (self);
}

static void
hearth_shortcut_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthShortcutRow *self = HEARTH_SHORTCUT_ROW (object);

  switch (id)
    {
    case PROP_ACCELERATOR:
      g_value_set_string (value, self->accelerator);
      break;
    case PROP_SHORTCUT_ACTION:
      g_value_set_string (value, self->shortcut_action);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_shortcut_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HearthShortcutRow *self = HEARTH_SHORTCUT_ROW (object);

  switch (id)
    {
    case PROP_ACCELERATOR:
      g_set_str (&self->accelerator, g_value_get_string (value));
      break;
    case PROP_SHORTCUT_ACTION:
      g_set_str (&self->shortcut_action, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_shortcut_row_finalize (GObject *object)
{
  HearthShortcutRow *self = HEARTH_SHORTCUT_ROW (object);

  g_clear_pointer (&self->accelerator, g_free);
  g_clear_pointer (&self->shortcut_action, g_free);

  G_OBJECT_CLASS (hearth_shortcut_row_parent_class)->finalize (object);
}

static void
hearth_shortcut_row_class_init (HearthShortcutRowClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = hearth_shortcut_row_constructed;
  object_class->get_property = hearth_shortcut_row_get_property;
  object_class->set_property = hearth_shortcut_row_set_property;
  object_class->finalize = hearth_shortcut_row_finalize;

  properties[PROP_ACCELERATOR] = g_param_spec_string ("accelerator", NULL, NULL, NULL, flags);
  properties[PROP_SHORTCUT_ACTION] =
      g_param_spec_string ("shortcut-action", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_shortcut_row_init (HearthShortcutRow *self)
{
  /* Keys stand in the order in which they are pressed, whatever the direction of the text. */
  self->keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_direction (self->keys, GTK_TEXT_DIR_LTR);
  gtk_widget_set_valign (self->keys, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->keys);
}
