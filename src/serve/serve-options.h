/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-host.h"

#define SERVE_ADDRESSES_MAX 16
#define SERVE_NAMES_MAX 16
#define SERVE_DEFAULT_PORT 8000

/**
 * ServeOptions: what the command line asks for
 */
typedef struct {
  const char *folder; /* (borrowed): "." where none was named */
  ServeAddress addresses[SERVE_ADDRESSES_MAX];
  size_t n_addresses; /* 127.0.0.1 and ::1 where none was named */
  bool addresses_are_default;
  const char *names[SERVE_NAMES_MAX]; /* (borrowed) */
  size_t n_names;
  unsigned port; /* 0: any free one */
  bool port_is_default; /* 8000 or the next free one */
  bool spa;
  bool cors;
  bool isolate;
  bool hidden;
  bool live;
  bool no_listing;
  bool visible;
  bool json;
  bool parent_pipe;
  bool quiet;
} ServeOptions;

typedef enum {
  SERVE_OPTIONS_RUN,
  SERVE_OPTIONS_HELP,
  SERVE_OPTIONS_VERSION,
  SERVE_OPTIONS_WRONG, /* @message says what and what to do; exit with 2 */
} ServeOptionsResult;

#define SERVE_MESSAGE_SIZE 512

/* Reads a command line. `--name=value` and `--name value` both; `--` ends the options. Pure. */
ServeOptionsResult serve_options_parse (ServeOptions *options,
                                        int           n_arguments,
                                        char        **arguments,
                                        char          message[SERVE_MESSAGE_SIZE]);

/* The text of --help, @locks being what serve_lockdown_probe() said. */
void serve_options_print_help (unsigned locks);
