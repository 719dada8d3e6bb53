/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-platform-linux.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <linux/rtnetlink.h>

#include "hearth-edit.h"
#include "hearth-listeners-linux.h"
#include "hearth-netlink-socket-linux.h"
#include "hearth-platform-backend.h"
#include "hearth-rtnetlink-error-linux.h"
#include "hearth-rtnetlink-linux.h"
#include "hearth-rtnetlink-request-linux.h"
#include "hearth-surroundings-builder.h"

/* Invariant: after every event that the kernel sent was heard, the mirror is what a dump would say.
 * Events are heard from before the first dump on, and a dump is followed by all events that came
 * since; each of them states what is, so hearing one twice does no harm. Where an event was lost
 * (overrun), or a dump was not of one moment, the state is read again until it is. */

#define EVENT_GROUPS (RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR)
#define EVENT_BUFFER_BYTES (4 * 1024 * 1024)
#define MAX_DATAGRAMS_PER_BATCH 256
#define MAX_DATAGRAMS_WAITING 16384 /* more than the buffer holds */
#define MAX_REQUESTS_PER_DATAGRAM 64
#define MAX_DUMP_TRIES 3
#define READ_AGAIN_AFTER_OVERRUN_MS 50
#define READ_AGAIN_AFTER_FAILURE_MS 1000 /* or an interruption */

/* Behind systemd-resolved the first names the stub alone, the second the servers that it asks. */
static const char *const resolv_conf_paths[] = { "/etc/resolv.conf",
                                                 "/run/systemd/resolve/resolv.conf", NULL };

struct _HearthPlatformLinux {
  HearthPlatform parent_instance;

  gsize receive_buffer_bytes;
  HearthNetlinkSocket *events;   /* (owned) */
  HearthNetlinkSocket *requests; /* (owned) */
  GSource *events_source;        /* (owned) */
  GSource *read_again_source;    /* (owned) */
  guint32 sequence;
  guint n_reads;
  gboolean hearing;
};

G_DEFINE_FINAL_TYPE (HearthPlatformLinux, hearth_platform_linux, HEARTH_TYPE_PLATFORM)

static gint64
get_now_s (void)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Asking: one request, and its answers up to the result. */

typedef struct {
  guint32 sequence;
  HearthRtnetlinkFunc func; /* for every answer but the result; may be NULL */
  gpointer user_data;

  gboolean done;
  gboolean interrupted;
  int error_number;
  char detail[HEARTH_RTNETLINK_DETAIL_SIZE];
} Exchange;

static void
take_answer (const HearthRtnetlinkMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;

  if (message->sequence != exchange->sequence || exchange->done)
    return;

  exchange->interrupted |= message->interrupted;
  if (message->kind != HEARTH_RTNETLINK_RESULT)
    {
      if (exchange->func != NULL)
        exchange->func (message, exchange->user_data);
      return;
    }
  exchange->done = TRUE;
  exchange->error_number = message->error_number;
  g_strlcpy (exchange->detail, message->detail, sizeof exchange->detail);
}

static gboolean
fail_exchange (HearthNetlinkReceived received, GError **error)
{
  if (received == HEARTH_NETLINK_NOTHING)
    g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                         _ ("The kernel did not answer within 5 seconds. Try again."));
  else if (received == HEARTH_NETLINK_OVERRUN)
    g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                         _ ("A part of the kernel's answer was lost. Try again."));
  return FALSE;
}

/* TRUE when there was a result, whichever: `exchange` says which. */
static gboolean
ask (HearthPlatformLinux *self,
     const HearthRtnetlinkRequest *request,
     Exchange *exchange,
     GError **error)
{
  HearthNetlinkReceived received;
  const guint8 *bytes;
  gsize length;

  exchange->sequence = self->sequence;
  if (!hearth_netlink_socket_send (self->requests, request->bytes, request->length, error))
    return FALSE;

  while (!exchange->done)
    {
      received = hearth_netlink_socket_receive (self->requests, TRUE, &bytes, &length, error);
      if (received != HEARTH_NETLINK_DATA)
        return fail_exchange (received, error);
      hearth_rtnetlink_parse (bytes, length, get_now_s (), take_answer, exchange);
    }
  return TRUE;
}

/* Reading the whole state */

typedef struct {
  GPtrArray *links;     /* (owned) (element-type HearthLink) */
  GPtrArray *addresses; /* (owned) (element-type HearthLinkAddress) */
} Dump;

