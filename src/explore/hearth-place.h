/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthPlace:
 * @HEARTH_PLACE_THIS_COMPUTER: inside the house
 * @HEARTH_PLACE_LOCAL_NETWORK: its neighbours
 * @HEARTH_PLACE_INTERNET: what is beyond the router
 * @HEARTH_PLACE_NOWHERE: nothing is there, by rule
 *
 * Where an address or a name leads on the map, seen from this computer.
 */
typedef enum {
  HEARTH_PLACE_THIS_COMPUTER,
  HEARTH_PLACE_LOCAL_NETWORK,
  HEARTH_PLACE_INTERNET,
  HEARTH_PLACE_NOWHERE,
} HearthPlace;

/* "this-computer", "local-network", "internet", "nowhere": the words of the JSON. */
const char *hearth_place_to_id    (HearthPlace place);

/* "This computer", "The local network", "The internet", "Nowhere": in the user's language. */
const char *hearth_place_to_label (HearthPlace place);

G_END_DECLS
