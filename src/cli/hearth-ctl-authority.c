/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-authorities.h"
#include "hearth-ctl-output.h"
#include "hearth-ctl.h"
#include "hearth-json-writer.h"

static gboolean
is_available (HearthAuthority *authority)
{
  return hearth_authority_get_state (authority) == HEARTH_AUTHORITY_AVAILABLE;
}

static void
append_json (GString *text, HearthAuthorities *authorities)
{
  HearthAuthority *best = hearth_authorities_get_best (authorities);
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_add_string (&writer, "authority", hearth_authority_to_id (best));
  hearth_json_writer_begin_array (&writer, "available");
  for (guint i = 0; i < hearth_authorities_get_n (authorities); i++)
    {
      HearthAuthority *authority = hearth_authorities_get (authorities, i);

      hearth_json_writer_begin_object (&writer, NULL);
      hearth_json_writer_add_string (&writer, "id", hearth_authority_to_id (authority));
      hearth_json_writer_add_boolean (&writer, "available", is_available (authority));
      hearth_json_writer_add_string (&writer, "reason", hearth_authority_get_reason (authority));
      hearth_json_writer_end_object (&writer);
    }
  hearth_json_writer_end_array (&writer);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
}

static void
append_text (GString *text, HearthAuthorities *authorities)
{
  HearthAuthority *best = hearth_authorities_get_best (authorities);

  if (best != NULL)
    /* Translators: how: "directly", "through NetworkManager" */
    g_string_append_printf (text, _ ("Addresses are changed %s."),
                            hearth_authority_to_label (best));
  else
    g_string_append (text, _ ("Nothing here can change addresses."));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < hearth_authorities_get_n (authorities); i++)
    {
      HearthAuthority *authority = hearth_authorities_get (authorities, i);
      const char *reason = hearth_authority_get_reason (authority);

      g_string_append_printf (text, "  %-15s  %s\n", hearth_authority_to_id (authority),
                              is_available (authority) ? _ ("Available") : reason);
    }
}

static void
wait_until_settled (HearthAuthorities *authorities)
{
  while (!hearth_authorities_is_settled (authorities))
    g_main_context_iteration (NULL, TRUE);
}

int
hearth_ctl_authority (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthPlatform) platform = NULL;
  g_autoptr (HearthInterfaces) interfaces = NULL;
  g_autoptr (HearthAuthorities) authorities = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  int status;

  if (!hearth_ctl_parse (&argc, &argv, entries, NULL,
                         _ ("Shows who can change addresses on this computer for you: this command "
                            "itself, Hearth’s helper, or NetworkManager."),
                         0, &status))
    return status;
  platform = hearth_platform_new ();
  if (!hearth_platform_start (platform, &error))
    return hearth_ctl_fail (error);
  interfaces = hearth_interfaces_new (platform);
  authorities = hearth_authorities_new (platform, interfaces);
  wait_until_settled (authorities);
  if (json)
    append_json (text, authorities);
  else
    append_text (text, authorities);
  return hearth_ctl_flush (text) ? HEARTH_CTL_DONE : hearth_ctl_fail_to_write ();
}
