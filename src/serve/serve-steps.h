/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "serve-folder.h"
#include "serve-status.h"

typedef intptr_t ServeHandle;

/**
 * ServeStepsCalls: what serve_steps_walk() asks of Windows; a test has its own
 *
 * @open: opens what is called @name in @directory, itself and never what it leads to: to go through, and MISSING
 *   where it is no directory; or, where @is_last, whatever it is, to be read. "" is @directory anew.
 * @look: what it is
 * @name: the whole name on its volume as the file system has it, case and all, with backslashes; returns its
 *   length, 0 where that cannot be had or has no room
 */
typedef struct {
  ServeOpenResult (*open)  (void        *data,
                            ServeHandle  directory,
                            const char  *name,
                            bool         is_last,
                            ServeHandle *opened);
  bool            (*look)  (void        *data,
                            ServeHandle  handle,
                            ServeStatus *status);
  size_t          (*name)  (void        *data,
                            ServeHandle  handle,
                            char        *name,
                            size_t       size);
  void            (*close) (void        *data,
                            ServeHandle  handle);
} ServeStepsCalls;

/* Opens @path below @root, as serve_beneath_open() does, by these calls alone. Whatever is a link, a junction or a
 * mount is refused (LINK), and so is a name that is not the file's own (MISSING): of another case, or short. */
ServeOpenResult serve_steps_walk (const ServeStepsCalls *calls,
                                  void                  *data,
                                  ServeHandle            root,
                                  const char            *path,
                                  ServeHandle           *opened);

/* What an NTSTATUS of NtCreateFile() means for whoever asked ([MS-ERREF] 2.3.1). Never OK. Pure. */
ServeOpenResult serve_steps_result_of (uint32_t status);
