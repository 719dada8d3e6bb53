/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-listener.h"

#include <stdio.h>

#define LAST_DEFAULT_PORT 8999
/* Any free port of one address may be busy on another: so often it is tried anew. */
#define ANY_PORT_TRIES 64

void
serve_listener_close (ServeListener *listener)
{
  for (size_t i = 0; i < listener->n_sockets; i++)
    serve_socket_close (listener->sockets[i]);
  listener->n_sockets = 0;
}

static bool
means_no_ipv6 (int error)
{
  return error == UV_EADDRNOTAVAIL || error == UV_EAFNOSUPPORT || error == UV_EPROTONOSUPPORT;
}

/* Binds all addresses to @port. Returns 0, or the error and in *@failed the address that had it;
 * then none is bound. */
static int
bind_all (ServeListener *listener,
          const ServeOptions *options,
          unsigned port,
          const ServeAddress **failed)
{
  for (size_t i = 0; i < options->n_addresses; i++)
    {
      const ServeAddress *address = &options->addresses[i];
      size_t n = listener->n_sockets;
      int error = serve_socket_listen (address, port, &listener->sockets[n], &port);

      if (error != 0 && options->addresses_are_default && address->is_ipv6 && means_no_ipv6 (error))
        {
          listener->without_ipv6 = true;
          continue;
        }
      if (error != 0)
        {
          *failed = address;
          serve_listener_close (listener);
          return error;
        }
      listener->addresses[n] = *address;
      listener->n_sockets++;
    }
  listener->port = port;
  return 0;
}

static int
bind_default_port (ServeListener *listener,
                   const ServeOptions *options,
                   const ServeAddress **failed)
{
  int error = UV_EADDRINUSE;

  for (unsigned port = options->port; port <= LAST_DEFAULT_PORT && error == UV_EADDRINUSE; port++)
    {
      error = bind_all (listener, options, port, failed);
      if (error == UV_EADDRINUSE && port == options->port)
        {
          listener->taken_port = port;
          serve_holder_find (*failed, port, &listener->holder);
        }
    }
  return error;
}

static int
bind_any_port (ServeListener *listener, const ServeOptions *options, const ServeAddress **failed)
{
  int error = UV_EADDRINUSE;

  for (unsigned i = 0; i < ANY_PORT_TRIES && error == UV_EADDRINUSE; i++)
    error = bind_all (listener, options, 0, failed);
  return error;
}

static void
print_holder (const ServeHolder *holder, char text[128])
{
  if (holder->name[0] == '\0')
    snprintf (text, 128, "another program");
  else
    snprintf (text, 128, "%s (process %d)", holder->name, holder->pid);
}

static void
explain_busy (ServeStoppedEvent *failure,
              const ServeListener *listener,
              const ServeOptions *options,
              const ServeAddress *address,
              char *message)
{
  char holder[128];

  failure->reason = SERVE_STOPPED_PORT_BUSY;
  failure->port = options->port;
  if (listener->taken_port != 0)
    failure->holder = listener->holder;
  else
    serve_holder_find (address, options->port, &failure->holder);
  print_holder (&failure->holder, holder);
  if (options->port_is_default)
    snprintf (message, SERVE_MESSAGE_SIZE,
              "All ports from %u to %d are taken; %u is used by %s. Name another with --port.",
              options->port, LAST_DEFAULT_PORT, options->port, holder);
  else
    snprintf (message, SERVE_MESSAGE_SIZE,
              "Port %u is used by %s. End that program, or take another port: without --port, "
              "hearth-serve finds a free one.",
              options->port, holder);
}

static void
explain_address (ServeStoppedEvent *failure, const char *address, char *message)
{
  failure->reason = SERVE_STOPPED_ADDRESS_UNUSABLE;
  failure->address = address;
  snprintf (message, SERVE_MESSAGE_SIZE,
            "%s is not an address of this computer, so nothing can listen on it. Add it to an "
            "interface first, or name another with --address.",
            address);
}

static void
explain (ServeStoppedEvent *failure,
         ServeListener *listener,
         const ServeOptions *options,
         int error,
         const ServeAddress *address,
         char *message)
{
  char *text = listener->failed_text;

  serve_address_print (address, text);
  failure->message = message;
  if (error == UV_EADDRINUSE)
    explain_busy (failure, listener, options, address, message);
  else if (means_no_ipv6 (error))
    explain_address (failure, text, message);
  else
    {
      failure->reason = SERVE_STOPPED_FAILED;
      if (error == UV_EACCES)
        snprintf (message, SERVE_MESSAGE_SIZE,
                  "Ports like %u are kept for the system. Take one of 1024 or more.",
                  options->port);
      else
        snprintf (message, SERVE_MESSAGE_SIZE, "Listening on %s failed: %s.", text,
                  uv_strerror (error));
    }
}

bool
serve_listener_bind (ServeListener *listener,
                     const ServeOptions *options,
                     ServeStoppedEvent *failure,
                     char message[SERVE_MESSAGE_SIZE])
{
  const ServeAddress *failed = &options->addresses[0];
  int error;

  *listener = (ServeListener) { 0 };
  if (options->port_is_default)
    error = bind_default_port (listener, options, &failed);
  else if (options->port == 0)
    error = bind_any_port (listener, options, &failed);
  else
    error = bind_all (listener, options, options->port, &failed);
  if (error == 0 && listener->n_sockets == 0)
    error = UV_EADDRNOTAVAIL;
  if (error == 0)
    return true;
  *failure = (ServeStoppedEvent) { .reason = SERVE_STOPPED_FAILED };
  explain (failure, listener, options, error, failed, message);
  return false;
}
