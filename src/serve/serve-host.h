/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/**
 * ServeAddress:
 *
 * An IPv4 or IPv6 address, in network byte order; of IPv4 the first four bytes count and the rest is zero.
 */
typedef struct {
  bool is_ipv6;
  uint8_t bytes[16];
} ServeAddress;

/* The standard forms alone: four decimal numbers without leading zeros, and what RFC 4291 2.2 has, without
 * brackets or zone. `127.1`, `0x7f.1` and `2130706433` are none. */
bool serve_address_parse (ServeAddress *address,
                          ServeText     text);
bool serve_address_equal (const ServeAddress *address,
                          const ServeAddress *other);
/* 127.0.0.0/8, ::1, and their IPv4-mapped forms. */
bool serve_address_is_loopback (const ServeAddress *address);
/* As people write it (RFC 5952), NUL-terminated, without brackets. */
#define SERVE_ADDRESS_TEXT_SIZE 46
void serve_address_print (const ServeAddress *address,
                          char                text[SERVE_ADDRESS_TEXT_SIZE]);

/**
 * ServeAuthority: host and port of a Host header (RFC 9110, 7.2) or of a target's absolute form
 */
typedef struct {
  ServeText host; /* without brackets */
  bool is_bracketed;
  ServeText port; /* digits, maybe none; NULL bytes without a colon */
} ServeAuthority;

/* False where it is malformed, empty host, userinfo and a port that is no number below 65,536 included. */
bool serve_authority_parse (ServeAuthority *authority,
                            ServeText       text);
/* The same host in any case, with or without a trailing dot; the port, where 80 and none are one. */
bool serve_authority_equal (const ServeAuthority *authority,
                            const ServeAuthority *other);

/**
 * ServeHosts: who this server is
 */
typedef struct {
  const ServeAddress *addresses; /* that it listens on */
  size_t n_addresses;
  const char *const *names; /* that it was given beside localhost */
  size_t n_names;
} ServeHosts;

/* Whether a request for @authority is for us: localhost and *.localhost in any case, with or without a
 * trailing dot; one of the names; the standard form of one of the addresses, or of @local, the address that
 * the connection came to (for a server that listens on all of them). Any port. All else is a foreign name,
 * as DNS rebinding uses one. */
bool serve_hosts_include (const ServeHosts     *hosts,
                          const ServeAuthority *authority,
                          const ServeAddress   *local);
