/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-processes-windows.h"

#include <string.h>

#include "hearth-rows-windows.h"

/* ProcessCommandLineInformation of PROCESSINFOCLASS, from Windows 8.1 on: a UNICODE_STRING with its
 * text behind it. */
#define COMMAND_LINE_INFORMATION 60

/* The longest name of an account with its NUL: UNLEN of lmcons.h is 256. */
#define ACCOUNT_SIZE 257

typedef struct {
  HearthProcess *process; /* (owned) (nullable) */
  const char *user;       /* (nullable), interned */
  guint32 user_id;
} Entry;

struct _HearthProcessesWindows {
  const HearthCallsWindows *calls;
  GHashTable *names;   /* (owned) pid → UTF-8 */
  GHashTable *entries; /* (owned) pid → Entry, those that were asked for */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->process, hearth_process_unref);
  g_free (entry);
}

/* A list of all of them needs no right to any. */
static void
read_names (HearthProcessesWindows *self)
{
  PROCESSENTRY32W row = { .dwSize = sizeof row };
  HANDLE list = self->calls->CreateToolhelp32Snapshot (TH32CS_SNAPPROCESS, 0);
  BOOL more;

  if (list == INVALID_HANDLE_VALUE)
    return;
  for (more = self->calls->Process32FirstW (list, &row); more;
       more = self->calls->Process32NextW (list, &row))
    g_hash_table_insert (self->names, GUINT_TO_POINTER (row.th32ProcessID),
                         hearth_rows_windows_read_text (row.szExeFile, MAX_PATH));
  self->calls->CloseHandle (list);
}

HearthProcessesWindows *
hearth_processes_windows_new (const HearthCallsWindows *calls)
{
  HearthProcessesWindows *self = g_new0 (HearthProcessesWindows, 1);

  self->calls = calls;
  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  read_names (self);
  return self;
}

void
hearth_processes_windows_free (HearthProcessesWindows *self)
{
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* The command line */

static char *
read_string (const guint8 *bytes, gsize size)
{
  UNICODE_STRING string;
  gsize offset;

  if (size < sizeof string)
    return g_strdup ("");
  memcpy (&string, bytes, sizeof string);
  offset = (gsize) ((const guint8 *) string.Buffer - bytes);
  if (string.Buffer == NULL || offset > size || string.Length > size - offset)
    return g_strdup ("");
  return hearth_rows_windows_read_text (string.Buffer, string.Length / sizeof (WCHAR));
}

static char *
shorten (char *command)
{
  gsize length = strlen (command);

  while (length >= HEARTH_COMMAND_SIZE)
    length = (gsize) (g_utf8_find_prev_char (command, command + length) - command);
  command[length] = '\0';
  return command;
}

static char *
read_command (HearthProcessesWindows *self, HANDLE process)
{
  ULONG size = sizeof (UNICODE_STRING) + 2 * HEARTH_COMMAND_SIZE, needed = 0;
  g_autofree guint8 *bytes = NULL;
  NTSTATUS status;

  for (int i = 0; process != NULL && i < 2; i++)
    {
      g_free (bytes);
      bytes = g_malloc0 (size);
      status = self->calls->NtQueryInformationProcess (process, COMMAND_LINE_INFORMATION, bytes,
                                                       size, &needed);
      if (status >= 0)
        return shorten (read_string (bytes, size));
      if (needed <= size)
        break;
      size = needed;
    }
  return g_strdup ("");
}

/* The user */

guint32
hearth_processes_windows_read_user_id (const void *sid, gsize size)
{
  gsize first = G_STRUCT_OFFSET (SID, SubAuthority);
  guint8 n;
  guint32 id;

  if (size < first)
    return 0;
  n = ((const guint8 *) sid)[G_STRUCT_OFFSET (SID, SubAuthorityCount)];
  if (n == 0 || size < first + n * sizeof id)
    return 0;
  memcpy (&id, (const guint8 *) sid + first + (n - 1) * sizeof id, sizeof id);
  return id;
}

static void
read_user (HearthProcessesWindows *self, HANDLE token, Entry *entry)
{
  _Alignas (8) guint8 bytes[sizeof (TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  const TOKEN_USER *user = (const TOKEN_USER *) (const void *) bytes;
  WCHAR name[ACCOUNT_SIZE] = { 0 }, domain[ACCOUNT_SIZE] = { 0 };
  DWORD size = 0, n_name = ACCOUNT_SIZE, n_domain = ACCOUNT_SIZE;
  g_autofree char *text = NULL;
  SID_NAME_USE use;

  if (!self->calls->GetTokenInformation (token, TokenUser, bytes, sizeof bytes, &size))
    return;
  entry->user_id = hearth_processes_windows_read_user_id (
      user->User.Sid, sizeof bytes - (gsize) ((const guint8 *) user->User.Sid - bytes));
  if (!self->calls->LookupAccountSidW (NULL, user->User.Sid, name, &n_name, domain, &n_domain,
                                       &use))
    return;
  text = hearth_rows_windows_read_text (name, ACCOUNT_SIZE);
  entry->user = g_intern_string (text);
}

/* All of one */

static Entry *
ask (HearthProcessesWindows *self, guint32 pid)
{
  const char *name = g_hash_table_lookup (self->names, GUINT_TO_POINTER (pid));
  HANDLE process = self->calls->OpenProcess (PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
  Entry *entry = g_new0 (Entry, 1);
  HANDLE token;

  if (name != NULL)
    {
      g_autofree char *command = read_command (self, process);

      entry->process = hearth_process_new ((gint32) pid, name, command);
    }
  if (process == NULL)
    return entry;
  if (self->calls->OpenProcessToken (process, TOKEN_QUERY, &token))
    {
      read_user (self, token, entry);
      self->calls->CloseHandle (token);
    }
  self->calls->CloseHandle (process);
  return entry;
}

/* 0 is the number of no process, and of sockets that nobody has any more. */
void
hearth_processes_windows_describe (HearthProcessesWindows *self,
                                   guint32 pid,
                                   HearthListener *listener)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (pid));

  if (pid == 0)
    return;
  if (entry == NULL)
    {
      entry = ask (self, pid);
      g_hash_table_insert (self->entries, GUINT_TO_POINTER (pid), entry);
    }
  listener->user = entry->user;
  listener->user_id = entry->user_id;
  if (entry->process != NULL)
    listener->process = hearth_process_ref (entry->process);
}
