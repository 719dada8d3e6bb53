/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/filio.h> of the BSDs. Linux has the same question for a socket, by its own number (SIOCOUTQ). */

#define FIONWRITE 0x5411
