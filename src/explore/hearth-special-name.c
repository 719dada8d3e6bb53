/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-special-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const HearthSpecialName names[] = {
  { "localhost", HEARTH_PLACE_THIS_COMPUTER, N_ ("Name of loopback"),
    N_ ("localhost, and every name that ends in .localhost, leads to this computer itself. See RFC "
        "6761, section 6.3.") },
  { "local", HEARTH_PLACE_LOCAL_NETWORK, N_ ("Name on the local network"),
    N_ ("The computers of the local network are asked for names that end in .local (mDNS); name "
        "servers do not know them. See RFC 6762, section 3.") },
  { "home.arpa", HEARTH_PLACE_LOCAL_NETWORK, N_ ("Name in a home network"),
    N_ ("Names that end in .home.arpa are for homes: the router may know them, the internet does "
        "not. See RFC 8375.") },
  { "internal", HEARTH_PLACE_LOCAL_NETWORK, N_ ("Name in a private network"),
    N_ ("Names that end in .internal are for private networks, and the internet does not know them: "
        "ICANN set them aside in 2024.") },
  { "test", HEARTH_PLACE_NOWHERE, N_ ("Name for tests"),
    N_ ("Names that end in .test are for tests: they lead only where one’s own hosts file or name "
        "server says. See RFC 6761, section 6.2.") },
  { "invalid", HEARTH_PLACE_NOWHERE, N_ ("Name that never leads anywhere"),
    N_ ("Names that end in .invalid never have an address. See RFC 6761, section 6.4.") },
  { "example", HEARTH_PLACE_NOWHERE, N_ ("Name for examples"),
    N_ ("Names that end in .example are for books and manuals. See RFC 6761, section 6.5.") },
  { "alt", HEARTH_PLACE_NOWHERE, N_ ("Name outside the name servers"),
    N_ ("Names that end in .alt belong to other systems of names; name servers do not know them. See "
        "RFC 9476.") },
  { "onion", HEARTH_PLACE_INTERNET, N_ ("Name in the Tor network"),
    N_ ("Only programs that use Tor find names that end in .onion. See RFC 7686.") },
};

static const HearthSpecialName short_name = {
  "", HEARTH_PLACE_LOCAL_NETWORK, N_ ("Short name"),
  N_ ("A name without a dot is completed with the domain of the network, or the computers of the "
      "local network are asked for it. See RFC 1535 and RFC 4795.")
};

static const HearthSpecialName other_name = {
  "", HEARTH_PLACE_INTERNET, N_ ("Name on the internet"),
  N_ ("Name servers know the address that belongs to it. See RFC 1034.")
};
/* clang-format on */

static gboolean
ends_in (const char *name, const char *suffix)
{
  gsize length = strlen (name), suffix_length = strlen (suffix);

  return g_str_has_suffix (name, suffix) &&
         (length == suffix_length || name[length - suffix_length - 1] == '.');
}

const HearthSpecialName *
hearth_special_name_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (ends_in (name, names[i].suffix))
      return &names[i];
  return strchr (name, '.') == NULL ? &short_name : &other_name;
}

gboolean
hearth_special_name_is_localhost (const char *name)
{
  return ends_in (name, "localhost");
}
