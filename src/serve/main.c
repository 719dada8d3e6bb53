/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>

#include "serve-arguments.h"
#include "serve-event.h"
#include "serve-lockdown.h"
#include "serve-options.h"
#include "serve-server.h"

/* The last event is there whatever the end is. */
static void
say_wrong (const ServeOptions *options, const char *message)
{
  const ServeStoppedEvent event = { .reason = SERVE_STOPPED_FAILED, .message = message };
  char bytes[SERVE_EVENT_MAX];
  ServeBuffer buffer = { .bytes = bytes, .size = sizeof bytes };

  fprintf (stderr, "hearth-serve: %s\n", message);
  if (!options->json)
    return;
  serve_event_add_stopped (&buffer, &event, 0);
  fwrite (bytes, 1, buffer.length, stdout);
}

int
main (int argc, char **argv)
{
  ServeOptions options;
  char message[SERVE_MESSAGE_SIZE];

  argv = serve_arguments_take (&argc, argv);
  switch (serve_options_parse (&options, argc, argv, message))
    {
    case SERVE_OPTIONS_HELP:
      serve_options_print_help (serve_lockdown_probe ());
      return 0;
    case SERVE_OPTIONS_VERSION:
      puts ("hearth-serve " HEARTH_VERSION);
      return 0;
    case SERVE_OPTIONS_WRONG:
      say_wrong (&options, message);
      return 2;
    case SERVE_OPTIONS_RUN:
      break;
    }
  return serve_server_run (&options);
}
