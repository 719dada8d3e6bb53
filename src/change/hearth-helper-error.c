/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "hearth-error.h"

#define BUS "org.freedesktop.DBus.Error."
#define OURS HEARTH_APPLICATION_ID ".Error."

/* Those of the XML: who sends them says what is wrong, for a person. */
static const struct {
  const char *name;
  HearthError code;
} spoken[] = {
  { BUS "InvalidArgs", HEARTH_ERROR_INVALID },
  { BUS "AccessDenied", HEARTH_ERROR_NOT_PERMITTED },
  { BUS "LimitsExceeded", HEARTH_ERROR_FAILED },
  { OURS "Dismissed", HEARTH_ERROR_DISMISSED },
  { OURS "Exists", HEARTH_ERROR_EXISTS },
  { OURS "NotFound", HEARTH_ERROR_NOT_FOUND },
  { OURS "NotSupported", HEARTH_ERROR_NOT_SUPPORTED },
  { OURS "Failed", HEARTH_ERROR_FAILED },
};

/* Those of the bus, in its own words. */
static GError *
explain (const char *name, const char *message)
{
  if (g_str_equal (name, BUS "NoReply") || g_str_equal (name, BUS "Disconnected"))
    return g_error_new (
        HEARTH_ERROR, HEARTH_ERROR_FAILED,
        _ ("Hearth’s helper ended before it answered (%s). Look at what is there now "
           "before you try again."),
        message);
  if (g_str_equal (name, BUS "UnknownMethod") || g_str_equal (name, BUS "UnknownInterface") ||
      g_str_equal (name, BUS "UnknownObject"))
    return g_error_new (HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                        _ ("Hearth’s helper is of another version and cannot do this (%s). Install "
                           "the one that belongs to this Hearth."),
                        message);
  return g_error_new (HEARTH_ERROR, HEARTH_ERROR_FAILED,
                      _ ("Hearth’s helper could not be started or called: %s"), message);
}

GError *
hearth_helper_error_translate (GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *name = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == HEARTH_ERROR)
    return g_steal_pointer (&owned);
  name = g_dbus_error_get_remote_error (error);
  g_dbus_error_strip_remote_error (error);
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (spoken); i++)
    if (g_str_equal (spoken[i].name, name))
      return g_error_new_literal (HEARTH_ERROR, (int) spoken[i].code, error->message);

  /* The connection went: GIO says so in errors of its own. */
  if (name == NULL && error->domain == G_IO_ERROR)
    return explain (BUS "Disconnected", error->message);
  return explain (name != NULL ? name : "", error->message);
}
