/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-arguments.h"

char **
serve_arguments_take (int *n_arguments, char **arguments)
{
  (void) n_arguments;
  return arguments;
}
