/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-quote.h"

#define INTERFACE_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"

gboolean
hearth_helper_check_interface (const char *name, GError **error)
{
  gsize length = strspn (name, INTERFACE_CHARACTERS);
  g_autofree char *quoted = NULL;

  if (length > 0 && length < HEARTH_HELPER_INTERFACE_SIZE && name[length] == '\0' &&
      !g_str_equal (name, ".") && !g_str_equal (name, ".."))
    return TRUE;
  quoted = hearth_quote (name);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               _ ("“%s” cannot be the name of a network interface. Write “lo”."), quoted);
  return FALSE;
}

const HearthLink *
hearth_helper_find_link (HearthPlatform *platform, const char *name, GError **error)
{
  const HearthLink *link = hearth_platform_find_link (platform, name);
  g_autofree char *quoted = hearth_quote (name);

  if (link == NULL)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
                 _ ("There is no network interface “%s”. Write “lo”."), quoted);
  else if ((link->flags & HEARTH_LINK_FLAG_LOOPBACK) == 0)
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                 _ ("“%s” is not a loopback interface. Hearth changes addresses of “lo” alone."),
                 quoted);
  else
    return link;
  return NULL;
}
