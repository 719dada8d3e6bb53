/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

static const struct {
  const char *label;
  const char *phrase;
  const char *icon;
  const char *class;
} states[] = {
  [HEARTH_FOLDER_STOPPED] = { N_ ("Stopped"), N_ ("stopped"), "media-playback-stop-symbolic",
                              "dimmed" },
  [HEARTH_FOLDER_STARTING] = { N_ ("Starting"), N_ ("starting"), "content-loading-symbolic",
                               "dimmed" },
  [HEARTH_FOLDER_SERVING] = { N_ ("Serving"), N_ ("serving"), "object-select-symbolic", "success" },
  [HEARTH_FOLDER_RESTARTING] = { N_ ("Starting again"), N_ ("starting again"),
                                 "view-refresh-symbolic", "warning" },
  [HEARTH_FOLDER_GONE] = { N_ ("Folder missing"), N_ ("folder missing"), "dialog-warning-symbolic",
                           "warning" },
  [HEARTH_FOLDER_FAILED] = { N_ ("Not served"), N_ ("not served"), "dialog-error-symbolic",
                             "error" },
};

const char *
hearth_folder_words_state (HearthFolderState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return _ (states[state].label);
}

const char *
hearth_folder_words_state_icon (HearthFolderState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return states[state].icon;
}

const char *
hearth_folder_words_state_class (HearthFolderState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return states[state].class;
}

/* The plural of a number that may be larger than what ngettext() takes. */
static gulong
plural (guint64 n)
{
  return n <= G_MAXINT32 ? (gulong) n : 1000000 + (gulong) (n % 1000000);
}

char *
hearth_folder_words_requests (guint64 n_requests)
{
  return g_strdup_printf (
      ngettext ("%" PRIu64 " request", "%" PRIu64 " requests", plural (n_requests)), n_requests);
}

char *
hearth_folder_words_sentence (const char *name,
                              HearthFolderState state,
                              const char *url,
                              guint64 n_requests)
{
  g_autofree char *requests = NULL;

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  if (state != HEARTH_FOLDER_SERVING || url == NULL)
    {
      /* Translators: a folder, and how it is: "site, stopped" */
      return g_strdup_printf (_ ("%s, %s"), name, _ (states[state].phrase));
    }
  requests = hearth_folder_words_requests (n_requests);
  /* Translators: a folder, where it is, and how much was asked of it: "site, served at
   * http://localhost:8000/, 12 requests" */
  return g_strdup_printf (_ ("%s, served at %s, %s"), name, url, requests);
}

static const struct {
  const char *label;
  const char *meaning;
} purposes[] = {
  [HEARTH_FOLDER_WEB_PAGE] = { N_ ("Web Page"), N_ ("Files are served as they are.") },
  [HEARTH_FOLDER_SINGLE_PAGE] = { N_ ("Single-Page App"),
                                  N_ ("A path that is not there gets index.html, so that the app "
                                      "can show it.") },
  [HEARTH_FOLDER_ISOLATED] = { N_ ("Game or WebAssembly"),
                               N_ ("The page is isolated from others, so that it may use threads "
                                   "and shared memory.") },
  [HEARTH_FOLDER_SHARED] = { N_ ("Other Sites May Read It"),
                             N_ ("Pages of every other site, open in a browser here, may load "
                                 "these "
                                 "files (CORS).") },
};

const char *
hearth_folder_words_purpose (HearthFolderPurpose purpose)
{
  g_return_val_if_fail ((guint) purpose < G_N_ELEMENTS (purposes), NULL);

  return _ (purposes[purpose].label);
}

const char *
hearth_folder_words_purpose_meaning (HearthFolderPurpose purpose)
{
  g_return_val_if_fail ((guint) purpose < G_N_ELEMENTS (purposes), NULL);

  return _ (purposes[purpose].meaning);
}

char *
hearth_folder_words_serving (guint n_folders)
{
  return g_strdup_printf (
      ngettext ("Serving %u folder on localhost", "Serving %u folders on localhost", n_folders),
      n_folders);
}

char *
hearth_folder_words_trouble (const char *name, HearthFolderState state)
{
  if (state == HEARTH_FOLDER_RESTARTING)
    /* Translators: a folder whose server ends again and again */
    return g_strdup_printf (_ ("“%s” is served with interruptions"), name);
  /* Translators: a folder */
  return g_strdup_printf (_ ("“%s” is not served any more"), name);
}

char *
hearth_folder_words_not_a_folder (const char *name)
{
  /* Translators: a file that somebody wants to serve */
  return g_strdup_printf (_ ("“%s” is not a folder. Serve the folder that it is in."), name);
}

char *
hearth_folder_words_removed (const char *name)
{
  /* Translators: a folder that was taken off the list */
  return g_strdup_printf (_ ("Removed “%s”"), name);
}
