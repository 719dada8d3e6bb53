/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-proc-net-linux.h"

#include <string.h>

/* `  sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid  timeout inode
 * …`. An address is its bytes as words of 32 bits in the order of this machine, each in
 * hexadecimal. */

#define STATE_CLOSE 0x07
#define STATE_LISTEN 0x0a

/* The fields, by their number. */
enum {
  FIELD_LOCAL = 1,
  FIELD_REMOTE = 2,
  FIELD_STATE = 3,
  FIELD_USER = 7,
  FIELD_INODE = 9,
  N_FIELDS
};

static gboolean
read_address (const char *text, HearthAddress *address, guint16 *port)
{
  const char *colon = strchr (text, ':');
  gsize n_digits = colon != NULL ? (gsize) (colon - text) : 0;
  guint8 bytes[16];
  guint64 value;

  if (n_digits != 8 && n_digits != 32)
    return FALSE;
  for (gsize i = 0; i < n_digits / 8; i++)
    {
      char digits[9] = { 0 };
      guint32 word;

      memcpy (digits, text + 8 * i, 8);
      if (!g_ascii_string_to_unsigned (digits, 16, 0, G_MAXUINT32, &value, NULL))
        return FALSE;
      word = (guint32) value;
      memcpy (bytes + 4 * i, &word, sizeof word);
    }
  if (!g_ascii_string_to_unsigned (colon + 1, 16, 0, G_MAXUINT16, &value, NULL))
    return FALSE;
  *port = (guint16) value;
  *address =
      hearth_address_from_bytes (n_digits == 8 ? HEARTH_FAMILY_IPV4 : HEARTH_FAMILY_IPV6, bytes);
  return TRUE;
}

/* Splits @text at blanks, in place. Returns whether all fields are there. */
static gboolean
split (char *text, const char *fields[N_FIELDS])
{
  int n = 0;

  for (char *at = text; n < N_FIELDS && *at != '\0';)
    {
      at += strspn (at, " \t");
      if (*at == '\0')
        break;
      fields[n++] = at;
      at += strcspn (at, " \t");
      if (*at != '\0')
        *at++ = '\0';
    }
  return n == N_FIELDS;
}

static gboolean
waits (const char *state, HearthTransport transport)
{
  guint64 value;

  return g_ascii_string_to_unsigned (state, 16, 0, G_MAXUINT8, &value, NULL) &&
         value == (transport == HEARTH_TRANSPORT_TCP ? STATE_LISTEN : STATE_CLOSE);
}

gboolean
hearth_proc_net_parse_line (const char *line,
                            gsize length,
                            HearthTransport transport,
                            HearthListener *listener)
{
  char text[512];
  const char *fields[N_FIELDS];
  guint64 user, inode;

  if (length >= sizeof text)
    return FALSE;
  if (length > 0)
    memcpy (text, line, length);
  text[length] = '\0';
  *listener = (HearthListener) { .transport = transport };
  if (!split (text, fields) || !waits (fields[FIELD_STATE], transport) ||
      !read_address (fields[FIELD_LOCAL], &listener->address, &listener->port) ||
      !g_ascii_string_to_unsigned (fields[FIELD_USER], 10, 0, G_MAXUINT32, &user, NULL) ||
      !g_ascii_string_to_unsigned (fields[FIELD_INODE], 10, 0, G_MAXUINT64, &inode, NULL))
    return FALSE;
  listener->user_id = (guint32) user;
  listener->socket_id = inode;
  return listener->port != 0;
}
