/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/**
 * HearthTransport:
 *
 * The protocol of a port. The numbers are those of IANA's registry of protocol numbers.
 */
typedef enum {
  HEARTH_TRANSPORT_TCP = 6,
  HEARTH_TRANSPORT_UDP = 17,
} HearthTransport;

/* "tcp", "udp". */
const char *hearth_transport_to_id (HearthTransport transport);

/* The longest command line of a process that is kept, in bytes with its NUL. */
#define HEARTH_COMMAND_SIZE 4096

/**
 * HearthProcess:
 * @pid: its number
 * @program: its name, UTF-8
 * @command: what it was started with, the words parted by blanks, UTF-8; empty where it cannot be
 * read
 *
 * A process that has a listening socket. Immutable, counted by reference, for every thread.
 */
typedef struct {
  gint32 pid;
  char *program; /* (owned) */
  char *command; /* (owned) */
} HearthProcess;

/* (transfer full) */
HearthProcess *hearth_process_new (gint32 pid, const char *program, const char *command);
HearthProcess *hearth_process_ref (const HearthProcess *process);
void hearth_process_unref (HearthProcess *process);

/**
 * HearthListener:
 * @transport: a #HearthTransport
 * @only_ipv6: of ::, that it takes no IPv4 (RFC 3493, section 5.3)
 * @port: 1 to 65535
 * @link_index: the link it is bound to, or 0
 * @address: what it is bound to: 0.0.0.0 and :: are every address
 * @user_id: the owner of the socket
 * @socket_id: what the system tells the socket by (an inode on Linux), or 0
 * @user: (nullable): the name of the owner; NULL where the number has none
 * @process: (nullable): who has it open, the one with the lowest number; NULL where that cannot be
 * seen
 *
 * A socket that waits for others: TCP in the state LISTEN, UDP without a peer. Immutable, counted
 * by reference, for every thread.
 */
typedef struct {
  guint8 transport;
  gboolean only_ipv6;
  guint16 port;
  guint32 link_index;
  HearthAddress address;
  guint32 user_id;
  guint64 socket_id;
  const char *user;       /* interned */
  HearthProcess *process; /* (owned) */
} HearthListener;

/* A new record with the contents of @listener, which may live on the stack; its process gets a
 * reference more. (transfer full) */
HearthListener *hearth_listener_copy (const HearthListener *listener);
HearthListener *hearth_listener_ref (const HearthListener *listener);
void hearth_listener_unref (HearthListener *listener);

/* Whether it is bound to no address, and so to every one: 0.0.0.0, ::, and ::ffff:0.0.0.0, which is
 * every address of IPv4. */
gboolean hearth_listener_is_everywhere (const HearthListener *listener);

/* FALSE for what is bound to an address of IPv4, written as one or mapped into IPv6 (RFC 4291,
 * section 2.5.5.2). */
gboolean hearth_listener_takes_ipv6 (const HearthListener *listener);

/* By port, transport, address, link, user and socket, which is a total order of all there are. */
int hearth_listener_compare (const HearthListener *a, const HearthListener *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthProcess, hearth_process_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthListener, hearth_listener_unref)

G_END_DECLS
