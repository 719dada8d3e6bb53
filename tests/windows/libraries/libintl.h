/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The calls of gettext(3), which give back the English text. */

#define FORMAT_OF(n) __attribute__ ((format_arg (n)))

char *gettext (const char *text) FORMAT_OF (1);
char *dgettext (const char *domain, const char *text) FORMAT_OF (2);
char *dcgettext (const char *domain, const char *text, int category) FORMAT_OF (2);
char *ngettext (const char *singular, const char *plural, unsigned long number) FORMAT_OF (1)
    FORMAT_OF (2);
char *
dngettext (const char *domain, const char *singular, const char *plural, unsigned long number)
    FORMAT_OF (2) FORMAT_OF (3);
char *dcngettext (const char *domain,
                  const char *singular,
                  const char *plural,
                  unsigned long number,
                  int category) FORMAT_OF (2) FORMAT_OF (3);
char *textdomain (const char *domain);
char *bindtextdomain (const char *domain, const char *folder);
char *bind_textdomain_codeset (const char *domain, const char *codeset);

#undef FORMAT_OF
