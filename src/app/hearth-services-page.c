/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-services-page.h"

#include <glib/gi18n.h>

#include "hearth-commands-dialog.h"
#include "hearth-item-key.h"
#include "hearth-sandbox.h"
#include "hearth-service-dialog.h"
#include "hearth-service-list.h"
#include "hearth-service-row.h"

/* How long a service that was found in a search may take to be listed. */
#define AWAIT_LIMIT_S 5

struct _HearthServicesPage {
  AdwBin parent_instance;

  /* Template */
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  AdwBanner *banner;
  GtkWidget *bar;
  GtkDropDown *shown_drop_down;
  GtkDropDown *order_drop_down;
  GtkStack *stack;
  GtkListView *list_view;
  GtkNoSelection *selection;
  AdwStatusPage *error_page;

  /* Owned */
  HearthServices *services;
  HearthPortNames *names;
  HearthServiceList *list;
  GSignalGroup *services_signals;
  char *awaited;      /* (nullable): the key of the service that is to be shown */
  guint show_awaited; /* source, 0 for none */
  guint await_limit;  /* source that ends the wait, 0 for none */
};

G_DEFINE_FINAL_TYPE (HearthServicesPage, hearth_services_page, ADW_TYPE_BIN)

enum { PROP_SEARCH_MODE = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

/* What is seen */

static guint
count (gpointer model)
{
  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static const char *
choose_stack_page (HearthServicesPage *self)
{
  if (self->services == NULL || !hearth_services_get_ready (self->services))
    return "looking";
  if (hearth_services_get_error (self->services) != NULL)
    return "error";
  if (count (self->services) == 0)
    return "nobody";
  return count (hearth_service_list_get_found (self->list)) > 0 ? "list" : "no-results";
}

static void
await (HearthServicesPage *self, const char *key)
{
  g_clear_handle_id (&self->show_awaited, g_source_remove);
  g_clear_handle_id (&self->await_limit, g_source_remove);
  g_set_str (&self->awaited, key);
}

/* It went since it was found; a dialog that opens by itself much later is no answer. */
static void
await_limit_cb (gpointer data)
{
  HearthServicesPage *self = data;

  self->await_limit = 0;
  await (self, NULL);
}

/* A list that is just changing must not be scrolled. */
static void
show_awaited_cb (gpointer data)
{
  HearthServicesPage *self = data;
  g_autoptr (HearthService) service = NULL;
  guint position;

  self->show_awaited = 0;
  service =
      hearth_item_key_find (hearth_service_list_get_found (self->list), self->awaited, &position);
  if (service == NULL)
    return;
  await (self, NULL);
  gtk_list_view_scroll_to (self->list_view, position, GTK_LIST_SCROLL_FOCUS, NULL);
  adw_dialog_present (hearth_service_dialog_new (service, self->names), GTK_WIDGET (self));
}

static void
show_awaited (HearthServicesPage *self)
{
  if (self->awaited != NULL && self->list != NULL && self->show_awaited == 0)
    self->show_awaited = g_idle_add_once (show_awaited_cb, self);
  if (self->awaited != NULL && self->await_limit == 0 && self->services != NULL &&
      hearth_services_get_ready (self->services))
    self->await_limit = g_timeout_add_seconds_once (AWAIT_LIMIT_S, await_limit_cb, self);
}

static void
update (HearthServicesPage *self)
{
  const char *page = choose_stack_page (self);

  if (self->services != NULL)
    adw_status_page_set_description (self->error_page, hearth_services_get_error (self->services));
  gtk_widget_set_visible (self->bar,
                          g_str_equal (page, "list") || g_str_equal (page, "no-results"));
  gtk_stack_set_visible_child_name (self->stack, page);
  show_awaited (self);
}

/* Nothing is asked while nobody looks. */
static void
update_active (HearthServicesPage *self)
{
  if (self->services != NULL)
    hearth_services_set_active (self->services, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

/* The rows */

static void
setup_cb (HearthServicesPage *self, GtkListItem *list_item)
{
  HearthServiceRow *row = g_object_new (HEARTH_TYPE_SERVICE_ROW, NULL);

  hearth_service_row_set_names (row, self->names);
  gtk_list_item_set_child (list_item, GTK_WIDGET (row));
  g_object_bind_property (row, "sentence", list_item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "description", list_item, "accessible-description",
                          G_BINDING_SYNC_CREATE);
}

static void
bind_cb (HearthServicesPage *self, GtkListItem *list_item)
{
  hearth_row_set_item (HEARTH_ROW (gtk_list_item_get_child (list_item)),
                       gtk_list_item_get_item (list_item));
}

static void
unbind_cb (HearthServicesPage *self, GtkListItem *list_item)
{
  hearth_row_set_item (HEARTH_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
activate_cb (HearthServicesPage *self, guint position)
{
  g_autoptr (HearthService) service =
      g_list_model_get_item (hearth_service_list_get_found (self->list), position);

  if (service != NULL)
    adw_dialog_present (hearth_service_dialog_new (service, self->names), GTK_WIDGET (self));
}

/* What is wanted */

static void
search_changed_cb (HearthServicesPage *self)
{
  if (self->list != NULL)
    hearth_service_list_search (self->list,
                                gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  update (self);
}

static void
shown_changed_cb (HearthServicesPage *self)
{
  if (self->list != NULL)
    hearth_service_list_show (
        self->list, (HearthServiceShown) gtk_drop_down_get_selected (self->shown_drop_down));
  update (self);
}

static void
order_changed_cb (HearthServicesPage *self)
{
  if (self->list != NULL)
    hearth_service_list_sort (
        self->list, (HearthServiceOrder) gtk_drop_down_get_selected (self->order_drop_down));
}

/* Its name is what is chosen, whatever it is labelled. */
static void
describe (GtkDropDown *drop_down, const char *what_for)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  what_for, -1);
}

static void
search_mode_changed_cb (HearthServicesPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static void
commands_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const HearthSystemCommand commands[] = {
    { "Linux", "ss -tulnp" },
    { "macOS", "lsof -nP -iTCP -sTCP:LISTEN -iUDP" },
    { "Windows", "netstat -ano" },
    { "BSD", "netstat -an" },
  };

  adw_dialog_present (
      hearth_commands_dialog_new (
          _ ("These commands show the same. Your own programs are named; for all of them "
             "an administrator must ask."),
          commands, G_N_ELEMENTS (commands)),
      widget);
}

/* GObject */

static void
hearth_services_page_map (GtkWidget *widget)
{
  HearthServicesPage *self = HEARTH_SERVICES_PAGE (widget);

  GTK_WIDGET_CLASS (hearth_services_page_parent_class)->map (widget);
  gtk_search_bar_set_key_capture_widget (self->search_bar,
                                         GTK_WIDGET (gtk_widget_get_root (widget)));
  update_active (self);
}

static void
hearth_services_page_unmap (GtkWidget *widget)
{
  HearthServicesPage *self = HEARTH_SERVICES_PAGE (widget);

  gtk_search_bar_set_key_capture_widget (self->search_bar, NULL);
  GTK_WIDGET_CLASS (hearth_services_page_parent_class)->unmap (widget);
  update_active (self);
  await (self, NULL);
}

static void
hearth_services_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthServicesPage *self = HEARTH_SERVICES_PAGE (object);

  if (id == PROP_SEARCH_MODE)
    g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_services_page_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_SEARCH_MODE)
    hearth_services_page_set_search_mode (HEARTH_SERVICES_PAGE (object),
                                          g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_services_page_dispose (GObject *object)
{
  HearthServicesPage *self = HEARTH_SERVICES_PAGE (object);

  g_clear_object (&self->services_signals);
  await (self, NULL);
  if (self->services != NULL)
    hearth_services_set_active (self->services, FALSE);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HEARTH_TYPE_SERVICES_PAGE);

  G_OBJECT_CLASS (hearth_services_page_parent_class)->dispose (object);
}

static void
hearth_services_page_finalize (GObject *object)
{
  HearthServicesPage *self = HEARTH_SERVICES_PAGE (object);

  g_clear_object (&self->list);
  g_clear_object (&self->services);
  g_clear_pointer (&self->names, hearth_port_names_unref);

  G_OBJECT_CLASS (hearth_services_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/hearthapp/Hearth/hearth-services-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, bar);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, shown_drop_down);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, order_drop_down);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, selection);
  gtk_widget_class_bind_template_child (widget_class, HearthServicesPage, error_page);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_changed_cb);
}

