/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve-target.h"

/* Nothing but single names is ever opened, each by the descriptor of the directory before it and
 * never through a link, so whatever somebody moves meanwhile, no step leads outside. The names of
 * the directories that were walked are kept: after ".." they are walked again from the root,
 * because a directory's own ".." may have come to be elsewhere. */

#define LINKS_MAX 40
#define LINK_SIZE 4096
#define RACES_MAX 64

/* A directory is only walked through; it need not be readable. */
#if defined O_PATH
#  define SEARCH_FLAGS O_PATH
#elif defined O_SEARCH
#  define SEARCH_FLAGS O_SEARCH
#else
#  define SEARCH_FLAGS O_RDONLY
#endif

typedef struct {
  int root;
  int directory; /* (owned): where @walked ends */
  char walked[SERVE_PATH_MAX + 1];
  char rest[SERVE_PATH_MAX + LINK_SIZE + 2];
  unsigned n_links;
  unsigned n_races;
  ServeOpenResult result;
} Walk;

static bool
fail (Walk *walk, ServeOpenResult result)
{
  walk->result = result;
  return false;
}

static bool
step_into (Walk *walk, const char *name)
{
  int next = openat (walk->directory, name, SEARCH_FLAGS | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (next < 0)
    return fail (walk, serve_beneath_result_of (errno));
  close (walk->directory);
  walk->directory = next;
  return serve_beneath_is_called (next, name) || fail (walk, SERVE_OPEN_MISSING);
}

static bool
return_to_root (Walk *walk)
{
  int next = openat (walk->root, ".", SEARCH_FLAGS | O_DIRECTORY | O_CLOEXEC);

  if (next < 0)
    return fail (walk, serve_beneath_result_of (errno));
  if (walk->directory >= 0)
    close (walk->directory);
  walk->directory = next;
  return true;
}

/* Takes the first name off @rest, which may be empty between two slashes. A slash at the end stays
 * there, so that the name before it is walked into: only a directory may be. */
static bool
take_name (char *rest, char name[SERVE_PATH_MAX + 1])
{
  size_t length = strcspn (rest, "/");
  bool takes_slash = rest[length] == '/' && (length == 0 || rest[length + 1] != '\0');
  size_t taken = length + (takes_slash ? 1 : 0);

  if (length > SERVE_PATH_MAX)
    return false;
  memcpy (name, rest, length);
  name[length] = '\0';
  memmove (rest, rest + taken, strlen (rest + taken) + 1);
  return true;
}

static bool
go_up (Walk *walk)
{
  char again[SERVE_PATH_MAX + 1];
  char name[SERVE_PATH_MAX + 1];
  char *slash = strrchr (walk->walked, '/');
  struct stat status;

  if (walk->walked[0] == '\0')
    return fail (walk, SERVE_OPEN_LEAVES);
  /* Nobody goes up from where they may not look for names. */
  if (fstatat (walk->directory, "..", &status, 0) != 0)
    return fail (walk, serve_beneath_result_of (errno));
  *(slash != NULL ? slash : walk->walked) = '\0';
  strcpy (again, walk->walked);
  if (!return_to_root (walk))
    return false;
  while (again[0] != '\0')
    {
      if (!take_name (again, name) || !step_into (walk, name))
        return false;
    }
  return true;
}

static bool
follow (Walk *walk, const char *target, size_t length)
{
  size_t rest_length = strlen (walk->rest);

  if (target[0] == '/')
    return fail (walk, SERVE_OPEN_LEAVES);
  if (++walk->n_links > LINKS_MAX)
    return fail (walk, SERVE_OPEN_LOOP);
  if (length + 1 + rest_length >= sizeof walk->rest)
    return fail (walk, SERVE_OPEN_MISSING);
  memmove (walk->rest + length + 1, walk->rest, rest_length + 1);
  memcpy (walk->rest, target, length);
  walk->rest[length] = rest_length > 0 ? '/' : '\0';
  return true;
}

/* A name that is no link and not the last one. */
static bool
go_down (Walk *walk, const char *name)
{
  size_t length = strlen (walk->walked);

  if (length + 1 + strlen (name) > SERVE_PATH_MAX)
    return fail (walk, SERVE_OPEN_MISSING);
  if (!step_into (walk, name))
    return false;
  if (length > 0)
    walk->walked[length++] = '/';
  strcpy (walk->walked + length, name);
  return true;
}

/* Opens the last name, which is no link; one that became a link in between is looked at again. */
static int
open_last (Walk *walk, const char *name)
{
  int descriptor =
      openat (walk->directory, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);

  if (descriptor >= 0 && serve_beneath_is_called (descriptor, name))
    return descriptor;
  if (descriptor >= 0)
    {
      close (descriptor);
      fail (walk, SERVE_OPEN_MISSING);
      return -1;
    }
  if ((errno == ELOOP || errno == EMLINK) && ++walk->n_races < RACES_MAX)
    strcpy (walk->rest, name);
  else
    fail (walk, serve_beneath_result_of (errno));
  return -1;
}

/* Goes on by one name. False at the end: *@descriptor is open, or walk->result says why not. */
static bool
step (Walk *walk, int *descriptor)
{
  char name[SERVE_PATH_MAX + 1];
  char target[LINK_SIZE];
  ssize_t length;

  if (!take_name (walk->rest, name))
    return fail (walk, SERVE_OPEN_MISSING);
  if (strcmp (name, "..") == 0)
    return go_up (walk);
  if (name[0] == '\0' || strcmp (name, ".") == 0)
    return true;
  length = readlinkat (walk->directory, name, target, sizeof target);
  if (length == (ssize_t) sizeof target)
    return fail (walk, SERVE_OPEN_MISSING);
  if (length > 0)
    return follow (walk, target, (size_t) length);
  if (errno != EINVAL)
    return fail (walk, serve_beneath_result_of (errno));
  if (walk->rest[0] != '\0')
    return go_down (walk, name);
  *descriptor = open_last (walk, name);
  return *descriptor < 0 && walk->result == SERVE_OPEN_OK;
}

int
serve_beneath_walk (int root, const char *path, ServeOpenResult *result)
{
  Walk walk = { .root = root, .directory = -1, .result = SERVE_OPEN_OK };
  int descriptor = -1;
  bool goes_on;

  if (strlen (path) > SERVE_PATH_MAX)
    fail (&walk, SERVE_OPEN_MISSING);
  else
    strcpy (walk.rest, path);
  goes_on = walk.result == SERVE_OPEN_OK && return_to_root (&walk);
  while (goes_on && walk.rest[0] != '\0')
    goes_on = step (&walk, &descriptor);
  /* A path, or the last link of it, that ends in a directory's own name for itself. */
  if (goes_on && descriptor < 0)
    {
      descriptor = openat (walk.directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      if (descriptor < 0)
        fail (&walk, serve_beneath_result_of (errno));
    }
  if (walk.directory >= 0)
    close (walk.directory);
  if (descriptor < 0)
    *result = walk.result;
  return descriptor;
}

ServeOpenResult
serve_beneath_result_of (int error)
{
  switch (error)
    {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
    case EILSEQ: /* macOS: bytes that are no UTF-8 */
      return SERVE_OPEN_MISSING;
    case EXDEV:
      return SERVE_OPEN_LEAVES;
    case ELOOP:
    case EMLINK: /* FreeBSD: a link, and O_NOFOLLOW */
      return SERVE_OPEN_LOOP;
    case ENXIO:
    case ENODEV:
    case EOPNOTSUPP: /* the BSDs and macOS: a socket */
      return SERVE_OPEN_SPECIAL;
    case EACCES:
    case EPERM:
      return SERVE_OPEN_FORBIDDEN;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return SERVE_OPEN_EXHAUSTED;
    default:
      return SERVE_OPEN_FAILED;
    }
}
