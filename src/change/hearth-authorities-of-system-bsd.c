/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-authorities-of-system.h"

#include "hearth-authority-direct.h"
#include "hearth-authority-helper.h"

/* FreeBSD: the helper where it is on the system bus, with polkit; otherwise there are the commands.
 */
GPtrArray *
hearth_authorities_of_system (HearthPlatform *platform)
{
  GPtrArray *authorities = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (authorities, hearth_authority_direct_new (platform));
  g_ptr_array_add (authorities, hearth_authority_helper_new (platform));
  return authorities;
}
