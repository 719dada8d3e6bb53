/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "hearth-ctl-answer.h"
#include "hearth-error.h"

typedef struct {
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} Command;

static const Command commands[] = {
  { "list", N_ ("Show the interfaces and their addresses"), hearth_ctl_list },
  { "watch", N_ ("Show them, and then what changes, as it happens"), hearth_ctl_watch },
  { "add", N_ ("Add aliases"), hearth_ctl_add },
  { "remove", N_ ("Remove aliases"), hearth_ctl_remove },
  { "keep", N_ ("Let aliases come back after every restart"), hearth_ctl_keep },
  { "forget", N_ ("Let them come back no more"), hearth_ctl_forget },
  { "authority", N_ ("Show who can change addresses here, and why others cannot"),
    hearth_ctl_authority },
  { "commands", N_ ("Show the commands that add aliases, for each system"), hearth_ctl_commands },
  { "services", N_ ("Show who listens on this computer, and who can reach it"),
    hearth_ctl_services },
  { "check", N_ ("Look whether localhost works, and what to do where it does not"),
    hearth_ctl_check },
  { "serve", N_ ("Serve a folder on localhost; “hearthctl serve --help” says how"),
    hearth_ctl_serve },
  { "explain", N_ ("Show what an address, a name or a port is, and who can reach it"),
    hearth_ctl_explain },
};

static char *
describe_commands (void)
{
  GString *text = g_string_new (_ ("Commands:"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-10s%s", commands[i].name, _ (commands[i].summary));
  g_string_append (text, "\n\n");
  g_string_append (text, _ ("“hearthctl COMMAND --help” says more about each."));
  g_string_append (text, "\n\n");
  g_string_append (text, _ ("Exit status: 0 done, 1 failed, 2 usage or invalid input, "
                            "3 not permitted, 4 nothing here can do that."));
  return g_string_free (text, FALSE);
}

static int
run_command (int argc, char **argv)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, argv[0]))
      return commands[i].run (argc, argv);

  g_printerr (_ ("hearthctl: there is no command “%s”. “hearthctl --help” lists them.\n"), argv[0]);
  return HEARTH_CTL_INVALID;
}

/* GOptionContext ends the process on --help by itself unless it is ours. */
static gboolean
parse_options (GOptionContext *context, int *argc, char ***argv, gboolean *show_help, int *status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *help = NULL;

  *status = HEARTH_CTL_DONE;
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("hearthctl: %s. %s\n", error->message, _ ("See “hearthctl --help”."));
      *status = HEARTH_CTL_INVALID;
      return FALSE;
    }
  if (*show_help)
    {
      help = g_option_context_get_help (context, FALSE, NULL);
      g_print ("%s", help);
      return FALSE;
    }
  return TRUE;
}

int
hearth_ctl_run (int argc, char **argv)
{
  gboolean show_help = FALSE, show_version = FALSE;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &show_help, N_ ("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Show the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("COMMAND [ARGUMENTS…]"));
  g_autofree char *description = describe_commands ();
  int status;

  g_set_prgname ("hearthctl");
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context, _ ("Shows localhost and the addresses of this computer."));
  g_option_context_set_description (context, description);

  if (!hearth_ctl_answer (&argc, argv))
    return HEARTH_CTL_INVALID;
  if (!parse_options (context, &argc, &argv, &show_help, &status))
    return status;
  if (show_version)
    {
      g_print ("hearthctl %s\n", HEARTH_VERSION);
      return HEARTH_CTL_DONE;
    }
  if (argc < 2)
    {
      g_printerr ("%s\n", _ ("hearthctl: say what to do. “hearthctl --help” lists the commands."));
      return HEARTH_CTL_INVALID;
    }
  return run_command (argc - 1, argv + 1);
}

gboolean
hearth_ctl_parse (int *argc,
                  char ***argv,
                  const GOptionEntry *entries,
                  const char *usage,
                  const char *summary,
                  int max_arguments,
                  int *status)
{
  gboolean show_help = FALSE;
  const GOptionEntry help_entry[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &show_help, N_ ("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *program = g_strdup_printf ("hearthctl %s", (*argv)[0]);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  g_set_prgname (program);
  g_option_context_add_main_entries (context, help_entry, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, summary);

  if (!parse_options (context, argc, argv, &show_help, status))
    return FALSE;
  if (*argc - 1 > max_arguments)
    {
      g_printerr (_ ("hearthctl: “%s” is one argument too many. See “hearthctl %s --help”.\n"),
                  (*argv)[max_arguments + 1], (*argv)[0]);
      *status = HEARTH_CTL_INVALID;
      return FALSE;
    }
  return TRUE;
}

int
hearth_ctl_fail (const GError *error)
{
  g_printerr ("hearthctl: %s\n", error->message);

  if (g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_INVALID))
    return HEARTH_CTL_INVALID;
  if (g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED) ||
      g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_DISMISSED))
    return HEARTH_CTL_NOT_PERMITTED;
  if (g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED))
    return HEARTH_CTL_NOT_SUPPORTED;
  return HEARTH_CTL_FAILED;
}

int
hearth_ctl_fail_to_write (void)
{
  g_printerr (_ ("hearthctl: the output could not be written: %s.\n"), g_strerror (errno));
  return HEARTH_CTL_FAILED;
}
