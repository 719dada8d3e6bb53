/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-verdict.h"

HearthCheckVerdict *
hearth_check_verdict_new (HearthCheckState state, char *result)
{
  HearthCheckVerdict *self = g_new0 (HearthCheckVerdict, 1);

  self->state = state;
  self->result = result;
  return self;
}

void
hearth_check_verdict_free (HearthCheckVerdict *self)
{
  g_free (self->result);
  g_free (self->remedy);
  g_free (self->remedy_command);
  g_free (self);
}

HearthCheckVerdict *
hearth_check_verdict_advise (HearthCheckVerdict *self, const char *remedy, char *command)
{
  g_set_str (&self->remedy, remedy);
  g_free (self->remedy_command);
  self->remedy_command = command;
  return self;
}
