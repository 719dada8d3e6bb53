/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

/* A socket that takes and gives ICMP messages of @family, with the header of IPv4 before them or not; closed on exec,
 * and waiting for nothing. -1 with errno: EPERM or EACCES where that needs a privilege. */
int hearth_echo_socket_open (HearthFamily family);

G_END_DECLS
