/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-map-layout.h"

#include "hearth-map-doors.h"

/* Invariant: boxes lie inside the box of their parent, and those of one parent do not overlap; all
 * lie in the area. All is laid out from left to right, and mirrored as the last step. */

typedef struct {
  HearthMapLayout *layout;
  int line;   /* the height of a line of text */
  int gap;    /* between two things */
  int margin; /* around all */
  int top;    /* of the roof */
  int strip;  /* the width of the network, and of the internet */
  gboolean narrow;
  HearthMapBox house;
  HearthMapBox network;
  HearthMapBox internet;
} Builder;

#define DOOR_WIDTH(b) ((b)->line * 9)
#define DOOR_HEIGHT(b) ((b)->line * 7 / 4)
#define LEGEND_HEIGHT(b) ((b)->narrow ? (b)->line * 5 / 2 : (b)->line * 3 / 2)
#define THING_WIDTH(b) ((b)->line * 8)
#define THING_HEIGHT(b) ((b)->line * 7 / 4)

static guint
add_place (Builder *self, HearthMapKind kind, HearthMapBox box, guint parent)
{
  HearthMapPlace place = { .kind = kind, .box = box, .parent = parent, .door = HEARTH_MAP_NOWHERE };

  g_array_append_val (self->layout->places, place);
  return self->layout->places->len - 1;
}

static HearthMapPlace *
get_place (Builder *self, guint index)
{
  return &g_array_index (self->layout->places, HearthMapPlace, index);
}

/* @title: (nullable) (transfer full) */
static guint
add_text (Builder *self, HearthMapKind kind, HearthMapBox box, guint parent, char *title)
{
  guint index = add_place (self, kind, box, parent);

  get_place (self, index)->title = title;
  return index;
}

static void
add_arrow (Builder *self, int from_x, int to_x, int y, gboolean gets_through, guint door)
{
  HearthMapArrow arrow = {
    .from_x = from_x, .to_x = to_x, .y = y, .gets_through = gets_through, .door = door
  };

  g_array_append_val (self->layout->arrows, arrow);
}

/* Doors, and what is behind them */

static guint
add_word (Builder *self, HearthMapKind kind, HearthMapBox box, guint parent, HearthMapWord *word)
{
  guint index = add_place (self, kind, box, parent);
  HearthMapPlace *place = get_place (self, index);

  place->reach = word->reach;
  place->n_more = word->n_more;
  place->item = word->item;
  place->key = g_strdup (word->key);
  place->title = g_strdup (word->title);
  place->detail = g_strdup (word->detail);
  place->sentence = g_strdup (word->sentence);
  return index;
}

static HearthMapKind
to_kind (const HearthMapWord *word)
{
  return word->is_folder ? HEARTH_MAP_FOLDER : HEARTH_MAP_SERVICE;
}

/* In columns, all of one width, from @area's top. Returns their height. */
static int
add_things (Builder *self, HearthMapDoor *door, HearthMapBox area, guint parent, guint door_place)
{
  int n_columns = MAX (1, (area.width + self->gap) / (THING_WIDTH (self) + self->gap));
  int width = (area.width - (n_columns - 1) * self->gap) / n_columns;
  int n = (int) door->things->len;

  for (int i = 0; i < n; i++)
    {
      HearthMapWord *word = door->things->pdata[i];
      HearthMapBox box = { area.x + i % n_columns * (width + self->gap),
                           area.y + i / n_columns * (THING_HEIGHT (self) + self->gap), width,
                           THING_HEIGHT (self) };

      get_place (self, add_word (self, to_kind (word), box, parent, word))->door = door_place;
    }
  return (n + n_columns - 1) / n_columns * (THING_HEIGHT (self) + self->gap) - self->gap;
}

static int
add_note (
    Builder *self, const HearthMapDoor *door, HearthMapBox area, guint parent, guint door_place)
{
  HearthMapBox box = { area.x, area.y, area.width, THING_HEIGHT (self) };
  guint note = add_text (self, HEARTH_MAP_NOTE, box, parent, hearth_map_doors_dup_note (door));

  get_place (self, note)->door = door_place;
  return box.height;
}

/* From the farthest place it can come from; what bounces comes from next door. */
static void
add_arrow_to (Builder *self, guint door_place, const HearthMapDoor *door)
{
  const HearthMapBox *box = &get_place (self, door_place)->box;
  gboolean from_internet = door->word.reach == HEARTH_REACH_INTERNET;
  const HearthMapBox *from = from_internet ? &self->internet : &self->network;

  add_arrow (self, from->x + from->width / 2,
             door->lets_in ? box->x + box->width : self->house.x + self->house.width,
             box->y + box->height / 2, door->lets_in, door_place);
}

