/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request.h"

#include "hearth-request-private.h"

struct _HearthRequest {
  GObject parent_instance;

  double time;
  guint64 bytes;
  double ms;
  int status;
  gboolean aborted;

  char *peer;   /* (owned) */
  char *method; /* (owned) */
  char *path;   /* (owned) */
  char *hint;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HearthRequest, hearth_request, G_TYPE_OBJECT)

static void
hearth_request_finalize (GObject *object)
{
  HearthRequest *self = HEARTH_REQUEST (object);

  g_free (self->peer);
  g_free (self->method);
  g_free (self->path);
  g_free (self->hint);

  G_OBJECT_CLASS (hearth_request_parent_class)->finalize (object);
}

static void
hearth_request_class_init (HearthRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_request_finalize;
}

static void
hearth_request_init (HearthRequest *self)
{
}

HearthRequest *
hearth_request_new (HearthServeEvent *event)
{
  HearthRequest *self = g_object_new (HEARTH_TYPE_REQUEST, NULL);

  self->time = event->time;
  self->bytes = event->bytes;
  self->ms = event->ms;
  self->status = event->status;
  self->aborted = event->aborted;
  self->peer = g_steal_pointer (&event->peer);
  self->method = g_steal_pointer (&event->method);
  self->path = g_steal_pointer (&event->path);
  self->hint = g_steal_pointer (&event->hint);
  return self;
}

double
hearth_request_get_time (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), 0);

  return self->time;
}

const char *
hearth_request_get_peer (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), NULL);

  return self->peer;
}

const char *
hearth_request_get_method (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), NULL);

  return self->method;
}

const char *
hearth_request_get_path (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), NULL);

  return self->path;
}

int
hearth_request_get_status (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), 0);

  return self->status;
}

guint64
hearth_request_get_bytes (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), 0);

  return self->bytes;
}

double
hearth_request_get_ms (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), 0);

  return self->ms;
}

const char *
hearth_request_get_hint (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), NULL);

  return self->hint;
}

gboolean
hearth_request_get_aborted (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), FALSE);

  return self->aborted;
}

HearthRequestKind
hearth_request_get_kind (HearthRequest *self)
{
  g_return_val_if_fail (HEARTH_IS_REQUEST (self), HEARTH_REQUEST_OK);

  if (self->status < 400)
    return HEARTH_REQUEST_OK;
  if (self->status == 404)
    return HEARTH_REQUEST_NOT_FOUND;
  return self->status < 500 ? HEARTH_REQUEST_REFUSED : HEARTH_REQUEST_FAILED;
}
