/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-journal-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-json-writer.h"

#define MAX_READ_BYTES (1024 * 1024)
#define LONG_BYTES (256 * 1024)

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

char *
hearth_journal_read_boot (void)
{
  char *boot = NULL;

  if (!g_file_get_contents (BOOT_ID, &boot, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (boot);
}

/* Lines */

char *
hearth_journal_compose (const char *boot, const GArray *prefixes)
{
  GString *text = g_string_new (NULL);
  HearthJsonWriter writer;
  char prefix[HEARTH_PREFIX_TEXT_SIZE];

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_add_string (&writer, "boot", boot);
  hearth_json_writer_begin_array (&writer, "addresses");
  for (guint i = 0; i < prefixes->len; i++)
    hearth_json_writer_add_string (
        &writer, NULL, hearth_prefix_print (&g_array_index (prefixes, HearthPrefix, i), prefix));
  hearth_json_writer_end_array (&writer);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_end_line (&writer);
  return g_string_free (text, FALSE);
}

/* Nobody but Hearth should write here, and still nothing but an alias is ever believed. */
static void
parse_addresses (JsonArray *texts, GArray *prefixes)
{
  for (guint i = 0; i < json_array_get_length (texts); i++)
    {
      JsonNode *node = json_array_get_element (texts, i);
      HearthPrefix prefix;

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          hearth_prefix_parse (json_node_get_string (node), &prefix, NULL) &&
          hearth_alias_rules_check (&prefix, NULL))
        hearth_prefixes_add (prefixes, &prefix);
    }
}

static gboolean
parse_line (const char *line, gsize length, const char *boot, GArray *prefixes, gboolean *same_boot)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  JsonNode *node;

  if (!json_parser_load_from_data (parser, line, (gssize) length, NULL) ||
      json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return FALSE;
  object = json_node_get_object (json_parser_get_root (parser));
  node = json_object_get_member (object, "addresses");
  *same_boot =
      g_strcmp0 (json_object_get_string_member_with_default (object, "boot", ""), boot) == 0;
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    parse_addresses (json_node_get_array (node), prefixes);
  return TRUE;
}

GArray *
hearth_journal_parse (const char *text, gsize length, const char *boot, gboolean *same_boot)
{
  GArray *prefixes = hearth_prefixes_new ();
  const char *end = length > 0 ? g_strrstr_len (text, (gssize) length, "\n") : NULL;

  *same_boot = FALSE;
  while (end != NULL)
    {
      const char *before = end > text ? g_strrstr_len (text, end - text, "\n") : NULL;
      const char *line = before != NULL ? before + 1 : text;

      if (parse_line (line, (gsize) (end - line), boot, prefixes, same_boot))
        break;
      end = before;
    }
  return prefixes;
}

/* Files */

static gboolean
fail (GError **error, const char *path)
{
  int number = errno;

  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED,
               /* Translators: a path, and what the system says */
               _ ("Hearth could not note what it adds in %s: %s."), path, g_strerror (number));
  return FALSE;
}

int
hearth_journal_create (const char *folder, const char *prefix, char **path, GError **error)
{
  g_autofree char *name = g_strdup_printf ("new-%sXXXXXX", prefix);
  g_autofree char *made = g_build_filename (folder, name, NULL);
  g_autofree char *final_name = NULL;
  int descriptor;

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      (descriptor = g_mkstemp_full (made, O_RDWR | O_CLOEXEC | O_APPEND, 0600)) < 0)
    {
      fail (error, folder);
      return -1;
    }
  final_name = g_strconcat (strrchr (made, G_DIR_SEPARATOR) + 1 + strlen ("new-"), ".json", NULL);
  *path = g_build_filename (folder, final_name, NULL);
  if (flock (descriptor, LOCK_EX | LOCK_NB) == 0 && g_rename (made, *path) == 0)
    return descriptor;
  fail (error, *path);
  g_unlink (made);
  close (descriptor);
  g_clear_pointer (path, g_free);
  return -1;
}

/* Not one that was deleted while it was waited for. Otherwise `errno` says what it is instead. */
static gboolean
is_sound (int descriptor)
{
  struct stat status;

  if (fstat (descriptor, &status) != 0)
    return FALSE;
  if (S_ISREG (status.st_mode) && status.st_nlink == 1)
    return TRUE;
  errno = !S_ISREG (status.st_mode) ? EINVAL : status.st_nlink == 0 ? ENOENT : EMLINK;
  return FALSE;
}

int
hearth_journal_open (const char *path, gboolean wait, gboolean *held, GError **error)
{
  int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  int descriptor = open (path, flags | (wait ? O_RDWR | O_APPEND | O_CREAT : O_RDONLY), 0600);

  *held = FALSE;
  if (descriptor < 0 || !is_sound (descriptor))
    {
      fail (error, path);
      g_clear_fd (&descriptor, NULL);
      return -1;
    }
  if (flock (descriptor, wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0)
    *held = TRUE;
  else if (!is_sound (descriptor))
    {
      fail (error, path);
      g_clear_fd (&descriptor, NULL);
      return -1;
    }
  return descriptor;
}

GString *
hearth_journal_read (int descriptor)
{
  GString *text = g_string_new (NULL);
  char buffer[16 * 1024];
  gssize n;

  while (text->len < MAX_READ_BYTES &&
         (n = pread (descriptor, buffer, sizeof buffer, (off_t) text->len)) > 0)
    g_string_append_len (text, buffer, n);
  return text;
}

/* A line that does not fit is taken out again: the one before counts. */
gboolean
hearth_journal_write (int descriptor, const char *path, const char *line, GError **error)
{
  gsize length = strlen (line);
  struct stat status;
  gssize n;

  if (fstat (descriptor, &status) != 0 ||
      (status.st_size > LONG_BYTES && ftruncate (descriptor, status.st_size = 0) != 0))
    return fail (error, path);
  for (gsize done = 0; done < length; done += (gsize) n)
    {
      n = write (descriptor, line + done, length - done);
      if (n < 0 && errno == EINTR)
        n = 0;
      else if (n < 0)
        {
          fail (error, path);
          if (ftruncate (descriptor, status.st_size) != 0)
            g_debug ("%s keeps half a line", path);
          return FALSE;
        }
    }
  return TRUE;
}
