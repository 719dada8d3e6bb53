/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>

#include "serve-lockdown.h"
#include "serve-options.h"
#include "serve-server.h"

int
main (int argc, char **argv)
{
  ServeOptions options;
  char message[SERVE_MESSAGE_SIZE];

  switch (serve_options_parse (&options, argc, argv, message))
    {
    case SERVE_OPTIONS_HELP:
      serve_options_print_help (serve_lockdown_probe ());
      return 0;
    case SERVE_OPTIONS_VERSION:
      puts ("hearth-serve " HEARTH_VERSION);
      return 0;
    case SERVE_OPTIONS_WRONG:
      fprintf (stderr, "hearth-serve: %s\n", message);
      return 2;
    case SERVE_OPTIONS_RUN:
      break;
    }
  return serve_server_run (&options);
}
