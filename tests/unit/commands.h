/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What shows a person that loopback is switched on. */
extern const char lo_up_command[];
