/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "libintl.h"

#include <stddef.h>

char *
gettext (const char *text)
{
  return (char *) text;
}

char *
dgettext (const char *domain, const char *text)
{
  return (char *) text;
}

char *
dcgettext (const char *domain, const char *text, int category)
{
  return (char *) text;
}

char *
ngettext (const char *singular, const char *plural, unsigned long number)
{
  return (char *) (number == 1 ? singular : plural);
}

char *
dngettext (const char *domain, const char *singular, const char *plural, unsigned long number)
{
  return ngettext (singular, plural, number);
}

char *
dcngettext (const char *domain,
            const char *singular,
            const char *plural,
            unsigned long number,
            int category)
{
  return ngettext (singular, plural, number);
}

char *
textdomain (const char *domain)
{
  return (char *) (domain != NULL ? domain : "messages");
}

char *
bindtextdomain (const char *domain, const char *folder)
{
  return (char *) folder;
}

char *
bind_textdomain_codeset (const char *domain, const char *codeset)
{
  return (char *) codeset;
}
