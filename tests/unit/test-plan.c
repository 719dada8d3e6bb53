/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-error.h"
#include "hearth-plan-commands.h"
#include "hearth-plan.h"

static HearthPlan *
parse (HearthPlanAction action, const char *spec, HearthLifetime lifetime, GError **error)
{
  const char *const specs[] = { spec, NULL };

  return hearth_plan_new_from_text (action, specs, NULL, lifetime, error);
}

static char *
describe (const HearthPlan *plan)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) ended = NULL;

  for (guint i = 0; i < hearth_plan_get_n_prefixes (plan); i++)
    g_strv_builder_take (texts, hearth_prefix_to_string (hearth_plan_get_prefix (plan, i)));
  ended = g_strv_builder_end (texts);
  return g_strjoinv (" ", ended);
}

/* What a person writes, and the addresses it is */

static void
test_specs (void)
{
  static const struct {
    const char *spec;
    const char *expected;
  } rows[] = {
    { "127.0.0.2", "127.0.0.2/32" },
    { "127.0.0.2/32", "127.0.0.2/32" },
    { "127.0.0.2-4", "127.0.0.2/32 127.0.0.3/32 127.0.0.4/32" },
    { "127.0.0.2 - 4", "127.0.0.2/32 127.0.0.3/32 127.0.0.4/32" },
    { "127.0.0.254-127.0.1.1", "127.0.0.254/32 127.0.0.255/32 127.0.1.0/32 127.0.1.1/32" },
    { " 127.0.0.9,127.0.0.3 fd00::2\n10.0.0.1 ",
      "10.0.0.1/32 127.0.0.3/32 127.0.0.9/32 fd00::2/128" },
    { "127.0.0.3 127.0.0.2-4 127.0.0.3/32", "127.0.0.2/32 127.0.0.3/32 127.0.0.4/32" },
    { "FD00::A", "fd00::a/128" },
    { "fd00::2-3", "fd00::2/128 fd00::3/128" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthPlan) plan =
          parse (HEARTH_PLAN_ADD, rows[i].spec, HEARTH_LIFETIME_RESTART, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = describe (plan);
      g_assert_cmpstr (text, ==, rows[i].expected);
      g_assert_cmpstr (hearth_plan_get_interface (plan), ==, "lo");
    }
}

static void
test_refused_specs (void)
{
  static const struct {
    const char *spec;
    const char *phrase;
  } rows[] = {
    { "", "No address is named" },
    { " , ", "No address is named" },
    { "127.0.0.1", "127.0.0.1" },
    { "0.0.0.0", "0.0.0.0" },
    { "::1", "::1" },
    { "127.0.0.2/8", "/32" },
    { "fd00::1/64", "/128" },
    { "127.1", "127.0.0.1" },
    { "0177.0.0.1", "zero" },
    { "127.0.0.2-1", "127.0.0.2" },
    { "127.0.0.2-127.0.4.2", "more than 1024" },
    { "::ffff:127.0.0.5", "::ffff:127.0.0.5" },
    { "fe80::1%lo", "fe80::1%lo" },
    { "127.0.0.2 nonsense", "nonsense" },
    { "224.0.0.1", "224.0.0.1" },
    { "fd00::-fd00:1::", "more than 1024" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthPlan) plan =
          parse (HEARTH_PLAN_ADD, rows[i].spec, HEARTH_LIFETIME_RESTART, &error);

      g_assert_null (plan);
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
      if (strstr (error->message, rows[i].phrase) == NULL)
        g_error ("“%s”: %s", rows[i].spec, error->message);
    }
}

/* 1,024 addresses, however they are written; what is named twice counts twice on the way. */
static void
test_bounds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) most =
      parse (HEARTH_PLAN_ADD, "10.0.0.0-10.0.3.255", HEARTH_LIFETIME_RESTART, &error);
  g_autoptr (HearthPlan) more = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (hearth_plan_get_n_prefixes (most), ==, 1024);
  more = parse (HEARTH_PLAN_ADD, "10.0.0.0-10.0.3.255 10.9.9.9", HEARTH_LIFETIME_RESTART, &error);
  g_assert_null (more);
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
}

/* What others put there may have any prefix, and goes all the same. */
static void
test_from_prefixes (void)
{
  HearthPrefix prefixes[2];
  g_autoptr (HearthPlan) removing = NULL;
  g_autoptr (HearthPlan) adding = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  hearth_prefix_parse ("127.0.0.9/8", &prefixes[0], NULL);
  hearth_prefix_parse ("10.0.0.1/24", &prefixes[1], NULL);
  removing = hearth_plan_new_from_prefixes (HEARTH_PLAN_REMOVE, prefixes, 2, "lo",
                                            HEARTH_LIFETIME_UNKNOWN, &error);
  g_assert_no_error (error);
  text = describe (removing);
  g_assert_cmpstr (text, ==, "10.0.0.1/24 127.0.0.9/8");
  adding = hearth_plan_new_from_prefixes (HEARTH_PLAN_ADD, prefixes, 2, "lo",
                                          HEARTH_LIFETIME_RESTART, &error);
  g_assert_null (adding);
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
}

/* The commands that would do the same */

typedef struct {
  HearthPlanAction action;
  HearthLifetime lifetime;
  HearthCommandsSystem system;
  const char *expected; /* joined by "; " */
} CommandsRow;

