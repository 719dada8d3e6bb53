/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The text is kept once, cut in place: files that block advertisements have 200,000 lines. */

#include "hearth-hosts-file.h"

#include <string.h>

#include "hearth-network-file.h"

#define BLANKS " \t\r\v\f"

struct _HearthHostsFile {
  char *text;      /* (owned): what the names point into */
  GArray *entries; /* (owned) (element-type HearthHostsEntry) */
};

static void
clear_entry (gpointer data)
{
  HearthHostsEntry *entry = data;

  g_free ((gpointer) entry->names);
}

/* Cuts the next word off; NULL where there is none. */
static char *
take_word (char **line)
{
  char *word = *line + strspn (*line, BLANKS);
  char *end = word + strcspn (word, BLANKS);

  *line = *end != '\0' ? end + 1 : end;
  *end = '\0';
  return *word != '\0' ? word : NULL;
}

/* (transfer container) (nullable) */
static const char *const *
take_names (char *line)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (2, NULL, TRUE);
  char *name;

  while ((name = take_word (&line)) != NULL)
    if (g_utf8_validate (name, -1, NULL))
      g_ptr_array_add (names, name);
  return names->len > 0 ? (const char *const *) g_ptr_array_steal (names, NULL) : NULL;
}

static void
read_line (HearthHostsFile *self, char *line, guint number)
{
  HearthHostsEntry entry = { .line = number };
  const char *word;

  line[strcspn (line, "#")] = '\0';
  word = take_word (&line);
  if (word == NULL || !hearth_address_parse (word, &entry.address, NULL))
    return;
  entry.names = take_names (line);
  if (entry.names != NULL)
    g_array_append_val (self->entries, entry);
}

HearthHostsFile *
hearth_hosts_file_parse (const char *text, gsize length)
{
  HearthHostsFile *self = g_atomic_rc_box_new (HearthHostsFile);
  char *line, *end;
  guint number = 1;

  self->entries = g_array_new (FALSE, FALSE, sizeof (HearthHostsEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->text = g_malloc (length + 1);
  if (length > 0)
    memcpy (self->text, text, length);
  end = self->text + length;
  *end = '\0';
  for (line = self->text; line < end; number++)
    {
      char *newline = memchr (line, '\n', (gsize) (end - line));
      char *line_end = newline != NULL ? newline : end;

      *line_end = '\0';
      read_line (self, line, number);
      line = line_end + 1;
    }
  return self;
}

const char *
hearth_hosts_file_get_path (void)
{
  static char *path;

  if (g_once_init_enter_pointer (&path))
    g_once_init_leave_pointer (&path, hearth_network_file_dup_path ("hosts"));
  return path;
}

HearthHostsFile *
hearth_hosts_file_read (void)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  g_file_get_contents (hearth_hosts_file_get_path (), &text, &length, NULL);
  return hearth_hosts_file_parse (text, length);
}

HearthHostsFile *
hearth_hosts_file_ref (const HearthHostsFile *self)
{
  return g_atomic_rc_box_acquire ((HearthHostsFile *) self);
}

static void
clear (gpointer data)
{
  HearthHostsFile *self = data;

  g_array_unref (self->entries);
  g_free (self->text);
}

void
hearth_hosts_file_unref (HearthHostsFile *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const HearthHostsEntry *
hearth_hosts_file_get_entries (const HearthHostsFile *self, guint *n_entries)
{
  *n_entries = self->entries->len;
  return (const HearthHostsEntry *) (gpointer) self->entries->data;
}

static gboolean
has_name (const HearthHostsEntry *entry, const char *name)
{
  for (guint i = 0; entry->names[i] != NULL; i++)
    if (g_ascii_strcasecmp (entry->names[i], name) == 0)
      return TRUE;
  return FALSE;
}

GPtrArray *
hearth_hosts_file_find (const HearthHostsFile *self, const char *name)
{
  GPtrArray *found = g_ptr_array_new ();
  guint n;
  const HearthHostsEntry *entries = hearth_hosts_file_get_entries (self, &n);

  for (guint i = 0; i < n; i++)
    if (has_name (&entries[i], name))
      g_ptr_array_add (found, (gpointer) &entries[i]);
  return found;
}
