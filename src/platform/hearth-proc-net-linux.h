/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"

G_BEGIN_DECLS

/* Reads one line of /proc/net/tcp, tcp6, udp or udp6 (proc(5)), without its newline. FALSE for the head of the
 * table, for a socket that waits for nobody, and for what is no such line. @listener gets no user and no
 * process. Whether :: takes IPv4 cannot be told from here, and it says that it does; nor can the link that it is
 * bound to, and it says none.
 * @line: any bytes */
gboolean hearth_proc_net_parse_line (const char      *line,
                                     gsize            length,
                                     HearthTransport  transport,
                                     HearthListener  *listener);

G_END_DECLS
