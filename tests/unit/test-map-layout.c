/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The map without a display: what must hold of it for any computer, at any size. */

#include "hearth-map-layout.h"

#include <string.h>

#define LINE 18
#define N_ROUNDS 400

/* A computer that is made up */

typedef struct {
  GArray *addresses;
  GArray *services;
  GArray *folders;
  HearthMapContents contents;
} Computer;

static HearthAddress
parse (const char *text)
{
  HearthAddress address;

  g_assert_true (hearth_address_parse (text, &address, NULL));
  return address;
}

static Computer *
computer_new (void)
{
  Computer *self = g_new0 (Computer, 1);

  self->addresses = g_array_new (FALSE, TRUE, sizeof (HearthMapAddress));
  self->services = g_array_new (FALSE, TRUE, sizeof (HearthMapService));
  self->folders = g_array_new (FALSE, TRUE, sizeof (HearthMapFolder));
  self->contents.loopback = "lo";
  return self;
}

static void
computer_free (Computer *self)
{
  g_array_unref (self->addresses);
  g_array_unref (self->services);
  g_array_unref (self->folders);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Computer, computer_free)

static void
add_address (Computer *self, const char *text, gboolean on_loopback)
{
  HearthMapAddress address = { .address = parse (text), .on_loopback = on_loopback };

  address.reach = hearth_address_classify (&address.address).reach;
  address.link = on_loopback ? "lo" : "eth0";
  address.item = self; /* not looked at */
  g_array_append_val (self->addresses, address);
}

static void
add_service (Computer *self,
             const char *text,
             HearthTransport transport,
             guint16 port,
             HearthReach reach,
             const char *name)
{
  HearthMapService service = { .address = parse (text),
                               .transport = transport,
                               .port = port,
                               .reach = reach,
                               .name = name,
                               .item = self };

  g_array_append_val (self->services, service);
}

static HearthMapLayout *
lay_out_for (Computer *self, int width, int height, int line, gboolean rtl)
{
  self->contents.addresses = (gpointer) self->addresses->data;
  self->contents.n_addresses = self->addresses->len;
  self->contents.services = (gpointer) self->services->data;
  self->contents.n_services = self->services->len;
  self->contents.folders = (gpointer) self->folders->data;
  self->contents.n_folders = self->folders->len;
  return hearth_map_layout_new (&self->contents, width, height, line, rtl);
}

static HearthMapLayout *
lay_out (Computer *self)
{
  return lay_out_for (self, 900, 0, LINE, FALSE);
}

/* What must hold */

static const HearthMapPlace *
get_place (const HearthMapLayout *layout, guint index)
{
  g_assert_cmpuint (index, <, layout->places->len);
  return &g_array_index (layout->places, HearthMapPlace, index);
}

static gboolean
contains (const HearthMapBox *outer, const HearthMapBox *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y &&
         inner->x + inner->width <= outer->x + outer->width &&
         inner->y + inner->height <= outer->y + outer->height;
}

