/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthJsonWriter:
 * @text: (transfer none): where the text goes; the caller may flush and truncate it at any time
 * @need_comma: private
 *
 * A streaming writer of JSON (RFC 8259): compact, one pass, no tree. Commas, escapes and nothing
 * else are its business. A value, on the caller's stack. Between an object's braces every value
 * wants a name, elsewhere the name is NULL.
 *
 * Names are trusted. Values are escaped, also DEL, the control characters of C1, U+2028 and U+2029,
 * so that a line stays a line and a terminal obeys none of it; each byte that is not UTF-8 becomes
 * U+FFFD.
 *
 * It lives with the address values because every room may write JSON, and this is the only room
 * that all others may use.
 */
typedef struct {
  GString *text;
  gboolean need_comma;
} HearthJsonWriter;

void hearth_json_writer_init         (HearthJsonWriter *writer,
                                      GString          *text);

void hearth_json_writer_begin_object (HearthJsonWriter *writer,
                                      const char       *name);
void hearth_json_writer_end_object   (HearthJsonWriter *writer);
void hearth_json_writer_begin_array  (HearthJsonWriter *writer,
                                      const char       *name);
void hearth_json_writer_end_array    (HearthJsonWriter *writer);

/* A NULL @value is null. */
void hearth_json_writer_add_string   (HearthJsonWriter *writer,
                                      const char       *name,
                                      const char       *value);
void hearth_json_writer_add_integer  (HearthJsonWriter *writer,
                                      const char       *name,
                                      gint64            value);
/* With 15 digits at the most, so that 0.1 is 0.1; what JSON has no number for is null. */
void hearth_json_writer_add_number   (HearthJsonWriter *writer,
                                      const char       *name,
                                      double            value);
void hearth_json_writer_add_boolean  (HearthJsonWriter *writer,
                                      const char       *name,
                                      gboolean          value);

/* Ends a line of a stream of objects, and starts the next value afresh. */
void hearth_json_writer_end_line     (HearthJsonWriter *writer);

G_END_DECLS