/* One door with what is behind it, its wall at the right end of @band. Returns the height of it
 * all. */
static int
add_band (Builder *self, HearthMapDoor *door, HearthMapBox band, guint parent)
{
  int door_width = self->narrow ? band.width : DOOR_WIDTH (self);
  HearthMapBox box = { band.x + band.width - door_width, band.y, door_width, DOOR_HEIGHT (self) };
  HearthMapBox area = { band.x, band.y, box.x - 2 * self->gap - band.x, 0 };
  guint place = add_word (self, HEARTH_MAP_DOOR, box, parent, &door->word);
  int height;

  if (self->narrow)
    area = (HearthMapBox) { band.x + self->gap, box.y + box.height + self->gap,
                            band.width - 2 * self->gap, 0 };
  add_arrow_to (self, place, door);
  height = door->things->len > 0 ? add_things (self, door, area, parent, place)
                                 : add_note (self, door, area, parent, place);
  return MAX (box.y + box.height, area.y + height) - band.y;
}

/* Returns where they end. */
static int
add_bands (Builder *self, GPtrArray *doors, HearthMapBox band, guint parent)
{
  for (guint i = 0; i < doors->len; i++)
    band.y += add_band (self, doors->pdata[i], band, parent) + 2 * self->gap;
  return band.y;
}

/* The house */

static int
add_room (Builder *self, HearthMapDoors *doors, guint house)
{
  int inset = self->narrow ? self->gap : self->gap * 2;
  HearthMapBox box = { self->house.x + inset, self->house.y + inset,
                       self->house.width - inset - (self->narrow ? inset : self->line * 2), 0 };
  HearthMapBox title = { box.x + inset, box.y + self->gap, box.width - 2 * inset,
                         self->narrow ? self->line * 5 / 2 : self->line * 3 / 2 };
  HearthMapBox band = { box.x + inset, title.y + title.height + self->gap, box.width - inset, 0 };
  guint room = add_place (self, HEARTH_MAP_ROOM, box, house);
  int end;

  add_text (self, HEARTH_MAP_ROOM_TITLE, title, room, hearth_map_doors_dup_room_title (doors));
  end = add_bands (self, doors->inner, band, room);
  get_place (self, room)->box.height = end - box.y;
  return end + inset;
}

static void
add_house (Builder *self, HearthMapDoors *doors)
{
  guint house = add_place (self, HEARTH_MAP_HOUSE, self->house, HEARTH_MAP_NOWHERE);
  HearthMapBox band = { self->house.x + self->gap * 2, self->house.y + self->gap * 2,
                        self->house.width - self->gap * 2, 0 };

  if (doors->has_room)
    band.y = add_room (self, doors, house);
  band.y = add_bands (self, doors->outer, band, house);
  self->house.height = MAX (band.y - self->house.y, DOOR_HEIGHT (self));
  get_place (self, house)->box = self->house;
}

static void
add_strip (
    Builder *self, HearthMapKind kind, HearthMapKind title_kind, HearthMapBox box, char *title)
{
  /* Where lines are short there may be three: the first door is lower. */
  int more = self->narrow ? self->line : 0;
  HearthMapBox head = { box.x, box.y, box.width, self->house.y - box.y + more };
  guint strip = add_place (self, kind, box, HEARTH_MAP_NOWHERE);

  add_text (self, title_kind, head, strip, title);
}

/* What the two kinds of arrows mean: beside each other, or below each other. Returns where it ends.
 */
static int
add_legend (Builder *self, int y)
{
  int width = self->layout->width - 2 * self->margin;
  int column = self->narrow ? width : (width - self->margin) / 2;
  int sample = self->line * 3;
  int height = LEGEND_HEIGHT (self);

  for (int i = 0; i < 2; i++)
    {
      int x = self->narrow ? self->margin : self->margin + i * (column + self->margin);
      HearthMapBox box = { x + sample + self->gap,
                           y + (self->narrow ? i * (height + self->gap) : 0),
                           column - sample - self->gap, height };

      add_text (self, HEARTH_MAP_LEGEND, box, HEARTH_MAP_NOWHERE,
                hearth_map_doors_dup_legend (i == 0));
      add_arrow (self, x + sample, x, box.y + height / 2, i == 0, HEARTH_MAP_NOWHERE);
    }
  return y + height + (self->narrow ? height + self->gap : 0);
}