static void
take_record (const HearthRtnetlinkMessage *message, gpointer user_data)
{
  Dump *dump = user_data;

  if (message->kind == HEARTH_RTNETLINK_LINK)
    g_ptr_array_add (dump->links, hearth_link_copy (&message->link));
  else if (message->kind == HEARTH_RTNETLINK_ADDRESS)
    g_ptr_array_add (dump->addresses, hearth_link_address_copy (&message->address));
}

static gboolean
run_dump (HearthPlatformLinux *self,
          const HearthRtnetlinkRequest *request,
          Dump *dump,
          gboolean *interrupted,
          GError **error)
{
  Exchange exchange = { .func = take_record, .user_data = dump };

  if (!ask (self, request, &exchange, error))
    return FALSE;
  if (exchange.error_number != 0)
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
                   _ ("The kernel would not list the network interfaces: %s."),
                   g_strerror (exchange.error_number));
      return FALSE;
    }
  *interrupted |= exchange.interrupted;
  return TRUE;
}

static gboolean
dump_all (HearthPlatformLinux *self, Dump *dump, gboolean *interrupted, GError **error)
{
  HearthRtnetlinkRequest request;

  *interrupted = FALSE;
  hearth_rtnetlink_request_dump_links (&request, ++self->sequence);
  if (!run_dump (self, &request, dump, interrupted, error))
    return FALSE;
  hearth_rtnetlink_request_dump_addresses (&request, ++self->sequence);
  return run_dump (self, &request, dump, interrupted, error);
}

static void
put_records (HearthPlatform *platform, const Dump *dump, guint first_link, guint first_address)
{
  for (guint i = first_link; i < dump->links->len; i++)
    hearth_platform_put_link (platform, dump->links->pdata[i]);
  for (guint i = first_address; i < dump->addresses->len; i++)
    hearth_platform_put_address (platform, dump->addresses->pdata[i]);
}

/* Each try is of one moment, or it is not: then it may have passed over what was there all the
 * time. When none was whole, all tries together, on top of what was known, are the best guess until
 * the next reading; what went meanwhile goes with its event. */
static gboolean
read_state (HearthPlatformLinux *self, gboolean *whole, GError **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_link_unref);
  g_autoptr (GPtrArray) addresses =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_link_address_unref);
  Dump dump = { .links = links, .addresses = addresses };
  guint first_link = 0, first_address = 0;
  gboolean interrupted = TRUE;

  for (int i = 0; interrupted && i < MAX_DUMP_TRIES; i++)
    {
      first_link = links->len;
      first_address = addresses->len;
      self->n_reads++;
      if (!dump_all (self, &dump, &interrupted, error))
        return FALSE;
    }

  if (interrupted)
    {
      hearth_platform_begin (HEARTH_PLATFORM (self));
      put_records (HEARTH_PLATFORM (self), &dump, 0, 0);
    }
  else
    {
      hearth_platform_begin_snapshot (HEARTH_PLATFORM (self));
      put_records (HEARTH_PLATFORM (self), &dump, first_link, first_address);
    }
  hearth_platform_commit (HEARTH_PLATFORM (self));
  *whole = !interrupted;
  return TRUE;
}

/* Hearing events */

