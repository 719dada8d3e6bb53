/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What hearthctl exits with. */
typedef enum {
  HEARTH_CTL_DONE = 0,
  HEARTH_CTL_FAILED = 1,
  HEARTH_CTL_INVALID = 2,       /* usage, or input that is wrong */
  HEARTH_CTL_NOT_PERMITTED = 3,
  HEARTH_CTL_NOT_SUPPORTED = 4, /* nothing here can do it */
} HearthCtlStatus;

/* hearthctl: finds the command among @argv and runs it. Returns the exit status. */
int hearth_ctl_run   (int                  argc,
                      char               **argv);

/* The commands. @argv[0] is the name of the command. */
int hearth_ctl_list  (int                  argc,
                      char               **argv);
int hearth_ctl_watch (int                  argc,
                      char               **argv);
int hearth_ctl_commands (int               argc,
                      char               **argv);
int hearth_ctl_add   (int                  argc,
                      char               **argv);
int hearth_ctl_remove (int                 argc,
                      char               **argv);
int hearth_ctl_keep  (int                  argc,
                      char               **argv);
int hearth_ctl_forget (int                 argc,
                      char               **argv);
int hearth_ctl_authority (int              argc,
                      char               **argv);
int hearth_ctl_check (int                  argc,
                      char               **argv);
int hearth_ctl_serve (int                  argc,
                      char               **argv);
int hearth_ctl_services (int               argc,
                         char            **argv);
int hearth_ctl_explain (int                argc,
                      char               **argv);

/* Parses the options of a command: takes them out of @argv, and leaves at most @max_arguments behind
 * the name. FALSE, after saying on standard error what is wrong, or after --help; *@status is what to
 * exit with then.
 * @usage: what stands behind the name, "[INTERFACE]", or NULL
 * @summary: one sentence */
gboolean hearth_ctl_parse (int                *argc,
                           char             ***argv,
                           const GOptionEntry *entries,
                           const char         *usage,
                           const char         *summary,
                           int                 max_arguments,
                           int                *status);

/* Says that standard output cannot be written, for the reason in errno, and returns FAILED. */
int hearth_ctl_fail_to_write (void);

/* Says @error on standard error and returns the status it stands for. */
int hearth_ctl_fail  (const GError        *error);

G_END_DECLS
