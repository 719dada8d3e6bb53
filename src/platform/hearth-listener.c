/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-listener.h"

#include <string.h>

#include "hearth-reach.h"

const char *
hearth_transport_to_id (HearthTransport transport)
{
  return transport == HEARTH_TRANSPORT_TCP ? "tcp" : "udp";
}

HearthProcess *
hearth_process_new (gint32 pid, const char *program, const char *command)
{
  HearthProcess *process = g_atomic_rc_box_new (HearthProcess);

  process->pid = pid;
  process->program = g_utf8_make_valid (program, -1);
  process->command = g_utf8_make_valid (command, -1);
  return process;
}

HearthProcess *
hearth_process_ref (const HearthProcess *process)
{
  return g_atomic_rc_box_acquire ((HearthProcess *) process);
}

static void
clear_process (gpointer data)
{
  HearthProcess *process = data;

  g_free (process->program);
  g_free (process->command);
}

void
hearth_process_unref (HearthProcess *process)
{
  g_atomic_rc_box_release_full (process, clear_process);
}

HearthListener *
hearth_listener_copy (const HearthListener *listener)
{
  HearthListener *copy = g_atomic_rc_box_new (HearthListener);

  *copy = *listener;
  if (copy->process != NULL)
    hearth_process_ref (copy->process);
  return copy;
}

HearthListener *
hearth_listener_ref (const HearthListener *listener)
{
  return g_atomic_rc_box_acquire ((HearthListener *) listener);
}

static void
clear_listener (gpointer data)
{
  HearthListener *listener = data;

  g_clear_pointer (&listener->process, hearth_process_unref);
}

void
hearth_listener_unref (HearthListener *listener)
{
  g_atomic_rc_box_release_full (listener, clear_listener);
}

gboolean
hearth_listener_is_everywhere (const HearthListener *listener)
{
  const guint8 none[4] = { 0 };
  HearthAddressKind kind = hearth_address_classify (&listener->address).kind;

  return kind == HEARTH_ADDRESS_KIND_UNSPECIFIED ||
         (kind == HEARTH_ADDRESS_KIND_MAPPED &&
          memcmp (listener->address.bytes + 12, none, sizeof none) == 0);
}

gboolean
hearth_listener_takes_ipv6 (const HearthListener *listener)
{
  return listener->address.family == HEARTH_FAMILY_IPV6 &&
         hearth_address_classify (&listener->address).kind != HEARTH_ADDRESS_KIND_MAPPED;
}

static int
compare_numbers (guint64 a, guint64 b)
{
  return a < b ? -1 : a > b;
}

int
hearth_listener_compare (const HearthListener *a, const HearthListener *b)
{
  int order;

  if ((order = compare_numbers (a->port, b->port)) != 0 ||
      (order = compare_numbers (a->transport, b->transport)) != 0 ||
      (order = hearth_address_compare (&a->address, &b->address)) != 0 ||
      (order = compare_numbers (a->link_index, b->link_index)) != 0 ||
      (order = compare_numbers (a->user_id, b->user_id)) != 0)
    return order;
  return compare_numbers (a->socket_id, b->socket_id);
}
