/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-rate.h"

#include "hearth-request-rate-private.h"

typedef struct {
  guint n_requests;
  guint64 bytes;
} Second;

/* Second s is at s % HEARTH_REQUEST_RATE_SECONDS, for the last so many up to `latest`. */
struct _HearthRequestRate {
  GObject parent_instance;

  gint64 latest;
  Second seconds[HEARTH_REQUEST_RATE_SECONDS];
};

G_DEFINE_FINAL_TYPE (HearthRequestRate, hearth_request_rate, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
hearth_request_rate_class_init (HearthRequestRateClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_request_rate_init (HearthRequestRate *self)
{
}

HearthRequestRate *
hearth_request_rate_new (void)
{
  return g_object_new (HEARTH_TYPE_REQUEST_RATE, NULL);
}

static void
advance (HearthRequestRate *self, gint64 second)
{
  if (second - self->latest >= HEARTH_REQUEST_RATE_SECONDS)
    self->latest = second - HEARTH_REQUEST_RATE_SECONDS;
  while (self->latest < second)
    self->seconds[++self->latest % HEARTH_REQUEST_RATE_SECONDS] = (Second) { 0 };
}

void
hearth_request_rate_add (HearthRequestRate *self, gint64 now, guint n_requests, guint64 bytes)
{
  Second *second;

  g_return_if_fail (HEARTH_IS_REQUEST_RATE (self));

  advance (self, now / G_USEC_PER_SEC);
  second = &self->seconds[self->latest % HEARTH_REQUEST_RATE_SECONDS];
  second->n_requests += n_requests;
  second->bytes += bytes;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
hearth_request_rate_get (
    HearthRequestRate *self, gint64 now, guint seconds_ago, guint *n_requests, guint64 *bytes)
{
  gint64 second = now / G_USEC_PER_SEC - seconds_ago;
  Second found = { 0 };

  g_return_if_fail (HEARTH_IS_REQUEST_RATE (self));
  g_return_if_fail (seconds_ago < HEARTH_REQUEST_RATE_SECONDS);

  if (second >= 0 && second <= self->latest && self->latest - second < HEARTH_REQUEST_RATE_SECONDS)
    found = self->seconds[second % HEARTH_REQUEST_RATE_SECONDS];
  *n_requests = found.n_requests;
  *bytes = found.bytes;
}
