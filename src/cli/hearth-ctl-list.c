/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-ctl-output.h"
#include "hearth-ctl.h"
#include "hearth-quote.h"

static const HearthLink *
find_link (HearthPlatform *platform, const char *name, GError **error)
{
  const HearthLink *link = hearth_platform_find_link (platform, name);
  g_autofree char *quoted = NULL;

  if (link != NULL)
    return link;
  quoted = hearth_quote (name);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND,
               _ ("There is no network interface “%s”. “hearthctl list” shows those there are."),
               quoted);
  return NULL;
}

static void
append_json (GString *text, HearthPlatform *platform, HearthOwners *owners, const HearthLink *only)
{
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_ctl_add_interfaces (&writer, platform, owners, only);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
}

int
hearth_ctl_list (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthPlatform) platform = NULL;
  g_autoptr (HearthOwners) owners = hearth_owners_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const HearthLink *only = NULL;
  int status;

  if (!hearth_ctl_parse (&argc, &argv, entries, _ ("[INTERFACE]"),
                         _ ("Shows the interfaces of this computer and their addresses."), 1,
                         &status))
    return status;

  platform = hearth_platform_new ();
  if (!hearth_platform_start (platform, &error))
    return hearth_ctl_fail (error);
  if (argc > 1 && (only = find_link (platform, argv[1], &error)) == NULL)
    return hearth_ctl_fail (error);

  if (json)
    append_json (text, platform, owners, only);
  else
    hearth_ctl_append_interfaces (text, platform, owners, only, hearth_ctl_wants_colour ());
  return hearth_ctl_flush (text) ? HEARTH_CTL_DONE : hearth_ctl_fail_to_write ();
}
