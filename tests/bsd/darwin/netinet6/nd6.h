/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet6/nd6.h>. */

#define ND6_INFINITE_LIFETIME 0xffffffff
