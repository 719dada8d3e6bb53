/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-host.h"
#include "serve-neighbours.h"

/**
 * ServeEvent: what --json says, one object a line (RFC 8259, UTF-8); the contract of hearth-serve with
 * whoever starts it
 *
 * Each event may have "dropped":N, the number of request events before it that were lost because nobody read
 * them.
 *
 *   {"event":"listening","urls":["http://localhost:8000/"],"addresses":["127.0.0.1","::1"],"port":8000,
 *    "folder":"/home/me/site","protections":["no-new-privileges","landlock","landlock-network","seccomp"]}
 *
 * "urls" has localhost first where 127.0.0.1 or ::1 is among the addresses, then one for each other
 * address, then one for each --name. Where the port was not asked for and 8000 was taken: "taken":{"port":8000,
 * "holder":"python3","pid":412}, holder and pid only where they are known. Where there is no IPv6 on this
 * computer and only the default addresses were wanted: "without_ipv6":true.
 *
 *   {"event":"request","time":1764043200.123,"peer":"127.0.0.1","method":"GET","path":"/x","status":404,
 *    "bytes":0,"ms":0.2,"hint":"styles.css"}
 *
 * "time": seconds since 1970 when the head was whole. "path": the target as it came, cut at 2,048 bytes,
 * and what is not UTF-8 as U+FFFD. "method" and "path" are "" where there was no request to speak of. "bytes":
 * of the body, that were really handed over. "ms": from the head's last byte to the last byte handed over.
 * "hint": only where there is something to say: for a 404 the name that may have been meant, as in a URL
 * (my%20page.html), else the reason as a sentence, which has a space in it; "aborted": true where the peer went first.
 *
 *   {"event":"live-limited"}      not every folder can be watched for live reload
 *   {"event":"folder-gone"}       every answer is 503 from now on
 *   {"event":"stopped","reason":"signal"}
 *
 * The last of them is always there, also where it never started listening. "reason": "signal", "parent-gone",
 * "port-busy" (with "port", "holder", "pid"), "address-unusable" (with "address"), "folder-unusable", "failed";
 * all but the first two with "message", a sentence in English.
 */

typedef struct {
  double time;
  const char *peer;
  ServeText method;
  ServeText target;
  int status;
  uint64_t bytes;
  double ms;
  ServeText hint; /* NULL bytes for none */
  bool aborted;
} ServeRequestEvent;

typedef struct {
  const ServeAddress *addresses;
  size_t n_addresses;
  const char *const *names;
  size_t n_names;
  unsigned port;
  const char *folder;
  unsigned locks;        /* a set of ServeLock */
  unsigned taken_port;   /* 0: none */
  ServeHolder holder;    /* of it */
  bool without_ipv6;
} ServeListeningEvent;

typedef enum {
  SERVE_STOPPED_SIGNAL,
  SERVE_STOPPED_PARENT_GONE,
  SERVE_STOPPED_PORT_BUSY,
  SERVE_STOPPED_ADDRESS_UNUSABLE,
  SERVE_STOPPED_FOLDER_UNUSABLE,
  SERVE_STOPPED_FAILED,
} ServeStoppedReason;

typedef struct {
  ServeStoppedReason reason;
  const char *message; /* NULL for none */
  unsigned port;
  ServeHolder holder;
  const char *address;
} ServeStoppedEvent;

#define SERVE_EVENT_MAX (16 * 1024)

/* Each appends one line with its line end, for a machine or (…_words) lines for a person at a terminal, whose time
 * is local (so tzset(3) goes before a lock-down); @dropped is said where it is not 0. Pure. */
void serve_event_add_request         (ServeBuffer             *buffer,
                                      const ServeRequestEvent *event,
                                      uint64_t                 dropped);
void serve_event_add_request_words   (ServeBuffer             *buffer,
                                      const ServeRequestEvent *event,
                                      uint64_t                 dropped);
void serve_event_add_listening       (ServeBuffer               *buffer,
                                      const ServeListeningEvent *event);
void serve_event_add_listening_words (ServeBuffer               *buffer,
                                      const ServeListeningEvent *event);
void serve_event_add_stopped         (ServeBuffer             *buffer,
                                      const ServeStoppedEvent *event,
                                      uint64_t                 dropped);
void serve_event_add_stopped_words   (ServeBuffer             *buffer,
                                      const ServeStoppedEvent *event);
void serve_event_add_name            (ServeBuffer *buffer,
                                      const char  *name,
                                      uint64_t     dropped);
