/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-launch-daemon-install.h"

#include "hearth-error.h"

#define LAUNCHCTL "/bin/launchctl"
#define DOMAIN_TARGET "system"
#define SERVICE_TARGET DOMAIN_TARGET "/" HEARTH_LAUNCH_DAEMON_LABEL

static gboolean
run (HearthLaunchFunc launch,
     const char *verb,
     const char *first,
     const char *second,
     GError **error)
{
  const char *const arguments[] = { LAUNCHCTL, verb, first, second, NULL };
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *said = NULL;
  int status;

  if (!launch (arguments, &output, &errors, &status, &problem))
    said = g_strdup (problem->message);
  else if (status == 0)
    return TRUE;
  else
    said = g_utf8_make_valid (g_strstrip (errors), -1);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED, "launchctl %s: %s", verb, said);
  return FALSE;
}

/* What is not loaded cannot be taken out, which is no error. */
static gboolean
put (const char *path, const GArray *prefixes, HearthLaunchFunc launch, GError **error)
{
  run (launch, "bootout", SERVICE_TARGET, NULL, NULL);
  if (!hearth_launch_daemon_write (path, prefixes, error))
    return FALSE;
  return prefixes->len == 0 || (run (launch, "enable", SERVICE_TARGET, NULL, error) &&
                                run (launch, "bootstrap", DOMAIN_TARGET, path, error));
}

gboolean
hearth_launch_daemon_install (const char *path,
                              const GArray *prefixes,
                              HearthLaunchFunc launch,
                              GError **error)
{
  g_autoptr (GArray) before = hearth_launch_daemon_read (path, error);

  if (before == NULL)
    return FALSE;
  if (put (path, prefixes, launch, error))
    return TRUE;
  put (path, before, launch, NULL);
  return FALSE;
}
