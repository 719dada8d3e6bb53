/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-json-writer.h"

#include <math.h>
#include <string.h>

/* Makes room for @n more bytes at the end of the text, and returns where they go. */
static char *
extend (HearthJsonWriter *writer, gsize n)
{
  gsize length = writer->text->len;

  g_string_set_size (writer->text, length + n);
  return writer->text->str + length;
}

/* Begins a value: the comma before it, and its name where there is one. */
static void
begin_value (HearthJsonWriter *writer, const char *name)
{
  gsize n_comma = writer->need_comma ? 1 : 0;
  gsize n_name = name != NULL ? strlen (name) : 0;
  char *at = extend (writer, n_comma + (name != NULL ? n_name + 3 : 0));

  if (writer->need_comma)
    *at++ = ',';
  if (name != NULL)
    {
      *at++ = '"';
      at = (char *) memcpy (at, name, n_name) + n_name;
      *at++ = '"';
      *at++ = ':';
    }
  writer->need_comma = TRUE;
}

static void
begin_nested (HearthJsonWriter *writer, const char *name, char bracket)
{
  begin_value (writer, name);
  g_string_append_c (writer->text, bracket);
  writer->need_comma = FALSE;
}

static void
end_nested (HearthJsonWriter *writer, char bracket)
{
  g_string_append_c (writer->text, bracket);
  writer->need_comma = TRUE;
}

/* What must be escaped (RFC 8259, section 7), and what a terminal, a line-based reader or
 * JavaScript would take for more than text: the other control characters and the two separators of
 * lines. */
static gboolean
needs_escape (gunichar character)
{
  return character < 0x20 || character == '"' || character == '\\' ||
         (character >= 0x7f && character <= 0x9f) || character == 0x2028 || character == 0x2029;
}

static void
append_escaped (GString *text, gunichar character)
{
  switch (character)
    {
    case '"':
    case '\\':
      g_string_append_printf (text, "\\%c", (char) character);
      break;
    case '\n':
      g_string_append (text, "\\n");
      break;
    case '\r':
      g_string_append (text, "\\r");
      break;
    case '\t':
      g_string_append (text, "\\t");
      break;
    default:
      g_string_append_printf (text, "\\u%04x", character);
      break;
    }
}

/* Appends one character, or U+FFFD for one byte that is none, and returns what follows. */
static const char *
append_next (GString *text, const char *value)
{
  gunichar character = g_utf8_get_char_validated (value, -1);

  if (character > G_MAXINT32)
    {
      g_string_append (text, "\xef\xbf\xbd");
      return value + 1;
    }

  if (needs_escape (character))
    append_escaped (text, character);
  else
    g_string_append_unichar (text, character);
  return g_utf8_next_char (value);
}

/* The length of what @value begins with that stands for itself: nearly everything, nearly always,
 * so that it is appended as one piece. */
static gsize
measure_plain (const char *value)
{
  static const gboolean plain[256] = {
    [' ' ... '!'] = TRUE, /* without the quotation mark */
    ['#' ... '['] = TRUE, /* without the backslash */
    [']' ... '~'] = TRUE,
  };
  gsize n = 0;

  while (plain[(guint8) value[n]])
    n++;
  return n;
}

void
hearth_json_writer_init (HearthJsonWriter *writer, GString *text)
{
  writer->text = text;
  writer->need_comma = FALSE;
}

void
hearth_json_writer_begin_object (HearthJsonWriter *writer, const char *name)
{
  begin_nested (writer, name, '{');
}

void
hearth_json_writer_end_object (HearthJsonWriter *writer)
{
  end_nested (writer, '}');
}

void
hearth_json_writer_begin_array (HearthJsonWriter *writer, const char *name)
{
  begin_nested (writer, name, '[');
}

void
hearth_json_writer_end_array (HearthJsonWriter *writer)
{
  end_nested (writer, ']');
}

void
hearth_json_writer_add_string (HearthJsonWriter *writer, const char *name, const char *value)
{
  gsize n_plain;
  char *at;

  begin_value (writer, name);
  if (value == NULL)
    {
      g_string_append (writer->text, "null");
      return;
    }

  n_plain = measure_plain (value);
  at = extend (writer, n_plain + 1);
  *at = '"';
  memcpy (at + 1, value, n_plain);
  for (value += n_plain; *value != '\0';)
    value = append_next (writer->text, value);
  g_string_append_c (writer->text, '"');
}

void
hearth_json_writer_add_integer (HearthJsonWriter *writer, const char *name, gint64 value)
{
  char digits[24], *first = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  begin_value (writer, name);
  do
    *--first = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    *--first = '-';
  memcpy (extend (writer, (gsize) (digits + sizeof digits - first)), first,
          (gsize) (digits + sizeof digits - first));
}

void
hearth_json_writer_add_number (HearthJsonWriter *writer, const char *name, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  begin_value (writer, name);
  g_string_append (writer->text, isfinite (value)
                                     ? g_ascii_formatd (digits, sizeof digits, "%.15g", value)
                                     : "null");
}

void
hearth_json_writer_add_boolean (HearthJsonWriter *writer, const char *name, gboolean value)
{
  begin_value (writer, name);
  g_string_append (writer->text, value ? "true" : "false");
}

void
hearth_json_writer_end_line (HearthJsonWriter *writer)
{
  g_string_append_c (writer->text, '\n');
  writer->need_comma = FALSE;
}
