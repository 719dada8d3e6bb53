/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-real-path.h"

#include <stdlib.h>

char *
hearth_real_path_dup (const char *path)
{
  return realpath (path, NULL);
}
