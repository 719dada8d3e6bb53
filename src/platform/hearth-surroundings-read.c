/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>

#include "hearth-error.h"
#include "hearth-plain-file.h"
#include "hearth-resolv-conf.h"
#include "hearth-surroundings-builder.h"

/* More than any resolver reads: three name servers and a list of domains. */
#define MAX_FILE_BYTES (64 * 1024)

/* Files */

static void
take_name_server (const HearthAddress *address, gpointer builder)
{
  hearth_surroundings_builder_add_name_server (builder, address);
}

void
hearth_surroundings_builder_read_file (HearthSurroundingsBuilder *self, const char *path)
{
  g_autoptr (GString) text = hearth_plain_file_read (path, MAX_FILE_BYTES);

  if (text == NULL)
    {
      g_debug ("%s cannot be read: no name servers from there", path);
      return;
    }
  hearth_resolv_conf_parse (text->str, text->len, take_name_server, self);
}

static void
read_files (HearthPlatformClass *klass, HearthSurroundingsBuilder *builder)
{
  const char *const *paths = klass->resolv_conf_paths;

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    hearth_surroundings_builder_read_file (builder, paths[i]);
}

/* What the platform knows without files. */

static void
add_own (HearthPlatform *self, HearthSurroundingsBuilder *builder)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (self);

  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *own = addresses->pdata[i];

      hearth_surroundings_builder_add_own (builder, own->link_index, &own->prefix.address);
    }
}

/* (transfer full) (nullable) */
static HearthSurroundingsBuilder *
ask_platform (HearthPlatform *self, GError **error)
{
  g_autoptr (HearthSurroundingsBuilder) builder = hearth_surroundings_builder_new ();
  HearthPlatformClass *klass = HEARTH_PLATFORM_GET_CLASS (self);

  if (klass->read_surroundings == NULL)
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                           _ ("Routes and neighbours cannot be read on this system."));
      return NULL;
    }
  if (!klass->read_surroundings (self, builder, error))
    return NULL;
  add_own (self, builder);
  return g_steal_pointer (&builder);
}

/* Public */

HearthSurroundings *
hearth_platform_read_surroundings (HearthPlatform *self, GError **error)
{
  HearthSurroundingsBuilder *builder;

  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), NULL);

  builder = ask_platform (self, error);
  if (builder == NULL)
    return NULL;
  read_files (HEARTH_PLATFORM_GET_CLASS (self), builder);
  return hearth_surroundings_builder_end (builder);
}

/* On a thread: nothing of the platform's but its class. */
static void
read_in_thread (GTask *task, gpointer platform, gpointer known, GCancellable *cancellable)
{
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();

  hearth_surroundings_builder_add_all (builder, known);
  read_files (HEARTH_PLATFORM_GET_CLASS (platform), builder);
  g_task_return_pointer (task, hearth_surroundings_builder_end (builder),
                         (GDestroyNotify) hearth_surroundings_unref);
}

void
hearth_platform_read_surroundings_async (HearthPlatform *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  HearthSurroundingsBuilder *builder;
  GError *error = NULL;

  g_return_if_fail (HEARTH_IS_PLATFORM (self));

  g_task_set_source_tag (task, hearth_platform_read_surroundings_async);
  builder = ask_platform (self, &error);
  if (builder == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, hearth_surroundings_builder_end (builder),
                        (GDestroyNotify) hearth_surroundings_unref);
  g_task_run_in_thread (task, read_in_thread);
}

HearthSurroundings *
hearth_platform_read_surroundings_finish (HearthPlatform *self,
                                          GAsyncResult *result,
                                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
