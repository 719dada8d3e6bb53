/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-lockdown.h"

const char *
serve_lock_name (ServeLock lock)
{
  switch (lock)
    {
    case SERVE_LOCK_NO_NEW_PRIVILEGES:
      return "no-new-privileges";
    case SERVE_LOCK_LANDLOCK:
      return "landlock";
    case SERVE_LOCK_LANDLOCK_NETWORK:
      return "landlock-network";
    case SERVE_LOCK_SECCOMP:
      return "seccomp";
    default:
      return "";
    }
}

const char *
serve_lock_describe (ServeLock lock)
{
  switch (lock)
    {
    case SERVE_LOCK_NO_NEW_PRIVILEGES:
      return "can never get more rights than it has";
    case SERVE_LOCK_LANDLOCK:
      return "can read the folder, and no other file; can write none";
    case SERVE_LOCK_LANDLOCK_NETWORK:
      return "can neither connect to anywhere nor open another port";
    case SERVE_LOCK_SECCOMP:
      return "can ask the kernel for what serving takes, and nothing else";
    default:
      return "";
    }
}