static void
take_event (const HearthRtnetlinkMessage *message, gpointer user_data)
{
  HearthPlatform *platform = user_data;
  g_autoptr (HearthLinkAddress) address = NULL;
  g_autoptr (HearthLink) link = NULL;

  switch (message->kind)
    {
    case HEARTH_RTNETLINK_LINK:
      link = hearth_link_copy (&message->link);
      hearth_platform_put_link (platform, link);
      break;
    case HEARTH_RTNETLINK_LINK_GONE:
      hearth_platform_drop_link (platform, message->link.index);
      break;
    case HEARTH_RTNETLINK_ADDRESS:
      address = hearth_link_address_copy (&message->address);
      hearth_platform_put_address (platform, address);
      break;
    case HEARTH_RTNETLINK_ADDRESS_GONE:
      hearth_platform_drop_address (platform, &message->address);
      break;
    case HEARTH_RTNETLINK_ROUTE:
    case HEARTH_RTNETLINK_NEIGHBOUR:
    case HEARTH_RTNETLINK_RESULT:
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean on_read_again (gpointer user_data);

static void
read_again_after (HearthPlatformLinux *self, guint delay_ms)
{
  if (self->read_again_source != NULL)
    return;
  self->read_again_source = g_timeout_source_new (delay_ms);
  g_source_set_static_name (self->read_again_source, "[hearth] read the state again");
  g_source_set_callback (self->read_again_source, on_read_again, self, NULL);
  g_source_attach (self->read_again_source, g_main_context_get_thread_default ());
}

/* Hears what is there now, up to a bound, so that a storm of events leaves room for drawing. */
static HearthNetlinkReceived
hear_events (HearthPlatformLinux *self, guint max_datagrams)
{
  HearthNetlinkReceived received = HEARTH_NETLINK_DATA;
  g_autoptr (GError) error = NULL;
  const guint8 *bytes;
  gsize length;

  self->hearing = TRUE;
  hearth_platform_begin (HEARTH_PLATFORM (self));
  for (guint i = 0; i < max_datagrams && received == HEARTH_NETLINK_DATA; i++)
    {
      received = hearth_netlink_socket_receive (self->events, FALSE, &bytes, &length, &error);
      if (received == HEARTH_NETLINK_DATA)
        hearth_rtnetlink_parse (bytes, length, get_now_s (), take_event, self);
    }
  hearth_platform_commit (HEARTH_PLATFORM (self));
  self->hearing = FALSE;

  if (received == HEARTH_NETLINK_FAILED)
    g_debug ("Changes cannot be heard: %s", error->message);
  return received;
}

/* After a loss, what waits is older than what was lost: heard after the next dump it would bring
 * back what is gone. So it goes before that dump, which says it all anyway. */
static void
discard_events (HearthPlatformLinux *self)
{
  HearthNetlinkReceived received = HEARTH_NETLINK_DATA;
  const guint8 *bytes;
  gsize length;

  for (guint i = 0; i < MAX_DATAGRAMS_WAITING &&
                    (received == HEARTH_NETLINK_DATA || received == HEARTH_NETLINK_OVERRUN);
       i++)
    received = hearth_netlink_socket_receive (self->events, FALSE, &bytes, &length, NULL);
}

static gboolean
on_events (int fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (HearthPlatformLinux) self = g_object_ref (user_data);
  HearthNetlinkReceived received = hear_events (self, MAX_DATAGRAMS_PER_BATCH);

  if (received == HEARTH_NETLINK_OVERRUN)
    read_again_after (self, READ_AGAIN_AFTER_OVERRUN_MS);
  if (received != HEARTH_NETLINK_FAILED)
    return G_SOURCE_CONTINUE;

  clear_source (&self->events_source);
  read_again_after (self, READ_AGAIN_AFTER_FAILURE_MS);
  return G_SOURCE_REMOVE;
}

/* Opens the socket for events, anew where there is one. */
static gboolean
watch_events (HearthPlatformLinux *self, GError **error)
{
  g_clear_pointer (&self->events, hearth_netlink_socket_free);
  self->events =
      hearth_netlink_socket_new (NETLINK_ROUTE, EVENT_GROUPS, self->receive_buffer_bytes, error);
  if (self->events == NULL)
    return FALSE;

  self->events_source =
      g_unix_fd_source_new (hearth_netlink_socket_get_fd (self->events), G_IO_IN | G_IO_ERR);
  g_source_set_static_name (self->events_source, "[hearth] events of the kernel");
  g_source_set_callback (self->events_source, G_SOURCE_FUNC (on_events), self, NULL);
  g_source_attach (self->events_source, g_main_context_get_thread_default ());
  return TRUE;
}

/* After a failure the socket is of no use; otherwise what waits in it is too old. */
static gboolean
hear_again (HearthPlatformLinux *self, GError **error)
{
  if (self->events_source == NULL)
    return watch_events (self, error);
  discard_events (self);
  return TRUE;
}

static gboolean
on_read_again (gpointer user_data)
{
  g_autoptr (HearthPlatformLinux) self = g_object_ref (user_data);
  g_autoptr (GError) error = NULL;
  gboolean whole = FALSE;

  clear_source (&self->read_again_source);
  if (!hear_again (self, &error) || !read_state (self, &whole, &error))
    g_debug ("Reading the state again: %s", error->message);
  if (!whole)
    read_again_after (self, READ_AGAIN_AFTER_FAILURE_MS);
  return G_SOURCE_REMOVE;
}

/* HearthPlatform */

static gboolean
hearth_platform_linux_start (HearthPlatform *platform, GError **error)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);
  gboolean whole;

  clear_source (&self->events_source);
  g_clear_pointer (&self->requests, hearth_netlink_socket_free);
  self->requests = hearth_netlink_socket_new (NETLINK_ROUTE, 0, 0, error);
  if (self->requests == NULL || !watch_events (self, error) || !read_state (self, &whole, error))
    return FALSE;

  if (!whole)
    {
      hear_events (self, MAX_DATAGRAMS_WAITING);
      read_again_after (self, READ_AGAIN_AFTER_FAILURE_MS);
    }
  return TRUE;
}

