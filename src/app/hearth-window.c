/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-window.h"

#include "hearth-addresses-page.h"
#include "hearth-interfaces.h"

struct _HearthWindow {
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwViewStack *stack;
  HearthAddressesPage *addresses_page;

  /* Owned */
  HearthPlatform *platform;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (HearthWindow, hearth_window, ADW_TYPE_APPLICATION_WINDOW)

enum {
  PROP_PLATFORM = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The page that can be searched so far. */
static gboolean
is_searchable (HearthWindow *self, const char *page_name)
{
  return g_strcmp0 (page_name, "addresses") == 0;
}

/* The pages get their lists once, here, however often it had to be tried. */
static void
start_platform (HearthWindow *self)
{
  g_autoptr (HearthInterfaces) interfaces = NULL;
  g_autoptr (GError) error = NULL;

  if (!hearth_platform_start (self->platform, &error))
    {
      hearth_addresses_page_set_error (self->addresses_page, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->addresses_page));
      return;
    }
  interfaces = hearth_interfaces_new (self->platform);
  hearth_addresses_page_set_error (self->addresses_page, NULL);
  hearth_addresses_page_set_interfaces (self->addresses_page, interfaces);
  gtk_widget_grab_focus (GTK_WIDGET (self->addresses_page));
}

static void
try_again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  start_platform (HEARTH_WINDOW (widget));
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  hearth_addresses_page_set_search_mode (self->addresses_page, TRUE);
}

static void
show_page_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HearthWindow *self = HEARTH_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->stack, g_variant_get_string (parameter, NULL));
}

static void
visible_child_changed_cb (HearthWindow *self, GParamSpec *pspec, AdwViewStack *stack)
{
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "win.search",
      is_searchable (self, adw_view_stack_get_visible_child_name (stack)));
}

static void
bind_settings (HearthWindow *self)
{
  HearthOtherInterfaces *others = hearth_addresses_page_get_other_interfaces (self->addresses_page);

  self->settings = g_settings_new (HEARTH_APPLICATION_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "show-other-interfaces", others, "shown",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
hearth_window_constructed (GObject *object)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  G_OBJECT_CLASS (hearth_window_parent_class)->constructed (object);

  start_platform (self);
}

static void
hearth_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  switch (id)
    {
    case PROP_PLATFORM:
      g_value_set_object (value, self->platform);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  switch (id)
    {
    case PROP_PLATFORM:
      self->platform = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HEARTH_TYPE_WINDOW);

  G_OBJECT_CLASS (hearth_window_parent_class)->dispose (object);
}

static void
hearth_window_finalize (GObject *object)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->platform);

  G_OBJECT_CLASS (hearth_window_parent_class)->finalize (object);
}

static void
hearth_window_class_init (HearthWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hearth_window_constructed;
  object_class->get_property = hearth_window_get_property;
  object_class->set_property = hearth_window_set_property;
  object_class->dispose = hearth_window_dispose;
  object_class->finalize = hearth_window_finalize;

  properties[PROP_PLATFORM] =
      g_param_spec_object ("platform", NULL, NULL, HEARTH_TYPE_PLATFORM,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (HEARTH_TYPE_ADDRESSES_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthapp/Hearth/hearth-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthWindow, addresses_page);
  gtk_widget_class_bind_template_callback (widget_class, is_searchable);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_changed_cb);

  gtk_widget_class_install_action (widget_class, "win.try-again", NULL, try_again_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
}

static void
hearth_window_init (HearthWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_settings (self);
}

HearthWindow *
hearth_window_new (GtkApplication *application, HearthPlatform *platform)
{
  return g_object_new (HEARTH_TYPE_WINDOW, "application", application, "platform", platform, NULL);
}
