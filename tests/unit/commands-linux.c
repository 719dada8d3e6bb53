/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands.h"

const char lo_up_command[] = "ip link show lo";
