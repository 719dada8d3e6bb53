/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The command line in UTF-8, for good, where main() gets it in another encoding; else @arguments. Standard output is
 * made to take UTF-8, and lines as they are, likewise. First of all. */
char **serve_arguments_take (int   *n_arguments,
                             char **arguments);
