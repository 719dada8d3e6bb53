/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-elevation-darwin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-elevation-answer.h"
#include "hearth-error.h"

/* Invariant: the text of the script is always the same. What differs gets to it as arguments of
 * osascript, which AppleScript takes as texts and never as a script (osascript(1)), and the one of
 * them that is for the shell has every word of ours within its quotation marks. */

#define OSASCRIPT "/usr/bin/osascript"

/* TN2065: it is always /bin/sh that runs it, and line ends would become those of the Mac before. */
#define RUN                                                                                        \
  "do shell script (item 1 of argv) with prompt (item 2 of argv) "                                 \
  "with administrator privileges without altering line endings"

static const char *const script[] = { "on run argv", RUN, "end run" };

/* What a person who closes the question makes of it (userCanceledErr, AppleScript Language Guide).
 */
#define CANCELLED "(-128)"

#define STATUS "status "

/* The command */

/* Its answer is for the one who asks. A name that leads anywhere would be one of a file for root.
 */
static void
append_languages (GString *command)
{
  static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && value[0] != '\0' &&
          value[strspn (value, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_.@:-")] == '\0')
        g_string_append_printf (command, "%s=%s ", names[i], value);
    }
}

static void
append_quoted (GString *command, const char *word)
{
  g_autofree char *quoted = g_shell_quote (word);

  g_string_append (command, quoted);
}

char *
hearth_elevation_darwin_make_command (const char *program, GPtrArray *commands)
{
  GString *command = g_string_new (NULL);

  for (guint i = 0; i < commands->len; i++)
    {
      const char *const *arguments = commands->pdata[i];

      g_string_append (command, i > 0 ? " && " : "");
      append_languages (command);
      append_quoted (command, program);
      for (; *arguments != NULL; arguments++)
        {
          g_string_append_c (command, ' ');
          append_quoted (command, *arguments);
        }
      g_string_append (command, " 2>/dev/null");
    }
  /* The status of it all is 0 then, so that what was said is told. */
  g_string_append (command, "; printf '" STATUS "%d' $?");
  return g_string_free (command, FALSE);
}

/* The answer */

static gboolean
read_answer (char *output, GError **error)
{
  char *status = g_strrstr (output, STATUS), *line;
  gint64 number = status != NULL ? g_ascii_strtoll (status + strlen (STATUS), NULL, 10) : -1;

  if (status != NULL)
    *status = '\0';
  g_strchomp (output);
  line = strrchr (output, '\n');
  return hearth_elevation_read_answer (line != NULL ? line + 1 : output, (int) number, error);
}

/* "0:15: execution error: User canceled. (-128)" */
static gboolean
fail (char *errors, GError **error)
{
  g_autofree char *text = g_utf8_make_valid (g_strstrip (errors), -1);

  g_set_error (error, HEARTH_ERROR,
               strstr (text, CANCELLED) != NULL ? HEARTH_ERROR_DISMISSED : HEARTH_ERROR_FAILED,
               "osascript: %s", text);
  return FALSE;
}

gboolean
hearth_elevation_darwin_run (const HearthElevationDarwin *self, GPtrArray *commands, GError **error)
{
  g_autofree char *command = hearth_elevation_darwin_make_command (self->program, commands);
  g_autofree char *output = NULL, *errors = NULL;
  const char *const arguments[] = {
    OSASCRIPT,
    "-e",
    script[0],
    "-e",
    script[1],
    "-e",
    script[2],
    command,
    _ ("Authentication is required to change the addresses of the loopback interface"),
    NULL,
  };
  g_autoptr (GError) problem = NULL;
  int status;

  if (!self->launch (arguments, &output, &errors, &status, &problem))
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED, "osascript: %s", problem->message);
      return FALSE;
    }
  return status == 0 ? read_answer (output, error) : fail (errors, error);
}
