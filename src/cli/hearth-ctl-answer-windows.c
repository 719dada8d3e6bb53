/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-answer.h"

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>

#include "hearth-elevation-windows.h"

/* Who made the pipe may learn who this is, and not act as it. */
static gboolean
write_to_pipe (const char *name)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  HANDLE pipe = wide == NULL
                    ? INVALID_HANDLE_VALUE
                    : CreateFileW ((const WCHAR *) wide, GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
                                   SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, NULL);
  int fd;

  if (pipe == INVALID_HANDLE_VALUE)
    return FALSE;
  fd = _open_osfhandle ((intptr_t) pipe, _O_BINARY);
  return fd >= 0 && freopen ("NUL", "wb", stdout) != NULL && _dup2 (fd, _fileno (stdout)) == 0 &&
         _close (fd) == 0;
}

gboolean
hearth_ctl_answer (int *argc, char **argv)
{
  if (*argc < 2 || !g_str_equal (argv[1], HEARTH_ELEVATION_OPTION))
    return TRUE;
  if (!hearth_elevation_allows ((const char *const *) argv + 1) || !write_to_pipe (argv[2]))
    return FALSE;
  for (int i = 3; i <= *argc; i++)
    argv[i - 2] = argv[i];
  *argc -= 2;
  return TRUE;
}
