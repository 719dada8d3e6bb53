/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A path is decoded here, once, and nowhere else: what leaves has no "." or ".." segment, whatever
 * bytes came in. */

#include "serve-target.h"

static bool
is_letter (char character)
{
  return ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
}

static bool
is_digit (char character)
{
  return character >= '0' && character <= '9';
}

/* Where @byte is, or the length. */
static size_t
find (ServeText text, char byte)
{
  const char *at = text.length == 0 ? NULL : memchr (text.bytes, byte, text.length);

  return at == NULL ? text.length : (size_t) (at - text.bytes);
}

static bool
equal_nocase (const char *bytes, size_t length, ServeText other)
{
  return serve_text_equal_nocase ((ServeText) { bytes, length }, other);
}

/* -1 for what is no hexadecimal digit. */
static int
get_digit (char character)
{
  if (is_digit (character))
    return character - '0';
  if ((character | 0x20) >= 'a' && (character | 0x20) <= 'f')
    return (character | 0x20) - 'a' + 10;
  return -1;
}

static int
add_bytes (ServeTarget *target, const char *bytes, size_t length)
{
  if (length > SERVE_PATH_MAX - target->length)
    return 414;
  memcpy (target->path + target->length, bytes, length);
  target->length += length;
  return 0;
}

/* Decodes the escape at the start of @raw to the end of the path. */
static int
add_escaped (ServeTarget *target, ServeText raw)
{
  int high = raw.length > 2 ? get_digit (raw.bytes[1]) : -1;
  int low = raw.length > 2 ? get_digit (raw.bytes[2]) : -1;
  char byte = (char) ((unsigned) high << 4 | (unsigned) low);

  if (high < 0 || low < 0 || byte == '\0')
    return 400;
  return byte == '/' ? 404 : add_bytes (target, &byte, 1);
}

/* Decodes one segment to the end of the path. */
static int
add_decoded (ServeTarget *target, ServeText raw)
{
  int status = 0;

  while (status == 0 && raw.length > 0)
    {
      bool is_escape = raw.bytes[0] == '%';
      size_t length = is_escape ? 3 : find (raw, '%');

      status = is_escape ? add_escaped (target, raw) : add_bytes (target, raw.bytes, length);
      if (status == 0)
        raw = (ServeText) { raw.bytes + length, raw.length - length };
    }
  return status;
}

/* Back to before the last segment that ends in a slash. */
static bool
pop (ServeTarget *target, size_t *length)
{
  if (*length == 0)
    return false;
  --*length;
  while (*length > 0 && target->path[*length - 1] != '/')
    --*length;
  return true;
}

/* While a path is being read, each segment but the last has its slash after it, empty ones too,
 * because
 * ".." takes those away as well (RFC 3986, 5.2.4). */
static int
add_segment (ServeTarget *target, ServeText raw, ServeNames names, bool is_last)
{
  size_t start = target->length;
  int status = add_decoded (target, raw);
  ServeText name = { target->path + start, target->length - start };
  bool is_dot = serve_text_equal (name, SERVE_TEXT ("."));
  bool is_up = serve_text_equal (name, SERVE_TEXT (".."));

  if (status != 0)
    return status;
  target->canonical &= !is_dot && !is_up && (is_last || name.length > 0);
  target->ends_in_slash = is_dot || is_up || name.length == 0;
  if (is_dot || is_up)
    {
      target->length = start;
      return is_up && !pop (target, &target->length) ? 404 : 0;
    }
  if (name.length > 0 && !serve_names_allow (names, name))
    return 404;
  if (is_last)
    return 0;
  return add_bytes (target, "/", 1);
}

/* Takes the empty segments out. */
static void
squeeze (ServeTarget *target)
{
  size_t length = 0;

  for (size_t i = 0; i < target->length; i++)
    {
      if (target->path[i] != '/' || (length > 0 && target->path[length - 1] != '/'))
        target->path[length++] = target->path[i];
    }
  target->length = length;
}

static bool
has_hidden (const ServeTarget *target)
{
  ServeText rest = { target->path, target->length };

  while (rest.length > 0)
    {
      ServeText name = serve_text_split (&rest, '/');

      if (name.length > 0 && name.bytes[0] == '.' &&
          !serve_text_equal (name, SERVE_TEXT (".well-known")))
        return true;
    }
  return false;
}

/* @path: from its first slash on. */
static int
parse_path (ServeTarget *target, ServeText path, ServeNames names)
{
  ServeText rest = { path.bytes + 1, path.length - 1 };
  int status = 0;

  do
    {
      ServeText raw = serve_text_split (&rest, '/');

      status = add_segment (target, raw, names, rest.bytes == NULL);
  } while (status == 0 && rest.bytes != NULL);
  if (status != 0)
    target->length = 0;
  if (!target->canonical)
    squeeze (target);
  if (target->length > 0 && target->path[target->length - 1] == '/')
    target->length--;
  target->path[target->length] = '\0';
  target->hidden = has_hidden (target);
  return status;
}

static bool
is_clean (ServeText raw)
{
  for (size_t i = 0; i < raw.length; i++)
    {
      if (raw.bytes[i] <= ' ' || raw.bytes[i] >= 0x7f || raw.bytes[i] == '#')
        return false;
    }
  return true;
}

/* Takes "http://authority" off @path, where it is there. */
static void
take_authority (ServeTarget *target, ServeText *path)
{
  static const ServeText scheme = { "http://", 7 };

  if (path->length < scheme.length || !equal_nocase (path->bytes, scheme.length, scheme))
    return;
  path->bytes += scheme.length;
  path->length -= scheme.length;
  target->authority = (ServeText) { path->bytes, find (*path, '/') };
  path->bytes += target->authority.length;
  path->length -= target->authority.length;
}

int
serve_target_parse (ServeTarget *target, ServeText raw, ServeNames names)
{
  ServeText path = raw;

  target->length = 0;
  target->path[0] = '\0';
  target->authority = target->query = (ServeText) { NULL, 0 };
  target->ends_in_slash = target->hidden = false;
  target->canonical = true;
  if (raw.length == 0 || !is_clean (raw))
    return 400;
  path.length = find (raw, '?');
  target->query = (ServeText) { raw.bytes + path.length, raw.length - path.length };
  take_authority (target, &path);
  if (target->authority.bytes != NULL && target->authority.length == 0)
    return 400;
  /* An authority may stand alone: the path is the root then (RFC 9112, 3.2.1). */
  if (target->authority.bytes != NULL && path.length == 0)
    path = SERVE_TEXT ("/");
  return path.length == 0 || path.bytes[0] != '/' ? 400 : parse_path (target, path, names);
}

static bool
is_unreserved (char character)
{
  return is_letter (character) || is_digit (character) || character == '-' || character == '.' ||
         character == '_' || character == '~';
}

static void
add_escape (ServeBuffer *buffer, unsigned char byte)
{
  static const char digits[] = "0123456789ABCDEF";
  char escape[] = { '%', digits[byte >> 4], digits[byte & 15] };

  serve_buffer_add (buffer, escape, sizeof escape);
}

void
serve_target_add_location (const ServeTarget *target, bool slash, ServeBuffer *buffer)
{
  serve_buffer_add_char (buffer, '/');
  for (size_t i = 0; i < target->length; i++)
    {
      if (target->path[i] == '/' || is_unreserved (target->path[i]))
        serve_buffer_add_char (buffer, target->path[i]);
      else
        add_escape (buffer, (unsigned char) target->path[i]);
    }
  if (slash && target->length > 0)
    serve_buffer_add_char (buffer, '/');
  serve_buffer_add_text (buffer, target->query);
}
