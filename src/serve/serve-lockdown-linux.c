/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-lockdown.h"

#include <linux/landlock.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "serve-seccomp-linux.h"

/* Rights that came with later versions of Landlock's ABI, for headers that are older than the
 * kernel. */
#define ACCESS_FS_OF_ABI_1 ((UINT64_C (1) << 13) - 1)
#define ACCESS_FS_REFER (UINT64_C (1) << 13)     /* 2 */
#define ACCESS_FS_TRUNCATE (UINT64_C (1) << 14)  /* 3 */
#define ACCESS_FS_IOCTL_DEV (UINT64_C (1) << 15) /* 5 */
#define ACCESS_NET_TCP (UINT64_C (3))            /* 4: bind and connect */
#define SCOPE_ALL (UINT64_C (3))                 /* 6: abstract sockets and signals */

/* struct landlock_ruleset_attr of ABI 6; shorter ones are its beginnings. */
typedef struct {
  uint64_t handled_access_fs;
  uint64_t handled_access_net;
  uint64_t scoped;
} Ruleset;

static int
landlock_abi (void)
{
  return (int) syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static size_t
ruleset_size (int abi)
{
  if (abi >= 6)
    return sizeof (Ruleset);
  return abi >= 4 ? offsetof (Ruleset, scoped) : offsetof (Ruleset, handled_access_net);
}

static Ruleset
ruleset_of (int abi)
{
  return (Ruleset) {
    .handled_access_fs = ACCESS_FS_OF_ABI_1 | (abi >= 2 ? ACCESS_FS_REFER : 0) |
                         (abi >= 3 ? ACCESS_FS_TRUNCATE : 0) | (abi >= 5 ? ACCESS_FS_IOCTL_DEV : 0),
    .handled_access_net = abi >= 4 ? ACCESS_NET_TCP : 0,
    .scoped = abi >= 6 ? SCOPE_ALL : 0,
  };
}

/* Everything is handled, so everything is forbidden that has no rule; and reading below the folder
 * has the only one. */
static bool
restrict_to (int ruleset, const ServeFolder *folder)
{
  const struct landlock_path_beneath_attr rule = {
    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    .parent_fd = serve_folder_descriptor (folder),
  };

  return syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 &&
         syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
}

static unsigned
locks_of_landlock (int abi)
{
  if (abi < 1)
    return 0;
  return SERVE_LOCK_LANDLOCK | (abi >= 4 ? (unsigned) SERVE_LOCK_LANDLOCK_NETWORK : 0);
}

static unsigned
lock_by_landlock (const ServeFolder *folder)
{
  int abi = landlock_abi ();
  Ruleset wanted = ruleset_of (abi);
  int ruleset;
  bool done;

  if (abi < 1)
    return 0;
  ruleset = (int) syscall (SYS_landlock_create_ruleset, &wanted, ruleset_size (abi), 0);
  if (ruleset < 0)
    return 0;
  done = restrict_to (ruleset, folder);
  close (ruleset);
  return done ? locks_of_landlock (abi) : 0;
}

void
serve_lockdown_prepare (void)
{
  serve_seccomp_forbid_io_uring ();
}

unsigned
serve_lockdown (const ServeFolder *folder)
{
  unsigned locks = 0;

  /* The other two need it, unless the process is privileged. */
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
    locks |= SERVE_LOCK_NO_NEW_PRIVILEGES;
  locks |= lock_by_landlock (folder);
  if (serve_seccomp_lock ())
    locks |= SERVE_LOCK_SECCOMP;
  return locks;
}

unsigned
serve_lockdown_probe (void)
{
  return SERVE_LOCK_NO_NEW_PRIVILEGES | locks_of_landlock (landlock_abi ()) |
         (serve_seccomp_is_supported () ? (unsigned) SERVE_LOCK_SECCOMP : 0);
}
