/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the privileged service reads: the arguments of a caller, and its own files, in which anybody
 * may have written. Whatever they are, nothing comes of them that no alias may be.
 *
 * The input is "A", an interface, lifetime, label and addresses, a line each; or "O" or "K" and the
 * text of owned.json or kept.json. */

#include "fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hearth-alias-rules.h"
#include "hearth-helper-contents.h"
#include "hearth-helper-request.h"
#include "hearth-platform-fake.h"

static void
check_request (HearthHelperRequest *request)
{
  g_assert_cmpuint (request->n_prefixes, >, 0);
  g_assert_cmpuint (request->n_prefixes, <=, HEARTH_HELPER_MAX_ADDRESSES);
  for (guint i = 0; i < request->n_prefixes; i++)
    {
      g_assert_false (hearth_alias_rules_is_base (&request->prefixes[i].address));
      if (request->verb != HEARTH_HELPER_REMOVE)
        g_assert_true (hearth_alias_rules_check (&request->prefixes[i], NULL));
    }
  hearth_helper_request_free (request);
}

/* Takes both. */
static void
take_request (HearthHelperRequest *request, GError *error)
{
  g_assert_true ((request == NULL) == (error != NULL));
  if (request != NULL)
    check_request (request);
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL) &&
                   strpbrk (error->message, "\n\033") == NULL);
  g_clear_error (&error);
}

/* D-Bus lets nothing but UTF-8 through. */
static void
read_arguments (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);
  GError *errors[3] = { NULL };
  HearthHelperRequest *requests[3];
  g_autoptr (GVariant) options = NULL;
  const char *const *addresses;

  if (!g_utf8_validate (text, -1, NULL) || g_strv_length (lines) < 3)
    return;
  addresses = (const char *const *) lines + 3;
  options = g_variant_ref_sink (g_variant_new_parsed ("{'label': <%s>}", lines[2]));
  requests[0] = hearth_helper_request_new_add (lines[0], addresses, lines[1],
                                               lines[2][0] != '\0' ? options : NULL, &errors[0]);
  requests[1] = hearth_helper_request_new_remove (lines[0], addresses, &errors[1]);
  requests[2] = hearth_helper_request_new_keep (lines[0], addresses, TRUE, &errors[2]);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    take_request (requests[i], errors[i]);
}

static void
check_records (const HearthHelperRecords *records)
{
  g_autoptr (GPtrArray) list = hearth_helper_records_list (records);

  for (guint i = 0; i < list->len; i++)
    g_assert_true (
        hearth_alias_rules_check (&((HearthHelperRecord *) list->pdata[i])->prefix, NULL));
}

/* It says of each broken file what is wrong with it. */
static void
keep_quiet (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_assert_cmpint (level & G_LOG_LEVEL_MASK, >=, G_LOG_LEVEL_WARNING);
}

/* In memory where there is such a place: the service makes sure of the disk. */
static const char *
make_folder (void)
{
  static char in_memory[] = "/run/fuzz-helper.XXXXXX";

  return g_mkdtemp (in_memory) != NULL ? in_memory : g_dir_make_tmp ("fuzz-helper.XXXXXX", NULL);
}

static void
read_file (HearthHelperFile file, const char *text, gsize length)
{
  static const char *folder;
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  g_autoptr (HearthHelperStore) store = NULL;
  g_autoptr (HearthHelperContents) contents = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    {
      folder = make_folder ();
      g_log_set_default_handler (keep_quiet, NULL);
    }
  g_assert_true (hearth_platform_start (platform, NULL));
  store = hearth_helper_store_new (folder, folder);
  path = g_strdup (hearth_helper_store_get_path (store, file));
  g_assert_true (
      g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  contents = hearth_helper_contents_read (store, platform, &error);
  if (contents != NULL)
    check_records (contents->records);
  g_assert_no_errno (g_unlink (path));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = NULL;

  if (size < 1)
    return 0;
  text = g_strndup ((const char *) data + 1, size - 1);
  if (data[0] == 'A')
    read_arguments (text);
  else if (data[0] == 'O' || data[0] == 'K')
    read_file (data[0] == 'K' ? HEARTH_HELPER_FILE_KEPT : HEARTH_HELPER_FILE_OWNED,
               (const char *) data + 1, size - 1);
  return 0;
}
