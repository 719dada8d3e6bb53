/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-change-error-bsd.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "hearth-error.h"

static HearthError
get_code (int number)
{
  switch (number)
    {
    case EEXIST:
      return HEARTH_ERROR_EXISTS;
    case EADDRNOTAVAIL:
    case ENXIO:
    case ENODEV:
      return HEARTH_ERROR_NOT_FOUND;
    case EINVAL:
    case EDESTADDRREQ:
      return HEARTH_ERROR_INVALID;
    case EPERM:
    case EACCES:
      return HEARTH_ERROR_NOT_PERMITTED;
    case EOPNOTSUPP:
    case EAFNOSUPPORT:
      return HEARTH_ERROR_NOT_SUPPORTED;
    default:
      return HEARTH_ERROR_FAILED;
    }
}

/* Translators: in each of these, the first is an address, the second an interface. */
static const char *
get_sentence (HearthError code)
{
  switch (code)
    {
    case HEARTH_ERROR_EXISTS:
      return _ ("%s is on %s already.");
    case HEARTH_ERROR_NOT_FOUND:
      return _ ("%s is not on %s.");
    case HEARTH_ERROR_INVALID:
      return _ ("The system does not take %s as an address of %s.");
    case HEARTH_ERROR_NOT_PERMITTED:
      return _ ("This process may not change addresses: %s on %s needs the system's permission.");
    case HEARTH_ERROR_NOT_SUPPORTED:
      return _ ("This system does not support %s on %s.");
    case HEARTH_ERROR_FAILED:
    case HEARTH_ERROR_DISMISSED:
    default:
      return NULL;
    }
}

GError *
hearth_change_error_bsd_new (int number, const HearthLinkAddress *address, const char *link_name)
{
  g_autofree char *prefix = hearth_prefix_to_string (&address->prefix);
  HearthError code = get_code (number);
  const char *sentence = number == ENXIO || number == ENODEV
                             ? _ ("%s cannot be changed: there is no network interface %s.")
                             : get_sentence (code);
  GError *error;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (sentence != NULL)
    error = g_error_new (HEARTH_ERROR, (int) code, sentence, prefix, link_name);
  else
    error = g_error_new (HEARTH_ERROR, (int) code, _ ("The system refused to change %s on %s: %s."),
                         prefix, link_name, g_strerror (number));
#pragma GCC diagnostic pop
  return error;
}