static gboolean
overlap (const HearthMapBox *a, const HearthMapBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static void
assert_boxes (const HearthMapLayout *layout)
{
  HearthMapBox area = { 0, 0, layout->width, layout->height };

  for (guint i = 0; i < layout->places->len; i++)
    {
      const HearthMapPlace *place = get_place (layout, i);

      g_assert_cmpint (place->box.width, >, 0);
      g_assert_cmpint (place->box.height, >, 0);
      g_assert_true (contains (&area, &place->box));
      if (place->parent != HEARTH_MAP_NOWHERE)
        {
          g_assert_cmpuint (place->parent, <, i);
          g_assert_true (contains (&get_place (layout, place->parent)->box, &place->box));
        }
      for (guint j = 0; j < i; j++)
        if (get_place (layout, j)->parent == place->parent)
          g_assert_false (overlap (&get_place (layout, j)->box, &place->box));
    }
}

/* An arrow goes from outside to its door, or bounces at a wall, and crosses no door, thing or title
 * on the way. */
static void
assert_arrow (const HearthMapLayout *layout, const HearthMapArrow *arrow)
{
  HearthMapBox line = { MIN (arrow->from_x, arrow->to_x), arrow->y,
                        ABS (arrow->from_x - arrow->to_x), 1 };
  HearthMapBox area = { 0, 0, layout->width, layout->height };

  g_assert_true (contains (&area, &line));
  for (guint i = 0; i < layout->places->len; i++)
    if (get_place (layout, i)->title != NULL)
      g_assert_false (overlap (&get_place (layout, i)->box, &line));
  if (arrow->door != HEARTH_MAP_NOWHERE && arrow->gets_through)
    {
      const HearthMapBox *door = &get_place (layout, arrow->door)->box;

      g_assert_true (arrow->to_x == door->x || arrow->to_x == door->x + door->width);
      g_assert_true (arrow->y > door->y && arrow->y < door->y + door->height);
    }
}

static void
assert_arrows (const HearthMapLayout *layout)
{
  guint n_doors = 0, n_arrows = 0;

  for (guint i = 0; i < layout->arrows->len; i++)
    {
      const HearthMapArrow *arrow = &g_array_index (layout->arrows, HearthMapArrow, i);

      assert_arrow (layout, arrow);
      n_arrows += arrow->door != HEARTH_MAP_NOWHERE;
    }
  for (guint i = 0; i < layout->places->len; i++)
    n_doors += get_place (layout, i)->kind == HEARTH_MAP_DOOR;
  g_assert_cmpuint (n_arrows, ==, n_doors);
}

static guint
count (const HearthMapPlace *place)
{
  return MAX (1, place->n_more);
}

/* Nothing is lost, and nothing is crammed. */
static void
assert_counts (const HearthMapLayout *layout, guint n_doors, guint n_things)
{
  guint shown = 0;

  for (guint i = 0; i < layout->places->len; i++)
    {
      const HearthMapPlace *place = get_place (layout, i);
      gboolean is_door = place->kind == HEARTH_MAP_DOOR;
      gboolean is_thing = place->kind == HEARTH_MAP_SERVICE || place->kind == HEARTH_MAP_FOLDER;

      if (is_door)
        n_doors -= count (place);
      if (is_thing)
        n_things -= count (place);
      if (is_thing)
        g_assert_cmpint (get_place (layout, place->door)->kind, ==, HEARTH_MAP_DOOR);
      if (!is_door && !is_thing)
        continue;
      g_assert_nonnull (place->sentence);
      shown++;
    }
  g_assert_cmpuint (n_doors, ==, 0);
  g_assert_cmpuint (n_things, ==, 0);
  g_assert_cmpuint (shown, <=, 2 * HEARTH_MAP_MAX_DOORS * (1 + HEARTH_MAP_MAX_THINGS));
}

static void
assert_keys (const HearthMapLayout *layout)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < layout->places->len; i++)
    if (get_place (layout, i)->key != NULL)
      g_assert_true (g_hash_table_add (keys, get_place (layout, i)->key));
}

/* Random computers */

static guint
random_count (void)
{
  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return 0;
    case 1:
      return (guint) g_test_rand_int_range (1, 6);
    case 2:
      return (guint) g_test_rand_int_range (6, 40);
    default:
      return (guint) g_test_rand_int_range (40, 400);
    }
}

/* Each @i another one. */
static char *
make_text (guint kind, guint i)
{
  static const char *const formats[] = { "127.0.%u.%u", "10.0.%u.%u", "fd00::%x:%x",
                                         "93.184.%u.%u" };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (formats[kind % G_N_ELEMENTS (formats)], i / 250, i % 250 + 1);
#pragma GCC diagnostic pop
}

