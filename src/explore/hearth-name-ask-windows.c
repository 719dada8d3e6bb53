/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-name-ask.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include "hearth-message-windows.h"
#include "hearth-name-lookup.h"

/* Winsock is started by GLib's networking; starting it again counts, and costs nothing. */
static void
start_winsock (void)
{
  static gsize started;
  WSADATA data;

  if (!g_once_init_enter (&started))
    return;
  WSAStartup (MAKEWORD (2, 2), &data);
  g_once_init_leave (&started, 1);
}

static gboolean
fail (int code, GError **error)
{
  g_autofree char *message = hearth_windows_message_dup (code);

  g_set_error_literal (error, G_IO_ERROR,
                       code == WSAHOST_NOT_FOUND || code == WSANO_DATA ? G_IO_ERROR_NOT_FOUND
                                                                       : G_IO_ERROR_FAILED,
                       message);
  return FALSE;
}

gboolean
hearth_name_ask (const char *name, HearthNameFunc func, gpointer user_data, GError **error)
{
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (name, -1, NULL, NULL, NULL);
  const ADDRINFOW hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
  ADDRINFOW *infos = NULL;
  int code;

  start_winsock ();
  code =
      wide != NULL ? GetAddrInfoW ((const WCHAR *) wide, NULL, &hints, &infos) : WSAHOST_NOT_FOUND;
  if (code != 0)
    return fail (code, error);
  for (const ADDRINFOW *info = infos; info != NULL; info = info->ai_next)
    func (info->ai_addr, info->ai_addrlen, user_data);
  FreeAddrInfoW (infos);
  return TRUE;
}

/* There is no nsswitch.conf(5). */
gboolean
hearth_name_lookup_has_source (const char *source)
{
  return FALSE;
}

char *
hearth_name_lookup_dup_host (void)
{
  WCHAR name[256];
  DWORD size = G_N_ELEMENTS (name);

  if (!GetComputerNameExW (ComputerNameDnsHostname, name, &size) || size == 0)
    return NULL;
  return g_utf16_to_utf8 ((const gunichar2 *) name, (glong) size, NULL, NULL, NULL);
}

char *
hearth_name_ask_dup_command (const char *name)
{
  return g_strdup_printf ("powershell -Command \"[Net.Dns]::GetHostAddresses('%s')\"", name);
}
