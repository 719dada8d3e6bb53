/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-steps.h"

#include "serve-target.h"

/* As in the walk of POSIX, nothing but single names is ever opened, each by the handle of the
 * directory before it, and what leads on is not followed. Windows takes more than one name for a
 * file, so in the end the file is asked for its own. */

#define NAME_ROOM (32 * 1024)

typedef struct {
  const ServeStepsCalls *calls;
  void *data;
  ServeHandle root; /* (borrowed) */
  ServeHandle here; /* (owned), unless it is the root */
} Walk;

static void
leave (const Walk *walk)
{
  if (walk->here != walk->root)
    walk->calls->close (walk->data, walk->here);
}

static ServeOpenResult
examine (const Walk *walk, ServeHandle handle, bool is_last)
{
  ServeStatus status;

  if (!walk->calls->look (walk->data, handle, &status))
    return SERVE_OPEN_FAILED;
  switch (status.kind)
    {
    case SERVE_KIND_LINK:
      return SERVE_OPEN_LINK;
    case SERVE_KIND_SPECIAL:
      return SERVE_OPEN_SPECIAL;
    case SERVE_KIND_FILE:
      return is_last ? SERVE_OPEN_OK : SERVE_OPEN_MISSING;
    default:
      return SERVE_OPEN_OK;
    }
}

static ServeOpenResult
step (Walk *walk, const char *name, bool is_last)
{
  ServeHandle next;
  ServeOpenResult result = walk->calls->open (walk->data, walk->here, name, is_last, &next);

  if (result != SERVE_OPEN_OK)
    return result;
  result = examine (walk, next, is_last);
  if (result != SERVE_OPEN_OK)
    {
      walk->calls->close (walk->data, next);
      return result;
    }
  leave (walk);
  walk->here = next;
  return SERVE_OPEN_OK;
}

/* Goes to the end of @path, which has no "." or ".." segment. */
static ServeOpenResult
take_steps (Walk *walk, const char *path)
{
  ServeOpenResult result = SERVE_OPEN_OK;

  while (result == SERVE_OPEN_OK && *path != '\0')
    {
      char name[SERVE_PATH_MAX + 1];
      size_t length = strcspn (path, "/");
      bool is_last = path[length] == '\0';

      if (!serve_names_allow (SERVE_NAMES_WINDOWS, (ServeText) { path, length }))
        return SERVE_OPEN_MISSING;
      memcpy (name, path, length);
      name[length] = '\0';
      result = step (walk, name, is_last);
      path += length + (is_last ? 0 : 1);
    }
  return result;
}

static bool
is_path (const char *name, const char *path)
{
  for (; *path != '\0' && *name != '\0'; name++, path++)
    {
      if (*name != (*path == '/' ? '\\' : *path))
        return false;
    }
  return *name == *path;
}

/* Whether what is open is called @path below what the root is called. */
static bool
has_own_name (const Walk *walk, const char *path)
{
  char root[NAME_ROOM];
  char name[NAME_ROOM];
  size_t root_length = walk->calls->name (walk->data, walk->root, root, sizeof root);
  size_t length = walk->calls->name (walk->data, walk->here, name, sizeof name);

  if (root_length > 0 && root[root_length - 1] == '\\')
    root_length--; /* that of a whole volume */
  return length > root_length && memcmp (name, root, root_length) == 0 &&
         name[root_length] == '\\' && is_path (name + root_length + 1, path);
}

ServeOpenResult
serve_steps_walk (const ServeStepsCalls *calls,
                  void *data,
                  ServeHandle root,
                  const char *path,
                  ServeHandle *opened)
{
  Walk walk = { calls, data, root, root };
  ServeOpenResult result = path[0] == '\0' ? step (&walk, "", true) : take_steps (&walk, path);

  if (result == SERVE_OPEN_OK && path[0] != '\0' && !has_own_name (&walk, path))
    result = SERVE_OPEN_MISSING;
  if (result == SERVE_OPEN_OK)
    *opened = walk.here;
  else
    leave (&walk);
  return result;
}

ServeOpenResult
serve_steps_result_of (uint32_t status)
{
  static const struct {
    uint32_t status;
    ServeOpenResult result;
  } results[] = {
    { 0xc000000f, SERVE_OPEN_MISSING },   /* NO_SUCH_FILE */
    { 0xc0000024, SERVE_OPEN_MISSING },   /* OBJECT_TYPE_MISMATCH */
    { 0xc0000033, SERVE_OPEN_MISSING },   /* OBJECT_NAME_INVALID */
    { 0xc0000034, SERVE_OPEN_MISSING },   /* OBJECT_NAME_NOT_FOUND */
    { 0xc0000039, SERVE_OPEN_MISSING },   /* OBJECT_PATH_INVALID */
    { 0xc000003a, SERVE_OPEN_MISSING },   /* OBJECT_PATH_NOT_FOUND */
    { 0xc000003b, SERVE_OPEN_MISSING },   /* OBJECT_PATH_SYNTAX_BAD */
    { 0xc0000056, SERVE_OPEN_MISSING },   /* DELETE_PENDING */
    { 0xc0000103, SERVE_OPEN_MISSING },   /* NOT_A_DIRECTORY */
    { 0xc0000106, SERVE_OPEN_MISSING },   /* NAME_TOO_LONG */
    { 0xc0000123, SERVE_OPEN_MISSING },   /* FILE_DELETED */
    { 0x8000002d, SERVE_OPEN_LINK },      /* STOPPED_ON_SYMLINK */
    { 0xc0000279, SERVE_OPEN_LINK },      /* IO_REPARSE_TAG_NOT_HANDLED */
    { 0xc0000280, SERVE_OPEN_LINK },      /* REPARSE_POINT_NOT_RESOLVED */
    { 0xc0000022, SERVE_OPEN_FORBIDDEN }, /* ACCESS_DENIED */
    { 0xc0000043, SERVE_OPEN_FORBIDDEN }, /* SHARING_VIOLATION: somebody has it for himself */
    { 0xc0000054, SERVE_OPEN_FORBIDDEN }, /* FILE_LOCK_CONFLICT */
    { 0xc0000061, SERVE_OPEN_FORBIDDEN }, /* PRIVILEGE_NOT_HELD */
    { 0xc0000017, SERVE_OPEN_EXHAUSTED }, /* NO_MEMORY */
    { 0xc0000044, SERVE_OPEN_EXHAUSTED }, /* QUOTA_EXCEEDED */
    { 0xc000009a, SERVE_OPEN_EXHAUSTED }, /* INSUFFICIENT_RESOURCES */
    { 0xc000011f, SERVE_OPEN_EXHAUSTED }, /* TOO_MANY_OPENED_FILES */
    { 0xc000000e, SERVE_OPEN_SPECIAL },   /* NO_SUCH_DEVICE */
    { 0xc0000010, SERVE_OPEN_SPECIAL },   /* INVALID_DEVICE_REQUEST */
    { 0xc00000ac, SERVE_OPEN_SPECIAL },   /* PIPE_NOT_AVAILABLE */
    { 0xc00000ae, SERVE_OPEN_SPECIAL },   /* PIPE_BUSY */
  };

  for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
    {
      if (results[i].status == status)
        return results[i].result;
    }
  return SERVE_OPEN_FAILED;
}
