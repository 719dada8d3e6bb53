/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-add-proof.h"

#include <glib/gi18n.h>

#include "hearth-address-words.h"
#include "hearth-proof.h"

/* Longer than between two keys. */
#define PAUSE_MS 300

struct _HearthAddProof {
  GObject parent_instance;

  HearthAddress address;
  guint pause;               /* (owned): the source that waits for the typing to pause, or 0 */
  GCancellable *cancellable; /* (owned) (nullable): of the proof that runs */
  char *sentence;            /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HearthAddProof, hearth_add_proof, G_TYPE_OBJECT)

enum {
  PROP_SENTENCE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_sentence (HearthAddProof *self, const char *sentence)
{
  if (g_set_str (&self->sentence, sentence))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENTENCE]);
}

static char *
describe_answer (const HearthAddress *address, guint64 round_trip_us)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];
  g_autofree char *isolated = NULL;

  hearth_address_print (address, text);
  isolated = hearth_address_words_isolate (text);
  /* Translators: an address, and how long its answer took, in milliseconds */
  return g_strdup_printf (_ ("Tested just now: %s answered in %.2f ms."), isolated,
                          (double) round_trip_us / 1000);
}

static void
on_proved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HearthAddProof) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint64 round_trip_us;

  if (hearth_proof_run_finish (result, &round_trip_us, &error))
    sentence = describe_answer (&self->address, round_trip_us);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else
    {
      /* Translators: a sentence that says why a test failed */
      sentence = g_strdup_printf (_ ("Tested just now, without an answer: %s"), error->message);
    }
  g_clear_object (&self->cancellable);
  set_sentence (self, sentence);
}

static void
on_pause (gpointer data)
{
  HearthAddProof *self = data;

  self->pause = 0;
  self->cancellable = g_cancellable_new ();
  hearth_proof_run_async (&self->address, self->cancellable, on_proved, g_object_ref (self));
}

static void
stop (HearthAddProof *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
hearth_add_proof_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthAddProof *self = HEARTH_ADD_PROOF (object);

  switch (id)
    {
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_add_proof_dispose (GObject *object)
{
  stop (HEARTH_ADD_PROOF (object));

  G_OBJECT_CLASS (hearth_add_proof_parent_class)->dispose (object);
}

static void
hearth_add_proof_finalize (GObject *object)
{
  HearthAddProof *self = HEARTH_ADD_PROOF (object);

  g_clear_pointer (&self->sentence, g_free);

  G_OBJECT_CLASS (hearth_add_proof_parent_class)->finalize (object);
}

static void
hearth_add_proof_class_init (HearthAddProofClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_add_proof_get_property;
  object_class->dispose = hearth_add_proof_dispose;
  object_class->finalize = hearth_add_proof_finalize;

  properties[PROP_SENTENCE] =
      g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_add_proof_init (HearthAddProof *self)
{
}

HearthAddProof *
hearth_add_proof_new (void)
{
  return g_object_new (HEARTH_TYPE_ADD_PROOF, NULL);
}

void
hearth_add_proof_set_address (HearthAddProof *self, const HearthAddress *address)
{
  HearthAddress wanted = address != NULL ? *address : HEARTH_ADDRESS_NONE;

  g_return_if_fail (HEARTH_IS_ADD_PROOF (self));

  if (hearth_address_equal (&self->address, &wanted))
    return;
  stop (self);
  self->address = wanted;
  set_sentence (self, NULL);
  if (address != NULL)
    self->pause = g_timeout_add_once (PAUSE_MS, on_pause, self);
}

const char *
hearth_add_proof_get_sentence (HearthAddProof *self)
{
  g_return_val_if_fail (HEARTH_IS_ADD_PROOF (self), NULL);

  return self->sentence;
}
