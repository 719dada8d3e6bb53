/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-ctl-output.h"
#include "hearth-ctl.h"
#include "hearth-json-writer.h"
#include "hearth-listeners.h"
#include "hearth-quote.h"
#include "hearth-service-words.h"
#include "hearth-services.h"

#define FLUSH_BYTES (32 * 1024)

static void
append_json_service (HearthJsonWriter *writer, HearthService *service, const HearthPortNames *names)
{
  const HearthListener *record = hearth_service_get_record (service);
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_json_writer_begin_object (writer, NULL);
  hearth_json_writer_add_string (writer, "protocol", hearth_transport_to_id (record->transport));
  hearth_json_writer_add_string (writer, "address", hearth_address_print (&record->address, text));
  hearth_json_writer_add_integer (writer, "port", record->port);
  hearth_json_writer_add_string (writer, "reach",
                                 hearth_reach_to_id (hearth_service_get_reach (service)));
  hearth_json_writer_add_string (writer, "user", record->user);
  if (record->process != NULL)
    hearth_json_writer_add_integer (writer, "pid", record->process->pid);
  else
    hearth_json_writer_add_string (writer, "pid", NULL);
  hearth_json_writer_add_string (writer, "program",
                                 record->process != NULL ? record->process->program : NULL);
  hearth_json_writer_add_string (writer, "name", hearth_service_get_name (record, names));
  hearth_json_writer_end_object (writer);
}

static HearthService *
get_service (HearthServices *services, guint i)
{
  return g_list_model_get_item (G_LIST_MODEL (services), i);
}

static void
append_json (GString *text, HearthServices *services, const HearthPortNames *names)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (services));
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_begin_array (&writer, "services");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HearthService) service = get_service (services, i);

      append_json_service (&writer, service, names);
      if (text->len > FLUSH_BYTES && !hearth_ctl_flush (text))
        return;
    }
  hearth_json_writer_end_array (&writer);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
}

/* For people: "tcp  127.0.0.1:8000  only this computer  hearth-serve (123, alice)  Development
 * server". */
static void
append_text_service (GString *text, HearthService *service, const HearthPortNames *names)
{
  const HearthListener *record = hearth_service_get_record (service);
  const char *name = hearth_service_get_name (record, names);
  g_autofree char *endpoint = hearth_service_dup_endpoint (record);

  g_string_append_printf (text, "%s  %-24s  %s", hearth_transport_to_id (record->transport),
                          endpoint, hearth_reach_to_phrase (hearth_service_get_reach (service)));
  if (record->process != NULL)
    {
      g_autofree char *program = hearth_quote (record->process->program);

      g_string_append_printf (text, " · %s %d", program, record->process->pid);
    }
  if (record->user != NULL)
    g_string_append_printf (text, " · %s", record->user);
  if (name != NULL)
    g_string_append_printf (text, " · %s", name);
  g_string_append_c (text, '\n');
}

static void
append_text (GString *text, HearthServices *services, const HearthPortNames *names)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (services));

  if (n == 0)
    g_string_append_printf (text, "%s\n", _ ("Nobody listens on this computer."));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HearthService) service = get_service (services, i);

      append_text_service (text, service, names);
    }
}

int
hearth_ctl_services (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (HearthPlatform) platform = NULL;
  g_autoptr (HearthServices) services = NULL;
  g_autoptr (HearthPortNames) names = NULL;
  g_autoptr (GPtrArray) listeners = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  int status;

  if (!hearth_ctl_parse (
          &argc, &argv, entries, NULL,
          _ ("Shows who listens on this computer, at which port, and who can reach it."), 0,
          &status))
    return status;
  platform = hearth_platform_new ();
  if (!hearth_platform_start (platform, &error) ||
      (listeners = hearth_platform_read_listeners (platform, NULL, &error)) == NULL)
    return hearth_ctl_fail (error);
  services = hearth_services_new (platform);
  hearth_services_take (services, listeners);
  names = hearth_port_names_read ();
  if (json)
    append_json (text, services, names);
  else
    append_text (text, services, names);
  return hearth_ctl_flush (text) ? HEARTH_CTL_DONE : hearth_ctl_fail_to_write ();
}
