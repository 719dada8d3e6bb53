/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fake, and the kernel of the network namespace that `isolated` made, with ip(8) for a witness.
 */

#include "platform-backends.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "hearth-platform-fake.h"

static char *
run_ip (const char *arguments)
{
  g_autofree char *command = g_strdup_printf ("ip %s", arguments);
  g_autofree char *problem = NULL;
  char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (command, &output, &problem, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s: %s", command, problem);
  return output;
}

static char *
ask_ip (void)
{
  g_autofree char *json = run_ip ("-j addr show dev lo");
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonArray *infos = json_object_get_array_member (
      json_array_get_object_element (json_node_get_array (root), 0), "addr_info");
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (infos); i++)
    {
      JsonObject *info = json_array_get_object_element (infos, i);

      g_ptr_array_add (texts,
                       g_strdup_printf ("%s/%d", json_object_get_string_member (info, "local"),
                                        (int) json_object_get_int_member (info, "prefixlen")));
    }
  return platform_backend_join (texts);
}

static char *
ask_ip_for_details (const char *address)
{
  g_autofree char *arguments = g_strdup_printf ("addr show dev lo to %s", address);

  return run_ip (arguments);
}

const PlatformBackend platform_backends[] = {
  { .name = "fake",
    .make = hearth_platform_fake_new_with_loopback,
    .loopback = "lo",
    .mtu_bytes = 65536,
    .keeps_tags = TRUE,
    .keeps_labels = TRUE,
    .keeps_lifetimes = TRUE,
    .has_secondaries = TRUE },
  { .name = "kernel",
    .make = hearth_platform_new,
    .ask_witness = ask_ip,
    .ask_details = ask_ip_for_details,
    .loopback = "lo",
    .mtu_bytes = 65536,
    .keeps_tags = TRUE,
    .keeps_labels = TRUE,
    .keeps_lifetimes = TRUE,
    .has_secondaries = TRUE },
};
const gsize n_platform_backends = G_N_ELEMENTS (platform_backends);
