/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-reach.h"

G_BEGIN_DECLS

/* How many doors there are in a wall, and things behind a door, at the most; what is more is one group. */
#define HEARTH_MAP_MAX_DOORS 8
#define HEARTH_MAP_MAX_THINGS 8

#define HEARTH_MAP_NOWHERE G_MAXUINT

/* What this computer has, for the map. Strings and items are borrowed; items are handed through and never looked at. */
typedef struct {
  HearthAddress address;
  HearthReach reach;
  gboolean on_loopback; /* whether its link is the loopback interface */
  const char *link;     /* the name of it */
  gpointer item;
} HearthMapAddress;

typedef struct {
  HearthAddress address; /* 0.0.0.0 and :: are every address */
  HearthTransport transport;
  guint16 port;
  gboolean only_ipv6; /* of one on ::: that it does not take IPv4 too */
  HearthReach reach;
  const char *name; /* (nullable) */
  gpointer item;
} HearthMapService;

/* A folder is a service of Hearth's own: it stands in for the TCP service at its port and address. */
typedef struct {
  HearthAddress address; /* of no family: 127.0.0.1 and ::1 */
  guint16 port;
  const char *name;
  gpointer item;
} HearthMapFolder;

typedef struct {
  const HearthMapAddress *addresses;
  guint n_addresses;
  const HearthMapService *services;
  guint n_services;
  const HearthMapFolder *folders;
  guint n_folders;
  const char *loopback; /* (nullable): the name of the loopback interface, where there is one */
} HearthMapContents;

/**
 * HearthMapKind:
 *
 * What a place on the map is. A house has a roof, a room where there is loopback, and in its wall the doors of the
 * other addresses; a room has doors; behind a door, in the house or the room around it, are things, or a note that
 * there are none.
 */
typedef enum {
  HEARTH_MAP_HOUSE,
  HEARTH_MAP_ROOF,
  HEARTH_MAP_ROOM,
  HEARTH_MAP_ROOM_TITLE,
  HEARTH_MAP_NETWORK,
  HEARTH_MAP_NETWORK_TITLE,
  HEARTH_MAP_INTERNET,
  HEARTH_MAP_INTERNET_TITLE,
  HEARTH_MAP_DOOR,
  HEARTH_MAP_SERVICE,
  HEARTH_MAP_FOLDER,
  HEARTH_MAP_NOTE,
  HEARTH_MAP_LEGEND,
} HearthMapKind;

typedef struct {
  int x, y, width, height;
} HearthMapBox;

/**
 * HearthMapPlace:
 * @parent: the place that is around it, or HEARTH_MAP_NOWHERE
 * @door: of a thing and a note: the door it is behind; otherwise HEARTH_MAP_NOWHERE
 * @reach: of a door and a thing: who can reach it
 * @n_more: of a group: how many it stands for; 0 where it is one
 * @item: (nullable): the one it is; NULL for groups, and for doors that are no address of an interface
 * @key: (nullable): of doors and things: what tells it from all others, also on the next map
 * @title: (nullable): what is to be read there
 * @detail: (nullable): and beside it, smaller
 * @sentence: (nullable): of doors and things: all of it for who does not see the map
 */
typedef struct {
  HearthMapKind kind;
  HearthMapBox box;
  guint parent;
  guint door;
  HearthReach reach;
  guint n_more;
  gpointer item;
  char *key;
  char *title;
  char *detail;
  char *sentence;
} HearthMapPlace;

/**
 * HearthMapArrow:
 * @from_x, @to_x, @y: level, from outside towards the house
 * @gets_through: whether it arrives at its door; otherwise it bounces at @to_x
 * @door: the door it is meant for, or HEARTH_MAP_NOWHERE for the samples in the legend
 */
typedef struct {
  int from_x, to_x, y;
  gboolean gets_through;
  guint door;
} HearthMapArrow;

typedef struct {
  int width, height;
  GArray *places; /* (element-type HearthMapPlace): parents before children */
  GArray *arrows; /* (element-type HearthMapArrow) */
} HearthMapLayout;

/* The map of @contents in an area of @width, from left to right or, with @rtl, the other way. Where @width is less than
 * hearth_map_layout_get_least_width() it is laid out for that. It is as high as it needs to be, and at least @height.
 * @line_height: of a line of text, by which all is scaled. Pure; the places are the same for every size. (transfer full) */
HearthMapLayout *hearth_map_layout_new             (const HearthMapContents *contents,
                                                    int                      width,
                                                    int                      height,
                                                    int                      line_height,
                                                    gboolean                 rtl);
void             hearth_map_layout_free            (HearthMapLayout         *self);
int              hearth_map_layout_get_least_width (int                      line_height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthMapLayout, hearth_map_layout_free)

G_END_DECLS
