/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The whole program: 0 when it ended because nobody needed it, or it was asked to; 1 when it could not do its
 * work; 2 for wrong options. */
int hearth_helper_run (int    argc,
                       char **argv);
