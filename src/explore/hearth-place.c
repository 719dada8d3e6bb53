/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-place.h"

#include <glib/gi18n-lib.h>

const char *
hearth_place_to_id (HearthPlace place)
{
  static const char *const ids[] = {
    [HEARTH_PLACE_THIS_COMPUTER] = "this-computer",
    [HEARTH_PLACE_LOCAL_NETWORK] = "local-network",
    [HEARTH_PLACE_INTERNET] = "internet",
    [HEARTH_PLACE_NOWHERE] = "nowhere",
  };

  return ids[place];
}

const char *
hearth_place_to_label (HearthPlace place)
{
  static const char *const labels[] = {
    [HEARTH_PLACE_THIS_COMPUTER] = N_ ("This computer"),
    [HEARTH_PLACE_LOCAL_NETWORK] = N_ ("The local network"),
    [HEARTH_PLACE_INTERNET] = N_ ("The internet"),
    [HEARTH_PLACE_NOWHERE] = N_ ("Nowhere"),
  };

  return _ (labels[place]);
}