/* Returns how many doors there must be. */
static guint
fill (Computer *self, guint n_addresses, guint n_services)
{
  g_autoptr (GHashTable) doors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_addresses; i++)
    {
      guint kind = (guint) g_test_rand_int_range (0, 4);
      g_autofree char *text = make_text (kind, i);

      add_address (self, text, kind == 0 || g_test_rand_bit ());
      g_hash_table_add (doors, g_steal_pointer (&text));
    }
  for (guint i = 0; i < n_services; i++)
    {
      gboolean everywhere = g_test_rand_int_range (0, 4) == 0;
      g_autofree char *text = everywhere ? g_strdup ("0.0.0.0")
                                         : make_text ((guint) g_test_rand_int_range (0, 4),
                                                      (guint) g_test_rand_int_range (0, 300));

      add_service (self, text, g_test_rand_bit () ? HEARTH_TRANSPORT_TCP : HEARTH_TRANSPORT_UDP,
                   (guint16) (i + 1), (HearthReach) g_test_rand_int_range (0, 3),
                   g_test_rand_bit () ? "name" : NULL);
      g_hash_table_add (doors, g_steal_pointer (&text));
    }
  return g_hash_table_size (doors);
}

static void
test_random (void)
{
  for (int i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (Computer) computer = computer_new ();
      guint n_services = random_count ();
      guint n_doors = fill (computer, random_count (), n_services);
      int width = g_test_rand_int_range (0, 2000);
      int height = g_test_rand_int_range (0, 3000);
      int line = g_test_rand_int_range (8, 60);
      g_autoptr (HearthMapLayout) layout = NULL;

      if (g_test_rand_bit ())
        computer->contents.loopback = NULL;
      layout = lay_out_for (computer, width, height, line, g_test_rand_bit ());
      g_assert_cmpint (layout->width, ==, MAX (width, hearth_map_layout_get_least_width (line)));
      g_assert_cmpint (layout->height, >=, height);
      assert_boxes (layout);
      assert_arrows (layout);
      assert_counts (layout, n_doors, n_services);
      assert_keys (layout);
    }
}

/* Computers that are known */

static const HearthMapPlace *
find (const HearthMapLayout *layout, const char *key)
{
  for (guint i = 0; i < layout->places->len; i++)
    if (g_strcmp0 (get_place (layout, i)->key, key) == 0)
      return get_place (layout, i);
  g_error ("no place %s", key);
}

static const HearthMapArrow *
find_arrow (const HearthMapLayout *layout, const char *key)
{
  guint door = (guint) (find (layout, key) - get_place (layout, 0));

  for (guint i = 0; i < layout->arrows->len; i++)
    if (g_array_index (layout->arrows, HearthMapArrow, i).door == door)
      return &g_array_index (layout->arrows, HearthMapArrow, i);
  g_assert_not_reached ();
}

static void
assert_says (const HearthMapLayout *layout, const char *key, const char *sentence)
{
  g_assert_cmpstr (find (layout, key)->sentence, ==, sentence);
}

static Computer *
make_home (void)
{
  Computer *computer = computer_new ();
  HearthMapFolder folder = { .port = 8000, .name = "site", .item = &folder };

  add_address (computer, "127.0.0.1", TRUE);
  add_address (computer, "::1", TRUE);
  add_address (computer, "10.9.9.9", TRUE);
  add_address (computer, "192.168.1.20", FALSE);
  add_address (computer, "93.184.216.34", FALSE);
  add_service (computer, "127.0.0.1", HEARTH_TRANSPORT_TCP, 5432, HEARTH_REACH_THIS_COMPUTER,
               "PostgreSQL");
  add_service (computer, "127.0.0.1", HEARTH_TRANSPORT_TCP, 8000, HEARTH_REACH_THIS_COMPUTER,
               "hearth-serve");
  add_service (computer, "192.168.1.20", HEARTH_TRANSPORT_TCP, 8000, HEARTH_REACH_LOCAL_NETWORK,
               "other");
  add_service (computer, "127.0.0.53", HEARTH_TRANSPORT_UDP, 53, HEARTH_REACH_THIS_COMPUTER, NULL);
  add_service (computer, "0.0.0.0", HEARTH_TRANSPORT_TCP, 22, HEARTH_REACH_INTERNET, "SSH");
  add_service (computer, "::", HEARTH_TRANSPORT_TCP, 22, HEARTH_REACH_INTERNET, "SSH");
  g_array_append_val (computer->folders, folder);
  return computer;
}

