/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-error-windows.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"

/* What is not there: of a removal the address, of an addition the interface. */
static HearthError
get_code (DWORD number)
{
  switch (number)
    {
    case ERROR_OBJECT_ALREADY_EXISTS:
      return HEARTH_ERROR_EXISTS;
    case ERROR_NOT_FOUND:
    case ERROR_FILE_NOT_FOUND:
      return HEARTH_ERROR_NOT_FOUND;
    case ERROR_INVALID_PARAMETER:
      return HEARTH_ERROR_INVALID;
    case ERROR_ACCESS_DENIED:
      return HEARTH_ERROR_NOT_PERMITTED;
    case ERROR_NOT_SUPPORTED:
    case ERROR_CALL_NOT_IMPLEMENTED:
      return HEARTH_ERROR_NOT_SUPPORTED;
    default:
      return HEARTH_ERROR_FAILED;
    }
}

/* Translators: in each of these, the first is an address, the second an interface. */
static const char *
get_sentence (gboolean removes, gboolean link_is_known, DWORD number)
{
  switch (number)
    {
    case ERROR_OBJECT_ALREADY_EXISTS:
      return _ ("%s is on %s already.");
    case ERROR_NOT_FOUND:
    case ERROR_FILE_NOT_FOUND:
      return removes && link_is_known ? _ ("%s is not on %s.")
                                      : _ ("%s cannot be changed: there is no network interface "
                                           "%s.");
    case ERROR_INVALID_PARAMETER:
      return _ ("The system does not take %s as an address of %s.");
    case ERROR_ACCESS_DENIED:
      return _ ("This process may not change addresses: %s on %s needs the system's permission.");
    case ERROR_NOT_SUPPORTED:
    case ERROR_CALL_NOT_IMPLEMENTED:
      return _ ("This system does not support %s on %s.");
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
      return _ ("The system has no memory left to change %s on %s.");
    default:
      return NULL;
    }
}

GError *
hearth_error_windows_new (const HearthCallsWindows *calls,
                          gboolean removes,
                          DWORD number,
                          const HearthLinkAddress *address,
                          const char *link_name)
{
  g_autofree char *prefix = hearth_prefix_to_string (&address->prefix);
  g_autofree char *index = g_strdup_printf ("%u", address->link_index);
  g_autofree char *said = calls->describe_error (number);
  const char *sentence = get_sentence (removes, link_name != NULL, number);
  const char *name = link_name != NULL ? link_name : index;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (sentence != NULL)
    return g_error_new (HEARTH_ERROR, get_code (number), sentence, prefix, name);
#pragma GCC diagnostic pop
  return g_error_new (HEARTH_ERROR, get_code (number),
                      _ ("The system refused to change %s on %s: %s."), prefix, name, said);
}
