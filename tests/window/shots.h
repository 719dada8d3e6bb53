/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "hearth-application.h"
#include "hearth-authorities.h"
#include "hearth-folders.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/* Every page and dialog as a person may have it before them, on a computer that is always the same. */
typedef struct {
  const char *name;
  const char *page;
  int width;
  int height;
  HearthPlatform *(*make_platform) (void);
  const char *action; /* what is activated before the picture, with its target */
  gboolean dark;
  gboolean others;
  gboolean details;    /* of the row behind the base addresses */
  const char *add;     /* what is typed into the Add dialog, which is open then */
  gboolean unfold;     /* the commands in it */
  gboolean apply;      /* its button is pressed */
  gboolean remove;     /* the row behind the base addresses is removed */
  gboolean rtl;        /* from right to left */
  gboolean held;       /* changes wait, as for a password */
  gboolean served;     /* there are folders */
  gboolean folder;     /* the page of the first one is open */
  gboolean log;        /* scrolled to its requests */
  gboolean options;    /* its options are open */
  const char *reason;  /* why nobody can change addresses */
  const char *says;    /* a part of a text that is on the screen */
  const char *explore; /* the tag of the page of Explore that is opened */
  gboolean down;       /* scrolled to its end */
} Shot;

/* What is open for a shot. Owned, but for the window. */
typedef struct {
  HearthPlatform *platform;
  HearthAuthorities *authorities;
  GSettings *settings;
  HearthFolders *folders;
  GtkWidget *window;
} Stage;

/* Where every test of them begins: the application, without animations; it has that long to come to
 * rest after each step. (transfer full) */
HearthApplication *shots_start            (int            *argc,
                                           char         ***argv,
                                           guint           time_ms);

/* (transfer none) (array length=n_shots) */
const Shot        *shots_get              (gsize          *n_shots);

/* Whether no shot before that one shows the same, but for its size and colours. */
gboolean           shots_is_new           (gsize           i);

void               shots_open             (Stage          *stage,
                                           const Shot     *shot);
void               shots_close            (Stage          *stage);

/* The computer in them, and who changes addresses there. (transfer full) */
HearthPlatform    *shots_make_computer    (void);
HearthAuthorities *shots_make_authorities (HearthPlatform *platform,
                                           const char     *reason,
                                           gboolean        held);

G_END_DECLS
