/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-port-names.h"

#include <string.h>

#include "hearth-network-file.h"

/* The longest name that is shown; those of RFC 6335 have 15 characters. */
#define NAME_MAX_LENGTH 64

struct _HearthPortNames {
  GHashTable *names; /* (owned): key → name (owned) */
};

static gpointer
make_key (HearthTransport transport, guint16 port)
{
  return GUINT_TO_POINTER ((guint) transport << 16 | port);
}

/* "631/tcp". */
static gboolean
read_port (const char *word, HearthTransport *transport, guint16 *port)
{
  const char *slash = strchr (word, '/');
  g_autofree char *digits = slash != NULL ? g_strndup (word, (gsize) (slash - word)) : NULL;
  guint64 value;

  if (digits == NULL || !g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT16, &value, NULL))
    return FALSE;
  *port = (guint16) value;
  *transport = g_str_equal (slash + 1, "udp") ? HEARTH_TRANSPORT_UDP : HEARTH_TRANSPORT_TCP;
  return g_str_equal (slash + 1, "tcp") || g_str_equal (slash + 1, "udp");
}

static void
read_line (HearthPortNames *self, char *line)
{
  const char *name, *word;
  HearthTransport transport;
  guint16 port;

  line[strcspn (line, "#\r")] = '\0';
  line += strspn (line, " \t");
  name = line;
  line += strcspn (line, " \t");
  if (*line == '\0')
    return;
  *line++ = '\0';
  line += strspn (line, " \t");
  word = line;
  line[strcspn (line, " \t")] = '\0';
  if (strlen (name) <= NAME_MAX_LENGTH && g_utf8_validate (name, -1, NULL) &&
      read_port (word, &transport, &port) &&
      !g_hash_table_contains (self->names, make_key (transport, port)))
    g_hash_table_insert (self->names, make_key (transport, port), g_strdup (name));
}

HearthPortNames *
hearth_port_names_parse (const char *text, gsize length)
{
  HearthPortNames *self = g_atomic_rc_box_new (HearthPortNames);
  const char *end = text + length;

  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  while (text < end)
    {
      const char *newline = memchr (text, '\n', (gsize) (end - text));
      const char *line_end = newline != NULL ? newline : end;
      g_autofree char *line = g_strndup (text, (gsize) (line_end - text));

      read_line (self, line);
      text = line_end + 1;
    }
  return self;
}

HearthPortNames *
hearth_port_names_read (void)
{
  g_autofree char *path = hearth_network_file_dup_path ("services");
  g_autofree char *text = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, NULL);
  return hearth_port_names_parse (text != NULL ? text : "", length);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, hearth_port_names_read (), (GDestroyNotify) hearth_port_names_unref);
}

void
hearth_port_names_read_async (gpointer source, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, user_data);

  g_task_run_in_thread (task, read_in_thread);
}

HearthPortNames *
hearth_port_names_read_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

HearthPortNames *
hearth_port_names_ref (const HearthPortNames *self)
{
  return g_atomic_rc_box_acquire ((HearthPortNames *) self);
}

static void
clear (gpointer data)
{
  HearthPortNames *self = data;

  g_hash_table_unref (self->names);
}

void
hearth_port_names_unref (HearthPortNames *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const char *
hearth_port_names_look_up (const HearthPortNames *self, HearthTransport transport, guint16 port)
{
  return g_hash_table_lookup (self->names, make_key (transport, port));
}
