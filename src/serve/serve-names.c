/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-names.h"

#include "serve-utf8.h"

#define NAME_BYTES_MAX 255

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

/* The name without its extensions and the spaces before them: what Windows takes for a device. */
static size_t
get_stem (ServeText name)
{
  size_t length = find (name, '.');

  while (length > 0 && name.bytes[length - 1] == ' ')
    length--;
  return length;
}

/* COM1 to COM9 and LPT1 to LPT9, COM0 and LPT0, and with the superscripts 1, 2, 3 of Latin-1
 * (Microsoft, "Naming Files, Paths, and Namespaces"). */
static bool
is_port_device (const char *name, size_t length)
{
  if (length < 4 ||
      (!equal_nocase (name, 3, SERVE_TEXT ("com")) && !equal_nocase (name, 3, SERVE_TEXT ("lpt"))))
    return false;
  if (length == 4)
    return name[3] >= '0' && name[3] <= '9';
  return length == 5 && name[3] == '\xc2' &&
         (name[4] == '\xb9' || name[4] == '\xb2' || name[4] == '\xb3');
}

static bool
is_device (ServeText name)
{
  static const ServeText devices[] = { { "con", 3 }, { "prn", 3 },    { "aux", 3 },
                                       { "nul", 3 }, { "conin$", 6 }, { "conout$", 7 } };
  size_t length = get_stem (name);

  for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
    {
      if (equal_nocase (name.bytes, length, devices[i]))
        return true;
    }
  return is_port_device (name.bytes, length);
}

/* PROGRA~1.TXT: at most eight and three, a tilde and a number at the end of the eight. */
static bool
is_short_name (ServeText name)
{
  size_t length = find (name, '.');
  size_t at = length;

  while (at > 0 && name.bytes[at - 1] >= '0' && name.bytes[at - 1] <= '9')
    at--;
  return length <= 8 && name.length - length <= 4 && at < length && at > 0 &&
         name.bytes[at - 1] == '~';
}

static bool
is_utf8 (ServeText text)
{
  size_t length;

  for (; text.length > 0; text.bytes += length, text.length -= length)
    {
      if (serve_utf8_next (text, &length) == 0xfffd && length == 1)
        return false;
    }
  return true;
}

/* Whether Windows takes the name for the file of that name, and for nothing else. */
static bool
is_windows_name (ServeText name)
{
  char last = name.bytes[name.length - 1];

  for (size_t i = 0; i < name.length; i++)
    {
      if ((unsigned char) name.bytes[i] < 0x20 || strchr ("\\:*?\"<>|", name.bytes[i]) != NULL)
        return false;
    }
  return last != '.' && last != ' ' && !is_device (name) && !is_short_name (name) && is_utf8 (name);
}

bool
serve_names_allow (ServeNames names, ServeText name)
{
  if (name.length == 0 || name.length > NAME_BYTES_MAX)
    return false;
  return names == SERVE_NAMES_POSIX || is_windows_name (name);
}

bool
serve_names_differ_in_case (ServeText name, ServeText other)
{
  return serve_text_equal_nocase (name, other) && !serve_text_equal (name, other);
}