static void
set_up (Builder *self, HearthMapLayout *layout, int line)
{
  int roof = line * 4 - line / 2;
  int right;

  self->layout = layout;
  self->line = line;
  self->narrow = layout->width < line * 36;
  self->gap = line / 3;
  self->margin = self->narrow ? line * 2 / 3 : line;
  self->strip = self->narrow ? line * 10 / 3 : line * 7;
  right = layout->width - self->margin;
  self->top = self->margin + (self->narrow ? 0 : LEGEND_HEIGHT (self) + self->margin);
  self->internet = (HearthMapBox) { right - self->strip, self->top, self->strip, 0 };
  self->network =
      (HearthMapBox) { self->internet.x - self->gap - self->strip, self->top, self->strip, 0 };
  self->house = (HearthMapBox) { self->margin, self->top + roof, 0, 0 };
  self->house.width = self->network.x - (self->narrow ? self->gap * 2 : line * 2) - self->house.x;
}

static void
add_all (Builder *self, HearthMapDoors *doors)
{
  HearthMapBox roof = { self->house.x, self->top, self->house.width, self->house.y - self->top };
  int bottom;

  add_text (self, HEARTH_MAP_ROOF, roof, HEARTH_MAP_NOWHERE, hearth_map_doors_dup_house_title ());
  add_house (self, doors);
  bottom = self->house.y + self->house.height;
  self->network.height = self->internet.height = bottom - self->top;
  add_strip (self, HEARTH_MAP_NETWORK, HEARTH_MAP_NETWORK_TITLE, self->network,
             hearth_map_doors_dup_network_title ());
  add_strip (self, HEARTH_MAP_INTERNET, HEARTH_MAP_INTERNET_TITLE, self->internet,
             hearth_map_doors_dup_internet_title ());
  /* Where there is room it is read first. */
  if (self->narrow)
    bottom = add_legend (self, bottom + self->line);
  else
    add_legend (self, self->margin);
  self->layout->height = bottom + self->margin;
}

/* The last steps */

/* All the way down in the middle of what is left over, a third of it above. */
static void
move_down (HearthMapLayout *self, int height)
{
  int y = MAX (0, height - self->height) / 3;

  for (guint i = 0; i < self->places->len; i++)
    g_array_index (self->places, HearthMapPlace, i).box.y += y;
  for (guint i = 0; i < self->arrows->len; i++)
    g_array_index (self->arrows, HearthMapArrow, i).y += y;
  self->height = MAX (self->height, height);
}

static void
mirror (HearthMapLayout *self)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      HearthMapBox *box = &g_array_index (self->places, HearthMapPlace, i).box;

      box->x = self->width - box->x - box->width;
    }
  for (guint i = 0; i < self->arrows->len; i++)
    {
      HearthMapArrow *arrow = &g_array_index (self->arrows, HearthMapArrow, i);

      arrow->from_x = self->width - arrow->from_x;
      arrow->to_x = self->width - arrow->to_x;
    }
}

static void
clear_place (gpointer data)
{
  HearthMapPlace *place = data;

  g_free (place->key);
  g_free (place->title);
  g_free (place->detail);
  g_free (place->sentence);
}

HearthMapLayout *
hearth_map_layout_new (
    const HearthMapContents *contents, int width, int height, int line_height, gboolean rtl)
{
  HearthMapLayout *self = g_new0 (HearthMapLayout, 1);
  g_autoptr (HearthMapDoors) doors = hearth_map_doors_new (contents);
  Builder builder = { 0 };

  g_return_val_if_fail (line_height > 0, self);

  self->width = MAX (width, hearth_map_layout_get_least_width (line_height));
  self->places = g_array_new (FALSE, FALSE, sizeof (HearthMapPlace));
  g_array_set_clear_func (self->places, clear_place);
  self->arrows = g_array_new (FALSE, FALSE, sizeof (HearthMapArrow));
  set_up (&builder, self, line_height);
  add_all (&builder, doors);
  move_down (self, height);
  if (rtl)
    mirror (self);
  return self;
}

void
hearth_map_layout_free (HearthMapLayout *self)
{
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->arrows, g_array_unref);
  g_free (self);
}

int
hearth_map_layout_get_least_width (int line_height)
{
  return line_height * 18;
}
