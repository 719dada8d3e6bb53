/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-finding-line.h"

#include <glib/gi18n.h>

struct _HearthFindingLine {
  AdwBin parent_instance;

  /* Template */
  GtkImage *icon;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (HearthFindingLine, hearth_finding_line, ADW_TYPE_BIN)

/* By the numbers of HearthFindingLevel. */
static const struct {
  const char *icon_name;
  const char *word;
  const char *css_class;
} levels[] = {
  [HEARTH_FINDING_ERROR] = { "dialog-error-symbolic", N_ ("Error"), "error" },
  [HEARTH_FINDING_WARNING] = { "dialog-warning-symbolic", N_ ("Warning"), "warning" },
  [HEARTH_FINDING_NOTE] = { "dialog-information-symbolic", N_ ("Note"), "dimmed" },
};

static void
fill (HearthFindingLine *self, const char *icon_name, const char *css_class, const char *text)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_label (self->label, text);
}

static void
hearth_finding_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_FINDING_LINE);

  G_OBJECT_CLASS (hearth_finding_line_parent_class)->dispose (object);
}

static void
hearth_finding_line_class_init (HearthFindingLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_finding_line_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-finding-line.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthFindingLine, icon);
  gtk_widget_class_bind_template_child (widget_class, HearthFindingLine, label);
}

static void
hearth_finding_line_init (HearthFindingLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hearth_finding_line_new (void)
{
  return g_object_new (HEARTH_TYPE_FINDING_LINE, NULL);
}

void
hearth_finding_line_show (HearthFindingLine *self, HearthFindingLevel level, const char *text)
{
  g_return_if_fail (HEARTH_IS_FINDING_LINE (self));
  g_return_if_fail ((gsize) level < G_N_ELEMENTS (levels));

  fill (self, levels[level].icon_name, levels[level].css_class, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (levels[level].word), -1);
}

void
hearth_finding_line_tell (HearthFindingLine *self, const char *icon_name, const char *text)
{
  g_return_if_fail (HEARTH_IS_FINDING_LINE (self));

  fill (self, icon_name, "dimmed", text);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL);
}
