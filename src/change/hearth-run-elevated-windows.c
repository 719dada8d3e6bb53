/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-elevation-windows.h"

#include <winsock2.h>
#include <windows.h>

#include <sddl.h>
#include <shellapi.h>

#include "hearth-error.h"

/* Invariant: the pipe is made new, by nobody else before, for one client of this computer that runs
 * as this user or as an administrator; and what comes through it counts only where that client is
 * the process that was started. */

#define MAX_ANSWER_BYTES (1024 * 1024)

typedef struct {
  HANDLE pipe, event, process; /* (owned) (nullable) */
} Elevation;

static void
elevation_clear (Elevation *self)
{
  if (self->pipe != NULL)
    CloseHandle (self->pipe);
  if (self->event != NULL)
    CloseHandle (self->event);
  if (self->process != NULL)
    CloseHandle (self->process);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Elevation, elevation_clear)

static gboolean
fail (DWORD number, GError **error)
{
  g_autofree char *said = g_win32_error_message ((int) number);

  g_set_error_literal (error, HEARTH_ERROR,
                       number == ERROR_CANCELLED ? HEARTH_ERROR_DISMISSED : HEARTH_ERROR_FAILED,
                       said);
  return FALSE;
}

/* The pipe */

/* (nullable): to be freed by LocalFree() */
static WCHAR *
find_user (void)
{
  _Alignas (8) guint8 bytes[sizeof (TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  WCHAR *sid = NULL;
  DWORD size;
  HANDLE token;

  if (!OpenProcessToken (GetCurrentProcess (), TOKEN_QUERY, &token))
    return NULL;
  if (GetTokenInformation (token, TokenUser, bytes, sizeof bytes, &size))
    ConvertSidToStringSidW (((TOKEN_USER *) (gpointer) bytes)->User.Sid, &sid);
  CloseHandle (token);
  return sid;
}

/* All of it for this user and for administrators, nothing for anybody else. (nullable) */
static PSECURITY_DESCRIPTOR
make_descriptor (void)
{
  WCHAR *user = find_user ();
  PSECURITY_DESCRIPTOR descriptor = NULL;
  WCHAR text[256];

  if (user != NULL && lstrlenW (user) < 190)
    {
      lstrcpyW (text, L"D:P(A;;GA;;;BA)(A;;GA;;;");
      lstrcatW (text, user);
      lstrcatW (text, L")");
      ConvertStringSecurityDescriptorToSecurityDescriptorW (text, SDDL_REVISION_1, &descriptor,
                                                            NULL);
    }
  LocalFree (user);
  return descriptor;
}

static gboolean
make_pipe (Elevation *self, const char *name, GError **error)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  SECURITY_ATTRIBUTES attributes = { .nLength = sizeof attributes,
                                     .lpSecurityDescriptor = make_descriptor () };
  DWORD number;

  if (attributes.lpSecurityDescriptor == NULL)
    return fail (GetLastError (), error);
  self->pipe = CreateNamedPipeW (
      (const WCHAR *) wide,
      PIPE_ACCESS_INBOUND | FILE_FLAG_FIRST_PIPE_INSTANCE | FILE_FLAG_OVERLAPPED,
      PIPE_TYPE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, 0, 65536, 0, &attributes);
  number = GetLastError ();
  LocalFree (attributes.lpSecurityDescriptor);
  if (self->pipe == INVALID_HANDLE_VALUE)
    {
      self->pipe = NULL;
      return fail (number, error);
    }
  self->event = CreateEventW (NULL, TRUE, FALSE, NULL);
  return self->event != NULL || fail (GetLastError (), error);
}

/* The process */

/* hearthctl stands beside this program. (transfer full) (nullable) */
static gunichar2 *
find_program (void)
{
  WCHAR own[32768];
  DWORD n = GetModuleFileNameW (NULL, own, G_N_ELEMENTS (own));
  g_autofree char *text = NULL, *folder = NULL, *path = NULL;

  if (n == 0 || n == G_N_ELEMENTS (own))
    return NULL;
  text = g_utf16_to_utf8 ((const gunichar2 *) own, n, NULL, NULL, NULL);
  if (text == NULL)
    return NULL;
  folder = g_path_get_dirname (text);
  path = g_build_filename (folder, "hearthctl.exe", NULL);
  return g_utf8_to_utf16 (path, -1, NULL, NULL, NULL);
}

/* It asks the person, and returns when there is an answer. */
static gboolean
start_program (Elevation *self, const char *line, GError **error)
{
  g_autofree gunichar2 *program = find_program (), *parameters = NULL;
  SHELLEXECUTEINFOW info = { .cbSize = sizeof info,
                             .fMask =
                                 SEE_MASK_NOCLOSEPROCESS | SEE_MASK_NOASYNC | SEE_MASK_FLAG_NO_UI,
                             .lpVerb = L"runas",
                             .lpFile = (const WCHAR *) program,
                             .nShow = SW_HIDE };
  HRESULT initialized = CoInitializeEx (NULL, COINIT_APARTMENTTHREADED);
  DWORD number = NO_ERROR;

  parameters = g_utf8_to_utf16 (line, -1, NULL, NULL, NULL);
  info.lpParameters = (const WCHAR *) parameters;
  if (program == NULL || parameters == NULL)
    number = ERROR_FILE_NOT_FOUND;
  else if (!ShellExecuteExW (&info))
    number = GetLastError ();
  if (SUCCEEDED (initialized))
    CoUninitialize ();
  self->process = info.hProcess;
  return (number == NO_ERROR && self->process != NULL) || fail (number, error);
}

/* The answer */

/* Whether it came; where it did not, the process has ended without. */
static gboolean
wait_for_client (Elevation *self)
{
  OVERLAPPED connecting = { .hEvent = self->event };
  HANDLE handles[] = { self->event, self->process };
  ULONG client = 0;
  DWORD n;

  if (!ConnectNamedPipe (self->pipe, &connecting))
    {
      DWORD number = GetLastError ();

      if (number == ERROR_IO_PENDING &&
          WaitForMultipleObjects (2, handles, FALSE, INFINITE) != WAIT_OBJECT_0)
        {
          CancelIoEx (self->pipe, &connecting);
          GetOverlappedResult (self->pipe, &connecting, &n, TRUE);
          return FALSE;
        }
      if (number != ERROR_IO_PENDING && number != ERROR_PIPE_CONNECTED && number != ERROR_NO_DATA)
        return FALSE;
    }
  return GetNamedPipeClientProcessId (self->pipe, &client) &&
         client == GetProcessId (self->process);
}

static void
read_answer (Elevation *self, GString *text)
{
  char bytes[4096];
  BOOL more = TRUE;

  while (more && text->len < MAX_ANSWER_BYTES)
    {
      OVERLAPPED reading = { .hEvent = self->event };
      DWORD n = 0;

      ResetEvent (self->event);
      more = ReadFile (self->pipe, bytes, sizeof bytes, &n, &reading) ||
             GetLastError () == ERROR_IO_PENDING;
      more = more && GetOverlappedResult (self->pipe, &reading, &n, TRUE);
      if (more)
        g_string_append_len (text, bytes, n);
    }
}

char *
hearth_run_elevated_windows (const char *const *arguments, int *status, GError **error)
{
  g_auto (Elevation) self = { 0 };
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (HEARTH_ELEVATION_PIPE_PREFIX, id, NULL);
  const char *const answer_to[] = { HEARTH_ELEVATION_OPTION, name, NULL };
  g_autofree char *first = hearth_elevation_quote (answer_to);
  g_autofree char *rest = hearth_elevation_quote (arguments);
  g_autofree char *line = g_strconcat (first, " ", rest, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  DWORD code = 1;

  if (!make_pipe (&self, name, error) || !start_program (&self, line, error))
    return NULL;
  if (wait_for_client (&self))
    read_answer (&self, text);
  WaitForSingleObject (self.process, INFINITE);
  GetExitCodeProcess (self.process, &code);
  *status = (int) code;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
