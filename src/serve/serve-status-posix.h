/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include "serve-status.h"

ServeStatus serve_status_of (const struct stat *found);
