/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-debug-info.h"

#include <adwaita.h>

#include "hearth-sandbox.h"

static void
add (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s: %s\n", name, value != NULL ? value : "unknown");
}

static void
add_versions (GString *text)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  add (text, "Hearth", HEARTH_VERSION);
  add (text, "System", system);
  g_string_append_printf (text, "GTK: %u.%u.%u\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (text, "libadwaita: %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "GLib: %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
}

static void
add_surroundings (GString *text, GdkDisplay *display)
{
  add (text, "Display", G_OBJECT_TYPE_NAME (display));
  add (text, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  add (text, "Language", g_get_language_names ()[0]);
  add (text, "Sandbox", hearth_is_sandboxed () ? "Flatpak" : "none");
}

static const char *
describe_state (HearthAuthority *authority)
{
  switch (hearth_authority_get_state (authority))
    {
    case HEARTH_AUTHORITY_AVAILABLE:
      return "available";
    case HEARTH_AUTHORITY_PROBING:
      return "being asked";
    case HEARTH_AUTHORITY_UNAVAILABLE:
    default:
      return "unavailable";
    }
}

static void
add_authorities (GString *text, HearthAuthorities *authorities)
{
  add (text, "Addresses are changed by",
       hearth_authority_to_id (hearth_authorities_get_best (authorities)));
  for (guint i = 0; i < hearth_authorities_get_n (authorities); i++)
    {
      HearthAuthority *authority = hearth_authorities_get (authorities, i);

      g_string_append_printf (text, "- %s: %s\n", hearth_authority_to_id (authority),
                              describe_state (authority));
    }
}

char *
hearth_debug_info_new (GdkDisplay *display, HearthAuthorities *authorities)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_versions (text);
  add_surroundings (text, display);
  if (authorities != NULL)
    add_authorities (text, authorities);
  else
    g_string_append (text, "Addresses cannot be read\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
