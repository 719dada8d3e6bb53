/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-commands-freebsd.h"

#include <string.h>

#include "hearth-plan-commands.h"

#define VARIABLE "ifconfig_lo0_alias"

const char *
hearth_commands_freebsd_find_prefix (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) ? "doas" : "sudo";
}

/* The numbers of the variables that a line of rc.conf sets, which is one of sh(1). */
static GHashTable *
find_taken (const char *rc_conf)
{
  GHashTable *taken = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_auto (GStrv) lines = g_strsplit (rc_conf, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *number =
          g_str_has_prefix (g_strchug (lines[i]), VARIABLE) ? lines[i] + strlen (VARIABLE) : "";
      char *end;
      guint64 value = g_ascii_strtoull (number, &end, 10);

      if (g_ascii_isdigit (number[0]) && *end == '=' && value <= G_MAXUINT)
        g_hash_table_add (taken, GUINT_TO_POINTER ((guint) value));
    }
  return taken;
}

static guint
take_number (GHashTable *taken, guint from)
{
  while (g_hash_table_contains (taken, GUINT_TO_POINTER (from)))
    from++;
  return from;
}

static gboolean
keeps (const HearthPlan *plan)
{
  return hearth_plan_get_action (plan) == HEARTH_PLAN_KEEP ||
         (hearth_plan_get_action (plan) == HEARTH_PLAN_ADD &&
          hearth_plan_get_lifetime (plan) == HEARTH_LIFETIME_ALWAYS);
}

static void
add_variables (GStrvBuilder *commands,
               const HearthPlan *plan,
               const char *prefix,
               const char *rc_conf)
{
  g_autoptr (GHashTable) taken = find_taken (rc_conf);
  guint next = 0;

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    {
      const HearthAddress *address = &hearth_plan_get_prefix (plan, i)->address;
      gboolean is_ipv4 = address->family == HEARTH_FAMILY_IPV4;
      char text[HEARTH_ADDRESS_TEXT_SIZE];

      next = take_number (taken, next);
      g_strv_builder_take (commands,
                           g_strdup_printf ("%s sysrc " VARIABLE "%u=\"%s %s %s\"", prefix, next,
                                            is_ipv4 ? "inet" : "inet6",
                                            hearth_address_print (address, text),
                                            is_ipv4 ? "netmask 255.255.255.255" : "prefixlen 128"));
      next++;
    }
}

char **
hearth_commands_freebsd_list (const HearthPlan *plan, const char *prefix, const char *rc_conf)
{
  g_auto (GStrv) plain = hearth_plan_list_commands (plan, HEARTH_COMMANDS_MACOS);
  g_autoptr (GStrvBuilder) commands = g_strv_builder_new ();

  for (guint i = 0; plain[i] != NULL; i++)
    g_strv_builder_take (commands, g_strdup_printf ("%s %s", prefix, plain[i]));
  if (keeps (plan))
    add_variables (commands, plan, prefix, rc_conf);
  return g_strv_builder_end (commands);
}
