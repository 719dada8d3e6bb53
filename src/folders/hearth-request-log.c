/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-log.h"

#include "hearth-request-log-private.h"

/* A ring: what is at position p of the list is at newest - p of the ring, for every p below
 * n_items. All other places are NULL. */
struct _HearthRequestLog {
  GObject parent_instance;

  guint newest;
  guint n_items;
  guint64 n_lost;

  HearthRequest **ring; /* (owned), of HEARTH_REQUEST_LOG_MAX */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthRequestLog,
                               hearth_request_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { PROP_LOST = 1, N_PROPS };

static GParamSpec *properties[N_PROPS];

static HearthRequest **
get_place (HearthRequestLog *self, guint position)
{
  return &self->ring[(self->newest + HEARTH_REQUEST_LOG_MAX - position) % HEARTH_REQUEST_LOG_MAX];
}

static void
drop_oldest (HearthRequestLog *self, guint n_requests)
{
  if (n_requests == 0)
    return;
  for (guint i = 0; i < n_requests; i++)
    g_clear_object (get_place (self, --self->n_items));
  g_list_model_items_changed (G_LIST_MODEL (self), self->n_items, n_requests, 0);
}

static void
set_lost (HearthRequestLog *self, guint64 n_lost)
{
  if (self->n_lost == n_lost)
    return;
  self->n_lost = n_lost;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOST]);
}

static GType
hearth_request_log_get_item_type (GListModel *model)
{
  return HEARTH_TYPE_REQUEST;
}

static guint
hearth_request_log_get_n_items (GListModel *model)
{
  return HEARTH_REQUEST_LOG (model)->n_items;
}

static gpointer
hearth_request_log_get_item (GListModel *model, guint position)
{
  HearthRequestLog *self = HEARTH_REQUEST_LOG (model);

  return position < self->n_items ? g_object_ref (*get_place (self, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hearth_request_log_get_item_type;
  iface->get_n_items = hearth_request_log_get_n_items;
  iface->get_item = hearth_request_log_get_item;
}

static void
hearth_request_log_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOST:
      g_value_set_uint64 (value, HEARTH_REQUEST_LOG (object)->n_lost);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_request_log_finalize (GObject *object)
{
  HearthRequestLog *self = HEARTH_REQUEST_LOG (object);

  while (self->n_items > 0)
    g_clear_object (get_place (self, --self->n_items));
  g_free (self->ring);

  G_OBJECT_CLASS (hearth_request_log_parent_class)->finalize (object);
}

static void
hearth_request_log_class_init (HearthRequestLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_request_log_get_property;
  object_class->finalize = hearth_request_log_finalize;

  properties[PROP_LOST] =
      g_param_spec_uint64 ("lost", NULL, NULL, 0, G_MAXUINT64, 0,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_request_log_init (HearthRequestLog *self)
{
  self->ring = g_new0 (HearthRequest *, HEARTH_REQUEST_LOG_MAX);
}

HearthRequestLog *
hearth_request_log_new (void)
{
  return g_object_new (HEARTH_TYPE_REQUEST_LOG, NULL);
}

void
hearth_request_log_add (HearthRequestLog *self,
                        HearthRequest *const *requests,
                        guint n_requests,
                        guint64 n_lost)
{
  g_return_if_fail (HEARTH_IS_REQUEST_LOG (self));

  if (n_requests > HEARTH_REQUEST_LOG_MAX)
    {
      requests += n_requests - HEARTH_REQUEST_LOG_MAX;
      n_requests = HEARTH_REQUEST_LOG_MAX;
    }
  if (self->n_items + n_requests > HEARTH_REQUEST_LOG_MAX)
    drop_oldest (self, self->n_items + n_requests - HEARTH_REQUEST_LOG_MAX);
  for (guint i = 0; i < n_requests; i++)
    {
      self->newest = (self->newest + 1) % HEARTH_REQUEST_LOG_MAX;
      self->ring[self->newest] = g_object_ref (requests[i]);
    }
  self->n_items += n_requests;
  if (n_requests > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_requests);
  set_lost (self, self->n_lost + n_lost);
}

guint64
hearth_request_log_get_lost (HearthRequestLog *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST_LOG (self), 0);

  return self->n_lost;
}

void
hearth_request_log_clear (HearthRequestLog *self)
{
  g_return_if_fail (HEARTH_IS_REQUEST_LOG (self));

  drop_oldest (self, self->n_items);
  set_lost (self, 0);
}
