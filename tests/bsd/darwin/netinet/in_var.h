/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <netinet/in_var.h>, which brings what there is for IPv6. */

#include <netinet6/in6_var.h>