static GError *
make_change_error (HearthPlatformLinux *self,
                   HearthRtnetlinkOperation operation,
                   const HearthLinkAddress *address,
                   int number,
                   const char *detail)
{
  const HearthLink *link = hearth_platform_get_link (HEARTH_PLATFORM (self), address->link_index);

  return hearth_rtnetlink_error_new (operation, number, address, link ? link->name : NULL, detail);
}

static gboolean
change_address (HearthPlatformLinux *self,
                HearthRtnetlinkOperation operation,
                const HearthRtnetlinkRequest *request,
                const HearthLinkAddress *address,
                GError **error)
{
  Exchange exchange = { 0 };

  if (!ask (self, request, &exchange, error))
    return FALSE;
  if (exchange.error_number == 0)
    return TRUE;
  g_propagate_error (
      error, make_change_error (self, operation, address, exchange.error_number, exchange.detail));
  return FALSE;
}

static gboolean
hearth_platform_linux_add_address (HearthPlatform *platform,
                                   const HearthLinkAddress *address,
                                   GError **error)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);
  HearthRtnetlinkRequest request;

  hearth_rtnetlink_request_add_address (&request, ++self->sequence, address, get_now_s ());
  return change_address (self, HEARTH_RTNETLINK_ADD, &request, address, error);
}

static gboolean
hearth_platform_linux_remove_address (HearthPlatform *platform,
                                      const HearthLinkAddress *address,
                                      GError **error)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);
  HearthRtnetlinkRequest request;

  hearth_rtnetlink_request_remove_address (&request, ++self->sequence, address);
  return change_address (self, HEARTH_RTNETLINK_REMOVE, &request, address, error);
}

static gboolean
hearth_platform_linux_tag_address (HearthPlatform *platform,
                                   const HearthLinkAddress *address,
                                   GError **error)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);
  HearthRtnetlinkRequest request;

  hearth_rtnetlink_request_tag_address (&request, ++self->sequence, address, get_now_s ());
  return change_address (self, HEARTH_RTNETLINK_ADD, &request, address, error);
}

/* Several requests in one datagram: the kernel carries out all of them in their order, whatever
 * comes of each, and answers the last one, and those that failed (netlink_rcv_skb() of
 * net/netlink/af_netlink.c). */

typedef struct {
  guint32 first_sequence;
  guint n_requests;
  gboolean *done; /* of the requests */
  gboolean answered;
  guint n_failed;
  guint failed; /* the first one that did */
  int error_number;
  char detail[HEARTH_RTNETLINK_DETAIL_SIZE];
} Volley;

static void
take_volley_answer (const HearthRtnetlinkMessage *message, gpointer user_data)
{
  Volley *volley = user_data;
  guint32 i = message->sequence - volley->first_sequence;

  if (message->kind != HEARTH_RTNETLINK_RESULT || i >= volley->n_requests)
    return;
  volley->answered |= i + 1 == volley->n_requests;
  if (message->error_number == 0)
    return;
  volley->done[i] = FALSE;
  if (volley->n_failed++ > 0)
    return;
  volley->failed = i;
  volley->error_number = message->error_number;
  g_strlcpy (volley->detail, message->detail, sizeof volley->detail);
}

static void
request_edit (HearthPlatformLinux *self, const HearthEdit *edit, HearthRtnetlinkRequest *request)
{
  if (edit->after == NULL)
    hearth_rtnetlink_request_remove_address (request, ++self->sequence, edit->before);
  else if (edit->before == NULL)
    hearth_rtnetlink_request_add_address (request, ++self->sequence, edit->after, get_now_s ());
  else
    hearth_rtnetlink_request_tag_address (request, ++self->sequence, edit->after, get_now_s ());
}

static GByteArray *
request_edits (HearthPlatformLinux *self, const HearthEdit *edits, guint n_edits)
{
  GByteArray *datagram = g_byte_array_new ();
  HearthRtnetlinkRequest request;

  for (guint i = 0; i < n_edits; i++)
    {
      request_edit (self, &edits[i], &request);
      if (i + 1 < n_edits)
        hearth_rtnetlink_request_be_quiet (&request);
      g_byte_array_append (datagram, request.bytes, (guint) request.length);
    }
  return datagram;
}