static const CommandsRow commands_rows[] = {
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART, HEARTH_COMMANDS_LINUX,
    "ip addr add 127.0.0.2/32 dev lo; ip addr add fd00::2/128 dev lo" },
  { HEARTH_PLAN_REMOVE, HEARTH_LIFETIME_UNKNOWN, HEARTH_COMMANDS_LINUX,
    "ip addr del 127.0.0.2/32 dev lo; ip addr del fd00::2/128 dev lo" },
  { HEARTH_PLAN_KEEP, HEARTH_LIFETIME_UNKNOWN, HEARTH_COMMANDS_LINUX, "" },
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_SESSION, HEARTH_COMMANDS_NETWORKMANAGER,
    "nmcli device modify lo +ipv4.addresses 127.0.0.2/32; "
    "nmcli device modify lo +ipv6.addresses fd00::2/128" },
  { HEARTH_PLAN_FORGET, HEARTH_LIFETIME_UNKNOWN, HEARTH_COMMANDS_NETWORKMANAGER, "" },
  { HEARTH_PLAN_KEEP, HEARTH_LIFETIME_UNKNOWN, HEARTH_COMMANDS_WINDOWS,
    "netsh interface ipv4 add address \"Loopback Pseudo-Interface 1\" 127.0.0.2 255.255.255.255 "
    "store=persistent; netsh interface ipv6 add address \"Loopback Pseudo-Interface 1\" "
    "fd00::2/128 "
    "store=persistent" },
  { HEARTH_PLAN_REMOVE, HEARTH_LIFETIME_UNKNOWN, HEARTH_COMMANDS_NETWORKMANAGER,
    "nmcli device modify lo -ipv4.addresses 127.0.0.2/32; "
    "nmcli device modify lo -ipv6.addresses fd00::2/128" },
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART, HEARTH_COMMANDS_MACOS,
    "ifconfig lo0 inet 127.0.0.2 netmask 255.255.255.255 alias; "
    "ifconfig lo0 inet6 fd00::2 prefixlen 128 alias" },
  { HEARTH_PLAN_REMOVE, HEARTH_LIFETIME_UNKNOWN, HEARTH_COMMANDS_MACOS,
    "ifconfig lo0 inet 127.0.0.2 -alias; ifconfig lo0 inet6 fd00::2 -alias" },
  { HEARTH_PLAN_ADD, HEARTH_LIFETIME_RESTART, HEARTH_COMMANDS_WINDOWS,
    "netsh interface ipv4 add address \"Loopback Pseudo-Interface 1\" 127.0.0.2 255.255.255.255 "
    "store=active; netsh interface ipv6 add address \"Loopback Pseudo-Interface 1\" fd00::2/128 "
    "store=active" },
  { HEARTH_PLAN_REMOVE, HEARTH_LIFETIME_UNKNOWN, HEARTH_COMMANDS_WINDOWS,
    "netsh interface ipv4 delete address \"Loopback Pseudo-Interface 1\" 127.0.0.2 "
    "store=persistent; netsh interface ipv6 delete address \"Loopback Pseudo-Interface 1\" fd00::2 "
    "store=persistent" },
};

static void
test_commands (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands_rows); i++)
    {
      const CommandsRow *row = &commands_rows[i];
      g_autoptr (HearthPlan) plan = parse (row->action, "127.0.0.2 fd00::2", row->lifetime, NULL);
      g_auto (GStrv) commands = hearth_plan_list_commands (plan, row->system);
      g_autofree char *joined = g_strjoinv ("; ", commands);

      g_assert_cmpstr (joined, ==, row->expected);
    }
}

/* Whatever an interface is called, a shell reads the command as what it says. */
static void
test_commands_are_quoted (void)
{
  static const char *const names[] = { "lo",        "lo two",  "it's",     "$(reboot)", "`reboot`",
                                       "a;b|c&d>e", "-n",      "\"",       "\\",        "*",
                                       "new\nline", "veth0.5", "br_lan-1", "%s%n" };
  const char *const specs[] = { "10.0.0.1", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HearthPlan) plan = hearth_plan_new_from_text (HEARTH_PLAN_ADD, specs, names[i],
                                                               HEARTH_LIFETIME_RESTART, NULL);
      g_auto (GStrv) commands = hearth_plan_list_commands (plan, HEARTH_COMMANDS_LINUX);
      g_auto (GStrv) argv = NULL;
      g_autoptr (GError) error = NULL;
      int argc;

      g_shell_parse_argv (commands[0], &argc, &argv, &error);
      g_assert_no_error (error);
      g_assert_cmpint (argc, ==, 6);
      g_assert_cmpstr (argv[5], ==, names[i]);
    }
}

static void
test_system_ids (void)
{
  HearthCommandsSystem system;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < HEARTH_COMMANDS_N_SYSTEMS; i++)
    {
      g_assert_true (
          hearth_commands_system_parse (hearth_commands_system_to_id (i), &system, NULL));
      g_assert_cmpuint (system, ==, i);
    }
  g_assert_false (hearth_commands_system_parse ("beos", &system, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/specs", test_specs);
  g_test_add_func ("/plan/refused-specs", test_refused_specs);
  g_test_add_func ("/plan/bounds", test_bounds);
  g_test_add_func ("/plan/from-prefixes", test_from_prefixes);
  g_test_add_func ("/plan/commands", test_commands);
  g_test_add_func ("/plan/commands-are-quoted", test_commands_are_quoted);
  g_test_add_func ("/plan/system-ids", test_system_ids);
  return g_test_run ();
}
