/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-plan-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-error.h"
#include "hearth-quote.h"

#define MACOS_LOOPBACK "lo0"
#define WINDOWS_LOOPBACK "Loopback Pseudo-Interface 1"

/* What the change does to the addresses of the running system. */
static gboolean
adds (const HearthPlan *plan)
{
  return hearth_plan_get_action (plan) == HEARTH_PLAN_ADD;
}

static gboolean
removes (const HearthPlan *plan)
{
  return hearth_plan_get_action (plan) == HEARTH_PLAN_REMOVE;
}

/* What it does to those of the next start. */
static gboolean
keeps (const HearthPlan *plan)
{
  return hearth_plan_get_action (plan) == HEARTH_PLAN_KEEP ||
         (adds (plan) && hearth_plan_get_lifetime (plan) == HEARTH_LIFETIME_ALWAYS);
}

static gboolean
forgets (const HearthPlan *plan)
{
  return hearth_plan_get_action (plan) == HEARTH_PLAN_FORGET;
}

static gboolean
is_ipv4 (const HearthPrefix *prefix)
{
  return prefix->address.family == HEARTH_FAMILY_IPV4;
}

/* cmd.exe has no escape within quotes, and interface names have no quotation marks there. */
static char *
quote_for_windows (const char *name)
{
  g_autofree char *bare = g_strdelimit (g_strdup (name), "\"%", '_');

  return g_strdup_printf ("\"%s\"", bare);
}

/* One command for an address, or NULL */

static char *
make_linux (const HearthPlan *plan, const HearthPrefix *prefix)
{
  g_autofree char *interface = hearth_quote_for_shell (hearth_plan_get_interface (plan));
  g_autofree char *text = hearth_prefix_to_string (prefix);

  if (!adds (plan) && !removes (plan))
    return NULL;
  return g_strdup_printf ("ip addr %s %s dev %s", adds (plan) ? "add" : "del", text, interface);
}

/* `device modify` changes what is applied now, and nothing that is on the disk (nmcli(1)). To keep
 * an address nmcli would have to save a profile for the interface; should NetworkManager activate
 * it, it takes away every address that is not in it, other people's too. */
static char *
make_networkmanager (const HearthPlan *plan, const HearthPrefix *prefix)
{
  g_autofree char *interface = hearth_quote_for_shell (hearth_plan_get_interface (plan));
  g_autofree char *text = hearth_prefix_to_string (prefix);

  if (!adds (plan) && !removes (plan))
    return NULL;
  return g_strdup_printf ("nmcli device modify %s %c%s %s", interface, adds (plan) ? '+' : '-',
                          is_ipv4 (prefix) ? "ipv4.addresses" : "ipv6.addresses", text);
}

static char *
make_macos (const HearthPlan *plan, const HearthPrefix *prefix)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (!adds (plan) && !removes (plan))
    return NULL;
  hearth_address_print (&prefix->address, text);
  if (removes (plan))
    return g_strdup_printf ("ifconfig %s %s %s -alias", MACOS_LOOPBACK,
                            is_ipv4 (prefix) ? "inet" : "inet6", text);
  if (is_ipv4 (prefix))
    return g_strdup_printf ("ifconfig %s inet %s netmask 255.255.255.255 alias", MACOS_LOOPBACK,
                            text);
  return g_strdup_printf ("ifconfig %s inet6 %s prefixlen 128 alias", MACOS_LOOPBACK, text);
}

static const char *
get_windows_interface (const HearthPlan *plan)
{
  const char *interface = hearth_plan_get_interface (plan);

  return g_str_equal (interface, HEARTH_PLAN_DEFAULT_INTERFACE) ? WINDOWS_LOOPBACK : interface;
}

/* The store is `active`, which a restart empties, or `persistent`, which is both. */
static char *
make_windows (const HearthPlan *plan, const HearthPrefix *prefix)
{
  g_autofree char *interface = quote_for_windows (get_windows_interface (plan));
  const char *store = keeps (plan) || removes (plan) || forgets (plan) ? "persistent" : "active";
  const char *verb = adds (plan) || keeps (plan) ? "add" : "delete";
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_address_print (&prefix->address, text);
  if (!is_ipv4 (prefix))
    return g_strdup_printf ("netsh interface ipv6 %s address %s %s%s store=%s", verb, interface,
                            text, verb[0] == 'a' ? "/128" : "", store);
  return g_strdup_printf ("netsh interface ipv4 %s address %s %s%s store=%s", verb, interface, text,
                          verb[0] == 'a' ? " 255.255.255.255" : "", store);
}

typedef char *(*MakeFunc) (const HearthPlan *plan, const HearthPrefix *prefix);

static const struct {
  const char *id;
  MakeFunc make;
} systems[HEARTH_COMMANDS_N_SYSTEMS] = {
  [HEARTH_COMMANDS_LINUX] = { "linux", make_linux },
  [HEARTH_COMMANDS_NETWORKMANAGER] = { "networkmanager", make_networkmanager },
  [HEARTH_COMMANDS_MACOS] = { "macos", make_macos },
  [HEARTH_COMMANDS_WINDOWS] = { "windows", make_windows },
};

char **
hearth_plan_list_commands (const HearthPlan *plan, HearthCommandsSystem system)
{
  g_autoptr (GStrvBuilder) commands = g_strv_builder_new ();

  g_return_val_if_fail ((guint) system < HEARTH_COMMANDS_N_SYSTEMS, NULL);

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      char *command = systems[system].make (plan, hearth_plan_get_prefix (plan, i));

      if (command != NULL)
        g_strv_builder_take (commands, command);
    }
  return g_strv_builder_end (commands);
}

/* Said by src/change/meson.build. */
HearthCommandsSystem
hearth_commands_system_here (void)
{
  return HEARTH_COMMANDS_HERE;
}

const char *
hearth_commands_system_to_id (HearthCommandsSystem system)
{
  g_return_val_if_fail ((guint) system < HEARTH_COMMANDS_N_SYSTEMS, NULL);

  return systems[system].id;
}

gboolean
hearth_commands_system_parse (const char *id, HearthCommandsSystem *system, GError **error)
{
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < HEARTH_COMMANDS_N_SYSTEMS; i++)
    if (g_str_equal (systems[i].id, id))
      {
        *system = (HearthCommandsSystem) i;
        return TRUE;
      }

  quoted = hearth_quote (id);
  g_set_error (
      error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
      _ ("Hearth knows no commands for “%s”. Write linux, networkmanager, macos or windows."),
      quoted);
  return FALSE;
}
