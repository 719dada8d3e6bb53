/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "hearth-app"

#include "hearth-shortcut-row.h"

struct _HearthShortcutRow {
  AdwActionRow parent_instance;

  char *accelerator;
  GtkWidget *keys;
};

G_DEFINE_FINAL_TYPE (HearthShortcutRow, hearth_shortcut_row, ADW_TYPE_ACTION_ROW)

enum {
  PROP_ACCELERATOR = 1,
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
set_accelerator (HearthShortcutRow *self, const char *accelerator)
{
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;
  GdkModifierType modifiers;
  guint key;

  g_set_str (&self->accelerator, accelerator);
  if (accelerator == NULL || !gtk_accelerator_parse (accelerator, &key, &modifiers))
    return;
  name = gtk_accelerator_get_label (key, 0);
  whole = gtk_accelerator_get_label (key, modifiers);
  add_modifiers (self, modifiers);
  add_key (self, name);
  /* The caps are read one by one; the row says it as people say it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, whole,
                                  -1);
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
      set_accelerator (self, g_value_get_string (value));
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

  G_OBJECT_CLASS (hearth_shortcut_row_parent_class)->finalize (object);
}

static void
hearth_shortcut_row_class_init (HearthShortcutRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_shortcut_row_get_property;
  object_class->set_property = hearth_shortcut_row_set_property;
  object_class->finalize = hearth_shortcut_row_finalize;

  properties[PROP_ACCELERATOR] =
      g_param_spec_string ("accelerator", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
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