static void
test_sentences (void)
{
  g_autoptr (Computer) computer = make_home ();
  g_autoptr (HearthMapLayout) layout = lay_out (computer);

  assert_says (layout, "127.0.0.1",
               "127.0.0.1, a door of lo: 2 services behind it, only this computer");
  assert_says (layout, "::1", "::1, a door of lo: nothing behind it, only this computer");
  assert_says (layout, "127.0.0.53",
               "127.0.0.53, a door of lo: 1 service behind it, only this computer");
  assert_says (layout, "Every address",
               "Every address, a door of this computer: 1 service behind it, the internet");
  assert_says (layout, "192.168.1.20",
               "192.168.1.20, a door of eth0: 1 service behind it, the local network");
  assert_says (layout, "127.0.0.1 tcp 5432",
               "PostgreSQL, port 5432, behind 127.0.0.1: only this computer");
  assert_says (layout, "127.0.0.53 udp 53", "Port 53, behind 127.0.0.53: only this computer");
  /* Only the service at the folder's own address is the folder. */
  assert_says (layout, "127.0.0.1 tcp 8000",
               "The folder site, port 8000, behind 127.0.0.1: only this computer");
  assert_says (layout, "192.168.1.20 tcp 8000",
               "other, port 8000, behind 192.168.1.20: the local network");
  g_assert_cmpint (find (layout, "127.0.0.1 tcp 8000")->kind, ==, HEARTH_MAP_FOLDER);
  g_assert_cmpint (find (layout, "192.168.1.20 tcp 8000")->kind, ==, HEARTH_MAP_SERVICE);
  assert_boxes (layout);
  assert_arrows (layout);
}

static HearthMapKind
get_wall (const HearthMapLayout *layout, const char *key)
{
  return get_place (layout, find (layout, key)->parent)->kind;
}

static void
test_arrows (void)
{
  g_autoptr (Computer) computer = make_home ();
  g_autoptr (HearthMapLayout) layout = lay_out (computer);
  const HearthMapBox *house;

  g_assert_cmpint (get_wall (layout, "127.0.0.1"), ==, HEARTH_MAP_ROOM);
  g_assert_cmpint (get_wall (layout, "127.0.0.53"), ==, HEARTH_MAP_ROOM);
  g_assert_cmpint (get_wall (layout, "10.9.9.9"), ==, HEARTH_MAP_ROOM);
  g_assert_cmpint (get_wall (layout, "192.168.1.20"), ==, HEARTH_MAP_HOUSE);
  g_assert_cmpint (get_wall (layout, "Every address"), ==, HEARTH_MAP_HOUSE);

  g_assert_false (find_arrow (layout, "127.0.0.1")->gets_through);
  g_assert_false (find_arrow (layout, "::1")->gets_through);
  g_assert_true (find_arrow (layout, "192.168.1.20")->gets_through);
  g_assert_true (find_arrow (layout, "Every address")->gets_through);
  /* What listens on every address answers there as well. */
  g_assert_true (find_arrow (layout, "93.184.216.34")->gets_through);

  /* What bounces does so at the wall of the house, not inside of it. */
  house = &get_place (layout, get_place (layout, find (layout, "127.0.0.1")->parent)->parent)->box;
  g_assert_cmpint (find_arrow (layout, "127.0.0.1")->to_x, ==, house->x + house->width);
  /* From the internet comes what the internet can reach. */
  g_assert_cmpint (find_arrow (layout, "Every address")->from_x, >,
                   find_arrow (layout, "192.168.1.20")->from_x);
}

