/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/**
 * ServeRoot: the folder as it was chosen, and the descriptor that holds it
 */
typedef struct {
  char *chosen; /* as it was named, absolute; what is looked at again */
  char *path;   /* without links, for people */
  int descriptor;
  uint64_t device;
  uint64_t inode;
} ServeRoot;

/* Opens the folder at @path. False with errno set, and what there is of @root to be closed. */
bool        serve_root_open     (ServeRoot  *root,
                                 const char *path);
void        serve_root_close    (ServeRoot *root);
/* Whether @chosen still leads to what is held. */
bool        serve_root_is_there (const ServeRoot *root);
/* The last segment of @path. */
const char *serve_root_name     (const ServeRoot *root);

/* One more descriptor of what is open, no other program's; or -1. */
int         serve_root_duplicate (int descriptor);
