/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-private.h"

#include <glib/gi18n-lib.h>

struct _HearthCheck {
  GObject parent_instance;

  HearthCheckState state;
  double ms;

  char *id;             /* (owned) */
  char *title;          /* (owned) */
  char *command;        /* (owned) */
  char *result;         /* (owned) (nullable) */
  char *remedy;         /* (owned) (nullable) */
  char *remedy_command; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HearthCheck, hearth_check, G_TYPE_OBJECT)

enum {
  PROP_ID = 1,
  PROP_TITLE,
  PROP_COMMAND,
  PROP_STATE,
  PROP_RESULT,
  PROP_REMEDY,
  PROP_REMEDY_COMMAND,
  PROP_MS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

GType
hearth_check_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { HEARTH_CHECK_WAITING, "HEARTH_CHECK_WAITING", "waiting" },
    { HEARTH_CHECK_RUNNING, "HEARTH_CHECK_RUNNING", "running" },
    { HEARTH_CHECK_PASSED, "HEARTH_CHECK_PASSED", "passed" },
    { HEARTH_CHECK_WARNING, "HEARTH_CHECK_WARNING", "warning" },
    { HEARTH_CHECK_FAILED, "HEARTH_CHECK_FAILED", "failed" },
    { HEARTH_CHECK_SKIPPED, "HEARTH_CHECK_SKIPPED", "skipped" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("HearthCheckState", values));
  return type;
}

const char *
hearth_check_state_to_id (HearthCheckState state)
{
  static const char *const ids[] = {
    [HEARTH_CHECK_WAITING] = "waiting", [HEARTH_CHECK_RUNNING] = "running",
    [HEARTH_CHECK_PASSED] = "passed",   [HEARTH_CHECK_WARNING] = "warning",
    [HEARTH_CHECK_FAILED] = "failed",   [HEARTH_CHECK_SKIPPED] = "skipped",
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (ids), NULL);

  return ids[state];
}

const char *
hearth_check_state_to_label (HearthCheckState state)
{
  static const char *const labels[] = {
    /* Translators: the states of a line of the check-up */
    [HEARTH_CHECK_WAITING] = N_ ("Waiting"),  [HEARTH_CHECK_RUNNING] = N_ ("Running"),
    [HEARTH_CHECK_PASSED] = N_ ("Good"),      [HEARTH_CHECK_WARNING] = N_ ("Warning"),
    [HEARTH_CHECK_FAILED] = N_ ("Not right"), [HEARTH_CHECK_SKIPPED] = N_ ("Left out"),
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (labels), NULL);

  return _ (labels[state]);
}

static void
hearth_check_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HearthCheck *self = HEARTH_CHECK (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_COMMAND:
      g_value_set_string (value, self->command);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_RESULT:
      g_value_set_string (value, self->result);
      break;
    case PROP_REMEDY:
      g_value_set_string (value, self->remedy);
      break;
    case PROP_REMEDY_COMMAND:
      g_value_set_string (value, self->remedy_command);
      break;
    case PROP_MS:
      g_value_set_double (value, self->ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hearth_check_finalize (GObject *object)
{
  HearthCheck *self = HEARTH_CHECK (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->command);
  g_free (self->result);
  g_free (self->remedy);
  g_free (self->remedy_command);

  G_OBJECT_CLASS (hearth_check_parent_class)->finalize (object);
}

static void
add_string (guint id, const char *name)
{
  properties[id] = g_param_spec_string (
      name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
hearth_check_class_init (HearthCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_check_get_property;
  object_class->finalize = hearth_check_finalize;

  add_string (PROP_ID, "id");
  add_string (PROP_TITLE, "title");
  add_string (PROP_COMMAND, "command");
  add_string (PROP_RESULT, "result");
  add_string (PROP_REMEDY, "remedy");
  add_string (PROP_REMEDY_COMMAND, "remedy-command");
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, HEARTH_TYPE_CHECK_STATE, HEARTH_CHECK_WAITING,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MS] =
      g_param_spec_double ("ms", NULL, NULL, 0, G_MAXDOUBLE, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hearth_check_init (HearthCheck *self)
{
}

HearthCheck *
hearth_check_new (const char *id, const char *title, char *command)
{
  HearthCheck *self = g_object_new (HEARTH_TYPE_CHECK, NULL);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->command = command;
  return self;
}

static void
set_text (HearthCheck *self, char **text, const char *value, guint id)
{
  if (g_set_str (text, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_state (HearthCheck *self, HearthCheckState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_ms (HearthCheck *self, double ms)
{
  if (!(self->ms < ms || self->ms > ms))
    return;
  self->ms = ms;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MS]);
}

/* The state comes last: who hears of it finds all the rest. */
static void
set_all (HearthCheck *self, const HearthCheckVerdict *verdict, double ms)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->result, verdict->result, PROP_RESULT);
  set_text (self, &self->remedy, verdict->remedy, PROP_REMEDY);
  set_text (self, &self->remedy_command, verdict->remedy_command, PROP_REMEDY_COMMAND);
  set_ms (self, ms);
  set_state (self, verdict->state);
  g_object_thaw_notify (G_OBJECT (self));
}

void
hearth_check_begin (HearthCheck *self, HearthCheckState state)
{
  const HearthCheckVerdict nothing = { .state = state };

  set_all (self, &nothing, 0);
}

void
hearth_check_set_verdict (HearthCheck *self, const HearthCheckVerdict *verdict, gint64 us)
{
  set_all (self, verdict, (double) us / 1000);
}

void
hearth_check_set_command (HearthCheck *self, char *command)
{
  g_autofree char *owned = command;

  set_text (self, &self->command, owned, PROP_COMMAND);
}

const char *
hearth_check_get_id (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), NULL);

  return self->id;
}

const char *
hearth_check_get_title (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), NULL);

  return self->title;
}

const char *
hearth_check_get_command (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), NULL);

  return self->command;
}

HearthCheckState
hearth_check_get_state (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), HEARTH_CHECK_WAITING);

  return self->state;
}

const char *
hearth_check_get_result (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), NULL);

  return self->result;
}

const char *
hearth_check_get_remedy (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), NULL);

  return self->remedy;
}

const char *
hearth_check_get_remedy_command (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), NULL);

  return self->remedy_command;
}

double
hearth_check_get_ms (HearthCheck *self)
{
  g_return_val_if_fail (HEARTH_IS_CHECK (self), 0);

  return self->ms;
}
