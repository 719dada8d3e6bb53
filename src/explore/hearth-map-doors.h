/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-map-layout.h"

G_BEGIN_DECLS

/* What there is to be read of a door or a thing on the map; see #HearthMapPlace. */
typedef struct {
  gboolean is_folder;
  HearthReach reach;
  guint n_more;
  gpointer item;
  char *key;
  char *title;
  char *detail;
  char *sentence;
} HearthMapWord;

/* @answers: whether what listens on every address does so there
 * @lets_in: whether somebody outside can reach something behind it, or that */
typedef struct {
  HearthMapWord word;
  gboolean answers;
  gboolean lets_in;
  GPtrArray *things; /* (element-type HearthMapWord): HEARTH_MAP_MAX_THINGS at the most */
} HearthMapDoor;

/**
 * HearthMapDoors:
 * @inner, @outer: (element-type HearthMapDoor): in the wall of the loopback room, and of the house;
 *   HEARTH_MAP_MAX_DOORS at the most in each
 *
 * Which doors the map shows, what is behind them, and what is grouped. Nothing of it depends on any size.
 */
typedef struct {
  gboolean has_room;
  char *loopback; /* the name of the interface */
  GPtrArray *inner;
  GPtrArray *outer;
} HearthMapDoors;

HearthMapDoors *hearth_map_doors_new  (const HearthMapContents *contents);
void            hearth_map_doors_free (HearthMapDoors          *self);

/* The other texts of the map. (transfer full) */
char           *hearth_map_doors_dup_house_title    (void);
char           *hearth_map_doors_dup_room_title     (HearthMapDoors *self);
char           *hearth_map_doors_dup_network_title  (void);
char           *hearth_map_doors_dup_internet_title (void);
char           *hearth_map_doors_dup_note           (const HearthMapDoor *door);
char           *hearth_map_doors_dup_legend         (gboolean        gets_through);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthMapDoors, hearth_map_doors_free)

G_END_DECLS
