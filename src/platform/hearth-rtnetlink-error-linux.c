/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-rtnetlink-error-linux.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "hearth-error.h"

/* The codes that come of each number (facts of rtnetlink(7), measured): EACCES is not about rights
 * here, it is IPv6 being switched off on the link. */
static HearthError
get_code (HearthRtnetlinkOperation operation, int number)
{
  switch (number)
    {
    case EEXIST:
      return HEARTH_ERROR_EXISTS;
    case EADDRNOTAVAIL:
      return operation == HEARTH_RTNETLINK_REMOVE ? HEARTH_ERROR_NOT_FOUND : HEARTH_ERROR_INVALID;
    case ENODEV:
      return HEARTH_ERROR_NOT_FOUND;
    case EINVAL:
    case ERANGE:
      return HEARTH_ERROR_INVALID;
    case EPERM:
      return HEARTH_ERROR_NOT_PERMITTED;
    case EACCES:
    case EOPNOTSUPP:
    case EAFNOSUPPORT:
      return HEARTH_ERROR_NOT_SUPPORTED;
    default:
      return HEARTH_ERROR_FAILED;
    }
}

/* Translators: in each of these, the first is an address, the second an interface. */
static const char *
get_sentence (HearthRtnetlinkOperation operation, int number)
{
  switch (number)
    {
    case EEXIST:
      return _ ("%s is on %s already.");
    case EADDRNOTAVAIL:
      return operation == HEARTH_RTNETLINK_REMOVE ? _ ("%s is not on %s.")
                                                  : _ ("%s cannot be an address of %s.");
    case ENODEV:
      return _ ("%s cannot be changed: there is no network interface %s.");
    case EINVAL:
    case ERANGE:
      return _ ("The system does not take %s as an address of %s.");
    case EPERM:
      return _ ("This process may not change addresses: %s on %s needs the system's permission.");
    case EACCES:
      return _ ("%1$s was not changed: IPv6 is switched off on %2$s. Switch it on with “sysctl -w "
                "net/ipv6/conf/%2$s/disable_ipv6=0”.");
    case EOPNOTSUPP:
    case EAFNOSUPPORT:
      return _ ("This system does not support %s on %s.");
    case ENOBUFS:
    case ENOMEM:
      return _ ("The system has no memory left to change %s on %s.");
    default:
      return NULL;
    }
}

GError *
hearth_rtnetlink_error_new (HearthRtnetlinkOperation operation,
                            int number,
                            const HearthLinkAddress *address,
                            const char *link_name,
                            const char *detail)
{
  g_autofree char *prefix = hearth_prefix_to_string (&address->prefix);
  g_autofree char *index = g_strdup_printf ("%u", address->link_index);
  g_autoptr (GString) message = g_string_new (NULL);
  const char *sentence = get_sentence (operation, number);

  if (link_name == NULL)
    link_name = index;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (sentence != NULL)
    g_string_printf (message, sentence, prefix, link_name);
  else
    g_string_printf (message, _ ("The system refused to change %s on %s: %s."), prefix, link_name,
                     g_strerror (number));
#pragma GCC diagnostic pop
  if (detail[0] != '\0')
    return g_error_new (
        HEARTH_ERROR, get_code (operation, number),
        /* Translators: what went wrong, a sentence, and what the kernel says of it */
        _ ("%s The kernel says: “%s”."), message->str, detail);
  return g_error_new_literal (HEARTH_ERROR, get_code (operation, number), message->str);
}
