/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authorities-of-system.h"

#include "hearth-authority-administrator-darwin.h"
#include "hearth-authority-darwin.h"
#include "hearth-launch-daemon.h"

GPtrArray *
hearth_authorities_of_system (HearthPlatform *platform)
{
  GPtrArray *authorities = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (authorities, hearth_authority_darwin_new (platform, HEARTH_LAUNCH_DAEMON_PATH,
                                                             hearth_launch));
  g_ptr_array_add (authorities,
                   hearth_authority_administrator_darwin_new (platform, HEARTH_LAUNCH_DAEMON_PATH,
                                                              hearth_elevation_darwin_get ()));
  return authorities;
}
