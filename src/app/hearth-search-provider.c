/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-search-provider.h"

#include <string.h>

#include "hearth-search-index.h"
#include "hearth-shell-search.h"

/* How long it remembers what it was asked about: somebody is typing. */
#define FORGET_AFTER_S 10

struct _HearthSearchProvider {
  GObject parent_instance;

  GApplication *application; /* (borrowed) */

  /* Owned */
  HearthFolders *folders; /* (nullable): before the application has started, and when it ends */
  HearthShellSearchProvider2 *skeleton;
  HearthSearchIndex *index; /* (nullable): while nobody asks */

  gboolean looked; /* of `index` */
  guint forget;    /* source, 0 for none */
};

G_DEFINE_FINAL_TYPE (HearthSearchProvider, hearth_search_provider, G_TYPE_OBJECT)

enum {
  SIGNAL_SHOW_ITEM,
  SIGNAL_SEARCH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A question waits until it is known who listens, and holds the application meanwhile. */
typedef struct _Question Question;

struct _Question {
  HearthSearchProvider *provider;
  GDBusMethodInvocation *invocation;
  GStrv words; /* terms, or identifiers */
  void (*answer) (Question *self);
};

static void
question_free (Question *question)
{
  g_application_release (question->provider->application);
  g_object_unref (question->provider);
  g_strfreev (question->words);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
forget_cb (gpointer data)
{
  HearthSearchProvider *self = data;

  self->forget = 0;
  self->looked = FALSE;
  g_clear_object (&self->index);
}

/* Without folders it is ending, and nothing is found any more. */
static void
remember (HearthSearchProvider *self)
{
  if (self->folders == NULL)
    return;
  if (self->index == NULL)
    self->index = hearth_search_index_new (self->folders);
  g_clear_handle_id (&self->forget, g_source_remove);
  self->forget = g_timeout_add_seconds_once (FORGET_AFTER_S, forget_cb, self);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;

  hearth_search_index_look_finish (HEARTH_SEARCH_INDEX (source), result);
  remember (question->provider);
  question->provider->looked = question->provider->index == HEARTH_SEARCH_INDEX (source);
  question->answer (question);
}

/* @anew: whether it is of interest who has come or gone since the last question */
static void
ask (HearthSearchProvider *self,
     GDBusMethodInvocation *invocation,
     const char *const *words,
     void (*answer) (Question *question),
     gboolean anew)
{
  g_autoptr (Question) question = g_new0 (Question, 1);

  g_application_hold (self->application);
  question->provider = g_object_ref (self);
  question->invocation = invocation;
  question->words = g_strdupv ((GStrv) words);
  question->answer = answer;
  remember (self);
  if (self->index == NULL || (self->looked && !anew))
    answer (question);
  else
    hearth_search_index_look_async (self->index, looked_cb, g_steal_pointer (&question));
}

/* Identifiers are "page:key". */

static GPtrArray *
find (Question *question)
{
  if (question->provider->index == NULL)
    return g_ptr_array_new ();
  return hearth_search_index_find (question->provider->index,
                                   (const char *const *) question->words);
}

static void
answer_results (Question *question)
{
  g_autoptr (GPtrArray) found = find (question);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < found->len; i++)
    {
      const HearthSearchEntry *entry = found->pdata[i];

      g_strv_builder_take (builder, g_strdup_printf ("%s:%s", entry->page, entry->key));
    }
  ids = g_strv_builder_end (builder);
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(^as)", ids));
}

/* (nullable): what has no colon in it is none of ours. */
static char *
split_id (const char *id, const char **key)
{
  const char *colon = strchr (id, ':');

  *key = colon != NULL ? colon + 1 : NULL;
  return colon != NULL ? g_strndup (id, (gsize) (colon - id)) : NULL;
}

static void
add_meta (HearthSearchProvider *self, const char *id, GVariantBuilder *metas)
{
  const char *key;
  g_autofree char *page = split_id (id, &key);
  g_autoptr (HearthSearchEntry) entry = page != NULL && self->index != NULL
                                            ? hearth_search_index_look_up (self->index, page, key)
                                            : NULL;
  g_autoptr (GIcon) icon = NULL;
  g_autoptr (GVariant) serialized = NULL;

  /* It went since it was found. */
  if (entry == NULL)
    return;
  icon = g_themed_icon_new (entry->icon);
  serialized = g_icon_serialize (icon);
  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (entry->name));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (entry->description));
  g_variant_builder_add (metas, "{sv}", "icon", serialized);
  g_variant_builder_add (metas, "{sv}", "gicon", g_variant_new_string (entry->icon));
  if (entry->copied != NULL)
    g_variant_builder_add (metas, "{sv}", "clipboardText", g_variant_new_string (entry->copied));
  g_variant_builder_close (metas);
}

static void
answer_metas (Question *question)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (char **id = question->words; *id != NULL; id++)
    add_meta (question->provider, *id, &metas);
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(aa{sv})", &metas));
}

