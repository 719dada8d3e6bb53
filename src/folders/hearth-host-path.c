/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-host-path.h"

/* "xattr" stands for the name space "user"; what is no printable ASCII comes as \xHH. */
#define ATTRIBUTE "xattr::document-portal.host-path"

static GFile *
read_path (GFileInfo *info)
{
  const char *escaped = g_file_info_get_attribute_string (info, ATTRIBUTE);
  g_autoptr (GString) path = g_string_new (NULL);

  for (const char *p = escaped; p != NULL && *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]))
        {
          g_string_append_c (
              path, (char) (g_ascii_xdigit_value (p[2]) << 4 | g_ascii_xdigit_value (p[3])));
          p += 3;
        }
      else
        g_string_append_c (path, *p);
    }
  /* It may come with the zero that ends it. */
  return g_path_is_absolute (path->str) ? g_file_new_for_path (path->str) : NULL;
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  g_task_return_pointer (task, info != NULL ? read_path (info) : NULL, g_object_unref);
}

void
hearth_host_path_find_async (GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, hearth_host_path_find_async);
  g_file_query_info_async (file, ATTRIBUTE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, cancellable,
                           queried_cb, g_steal_pointer (&task));
}

GFile *
hearth_host_path_find_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == hearth_host_path_find_async,
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
