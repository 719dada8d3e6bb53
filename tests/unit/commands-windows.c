/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "commands.h"

const char lo_up_command[] = "netsh interface ipv4 show interfaces";
