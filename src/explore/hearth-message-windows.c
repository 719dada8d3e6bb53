/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-message-windows.h"

#include <string.h>

char *
hearth_windows_message_dup (int number)
{
  char *text = g_win32_error_message (number);
  gsize length = strlen (text);

  while (length > 0 && (text[length - 1] == '.' || g_ascii_isspace (text[length - 1])))
    text[--length] = '\0';
  return text;
}