/* Where answers are lost, all of it may have been done, but for what was there before. */
static void
forget_what_was_there (HearthPlatformLinux *self, Volley *volley, const HearthEdit *edits)
{
  for (guint i = 0; i < volley->n_requests; i++)
    if (edits[i].before == NULL &&
        hearth_platform_get_address (HEARTH_PLATFORM (self), edits[i].after) != NULL)
      volley->done[i] = FALSE;
}

static gboolean
exchange_volley (HearthPlatformLinux *self, Volley *volley, const HearthEdit *edits, GError **error)
{
  g_autoptr (GByteArray) datagram = NULL;
  HearthNetlinkReceived received;
  const guint8 *bytes;
  gsize length;

  volley->first_sequence = self->sequence + 1;
  datagram = request_edits (self, edits, volley->n_requests);
  if (!hearth_netlink_socket_send (self->requests, datagram->data, datagram->len, error))
    return FALSE;
  for (guint i = 0; i < volley->n_requests; i++)
    volley->done[i] = TRUE;
  while (!volley->answered)
    {
      received = hearth_netlink_socket_receive (self->requests, TRUE, &bytes, &length, error);
      if (received != HEARTH_NETLINK_DATA)
        {
          forget_what_was_there (self, volley, edits);
          return fail_exchange (received, error);
        }
      hearth_rtnetlink_parse (bytes, length, get_now_s (), take_volley_answer, volley);
    }
  return TRUE;
}

static gboolean
hearth_platform_linux_apply_edits (HearthPlatform *platform,
                                   const GArray *edits,
                                   gboolean *done,
                                   GError **error)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);

  for (guint first = 0; first < edits->len; first += MAX_REQUESTS_PER_DATAGRAM)
    {
      const HearthEdit *own = &g_array_index (edits, HearthEdit, first);
      Volley volley = { .n_requests = MIN (edits->len - first, MAX_REQUESTS_PER_DATAGRAM),
                        .done = done + first };

      if (!exchange_volley (self, &volley, own, error))
        return FALSE;
      if (volley.n_failed > 0)
        {
          const HearthEdit *failed = &own[volley.failed];

          g_propagate_error (
              error, make_change_error (self,
                                        failed->after == NULL ? HEARTH_RTNETLINK_REMOVE
                                                              : HEARTH_RTNETLINK_ADD,
                                        failed->after == NULL ? failed->before : failed->after,
                                        volley.error_number, volley.detail));
          return FALSE;
        }
    }
  return TRUE;
}

static void
take_counters (const HearthRtnetlinkMessage *message, gpointer user_data)
{
  HearthCounters *counters = user_data;

  if (message->kind == HEARTH_RTNETLINK_LINK)
    *counters = message->counters;
}

static gboolean
hearth_platform_linux_read_counters (HearthPlatform *platform,
                                     guint32 link_index,
                                     HearthCounters *counters,
                                     GError **error)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);
  Exchange exchange = { .func = take_counters, .user_data = counters };
  HearthRtnetlinkRequest request;

  *counters = (HearthCounters) { 0 };
  hearth_rtnetlink_request_get_link (&request, ++self->sequence, link_index);
  if (!ask (self, &request, &exchange, error))
    return FALSE;
  if (exchange.error_number == 0)
    return TRUE;

  g_set_error (
      error, HEARTH_ERROR,
      exchange.error_number == ENODEV ? HEARTH_ERROR_NOT_FOUND : HEARTH_ERROR_FAILED,
      _ ("The counters of the network interface with the number %u could not be read: %s."),
      link_index, g_strerror (exchange.error_number));
  return FALSE;
}

/* The kernel queues what it says of a change before it answers the request. */
static void
hearth_platform_linux_catch_up (HearthPlatform *platform)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);
  g_autoptr (GError) error = NULL;
  gboolean whole;

  if (self->events == NULL || self->events_source == NULL || self->hearing)
    return;
  if (hear_events (self, MAX_DATAGRAMS_WAITING) != HEARTH_NETLINK_OVERRUN)
    return;
  discard_events (self);
  if (!read_state (self, &whole, &error) || !whole)
    read_again_after (self, READ_AGAIN_AFTER_OVERRUN_MS);
}

/* Surroundings: what a dump of routes misses because they change all the while is no worse than
 * what changes a moment later, so that after a few tries any answer will do. */

