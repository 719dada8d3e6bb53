/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-privileges-linux.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-error.h"

#define FOLDER_MODE 0700

typedef struct _cap_struct Capabilities; /* what cap_t points to */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Capabilities, cap_free)

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (
      error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
      /* Translators: what could not be done, by the name of a system call or a path, and why */
      _ ("hearth-helper could not lay down its rights (%s): %s."), what, g_strerror (errno));
  return FALSE;
}

/* Folders */

/* Gives a folder of root's that has nothing in it, as it is when it was just made. */
static gboolean
is_for_us (int folder, const struct stat *info)
{
  g_autofd int copy = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", copy);
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);

  return info->st_uid == 0 && entries != NULL && g_dir_read_name (entries) == NULL;
}

static gboolean
make_folder (const char *path, const struct passwd *user, GError **error)
{
  g_autofd int folder = -1;
  struct stat info;

  if (g_mkdir_with_parents (path, FOLDER_MODE) != 0)
    return fail (error, path);
  folder = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0 || fstat (folder, &info) != 0)
    return errno == ELOOP || errno == ENOTDIR || fail (error, path);
  if (user != NULL && is_for_us (folder, &info) && fchown (folder, user->pw_uid, user->pw_gid) != 0)
    return fail (error, path);
  return TRUE;
}

/* Rights */

static gboolean
set_capabilities (GError **error)
{
  g_autoptr (Capabilities) capabilities = cap_init ();
  cap_value_t wanted = CAP_NET_ADMIN;

  if (capabilities == NULL ||
      cap_set_flag (capabilities, CAP_PERMITTED, 1, &wanted, CAP_SET) != 0 ||
      cap_set_flag (capabilities, CAP_EFFECTIVE, 1, &wanted, CAP_SET) != 0 ||
      cap_set_proc (capabilities) != 0)
    return fail (error, "cap_set_proc");
  return TRUE;
}

static gboolean
drop_bounding_set (GError **error)
{
  for (cap_value_t capability = 0; cap_get_bound (capability) >= 0; capability++)
    if (capability != CAP_NET_ADMIN && cap_drop_bound (capability) != 0)
      return fail (error, "cap_drop_bound");
  return TRUE;
}

static gboolean
become (const struct passwd *user, GError **error)
{
  if (prctl (PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0 || setgroups (0, NULL) != 0 ||
      setresgid (user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
      setresuid (user->pw_uid, user->pw_uid, user->pw_uid) != 0)
    return fail (error, "setresuid");
  return TRUE;
}

static gboolean
may_change_addresses (void)
{
  g_autoptr (Capabilities) capabilities = cap_get_proc ();
  cap_flag_value_t value = CAP_CLEAR;

  return capabilities != NULL &&
         cap_get_flag (capabilities, CAP_NET_ADMIN, CAP_EFFECTIVE, &value) == 0 && value == CAP_SET;
}

static gboolean
check_rights (GError **error)
{
  if (may_change_addresses ())
    return TRUE;
  g_set_error_literal (
      error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
      _ ("hearth-helper may not change addresses: it needs the capability CAP_NET_ADMIN. The "
         "system "
         "starts it with it when a program calls it on the bus; by hand, start it as root."));
  return FALSE;
}

static gboolean
drop_root (const char *state_folder, const char *runtime_folder, GError **error)
{
  const struct passwd *user = getpwnam (HEARTH_HELPER_USER);

  if (user == NULL)
    {
      g_set_error (
          error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
          _ ("hearth-helper does not work as root, and there is no user “%s”. Make it with "
             "“systemd-sysusers”, or “useradd --system %s”."),
          HEARTH_HELPER_USER, HEARTH_HELPER_USER);
      return FALSE;
    }
  return make_folder (runtime_folder, user, error) && make_folder (state_folder, user, error) &&
         check_rights (error) && drop_bounding_set (error) && become (user, error);
}

gboolean
hearth_helper_privileges_drop (const char *state_folder, const char *runtime_folder, GError **error)
{
  umask (S_IRWXG | S_IRWXO);
  if (geteuid () == 0)
    {
      if (!drop_root (state_folder, runtime_folder, error))
        return FALSE;
    }
  else if (!check_rights (error) || !make_folder (runtime_folder, NULL, error) ||
           !make_folder (state_folder, NULL, error))
    return FALSE;

  if (!set_capabilities (error))
    return FALSE;
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return fail (error, "PR_SET_NO_NEW_PRIVS");
  return check_rights (error);
}