static void
hearth_services_page_class_init (HearthServicesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hearth_services_page_get_property;
  object_class->set_property = hearth_services_page_set_property;
  object_class->dispose = hearth_services_page_dispose;
  object_class->finalize = hearth_services_page_finalize;
  widget_class->map = hearth_services_page_map;
  widget_class->unmap = hearth_services_page_unmap;

  properties[PROP_SEARCH_MODE] =
      g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "services.commands", NULL, commands_action);
}

/* A Flatpak sees the sockets of the computer, but only its own processes. */
static void
update_banner (HearthServicesPage *self)
{
  if (!hearth_is_sandboxed ())
    return;
  adw_banner_set_title (self->banner,
                        _ ("In this sandbox the programs behind the ports cannot be seen"));
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
start_list (HearthServicesPage *self)
{
  self->list = hearth_service_list_new (self->services, self->names);
  gtk_no_selection_set_model (self->selection, hearth_service_list_get_found (self->list));
  g_signal_connect_object (hearth_service_list_get_found (self->list), "items-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  search_changed_cb (self);
  shown_changed_cb (self);
  order_changed_cb (self);
  update_active (self);
}

static void
names_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HearthServicesPage *self = HEARTH_SERVICES_PAGE (source);

  if (self->services_signals == NULL) /* disposed */
    return;
  self->names = hearth_port_names_read_finish (result);
  if (self->services != NULL)
    start_list (self);
}

static void
hearth_services_page_init (HearthServicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  describe (self->shown_drop_down, _ ("Show"));
  describe (self->order_drop_down, _ ("Order"));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  self->services_signals = g_signal_group_new (HEARTH_TYPE_SERVICES);
  g_signal_group_connect_swapped (self->services_signals, "notify", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->services_signals, "items-changed", G_CALLBACK (update),
                                  self);
  update_banner (self);
  hearth_port_names_read_async (self, names_read_cb, NULL);
}

void
hearth_services_page_set_services (HearthServicesPage *self, HearthServices *services)
{
  g_return_if_fail (HEARTH_IS_SERVICES_PAGE (self));

  if (!g_set_object (&self->services, services))
    return;
  g_signal_group_set_target (self->services_signals, services);
  if (self->names != NULL)
    start_list (self);
  update (self);
}

void
hearth_services_page_set_search_mode (HearthServicesPage *self, gboolean search_mode)
{
  g_return_if_fail (HEARTH_IS_SERVICES_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, search_mode);
  if (search_mode)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
hearth_services_page_search (HearthServicesPage *self, const char *text)
{
  g_return_if_fail (HEARTH_IS_SERVICES_PAGE (self));

  hearth_services_page_set_search_mode (self, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
}

void
hearth_services_page_show_service (HearthServicesPage *self, const char *key)
{
  g_return_if_fail (HEARTH_IS_SERVICES_PAGE (self));

  hearth_services_page_set_search_mode (self, FALSE);
  gtk_drop_down_set_selected (self->shown_drop_down, HEARTH_SERVICE_SHOWN_ALL);
  await (self, key);
  show_awaited (self);
}
