/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-helper-actions.h"

static const char *const ids[HEARTH_HELPER_N_ACTIONS] = {
  HEARTH_APPLICATION_ID ".change-loopback",
  HEARTH_APPLICATION_ID ".change-other",
  HEARTH_APPLICATION_ID ".keep",
  HEARTH_APPLICATION_ID ".remove-foreign",
};

const char *
hearth_helper_action_to_id (HearthHelperActions action)
{
  int bit = g_bit_nth_lsf (action, -1);

  g_return_val_if_fail (bit >= 0 && bit < HEARTH_HELPER_N_ACTIONS, NULL);

  return ids[bit];
}

HearthHelperActions
hearth_helper_actions_get_strongest (HearthHelperActions actions)
{
  for (guint bit = HEARTH_HELPER_N_ACTIONS; bit > 0; bit--)
    if (actions & (1u << (bit - 1)))
      return (HearthHelperActions) (1u << (bit - 1));
  return 0;
}

HearthHelperActions
hearth_helper_actions_for_prefix (const HearthPrefix *prefix)
{
  gboolean is_loopback = prefix->address.family == HEARTH_FAMILY_IPV4 &&
                         prefix->address.bytes[0] == 127 && prefix->length >= 8;

  return is_loopback ? HEARTH_HELPER_CHANGE_LOOPBACK : HEARTH_HELPER_CHANGE_OTHER;
}
