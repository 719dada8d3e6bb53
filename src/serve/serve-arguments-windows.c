/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-arguments.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>

#include "serve-windows.h"

#include <shellapi.h>

static char **
convert (wchar_t **wide, int n)
{
  char **converted = calloc ((size_t) n + 1, sizeof *converted);

  for (int i = 0; converted != NULL && i < n; i++)
    {
      /* An argument that is empty, or no UTF-16, is an empty one. */
      char *text = serve_wide_to_utf8 (wide[i]);

      converted[i] = text != NULL ? text : calloc (1, 1);
      if (converted[i] == NULL)
        return NULL;
    }
  return converted;
}

char **
serve_arguments_take (int *n_arguments, char **arguments)
{
  int n = 0;
  wchar_t **wide = CommandLineToArgvW (GetCommandLineW (), &n);
  char **converted = wide == NULL ? NULL : convert (wide, n);

  SetConsoleOutputCP (CP_UTF8);
  _setmode (_fileno (stdout), _O_BINARY);
  _setmode (_fileno (stderr), _O_BINARY);
  if (wide != NULL)
    LocalFree (wide);
  if (converted == NULL)
    return arguments;
  *n_arguments = n;
  return converted;
}
