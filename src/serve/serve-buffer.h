/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/**
 * ServeText:
 * @bytes: (borrowed): not NUL-terminated; NULL where there is nothing, as for a header that did not come
 * @length: in bytes
 *
 * Bytes of somebody else's, most often of the request they came in.
 */
typedef struct {
  const char *bytes;
  size_t length;
} ServeText;

/* Of a string literal, and of a NUL-terminated string. */
#define SERVE_TEXT(literal) ((ServeText) { (literal), sizeof (literal) - 1 })

static inline ServeText
serve_text (const char *string)
{
  return (ServeText) { string, string == NULL ? 0 : strlen (string) };
}

bool serve_text_equal        (ServeText text,
                              ServeText other);
/* ASCII letters alone, whatever the locale. */
bool serve_text_equal_nocase (ServeText text,
                              ServeText other);
/* Without the spaces and tabs at both ends (RFC 9110, OWS). */
ServeText serve_text_trim    (ServeText text);
/* Takes what stands before the next @separator off @rest and returns it; once @rest is used up its bytes
 * are NULL. */
ServeText serve_text_split   (ServeText *rest,
                              char       separator);

/**
 * ServeBuffer:
 * @bytes: (borrowed): room for @size bytes, the caller's
 * @length: how many are written
 * @overflowed: something did not fit; it and everything after it was left out
 *
 * A place of fixed size that text is appended to. It never allocates; look at @overflowed once, at the end.
 */
typedef struct {
  char *bytes;
  size_t size;
  size_t length;
  bool overflowed;
} ServeBuffer;

void serve_buffer_add        (ServeBuffer *buffer,
                              const void  *bytes,
                              size_t       length);
void serve_buffer_add_text   (ServeBuffer *buffer,
                              ServeText    text);
void serve_buffer_add_string (ServeBuffer *buffer,
                              const char  *string);
void serve_buffer_add_char   (ServeBuffer *buffer,
                              char         character);
/* Decimal; and hexadecimal in lower case, without leading zeros. */
void serve_buffer_add_number (ServeBuffer *buffer,
                              uint64_t     number);
void serve_buffer_add_hex    (ServeBuffer *buffer,
                              uint64_t     number);
