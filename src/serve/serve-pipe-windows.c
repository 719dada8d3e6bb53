/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-pipe.h"

#include <windows.h>

/* Handles have no numbers that others could take. */
void
serve_pipe_fill_standard (void)
{
}

/* A pipe in PIPE_NOWAIT takes what it has room for; the mode is this end's alone. */
void
serve_pipe_open_output (ServePipe *pipe)
{
  DWORD mode = PIPE_READMODE_BYTE | PIPE_NOWAIT;

  *pipe = (ServePipe) { 1, false };
  SetNamedPipeHandleState (GetStdHandle (STD_OUTPUT_HANDLE), &mode, NULL, NULL);
}

ptrdiff_t
serve_pipe_write (const ServePipe *pipe, const void *bytes, size_t length)
{
  DWORD wanted = length < 4096 ? (DWORD) length : 4096;
  DWORD written = 0;

  if (!WriteFile (GetStdHandle (STD_OUTPUT_HANDLE), bytes, wanted, &written, NULL))
    return SERVE_PIPE_GONE;
  return written == 0 ? SERVE_PIPE_FULL : (ptrdiff_t) written;
}

void
serve_pipe_close (ServePipe *pipe)
{
}
