/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-spelling.h"

G_BEGIN_DECLS

/* What is wrong with a text; what to do about each is in hearth-spelling.c. */
typedef enum {
  MISTAKE_NONE,
  MISTAKE_NO_TEXT,
  MISTAKE_LONG,
  MISTAKE_NOT_UTF8,
  MISTAKE_CONTROL,
  MISTAKE_SPACE,
  MISTAKE_PATH,
  MISTAKE_NO_HOST,
  MISTAKE_PORT,
  MISTAKE_BRACKETS,
  MISTAKE_URL_BRACKETS,
  MISTAKE_PERCENT,
  MISTAKE_NO_NUMBER,
  MISTAKE_WRONG_NUMBER,
  MISTAKE_BIG_NUMBER,
  MISTAKE_MANY_NUMBERS,
  MISTAKE_LENGTH,
  MISTAKE_NETWORK,
  MISTAKE_CHARACTER,
  MISTAKE_DOTS,
  MISTAKE_LONG_NAME,
  MISTAKE_SAID, /* the error says it already */
} Mistake;

/* A text while it is cut: what is left of it. */
typedef struct {
  HearthSpelling *spelling; /* (borrowed) */
  char *text;               /* (owned) */
  char *authority;          /* into text: user, host and port */
  char *host;               /* into text */
  char *path;   /* into text: what is behind the host, without what parts them; or NULL */
  char parting; /* what parts them */
  gboolean has_brackets;
  GError *error; /* (owned) (nullable): with MISTAKE_SAID */
} Reading;

/* The parts of a text, from the outside to the inside, each from what the one before left (hearth-spelling-parts.c). */

/* RFC 3986, section 3.1; what browsers take for one. */
void     hearth_spelling_cut_scheme      (Reading        *reading);
void     hearth_spelling_cut_path        (Reading        *reading);
void     hearth_spelling_cut_user        (Reading        *reading);
Mistake  hearth_spelling_cut_port        (Reading        *reading);
/* That of the scheme, where none was written. */
void     hearth_spelling_add_usual_port  (HearthSpelling *spelling);
/* TRUE for a number from 1 to 65535 alone, which @port becomes. */
gboolean hearth_spelling_read_port       (const char     *text,
                                          guint16        *port);

/* Hosts that are numbers (hearth-spelling-numbers.c). */

Mistake  hearth_spelling_read_ipv6       (Reading        *reading);
/* @host: as the host of @reading, decoded. A number alone is a port. */
Mistake  hearth_spelling_read_ipv4       (Reading        *reading,
                                          const char     *host);
/* FALSE where it is none. */
gboolean hearth_spelling_read_bound_ipv4 (Reading        *reading);
gboolean hearth_spelling_is_network      (const Reading  *reading);
/* Of what is one. */
Mistake  hearth_spelling_read_network    (Reading        *reading);

G_END_DECLS
