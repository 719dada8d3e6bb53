/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authorities-of-system.h"

#include "hearth-authority-administrator-windows.h"
#include "hearth-authority-windows.h"
#include "hearth-netsh-windows.h"

GPtrArray *
hearth_authorities_of_system (HearthPlatform *platform)
{
  GPtrArray *authorities = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (authorities, hearth_authority_windows_new (platform, hearth_netsh_windows_run));
  g_ptr_array_add (authorities,
                   hearth_authority_administrator_new (platform, hearth_run_elevated_windows));
  return authorities;
}
