/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-error.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-quote.h"

/* What its errors mean (the enumerations NM*Error of libnm, nm-errors.h). polkit tells
 * NetworkManager nothing of a question that somebody closed, so that is a refusal like any other.
 */
static const struct {
  const char *name;
  HearthError code;
  const char *sentence;
} refusals[] = {
  { "org.freedesktop.NetworkManager.PermissionDenied", HEARTH_ERROR_NOT_PERMITTED,
    N_ ("NetworkManager was not allowed to do this for you. Nothing was changed.") },
  { "org.freedesktop.NetworkManager.Settings.PermissionDenied", HEARTH_ERROR_NOT_PERMITTED,
    N_ ("NetworkManager was not allowed to keep addresses for you. An administrator can, or add "
        "them "
        "until restart.") },
  { "org.freedesktop.NetworkManager.Settings.Connection.PermissionDenied",
    HEARTH_ERROR_NOT_PERMITTED,
    N_ ("NetworkManager was not allowed to keep addresses for you. An administrator can, or add "
        "them "
        "until restart.") },
  { "org.freedesktop.DBus.Error.AccessDenied", HEARTH_ERROR_NOT_PERMITTED,
    N_ ("The system bus does not let you speak to NetworkManager.") },
  { "org.freedesktop.NetworkManager.Device.NotActive", HEARTH_ERROR_NOT_SUPPORTED,
    N_ ("NetworkManager does not manage the loopback interface any more.") },
  { "org.freedesktop.NetworkManager.Device.VersionIdMismatch", HEARTH_ERROR_FAILED,
    N_ ("Something else keeps changing the loopback interface through NetworkManager. Try "
        "again.") },
  { "org.freedesktop.DBus.Error.ServiceUnknown", HEARTH_ERROR_NOT_SUPPORTED,
    N_ ("NetworkManager is not running any more.") },
  { "org.freedesktop.DBus.Error.NameHasNoOwner", HEARTH_ERROR_NOT_SUPPORTED,
    N_ ("NetworkManager is not running any more.") },
};

static char *
get_message (const GError *error)
{
  g_autoptr (GError) bare = g_error_copy (error);

  g_dbus_error_strip_remote_error (bare);
  return hearth_quote (bare->message);
}

GError *
hearth_nm_error_new (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == HEARTH_ERROR)
    return g_error_copy (error);
  if (hearth_nm_is_silence (error))
    return g_error_new_literal (
        HEARTH_ERROR, HEARTH_ERROR_FAILED,
        _ ("NetworkManager stopped or does not answer. It may still do what it was asked for: look "
           "at the addresses again in a moment."));
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_strcmp0 (name, refusals[i].name) == 0)
      return g_error_new_literal (HEARTH_ERROR, (int) refusals[i].code, _ (refusals[i].sentence));

  message = get_message (error);
  return g_error_new (HEARTH_ERROR, HEARTH_ERROR_FAILED,
                      /* Translators: what it says follows, in its own English */
                      _ ("NetworkManager refused: %s"), message);
}

gboolean
hearth_nm_error_is_mismatch (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_strcmp0 (name, "org.freedesktop.NetworkManager.Device.VersionIdMismatch") == 0;
}

gboolean
hearth_nm_error_is_missing (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_strcmp0 (name, "org.freedesktop.NetworkManager.UnknownDevice") == 0 ||
         g_strcmp0 (name, "org.freedesktop.NetworkManager.Settings.InvalidConnection") == 0 ||
         g_strcmp0 (name, "org.freedesktop.DBus.Error.UnknownObject") == 0 ||
         g_strcmp0 (name, "org.freedesktop.DBus.Error.UnknownMethod") == 0;
}
