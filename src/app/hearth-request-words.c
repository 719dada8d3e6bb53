/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-request-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

static const struct {
  const char *label;
  const char *phrase;
  const char *icon;
  const char *class;
} kinds[] = {
  [HEARTH_REQUEST_OK] = { NC_ ("requests that were", "OK"), N_ ("OK"), "object-select-symbolic",
                          "success" },
  [HEARTH_REQUEST_NOT_FOUND] = { NC_ ("requests that were", "Not Found"), N_ ("not found"),
                                 "dialog-question-symbolic", "warning" },
  [HEARTH_REQUEST_REFUSED] = { NC_ ("requests that were", "Refused"), N_ ("refused"),
                               "action-unavailable-symbolic", "warning" },
  [HEARTH_REQUEST_FAILED] = { NC_ ("requests that were", "Failed"), N_ ("failed"),
                              "dialog-error-symbolic", "error" },
};

const char *
hearth_request_words_kind (HearthRequestKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);

  return g_dpgettext2 (NULL, "requests that were", kinds[kind].label);
}

const char *
hearth_request_words_kind_icon (HearthRequestKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].icon;
}

const char *
hearth_request_words_kind_class (HearthRequestKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].class;
}

char *
hearth_request_words_took (double ms)
{
  if (ms < 9.95)
    return g_strdup_printf (_ ("%.1f ms"), ms);
  if (ms < 999.5)
    return g_strdup_printf (_ ("%.0f ms"), ms);
  if (ms < 99950)
    return g_strdup_printf (_ ("%.1f s"), ms / 1000);
  return g_strdup_printf (_ ("%.0f min"), ms / 60000);
}

char *
hearth_request_words_time (double time, GTimeZone *zone)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc ((gint64) time);
  g_autoptr (GDateTime) here = moment != NULL ? g_date_time_to_timezone (moment, zone) : NULL;

  if (here == NULL)
    return g_strdup ("");
  return g_date_time_format (here, "%H:%M:%S");
}

/* The reasons that hearth-serve has (src/serve), in the language of the person. */
static const char *
translate_reason (const char *reason)
{
  static const struct {
    const char *reason;
    const char *words;
  } table[] = {
    { "names that begin with a dot are hidden", N_ ("Names that begin with a dot are hidden") },
    { "a symbolic link leads out of the folder", N_ ("A symbolic link leads out of the folder") },
    { "symbolic links lead in a circle", N_ ("Symbolic links lead in a circle") },
    { "not a regular file", N_ ("Not a regular file") },
    { "not readable for this user", N_ ("You may not read this file yourself") },
    { "too many files are open", N_ ("Too many files are open") },
    { "asked for by a foreign name", N_ ("Asked for by a name that is not this computer's") },
    { "asked from another computer", N_ ("Asked from another computer") },
    { "asked by a page of another site", N_ ("Asked by a page of another site") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (table[i].reason, reason))
        return _ (table[i].words);
    }
  return reason;
}

char *
hearth_request_words_hint (int status, const char *hint, gboolean aborted)
{
  /* Reasons are sentences; a name is as in a URL, and shown as it is where it is text. */
  if (hint != NULL && status == 404 && strchr (hint, ' ') == NULL)
    {
      g_autofree char *name = g_uri_unescape_string (hint, NULL);
      gboolean is_text = name != NULL && g_utf8_validate (name, -1, NULL);

      return g_strdup_printf (_ ("No such file; did you mean %s?"), is_text ? name : hint);
    }
  if (hint != NULL)
    return g_strdup (translate_reason (hint));
  if (status == 404)
    return g_strdup (_ ("No such file"));
  if (aborted)
    return g_strdup (_ ("The browser did not wait for the end"));
  return NULL;
}

char *
hearth_request_words_sentence (const char *method,
                               const char *path,
                               int status,
                               HearthRequestKind kind,
                               const char *time,
                               const char *hint)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);

  if (method[0] == '\0')
    {
      /* Translators: what was no request to speak of, its answer (a number and a word) and its time
       */
      return g_strdup_printf (_ ("Unreadable request, %d, %s, at %s"), status,
                              _ (kinds[kind].phrase), time);
    }
  if (hint != NULL)
    {
      /* Translators: "GET /a.css, 404, not found, at 14:03:22: No such file" */
      return g_strdup_printf (_ ("%s %s, %d, %s, at %s: %s"), method, path, status,
                              _ (kinds[kind].phrase), time, hint);
    }
  /* Translators: "GET /a.css, 200, OK, at 14:03:22" */
  return g_strdup_printf (_ ("%s %s, %d, %s, at %s"), method, path, status, _ (kinds[kind].phrase),
                          time);
}

/* The plural of a number that may be larger than what ngettext() takes. */
static gulong
plural (guint64 n)
{
  return n <= G_MAXINT32 ? (gulong) n : 1000000 + (gulong) (n % 1000000);
}

char *
hearth_request_words_rate (guint64 n_requests, guint64 bytes, guint most)
{
  g_autofree char *size = g_format_size (bytes);

  if (n_requests == 0)
    return g_strdup (_ ("No requests in the last 3 minutes"));
  /* Translators: a number of requests, how many bytes they were, and the most of them in one second
   */
  return g_strdup_printf (
      ngettext ("%" PRIu64 " request and %s in the last 3 minutes, at most %u in a second",
                "%" PRIu64 " requests and %s in the last 3 minutes, at most %u in a second",
                plural (n_requests)),
      n_requests, size, most);
}

char *
hearth_request_words_lost (guint64 n_lost)
{
  if (n_lost == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%" PRIu64 " more request came too fast to be listed",
                                    "%" PRIu64 " more requests came too fast to be listed",
                                    plural (n_lost)),
                          n_lost);
}
