/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "serve-folder.h"

/* What a file in the folder says, and what nobody may ever see. */
#define SITE_INSIDE "inside"
#define SITE_SECRET "a secret"

/**
 * Site: a folder that is served, in which the test is, and what is around it
 *
 * `../f` and `../outside/f` are secret.
 */
typedef struct {
  char *path;          /* of what is around it */
  ServeFolder *folder; /* `site` in there */
} Site;

void site_set_up    (Site *site);
void site_tear_down (Site *site);

/* Each of them has to work out; of a file, and a directory, that is not there yet. */
void site_make_file   (const char *name,
                       const char *text);
void site_make_folder (const char *name);
void site_make_link   (const char *name,
                       const char *target);
void site_make_socket (const char *name);
