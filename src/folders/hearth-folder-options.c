/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-folder-options.h"

G_DEFINE_BOXED_TYPE (HearthFolderOptions,
                     hearth_folder_options,
                     hearth_folder_options_copy,
                     hearth_folder_options_free)

typedef struct {
  const char *word;
  const char *option; /* of hearth-serve; NULL for none */
} Purpose;

static const Purpose purposes[] = {
  [HEARTH_FOLDER_WEB_PAGE] = { "web-page", NULL },
  [HEARTH_FOLDER_SINGLE_PAGE] = { "single-page", "--spa" },
  [HEARTH_FOLDER_ISOLATED] = { "isolated", "--isolate" },
  [HEARTH_FOLDER_SHARED] = { "shared", "--cors" },
};

HearthFolderOptions *
hearth_folder_options_new (void)
{
  return g_new0 (HearthFolderOptions, 1);
}

HearthFolderOptions *
hearth_folder_options_copy (const HearthFolderOptions *options)
{
  HearthFolderOptions *copy = g_memdup2 (options, sizeof *options);

  copy->address = g_strdup (options->address);
  return copy;
}

void
hearth_folder_options_free (HearthFolderOptions *options)
{
  if (options == NULL)
    return;
  g_free (options->address);
  g_free (options);
}

/* Whoever sets a gboolean may set it to anything. */
gboolean
hearth_folder_options_equal (const HearthFolderOptions *options, const HearthFolderOptions *other)
{
  return options->purpose == other->purpose && !options->live_reload == !other->live_reload &&
         !options->show_hidden == !other->show_hidden && options->port == other->port &&
         g_strcmp0 (options->address, other->address) == 0;
}

const char *
hearth_folder_purpose_to_word (HearthFolderPurpose purpose)
{
  g_return_val_if_fail (purpose < G_N_ELEMENTS (purposes), NULL);

  return purposes[purpose].word;
}

gboolean
hearth_folder_purpose_from_word (const char *word, HearthFolderPurpose *purpose)
{
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_str_equal (purposes[i].word, word))
      {
        *purpose = i;
        return TRUE;
      }
  return FALSE;
}

GStrv
hearth_folder_options_to_arguments (const HearthFolderOptions *options,
                                    const char *program,
                                    const char *path,
                                    guint16 port)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add_many (builder, program, "--json", "--parent-pipe", NULL);
  if (port != 0)
    g_strv_builder_take (builder, g_strdup_printf ("--port=%u", port));
  if (options->address != NULL)
    g_strv_builder_take (builder, g_strconcat ("--address=", options->address, NULL));
  if (purposes[options->purpose].option != NULL)
    g_strv_builder_add (builder, purposes[options->purpose].option);
  if (options->live_reload)
    g_strv_builder_add (builder, "--live");
  if (options->show_hidden)
    g_strv_builder_add (builder, "--hidden");
  /* A folder may be called "--help". */
  g_strv_builder_add_many (builder, "--", path, NULL);
  return g_strv_builder_end (builder);
}
