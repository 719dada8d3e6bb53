/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a hearthctl without the rights of an administrator has started this one with them, it says where the answer
 * goes: that is taken out of @argv, and standard output leads there from then on. FALSE where what is asked is
 * nothing to do with such rights, or the other one is gone: nothing is to be done then. */
gboolean hearth_ctl_answer (int *argc, char **argv);

G_END_DECLS
