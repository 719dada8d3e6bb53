/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-services.h"

#include "hearth-listeners.h"
#include "hearth-own-reach.h"
#include "hearth-service-private.h"

/* Invariant: `items` are sorted by hearth_service_compare_listeners(), one for each service, and
 * between two emissions they are those of `listeners`. At most one look is under way. */

struct _HearthServices {
  GObject parent_instance;

  HearthPlatform *platform; /* (owned) */
  GPtrArray *items;         /* (owned) (element-type HearthService) */
  GPtrArray *listeners;     /* (owned) (nullable): what was read last */
  char *error;              /* (owned) (nullable) */
  HearthOwnReach own_reach;
  guint timeout;
  gboolean active, looking, ready;
};

enum { PROP_ACTIVE = 1, PROP_READY, PROP_ERROR, N_PROPS };
enum { SIGNAL_DETAILS_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* GListModel */

static GType
get_item_type (GListModel *model)
{
  return HEARTH_TYPE_SERVICE;
}

static guint
get_n_items (GListModel *model)
{
  return HEARTH_SERVICES (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  HearthServices *self = HEARTH_SERVICES (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthServices,
                               hearth_services,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* What came and went */

static HearthReach
get_reach (HearthServices *self, const HearthListener *listener)
{
  return hearth_own_reach_of_listener (&self->own_reach, self->platform, listener);
}

static int
compare_at (HearthServices *self, guint position, const HearthListener *listener)
{
  return hearth_service_compare_listeners (hearth_service_get_record (self->items->pdata[position]),
                                           listener);
}

static void
remove_run (HearthServices *self, guint position, guint n)
{
  g_ptr_array_remove_range (self->items, position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, 0);
}

static void
insert_run (HearthServices *self, guint position, const HearthListener **listeners, guint n)
{
  guint n_after = self->items->len - position;

  g_ptr_array_set_size (self->items, (int) (self->items->len + n));
  memmove (self->items->pdata + position + n, self->items->pdata + position,
           n_after * sizeof (gpointer));
  for (guint i = 0; i < n; i++)
    self->items->pdata[position + i] =
        hearth_service_new (listeners[i], get_reach (self, listeners[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, n);
}

/* One of each service: of several sockets the one whose process has the lowest number. */
static GPtrArray *
choose (GPtrArray *listeners)
{
  GPtrArray *chosen = g_ptr_array_sized_new (listeners->len);

  for (guint i = 0; i < listeners->len; i++)
    {
      const HearthListener *listener = listeners->pdata[i];
      HearthListener **last =
          chosen->len > 0 ? (HearthListener **) &chosen->pdata[chosen->len - 1] : NULL;

      if (last == NULL || hearth_service_compare_listeners (*last, listener) != 0)
        g_ptr_array_add (chosen, (gpointer) listener);
      else if (listener->process != NULL &&
               ((*last)->process == NULL || listener->process->pid < (*last)->process->pid))
        *last = (HearthListener *) listener;
    }
  return chosen;
}

/* Walks over both lists side by side. Returns whether an item that stays has changed. */
static gboolean
merge (HearthServices *self, const HearthListener **listeners, guint n_listeners)
{
  gboolean changed = FALSE;
  guint at = 0, done = 0, n;

  while (at < self->items->len || done < n_listeners)
    {
      for (n = 0; at + n < self->items->len &&
                  (done == n_listeners || compare_at (self, at + n, listeners[done]) < 0);)
        n++;
      if (n > 0)
        remove_run (self, at, n);
      for (n = 0; done + n < n_listeners &&
                  (at == self->items->len || compare_at (self, at, listeners[done + n]) > 0);)
        n++;
      if (n > 0)
        insert_run (self, at, listeners + done, n);
      at += n;
      done += n;
      for (; at < self->items->len && done < n_listeners &&
             compare_at (self, at, listeners[done]) == 0;
           at++, done++)
        {
          changed |= hearth_service_set_record (self->items->pdata[at], listeners[done]);
          changed |=
              hearth_service_set_reach (self->items->pdata[at], get_reach (self, listeners[done]));
        }
    }
  return changed;
}

void
hearth_services_take (HearthServices *self, GPtrArray *listeners)
{
  g_autoptr (GPtrArray) chosen = NULL;

  g_return_if_fail (HEARTH_IS_SERVICES (self));

  g_ptr_array_ref (listeners);
  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  self->listeners = listeners;
  self->own_reach = hearth_own_reach_read (self->platform);
  chosen = choose (listeners);
  if (merge (self, (const HearthListener **) chosen->pdata, chosen->len))
    g_signal_emit (self, signals[SIGNAL_DETAILS_CHANGED], 0);
}

/* Looking */

static void
set_error (HearthServices *self, const char *message)
{
  if (g_set_str (&self->error, message))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void look (HearthServices *self);

static void
look_again_cb (gpointer data)
{
  HearthServices *self = data;

  self->timeout = 0;
  look (self);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HearthServices) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listeners =
      hearth_platform_read_listeners_finish (HEARTH_PLATFORM (source), result, &error);

  self->looking = FALSE;
  if (!self->active)
    return;
  self->timeout = g_timeout_add_once (HEARTH_SERVICES_INTERVAL_MS, look_again_cb, self);
  if (listeners != NULL)
    hearth_services_take (self, listeners);
  set_error (self, error != NULL ? error->message : NULL);
  if (!self->ready)
    {
      self->ready = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
    }
}

static void
look (HearthServices *self)
{
  if (self->looking || !self->active)
    return;
  self->looking = TRUE;
  hearth_platform_read_listeners_async (self->platform, self->listeners, NULL, looked_cb,
                                        g_object_ref (self));
}

/* GObject */

static void
hearth_services_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  HearthServices *self = HEARTH_SERVICES (object);

  switch (property_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hearth_services_set_property (GObject *object,
                              guint property_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  if (property_id == PROP_ACTIVE)
    hearth_services_set_active (HEARTH_SERVICES (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
hearth_services_dispose (GObject *object)
{
  HearthServices *self = HEARTH_SERVICES (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->active = FALSE;

  G_OBJECT_CLASS (hearth_services_parent_class)->dispose (object);
}

static void
hearth_services_finalize (GObject *object)
{
  HearthServices *self = HEARTH_SERVICES (object);

  g_clear_object (&self->platform);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  g_clear_pointer (&self->error, g_free);

  G_OBJECT_CLASS (hearth_services_parent_class)->finalize (object);
}

static void
hearth_services_class_init (HearthServicesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_services_get_property;
  object_class->set_property = hearth_services_set_property;
  object_class->dispose = hearth_services_dispose;
  object_class->finalize = hearth_services_finalize;

  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_READY] =
      g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] =
      g_param_spec_string ("error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_DETAILS_CHANGED] =
      g_signal_new ("details-changed", HEARTH_TYPE_SERVICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
hearth_services_init (HearthServices *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Public */

HearthServices *
hearth_services_new (HearthPlatform *platform)
{
  HearthServices *self = g_object_new (HEARTH_TYPE_SERVICES, NULL);

  self->platform = g_object_ref (platform);
  return self;
}

gboolean
hearth_services_get_active (HearthServices *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVICES (self), FALSE);

  return self->active;
}

void
hearth_services_set_active (HearthServices *self, gboolean active)
{
  g_return_if_fail (HEARTH_IS_SERVICES (self));

  if (self->active == active)
    return;
  self->active = active;
  g_clear_handle_id (&self->timeout, g_source_remove);
  look (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

gboolean
hearth_services_get_ready (HearthServices *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVICES (self), FALSE);

  return self->ready;
}

const char *
hearth_services_get_error (HearthServices *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVICES (self), NULL);

  return self->error;
}
