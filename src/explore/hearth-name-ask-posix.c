/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-name-ask.h"

#include <dlfcn.h>
#include <netdb.h>
#include <unistd.h>

#include "hearth-name-lookup.h"

/* HOST_NAME_MAX of Linux is 64, POSIX allows 255. */
#define HOST_NAME_SIZE 256

static gboolean
is_about_the_name (int code)
{
#ifdef EAI_NODATA
  if (code == EAI_NODATA)
    return TRUE;
#endif
  return code == EAI_NONAME;
}

gboolean
hearth_name_ask (const char *name, HearthNameFunc func, gpointer user_data, GError **error)
{
  const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
  struct addrinfo *infos = NULL;
  int code = getaddrinfo (name, NULL, &hints, &infos);

  if (code != 0)
    {
      g_set_error_literal (error, G_IO_ERROR,
                           is_about_the_name (code) ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED,
                           gai_strerror (code));
      return FALSE;
    }
  for (const struct addrinfo *info = infos; info != NULL; info = info->ai_next)
    func (info->ai_addr, info->ai_addrlen, user_data);
  freeaddrinfo (infos);
  return TRUE;
}

/* As glibc finds it. */
gboolean
hearth_name_lookup_has_source (const char *source)
{
  g_autofree char *file = g_strdup_printf ("libnss_%s.so.2", source);
  void *library = dlopen (file, RTLD_LAZY | RTLD_LOCAL);

  if (library == NULL)
    return FALSE;
  dlclose (library);
  return TRUE;
}

char *
hearth_name_lookup_dup_host (void)
{
  char name[HOST_NAME_SIZE] = "";

  if (gethostname (name, sizeof name - 1) != 0 || name[0] == '\0')
    return NULL;
  return g_strdup (name);
}

char *
hearth_name_ask_dup_command (const char *name)
{
  return g_strconcat ("getent ahosts ", name, NULL);
}