/* Whatever comes first of one port, the farther one counts. */
static void
test_two_sockets (void)
{
  g_autoptr (Computer) computer = computer_new ();
  g_autoptr (HearthMapLayout) layout = NULL;

  add_service (computer, "0.0.0.0", HEARTH_TRANSPORT_TCP, 22, HEARTH_REACH_LOCAL_NETWORK, "SSH");
  add_service (computer, "::", HEARTH_TRANSPORT_TCP, 22, HEARTH_REACH_INTERNET, "SSH");
  add_service (computer, "::", HEARTH_TRANSPORT_TCP, 80, HEARTH_REACH_INTERNET, NULL);
  add_service (computer, "0.0.0.0", HEARTH_TRANSPORT_TCP, 80, HEARTH_REACH_LOCAL_NETWORK, NULL);
  layout = lay_out (computer);
  assert_says (layout, "Every address",
               "Every address, a door of this computer: 2 services behind it, the internet");
  assert_says (layout, "Every address tcp 22", "SSH, port 22, behind Every address: the internet");
  assert_says (layout, "Every address tcp 80", "Port 80, behind Every address: the internet");
}

/* An IPv4 address as a socket of IPv6 has it is that address. */
static void
test_mapped (void)
{
  g_autoptr (Computer) computer = computer_new ();
  HearthMapFolder folder = { .port = 8000, .name = "site", .item = &folder };
  g_autoptr (HearthMapLayout) layout = NULL;

  add_address (computer, "127.0.0.1", TRUE);
  add_service (computer, "::ffff:127.0.0.1", HEARTH_TRANSPORT_TCP, 8000, HEARTH_REACH_THIS_COMPUTER,
               NULL);
  add_service (computer, "::ffff:0.0.0.0", HEARTH_TRANSPORT_TCP, 80, HEARTH_REACH_INTERNET, NULL);
  g_array_append_val (computer->folders, folder);
  layout = lay_out (computer);
  assert_says (layout, "127.0.0.1",
               "127.0.0.1, a door of lo: 1 service behind it, only this computer");
  assert_says (layout, "127.0.0.1 tcp 8000",
               "The folder site, port 8000, behind 127.0.0.1: only this computer");
  assert_says (layout, "Every address",
               "Every address, a door of this computer: 1 service behind it, the internet");
}

static const char *
find_note (const HearthMapLayout *layout, const char *key)
{
  for (guint i = 0; i < layout->places->len; i++)
    if (get_place (layout, i)->kind == HEARTH_MAP_NOTE &&
        get_place (layout, get_place (layout, i)->door) == find (layout, key))
      return get_place (layout, i)->title;
  return NULL;
}

/* Where nothing of its own listens, what listens on every address of the family does. */
static void
test_notes (void)
{
  static const struct {
    const char *address;
    gboolean only_ipv6;
    HearthReach reach;
    gboolean ipv4, ipv6, lets_in;
  } rows[] = {
    { "127.0.0.2", FALSE, HEARTH_REACH_THIS_COMPUTER, FALSE, FALSE, FALSE },
    { "0.0.0.0", FALSE, HEARTH_REACH_INTERNET, TRUE, FALSE, TRUE },
    { "::", FALSE, HEARTH_REACH_LOCAL_NETWORK, TRUE, TRUE, TRUE },
    { "::", TRUE, HEARTH_REACH_INTERNET, FALSE, TRUE, TRUE },
    { "::ffff:0.0.0.0", FALSE, HEARTH_REACH_INTERNET, TRUE, FALSE, TRUE },
    { "::", FALSE, HEARTH_REACH_THIS_COMPUTER, TRUE, TRUE, FALSE },
  };
  static const char *const texts[] = { "Nothing listens here",
                                       "Only what listens on every address" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Computer) computer = computer_new ();
      g_autoptr (HearthMapLayout) layout = NULL;

      add_address (computer, "127.0.0.1", TRUE);
      add_address (computer, "10.254.254.254", TRUE);
      add_address (computer, "93.184.216.34", FALSE);
      add_address (computer, "2606:4700::1", FALSE);
      add_service (computer, rows[i].address, HEARTH_TRANSPORT_TCP, 22, rows[i].reach, NULL);
      g_array_index (computer->services, HearthMapService, 0).only_ipv6 = rows[i].only_ipv6;
      layout = lay_out (computer);
      g_test_message ("%s", rows[i].address);
      g_assert_cmpstr (find_note (layout, "127.0.0.1"), ==, texts[rows[i].ipv4]);
      g_assert_cmpstr (find_note (layout, "93.184.216.34"), ==, texts[rows[i].ipv4]);
      g_assert_cmpstr (find_note (layout, "2606:4700::1"), ==, texts[rows[i].ipv6]);
      g_assert_false (find_arrow (layout, "127.0.0.1")->gets_through);
      /* An alias on lo is no private one. */
      g_assert_cmpint (find_arrow (layout, "10.254.254.254")->gets_through, ==,
                       rows[i].ipv4 && rows[i].lets_in);
      g_assert_cmpint (find_arrow (layout, "93.184.216.34")->gets_through, ==,
                       rows[i].ipv4 && rows[i].lets_in);
      g_assert_cmpint (find_arrow (layout, "2606:4700::1")->gets_through, ==,
                       rows[i].ipv6 && rows[i].lets_in);
    }
}

