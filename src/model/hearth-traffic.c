/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-traffic-private.h"

#include <glib/gi18n-lib.h>

/* Invariant: a rate is told from two looks at one link, one after the other. Where the link is
 * another one, or could not be read, the next look only begins. */

struct _HearthTraffic {
  GObject parent_instance;

  /* Owned */
  HearthPlatform *platform;
  char *error; /* (nullable) */

  HearthCounters last;
  guint32 last_index; /* of the link that `last` is of, or 0 */
  gint64 last_us;
  guint64 bytes[HEARTH_TRAFFIC_SECONDS];
  guint64 packets[HEARTH_TRAFFIC_SECONDS];
  guint tick; /* the source that looks, or 0 */
};

enum { PROP_ACTIVE = 1, N_PROPS };
enum { SIGNAL_CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthTraffic, hearth_traffic, G_TYPE_OBJECT)

/* 0 where there is none. */
static guint32
find_loopback (HearthPlatform *platform)
{
  g_autoptr (GPtrArray) links = hearth_platform_list_links (platform);
  const HearthLink *first = links->len > 0 ? links->pdata[0] : NULL;

  return first != NULL && (first->flags & HEARTH_LINK_FLAG_LOOPBACK) ? first->index : 0;
}

static void
push (guint64 *rates, guint64 rate)
{
  memmove (rates, rates + 1, (HEARTH_TRAFFIC_SECONDS - 1) * sizeof *rates);
  rates[HEARTH_TRAFFIC_SECONDS - 1] = rate;
}

static gboolean
read_counters (HearthTraffic *self, guint32 index, HearthCounters *counters, GError **error)
{
  if (index != 0)
    return hearth_platform_read_counters (self->platform, index, counters, error);
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                       _ ("This computer has no loopback interface."));
  return FALSE;
}

static void
take (HearthTraffic *self, guint32 index, const HearthCounters *counters, gint64 now_us)
{
  gboolean begins = self->last_index != index;
  gint64 elapsed_us = now_us - self->last_us;

  if (!begins)
    {
      push (self->bytes, hearth_traffic_to_rate (self->last.received_bytes,
                                                 counters->received_bytes, elapsed_us));
      push (self->packets, hearth_traffic_to_rate (self->last.received_packets,
                                                   counters->received_packets, elapsed_us));
    }
  self->last = *counters;
  self->last_index = index;
  self->last_us = now_us;
}

void
hearth_traffic_look (HearthTraffic *self, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  HearthCounters counters = { 0 };
  guint32 index = find_loopback (self->platform);

  g_clear_pointer (&self->error, g_free);
  if (read_counters (self, index, &counters, &error))
    take (self, index, &counters, now_us);
  else
    {
      self->error = g_strdup (error->message);
      self->last_index = 0;
      push (self->bytes, 0);
      push (self->packets, 0);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
tick_cb (gpointer data)
{
  hearth_traffic_look (data, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static void
begin (HearthTraffic *self)
{
  memset (self->bytes, 0, sizeof self->bytes);
  memset (self->packets, 0, sizeof self->packets);
  self->last_index = 0;
  self->tick = g_timeout_add_seconds (1, tick_cb, self);
  hearth_traffic_look (self, g_get_monotonic_time ());
}

static void
hearth_traffic_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    g_value_set_boolean (value, hearth_traffic_get_active (HEARTH_TRAFFIC (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_traffic_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    hearth_traffic_set_active (HEARTH_TRAFFIC (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hearth_traffic_finalize (GObject *object)
{
  HearthTraffic *self = HEARTH_TRAFFIC (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->platform);
  g_clear_pointer (&self->error, g_free);

  G_OBJECT_CLASS (hearth_traffic_parent_class)->finalize (object);
}

static void
hearth_traffic_class_init (HearthTrafficClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_traffic_get_property;
  object_class->set_property = hearth_traffic_set_property;
  object_class->finalize = hearth_traffic_finalize;

  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HEARTH_TYPE_TRAFFIC, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_traffic_init (HearthTraffic *self)
{
}

HearthTraffic *
hearth_traffic_new (HearthPlatform *platform)
{
  HearthTraffic *self = g_object_new (HEARTH_TYPE_TRAFFIC, NULL);

  g_return_val_if_fail (HEARTH_IS_PLATFORM (platform), self);
  self->platform = g_object_ref (platform);
  return self;
}

gboolean
hearth_traffic_get_active (HearthTraffic *self)
{
  g_return_val_if_fail (HEARTH_IS_TRAFFIC (self), FALSE);

  return self->tick != 0;
}

void
hearth_traffic_set_active (HearthTraffic *self, gboolean active)
{
  g_return_if_fail (HEARTH_IS_TRAFFIC (self));

  if (active == hearth_traffic_get_active (self))
    return;
  if (active)
    begin (self);
  else
    g_clear_handle_id (&self->tick, g_source_remove);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

const guint64 *
hearth_traffic_get_bytes (HearthTraffic *self)
{
  g_return_val_if_fail (HEARTH_IS_TRAFFIC (self), NULL);

  return self->bytes;
}

const guint64 *
hearth_traffic_get_packets (HearthTraffic *self)
{
  g_return_val_if_fail (HEARTH_IS_TRAFFIC (self), NULL);

  return self->packets;
}

gboolean
hearth_traffic_get_totals (HearthTraffic *self, HearthCounters *totals)
{
  g_return_val_if_fail (HEARTH_IS_TRAFFIC (self), FALSE);

  *totals = self->last;
  return self->last_index != 0;
}

const char *
hearth_traffic_get_error (HearthTraffic *self)
{
  g_return_val_if_fail (HEARTH_IS_TRAFFIC (self), NULL);

  return self->error;
}

static gboolean
has_passed (guint64 before, guint64 after, guint64 last)
{
  return before <= last && before > last / 4 * 3 && after < last / 4;
}

static guint64
to_difference (guint64 before, guint64 after)
{
  if (after >= before)
    return after - before;
  if (has_passed (before, after, G_MAXUINT32))
    return after + (G_MAXUINT32 - before) + 1;
  return has_passed (before, after, G_MAXUINT64) ? after - before : 0;
}

guint64
hearth_traffic_to_rate (guint64 before, guint64 after, gint64 elapsed_us)
{
  double rate;

  if (elapsed_us <= 0)
    return 0;
  rate = (double) to_difference (before, after) * G_USEC_PER_SEC / (double) elapsed_us;
  return rate < (double) G_MAXINT64 ? (guint64) (rate + 0.5) : G_MAXINT64;
}
