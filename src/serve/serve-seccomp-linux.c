/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-seccomp-linux.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#  define HAS_SANITIZER 1
#elif defined __has_feature
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#    define HAS_SANITIZER 1
#  endif
#endif
#ifndef HAS_SANITIZER
#  define HAS_SANITIZER 0
#endif

static const int allowed[] = {
  /* connections */
  SCMP_SYS (accept),
  SCMP_SYS (accept4),
  SCMP_SYS (getsockname),
  SCMP_SYS (getpeername),
  SCMP_SYS (recvfrom),
  SCMP_SYS (recvmsg),
  SCMP_SYS (sendto),
  SCMP_SYS (sendmsg),
  SCMP_SYS (sendfile),
  SCMP_SYS (shutdown),
  SCMP_SYS (setsockopt),
  SCMP_SYS (getsockopt),
  SCMP_SYS (bind),
  /* files, to read */
  SCMP_SYS (openat2),
  SCMP_SYS (openat),
  SCMP_SYS (readlinkat),
  SCMP_SYS (readlink),
  SCMP_SYS (fstat),
  SCMP_SYS (newfstatat),
  SCMP_SYS (stat),
  SCMP_SYS (statx),
  SCMP_SYS (lseek),
  SCMP_SYS (getdents64),
  SCMP_SYS (pread64),
  SCMP_SYS (read),
  SCMP_SYS (readv),
  SCMP_SYS (close),
  SCMP_SYS (write),
  SCMP_SYS (writev),
  SCMP_SYS (fcntl),
  SCMP_SYS (dup),
  SCMP_SYS (dup3),
  /* waiting */
  SCMP_SYS (epoll_wait),
  SCMP_SYS (epoll_pwait),
  SCMP_SYS (epoll_pwait2),
  SCMP_SYS (epoll_ctl),
  SCMP_SYS (epoll_create1),
  SCMP_SYS (eventfd2),
  SCMP_SYS (poll),
  SCMP_SYS (ppoll),
  SCMP_SYS (inotify_init1),
  SCMP_SYS (inotify_add_watch),
  SCMP_SYS (inotify_rm_watch),
  SCMP_SYS (pipe2),
  /* time */
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_getres),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (nanosleep),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  /* memory, threads, signals of its own */
  SCMP_SYS (brk),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (madvise),
  SCMP_SYS (futex),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (rseq),
  SCMP_SYS (sched_yield),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (sched_getparam),
  SCMP_SYS (sched_getscheduler),
  SCMP_SYS (gettid),
  SCMP_SYS (getpid),
  SCMP_SYS (tgkill),
  SCMP_SYS (getrandom),
  SCMP_SYS (prlimit64),
  SCMP_SYS (getrlimit),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (getuid),
  SCMP_SYS (geteuid),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
};

/* Threads, but no process; glibc makes them by clone where clone3, whose flags no filter can see,
 * is missing. */
static int
allow_threads (scmp_filter_ctx filter)
{
  return seccomp_rule_add (
      filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1,
      SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_VM | CLONE_THREAD, CLONE_VM | CLONE_THREAD));
}

/* Memory that can be written or executed, never what would be executed. */
static int
allow_memory (scmp_filter_ctx filter)
{
  int result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                                 SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));

  if (result != 0)
    return result;
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

/* The list of interfaces comes through one, by getifaddrs(3). */
static int
allow_netlink (scmp_filter_ctx filter)
{
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (socket), 1,
                           SCMP_A0 (SCMP_CMP_EQ, AF_NETLINK));
}

/* Of ioctl(2): how much there is to read and to send, and non-blocking. */
static int
allow_ioctls (scmp_filter_ctx filter)
{
  static const unsigned long requests[] = { 0x541b /* FIONREAD */, 0x5421 /* FIONBIO */,
                                            0x5411 /* SIOCOUTQ */,
                                            0x5401 /* TCGETS, of isatty(3) */ };
  int result = 0;

  for (size_t i = 0; i < sizeof requests / sizeof requests[0] && result == 0; i++)
    result = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (ioctl), 1,
                               SCMP_A1 (SCMP_CMP_EQ, requests[i]));
  return result;
}

static bool
fill (scmp_filter_ctx filter)
{
  /* One that this architecture does not have cannot be called either. */
  for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
    {
      if (allowed[i] >= 0 && seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0) != 0)
        return false;
    }
  /* A binary tree: what is called a hundred thousand times a second is found in a few steps. */
  return seccomp_attr_set (filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 &&
         allow_threads (filter) == 0 && allow_memory (filter) == 0 && allow_netlink (filter) == 0 &&
         allow_ioctls (filter) == 0;
}

/* Whether it was not forbidden: libuv may have a ring then, and ends the process where it cannot
 * use it. */
static bool
has_io_uring (void)
{
  return syscall (SYS_io_uring_setup, 0, NULL) < 0 && errno != ENOSYS && errno != EPERM;
}

bool
serve_seccomp_lock (void)
{
  scmp_filter_ctx filter;
  bool done;

  if (HAS_SANITIZER || has_io_uring ())
    return false;
  filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS));
  if (filter == NULL)
    return false;
  done = fill (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return done;
}

bool
serve_seccomp_is_supported (void)
{
  return !HAS_SANITIZER && prctl (PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

void
serve_seccomp_forbid_io_uring (void)
{
  scmp_filter_ctx filter = HAS_SANITIZER ? NULL : seccomp_init (SCMP_ACT_ALLOW);

  if (filter == NULL)
    return;
  if (seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (io_uring_setup), 0) == 0)
    seccomp_load (filter);
  seccomp_release (filter);
}
