/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet/tcp_fsm.h>. */

#define TCPS_LISTEN 1