static void
test_crowd (void)
{
  g_autoptr (Computer) computer = computer_new ();
  g_autoptr (HearthMapLayout) layout = NULL;
  g_autoptr (HearthMapLayout) narrow = NULL;

  add_address (computer, "127.0.0.1", TRUE);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = make_text (0, i + 1);

      add_address (computer, text, TRUE);
      add_service (computer, "127.0.0.1", HEARTH_TRANSPORT_TCP, (guint16) (i + 1),
                   HEARTH_REACH_THIS_COMPUTER, NULL);
    }
  layout = lay_out (computer);
  narrow = lay_out_for (computer, 360, 0, LINE, FALSE);
  g_assert_cmpstr (find (layout, "inner doors")->title, ==, "and 994 more");
  assert_says (layout, "inner doors", "994 more doors of lo: nothing behind them");
  g_assert_cmpstr (find (layout, "127.0.0.1 more")->title, ==, "and 993 more");
  assert_says (layout, "127.0.0.1 more", "993 more services behind 127.0.0.1");
  /* The same places, whatever the size. */
  g_assert_cmpuint (layout->places->len, ==, narrow->places->len);
  g_assert_cmpint (narrow->width, ==, 360);
  assert_boxes (narrow);
  assert_arrows (narrow);
}

static void
test_rtl (void)
{
  g_autoptr (Computer) computer = make_home ();
  g_autoptr (HearthMapLayout) ltr = lay_out (computer);
  g_autoptr (HearthMapLayout) rtl = lay_out_for (computer, 900, 0, LINE, TRUE);

  g_assert_cmpuint (ltr->places->len, ==, rtl->places->len);
  for (guint i = 0; i < ltr->places->len; i++)
    {
      const HearthMapBox *one = &get_place (ltr, i)->box, *other = &get_place (rtl, i)->box;

      g_assert_cmpint (one->x, ==, 900 - other->x - other->width);
      g_assert_cmpint (one->y, ==, other->y);
    }
  assert_boxes (rtl);
  assert_arrows (rtl);
}

/* A door that is not lo's own is not in a room of lo's; a computer without lo and without services
 * has no room. */
static void
test_nothing (void)
{
  g_autoptr (Computer) computer = computer_new ();
  g_autoptr (HearthMapLayout) layout = NULL;

  computer->contents.loopback = NULL;
  layout = lay_out (computer);
  for (guint i = 0; i < layout->places->len; i++)
    g_assert_cmpint (get_place (layout, i)->kind, !=, HEARTH_MAP_ROOM);
  assert_boxes (layout);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-layout/random", test_random);
  g_test_add_func ("/map-layout/sentences", test_sentences);
  g_test_add_func ("/map-layout/arrows", test_arrows);
  g_test_add_func ("/map-layout/two-sockets", test_two_sockets);
  g_test_add_func ("/map-layout/mapped", test_mapped);
  g_test_add_func ("/map-layout/notes", test_notes);
  g_test_add_func ("/map-layout/crowd", test_crowd);
  g_test_add_func ("/map-layout/rtl", test_rtl);
  g_test_add_func ("/map-layout/nothing", test_nothing);
  return g_test_run ();
}