/* On the page of the first kind that is found and can be searched. */
static void
answer_launch (Question *question)
{
  HearthSearchProvider *self = question->provider;
  g_autoptr (GPtrArray) found = find (question);
  const HearthSearchEntry *first = found->len > 0 ? found->pdata[0] : NULL;
  g_autofree char *text = g_strjoinv (" ", question->words);

  g_dbus_method_invocation_return_value (question->invocation, NULL);
  g_signal_emit (self, signals[SIGNAL_SEARCH], 0, first != NULL ? first->page : "addresses", text);
}

/* The bus */

static gboolean
initial_cb (HearthSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *terms)
{
  ask (self, invocation, terms, answer_results, TRUE);
  return TRUE;
}

static gboolean
subsearch_cb (HearthSearchProvider *self,
              GDBusMethodInvocation *invocation,
              const char *const *previous,
              const char *const *terms)
{
  ask (self, invocation, terms, answer_results, FALSE);
  return TRUE;
}

static gboolean
metas_cb (HearthSearchProvider *self, GDBusMethodInvocation *invocation, const char *const *ids)
{
  ask (self, invocation, ids, answer_metas, FALSE);
  return TRUE;
}

static gboolean
activate_cb (HearthSearchProvider *self,
             GDBusMethodInvocation *invocation,
             const char *id,
             const char *const *terms,
             guint timestamp)
{
  const char *key;
  g_autofree char *page = split_id (id, &key);

  g_dbus_method_invocation_return_value (invocation, NULL);
  if (page != NULL)
    g_signal_emit (self, signals[SIGNAL_SHOW_ITEM], 0, page, key);
  return TRUE;
}

static gboolean
launch_cb (HearthSearchProvider *self,
           GDBusMethodInvocation *invocation,
           const char *const *terms,
           guint timestamp)
{
  ask (self, invocation, terms, answer_launch, TRUE);
  return TRUE;
}

static void
hearth_search_provider_dispose (GObject *object)
{
  HearthSearchProvider *self = HEARTH_SEARCH_PROVIDER (object);

  hearth_search_provider_unexport (self);
  hearth_search_provider_set_folders (self, NULL);

  G_OBJECT_CLASS (hearth_search_provider_parent_class)->dispose (object);
}

static void
hearth_search_provider_finalize (GObject *object)
{
  g_clear_object (&HEARTH_SEARCH_PROVIDER (object)->skeleton);

  G_OBJECT_CLASS (hearth_search_provider_parent_class)->finalize (object);
}

static void
hearth_search_provider_class_init (HearthSearchProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hearth_search_provider_dispose;
  object_class->finalize = hearth_search_provider_finalize;

  signals[SIGNAL_SHOW_ITEM] =
      g_signal_new ("show-item", HEARTH_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_SEARCH] =
      g_signal_new ("search", HEARTH_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
hearth_search_provider_init (HearthSearchProvider *self)
{
  self->skeleton = hearth_shell_search_provider2_skeleton_new ();
  g_signal_connect_swapped (self->skeleton, "handle-get-initial-result-set",
                            G_CALLBACK (initial_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-get-subsearch-result-set",
                            G_CALLBACK (subsearch_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-get-result-metas", G_CALLBACK (metas_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-activate-result", G_CALLBACK (activate_cb),
                            self);
  g_signal_connect_swapped (self->skeleton, "handle-launch-search", G_CALLBACK (launch_cb), self);
}

HearthSearchProvider *
hearth_search_provider_new (GApplication *application)
{
  HearthSearchProvider *self = g_object_new (HEARTH_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  return self;
}

void
hearth_search_provider_set_folders (HearthSearchProvider *self, HearthFolders *folders)
{
  g_return_if_fail (HEARTH_IS_SEARCH_PROVIDER (self));

  if (!g_set_object (&self->folders, folders))
    return;
  g_clear_handle_id (&self->forget, g_source_remove);
  self->looked = FALSE;
  g_clear_object (&self->index);
}

gboolean
hearth_search_provider_export (HearthSearchProvider *self,
                               GDBusConnection *connection,
                               const char *path,
                               GError **error)
{
  g_autofree char *own_path = g_strconcat (path, "/SearchProvider", NULL);

  g_return_val_if_fail (HEARTH_IS_SEARCH_PROVIDER (self), FALSE);

  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           own_path, error);
}

void
hearth_search_provider_unexport (HearthSearchProvider *self)
{
  GDBusInterfaceSkeleton *skeleton;

  g_return_if_fail (HEARTH_IS_SEARCH_PROVIDER (self));

  skeleton = G_DBUS_INTERFACE_SKELETON (self->skeleton);
  if (g_dbus_interface_skeleton_get_connection (skeleton) != NULL)
    g_dbus_interface_skeleton_unexport (skeleton);
}
