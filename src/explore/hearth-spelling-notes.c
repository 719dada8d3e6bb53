/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-spelling.h"

#define LOOSE (HEARTH_SPELLING_SHORT | HEARTH_SPELLING_OCTAL | HEARTH_SPELLING_HEXADECIMAL)

static void
add (GStrvBuilder *notes, char *note)
{
  g_strv_builder_take (notes, note);
}

static void
add_ipv4 (GStrvBuilder *notes, const HearthSpelling *spelling, const char *address)
{
  if (spelling->traits & HEARTH_SPELLING_ONLY_BROWSERS)
    add (notes, g_strdup_printf (_ ("Browsers read this as %s; most other programs, which ask "
                                    "inet_aton, take it for a name or refuse it."),
                                 address));
  else if (spelling->traits & LOOSE)
    add (notes,
         g_strdup_printf (
             _ ("Browsers and programs that ask inet_aton, such as ping and curl, read this as %s; "
                "others want four decimal numbers and refuse it (RFC 6943, section 3.1.1)."),
             address));
  if (spelling->traits & HEARTH_SPELLING_OCTAL)
    add (notes, g_strdup (_ ("A number that begins with 0 is read as octal here, and as decimal by "
                             "some programs, so they go to another address.")));
}

static void
add_number (GStrvBuilder *notes, const HearthSpelling *spelling, const char *address)
{
  if (spelling->address.family != HEARTH_FAMILY_NONE)
    add (notes, g_strdup_printf (_ ("People mean port %u by that. As the address in “http://%u/” "
                                    "browsers would read it as %s."),
                                 spelling->port, spelling->port, address));
}

static void
add_network (GStrvBuilder *notes, const HearthSpelling *spelling, const char *address)
{
  if (spelling->traits & HEARTH_SPELLING_SHORT_NETWORK)
    add (notes, g_strdup_printf (
                    _ ("The numbers left out of a network are zeros at its end, so this is %s/%u."),
                    address, spelling->length));
  if (spelling->traits & HEARTH_SPELLING_MASK)
    add (notes, g_strdup_printf (_ ("A mask says the same as a length: this is %s/%u."), address,
                                 spelling->length));
}

static void
add_ipv6 (GStrvBuilder *notes, const HearthSpelling *spelling, const char *address)
{
  if (spelling->traits & HEARTH_SPELLING_LOOKS_LIKE_PORT)
    add (notes, g_strdup_printf (_ ("All of it is one IPv6 address, %s. For a port write square "
                                    "brackets, as in [::1]:8000."),
                                 address));
  if (spelling->traits & HEARTH_SPELLING_USELESS_ZONE)
    add (notes, g_strdup_printf (_ ("“%s” behind the percent sign has no meaning: only addresses "
                                    "of one link, such as fe80::1, have a zone (RFC 4007)."),
                                 spelling->zone));
  else if (spelling->address.zone[0] != '\0' && spelling->scheme != NULL)
    add (notes, g_strdup (_ ("Browsers refuse an address with a zone.")));
}

static void
add_around (GStrvBuilder *notes, const HearthSpelling *spelling)
{
  if (spelling->traits & HEARTH_SPELLING_OTHER_CHARACTERS)
    add (notes,
         g_strdup (
             _ ("It has characters that only look like the usual ones, or that are "
                "not ASCII; browsers turn them into plain ones first (Unicode, standard 46).")));
  if (spelling->traits & HEARTH_SPELLING_PERCENT)
    add (notes, g_strdup (_ (
                    "The percent signs stand for other characters; browsers put those in first.")));
  if (spelling->kind == HEARTH_SPELLING_NAME && (spelling->traits & HEARTH_SPELLING_FINAL_DOT))
    add (notes, g_strdup (_ ("The dot at the end says that the name is complete (RFC 1034, section "
                             "3.1); the hosts file does not know names with it.")));
  if (spelling->traits & HEARTH_SPELLING_USER)
    add (notes, g_strdup (_ ("What stands before the “@” is the name of a user and says nothing of "
                             "where it leads.")));
  if (spelling->traits & HEARTH_SPELLING_USUAL_PORT)
    add (notes, g_strdup_printf (_ ("Without a port, %s:// leads to port %u."), spelling->scheme,
                                 spelling->port));
}

GStrv
hearth_spelling_list_notes (const HearthSpelling *self)
{
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  char address[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_address_print (&self->address, address);
  if (self->kind == HEARTH_SPELLING_PORT)
    add_number (notes, self, address);
  else if (self->kind == HEARTH_SPELLING_IPV4 || self->kind == HEARTH_SPELLING_PREFIX)
    add_ipv4 (notes, self, address);
  add_network (notes, self, address);
  add_ipv6 (notes, self, address);
  add_around (notes, self);
  return g_strv_builder_end (notes);
}