static void
take_surroundings (const HearthRtnetlinkMessage *message, gpointer builder)
{
  if (message->kind == HEARTH_RTNETLINK_ROUTE)
    hearth_surroundings_builder_add_route (builder, message->route.link_index,
                                           &message->route.destination, &message->route.gateway);
  else if (message->kind == HEARTH_RTNETLINK_NEIGHBOUR)
    hearth_surroundings_builder_add_neighbour (builder, &message->neighbour);
}

/* A kernel without IPv6, or a family without routes, has nothing to say, which is no error. */
static gboolean
dump_surroundings (HearthPlatformLinux *self,
                   const HearthRtnetlinkRequest *request,
                   HearthSurroundingsBuilder *builder,
                   GError **error)
{
  Exchange exchange = { .interrupted = TRUE };

  for (int i = 0; exchange.interrupted && i < MAX_DUMP_TRIES; i++)
    {
      exchange = (Exchange) { .func = take_surroundings, .user_data = builder };
      if (!ask (self, request, &exchange, error))
        return FALSE;
    }
  if (exchange.error_number == 0 || exchange.error_number == EOPNOTSUPP ||
      exchange.error_number == EAFNOSUPPORT || exchange.error_number == ENOENT)
    return TRUE;
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
               _ ("The kernel would not list the routes and neighbours: %s."),
               g_strerror (exchange.error_number));
  return FALSE;
}

static gboolean
hearth_platform_linux_read_surroundings (HearthPlatform *platform,
                                         HearthSurroundingsBuilder *builder,
                                         GError **error)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (platform);
  HearthRtnetlinkRequest request;

  hearth_rtnetlink_request_dump_routes (&request, ++self->sequence, HEARTH_FAMILY_IPV4);
  if (!dump_surroundings (self, &request, builder, error))
    return FALSE;
  hearth_rtnetlink_request_dump_routes (&request, ++self->sequence, HEARTH_FAMILY_IPV6);
  if (!dump_surroundings (self, &request, builder, error))
    return FALSE;
  hearth_rtnetlink_request_dump_neighbours (&request, ++self->sequence);
  return dump_surroundings (self, &request, builder, error);
}

static GPtrArray *
hearth_platform_linux_read_listeners (HearthPlatform *platform, GPtrArray *known, GError **error)
{
  return hearth_listeners_linux_read (known, FALSE, error);
}

/* GObject */

static void
hearth_platform_linux_finalize (GObject *object)
{
  HearthPlatformLinux *self = HEARTH_PLATFORM_LINUX (object);

  clear_source (&self->events_source);
  clear_source (&self->read_again_source);
  g_clear_pointer (&self->events, hearth_netlink_socket_free);
  g_clear_pointer (&self->requests, hearth_netlink_socket_free);

  G_OBJECT_CLASS (hearth_platform_linux_parent_class)->finalize (object);
}

static void
hearth_platform_linux_class_init (HearthPlatformLinuxClass *klass)
{
  HearthPlatformClass *platform_class = HEARTH_PLATFORM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_platform_linux_finalize;
  platform_class->start = hearth_platform_linux_start;
  platform_class->add_address = hearth_platform_linux_add_address;
  platform_class->remove_address = hearth_platform_linux_remove_address;
  platform_class->tag_address = hearth_platform_linux_tag_address;
  platform_class->apply_edits = hearth_platform_linux_apply_edits;
  platform_class->read_counters = hearth_platform_linux_read_counters;
  platform_class->catch_up = hearth_platform_linux_catch_up;
  platform_class->read_surroundings = hearth_platform_linux_read_surroundings;
  platform_class->read_listeners = hearth_platform_linux_read_listeners;
  platform_class->resolv_conf_paths = resolv_conf_paths;
}

static void
hearth_platform_linux_init (HearthPlatformLinux *self)
{
  self->receive_buffer_bytes = EVENT_BUFFER_BYTES;
}

/* Public */

HearthPlatform *
hearth_platform_new (void)
{
  return g_object_new (HEARTH_TYPE_PLATFORM_LINUX, NULL);
}

HearthPlatform *
hearth_platform_linux_new_with_buffer (gsize receive_buffer_bytes)
{
  HearthPlatformLinux *self = g_object_new (HEARTH_TYPE_PLATFORM_LINUX, NULL);

  self->receive_buffer_bytes = receive_buffer_bytes;
  return HEARTH_PLATFORM (self);
}

guint
hearth_platform_linux_get_n_reads (HearthPlatformLinux *self)
{
  return self->n_reads;
}
