/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-quote.h"

/* Invariant: what comes out of here holds nothing of the caller's memory, and no address, label or
 * name that Hearth would not write itself. It may go into questions and logs as it is. */

static gboolean
check_count (const char *const *addresses, guint *n_addresses, GError **error)
{
  guint n = 0;

  while (n <= HEARTH_HELPER_MAX_ADDRESSES && addresses[n] != NULL)
    n++;
  *n_addresses = n;
  if (n == 0)
    g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                         _ ("No address is named. Name at least one."));
  else if (n > HEARTH_HELPER_MAX_ADDRESSES)
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED,
                 _ ("These are too many addresses: one change takes %d at most."),
                 HEARTH_HELPER_MAX_ADDRESSES);
  return n > 0 && n <= HEARTH_HELPER_MAX_ADDRESSES;
}

/* With or without a length, but otherwise as hearth_prefix_print() writes it. */
static gboolean
parse_prefix (const char *text, HearthPrefix *prefix, GError **error)
{
  char canonical[HEARTH_PREFIX_TEXT_SIZE];
  g_autofree char *quoted = NULL;

  if (!hearth_prefix_parse (text, prefix, error))
    return FALSE;
  hearth_prefix_print (prefix, canonical);
  if (strchr (text, '/') == NULL)
    *strchr (canonical, '/') = '\0';
  if (g_str_equal (text, canonical))
    return TRUE;

  quoted = hearth_quote (text);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: both are spellings of one address */
               _ ("“%s” is not how this address is written. Write “%s”."), quoted, canonical);
  return FALSE;
}

/* What nobody may change, whatever is to be done with it. */
static gboolean
check_prefix (HearthHelperVerb verb, const HearthPrefix *prefix, GError **error)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (verb == HEARTH_HELPER_ADD || verb == HEARTH_HELPER_KEEP || verb == HEARTH_HELPER_FORGET)
    return hearth_alias_rules_check (prefix, error);

  hearth_address_print (&prefix->address, text);
  if (hearth_alias_rules_is_base (&prefix->address))
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                 _ ("%s stays as it is: localhost needs it."), text);
  else if (prefix->address.zone[0] != '\0')
    g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                 _ ("%s has a zone. Leave out the percent sign and what follows."), text);
  else
    return TRUE;
  return FALSE;
}

static gboolean
take_prefix (HearthHelperRequest *request, GHashTable *seen, const char *text, GError **error)
{
  HearthPrefix *prefix = &request->prefixes[request->n_prefixes];
  char printed[HEARTH_PREFIX_TEXT_SIZE];

  if (!parse_prefix (text, prefix, error) || !check_prefix (request->verb, prefix, error))
    return FALSE;
  if (!g_hash_table_add (seen, prefix))
    {
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                   _ ("%s is named twice. Name each address once."),
                   hearth_prefix_print (prefix, printed));
      return FALSE;
    }
  request->n_prefixes++;
  return TRUE;
}

static HearthHelperRequest *
new_request (HearthHelperVerb verb,
             const char *interface,
             const char *const *addresses,
             GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hearth_prefix_hash, hearth_prefix_equal);
  g_autoptr (HearthHelperRequest) request = NULL;
  guint n_addresses;

  if (!hearth_helper_check_interface (interface, error) ||
      !check_count (addresses, &n_addresses, error))
    return NULL;

  request = g_malloc0 (sizeof *request + n_addresses * sizeof *request->prefixes);
  request->verb = verb;
  g_strlcpy (request->interface, interface, sizeof request->interface);
  for (guint i = 0; i < n_addresses; i++)
    if (!take_prefix (request, seen, addresses[i], error))
      return NULL;
  return g_steal_pointer (&request);
}

/* Options */

static gboolean
has_only_ipv4 (const HearthHelperRequest *request, GError **error)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  for (guint i = 0; i < request->n_prefixes; i++)
    if (request->prefixes[i].address.family != HEARTH_FAMILY_IPV4)
      {
        g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                     _ ("%s cannot have a label: only IPv4 addresses have one."),
                     hearth_address_print (&request->prefixes[i].address, text));
        return FALSE;
      }
  return TRUE;
}

static gboolean
take_option (HearthHelperRequest *request, const char *key, GVariant *value, GError **error)
{
  const char *label;
  g_autofree char *quoted = NULL;

  if (g_str_equal (key, "label") && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      label = g_variant_get_string (value, NULL);
      if (!hearth_alias_rules_check_label (label, error) || !has_only_ipv4 (request, error))
        return FALSE;
      g_strlcpy (request->label, label, sizeof request->label);
      return TRUE;
    }
  quoted = hearth_quote (key);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: “label” stays as it is */
               _ ("There is no option “%s” of this type. There is “label”, a string."), quoted);
  return FALSE;
}

static gboolean
take_options (HearthHelperRequest *request, GVariant *options, GError **error)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (options == NULL)
    return TRUE;
  g_variant_iter_init (&iter, options);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      gboolean taken = take_option (request, key, value, error);

      g_variant_unref (value);
      if (!taken)
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_lifetime (HearthHelperRequest *request, const char *lifetime, GError **error)
{
  g_autofree char *quoted = NULL;

  if (hearth_helper_lifetime_parse (lifetime, &request->lifetime))
    return TRUE;
  quoted = hearth_quote (lifetime);
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               /* Translators: the words “session”, “restart” and “always” stay as they are */
               _ ("“%s” is no lifetime. Write “session”, “restart” or “always”."), quoted);
  return FALSE;
}

/* Public */

HearthHelperRequest *
hearth_helper_request_new_add (const char *interface,
                               const char *const *addresses,
                               const char *lifetime,
                               GVariant *options,
                               GError **error)
{
  g_autoptr (HearthHelperRequest) request =
      new_request (HEARTH_HELPER_ADD, interface, addresses, error);

  if (request == NULL || !take_lifetime (request, lifetime, error) ||
      !take_options (request, options, error))
    return NULL;
  return g_steal_pointer (&request);
}

HearthHelperRequest *
hearth_helper_request_new_remove (const char *interface,
                                  const char *const *addresses,
                                  GError **error)
{
  return new_request (HEARTH_HELPER_REMOVE, interface, addresses, error);
}

HearthHelperRequest *
hearth_helper_request_new_keep (const char *interface,
                                const char *const *addresses,
                                gboolean keep,
                                GError **error)
{
  return new_request (keep ? HEARTH_HELPER_KEEP : HEARTH_HELPER_FORGET, interface, addresses,
                      error);
}

void
hearth_helper_request_free (HearthHelperRequest *request)
{
  g_free (request);
}
