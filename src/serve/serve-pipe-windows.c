/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-pipe.h"

#include <string.h>
#include <windows.h>

/* Windows cannot say whether there is room: a pipe may be full, and whoever marks text in a console
 * makes all who print there wait. So a thread waits in the server's place. */

#define ROOM (64 * 1024)
#define FAREWELL_MS 500

typedef struct {
  CRITICAL_SECTION lock;
  HANDLE output;
  HANDLE thread;
  HANDLE wanted; /* event: there is something to be written */
  HANDLE done;   /* event, by hand: nothing is left */
  size_t length; /* of what is to be written; the thread's alone while it is not 0 */
  bool is_gone;
  char bytes[ROOM];
} Writer;

/* For good: the thread may be in the middle of a write when the program ends. */
static Writer writer;

/* Handles have no numbers that others could take. */
void
serve_pipe_fill_standard (void)
{
}

static bool
write_all (const char *bytes, size_t length)
{
  while (length > 0)
    {
      DWORD written = 0;

      if (!WriteFile (writer.output, bytes, (DWORD) length, &written, NULL) || written == 0)
        return false;
      bytes += written;
      length -= written;
    }
  return true;
}

static DWORD WINAPI
write_in_thread (void *data)
{
  (void) data;
  while (WaitForSingleObject (writer.wanted, INFINITE) == WAIT_OBJECT_0)
    {
      bool is_gone = !write_all (writer.bytes, writer.length);

      EnterCriticalSection (&writer.lock);
      writer.is_gone = is_gone;
      writer.length = 0;
      LeaveCriticalSection (&writer.lock);
      SetEvent (writer.done);
    }
  return 0;
}

void
serve_pipe_open_output (ServePipe *pipe)
{
  *pipe = (ServePipe) { 1, false };
  if (writer.thread != NULL)
    return;
  InitializeCriticalSection (&writer.lock);
  writer.output = GetStdHandle (STD_OUTPUT_HANDLE);
  writer.wanted = CreateEventW (NULL, FALSE, FALSE, NULL);
  writer.done = CreateEventW (NULL, TRUE, TRUE, NULL);
  if (writer.wanted != NULL && writer.done != NULL)
    writer.thread = CreateThread (NULL, 0, write_in_thread, NULL, 0, NULL);
  writer.is_gone = writer.thread == NULL;
}

ptrdiff_t
serve_pipe_write (const ServePipe *pipe, const void *bytes, size_t length)
{
  ptrdiff_t result = SERVE_PIPE_FULL;

  (void) pipe;
  EnterCriticalSection (&writer.lock);
  if (writer.is_gone)
    result = SERVE_PIPE_GONE;
  else if (writer.length == 0 && length > 0)
    {
      writer.length = length < ROOM ? length : ROOM;
      memcpy (writer.bytes, bytes, writer.length);
      result = (ptrdiff_t) writer.length;
      ResetEvent (writer.done);
      SetEvent (writer.wanted);
    }
  LeaveCriticalSection (&writer.lock);
  return result;
}

/* What was handed to the thread goes out, where somebody takes it. */
void
serve_pipe_close (ServePipe *pipe)
{
  (void) pipe;
  if (writer.thread != NULL)
    WaitForSingleObject (writer.done, FAREWELL_MS);
}
