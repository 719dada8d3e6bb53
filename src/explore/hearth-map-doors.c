/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-map-doors.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"

/* Invariant: each address and each service of the contents is on the map once: as itself, or
 * counted in one group. */

/* A door with all that is behind it, before anything is grouped. */
typedef struct {
  HearthAddress address; /* of no family: every address */
  HearthReach reach;
  gboolean inner;
  guint position;
  const char *link;    /* (nullable) (borrowed) */
  gpointer item;       /* (nullable) (borrowed) */
  GPtrArray *services; /* (owned) (element-type HearthMapService) */
} RawDoor;

typedef struct {
  const HearthMapContents *contents;
  GHashTable *by_address; /* (owned) (element-type HearthAddress RawDoor): keys live in the doors */
  GHashTable *seen;       /* (owned): which port of which door (gint64) → where in its services */
  GHashTable *folders;    /* (owned) (element-type HearthMapFolder by port) */
  GPtrArray *doors;       /* (owned) (element-type RawDoor) */
  GPtrArray *everywhere;  /* (owned) (element-type HearthMapService): on every address */
} Sorter;

static void
raw_door_free (gpointer data)
{
  RawDoor *self = data;

  g_ptr_array_unref (self->services);
  g_free (self);
}

static void
word_clear (HearthMapWord *self)
{
  g_free (self->key);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->sentence);
}

static void
thing_free (gpointer data)
{
  word_clear (data);
  g_free (data);
}

static void
door_free (gpointer data)
{
  HearthMapDoor *self = data;

  word_clear (&self->word);
  g_ptr_array_unref (self->things);
  g_free (self);
}

static gboolean
is_loopback (const HearthAddress *address)
{
  return hearth_address_classify (address).kind == HEARTH_ADDRESS_KIND_LOOPBACK;
}

static gboolean
is_unspecified (const HearthAddress *address)
{
  return hearth_address_classify (address).kind == HEARTH_ADDRESS_KIND_UNSPECIFIED;
}

/* Sorting what is behind which door */

/* The one at @address, which may be there already. */
static RawDoor *
ensure_door (Sorter *self, const HearthAddress *address)
{
  HearthAddress bare = *address;
  RawDoor *door;

  memset (bare.zone, 0, sizeof bare.zone);
  door = g_hash_table_lookup (self->by_address, &bare);
  if (door != NULL)
    return door;
  door = g_new0 (RawDoor, 1);
  door->address = bare;
  door->inner = is_loopback (&bare);
  door->reach = hearth_address_classify (&bare).reach;
  door->link = door->inner ? self->contents->loopback : NULL;
  door->position = self->doors->len;
  door->services = g_ptr_array_new ();
  g_ptr_array_add (self->doors, door);
  g_hash_table_insert (self->by_address, &door->address, door);
  return door;
}

static void
add_address (Sorter *self, const HearthMapAddress *address)
{
  RawDoor *door = ensure_door (self, &address->address);

  if (door->item != NULL)
    return;
  door->item = address->item;
  door->reach = address->reach;
  door->inner = address->on_loopback;
  door->link = address->link;
}

/* IPv4 and IPv6 of one port, and several sockets of one, are one thing to see: the one that can be
 * reached from farthest. */
static void
put_service (Sorter *self, RawDoor *door, const HearthMapService *service)
{
  gint64 key =
      ((gint64) door->position << 24) | ((gint64) service->transport << 16) | service->port;
  gpointer index;

  if (!g_hash_table_lookup_extended (self->seen, &key, NULL, &index))
    {
      g_hash_table_insert (self->seen, g_memdup2 (&key, sizeof key),
                           GUINT_TO_POINTER (door->services->len));
      g_ptr_array_add (door->services, (gpointer) service);
    }
  else if (service->reach >
           ((const HearthMapService *) door->services->pdata[GPOINTER_TO_UINT (index)])->reach)
    door->services->pdata[GPOINTER_TO_UINT (index)] = (gpointer) service;
}

static void
add_service (Sorter *self, const HearthMapService *service)
{
  HearthAddress address = hearth_address_unmap (&service->address);
  gboolean everywhere = is_unspecified (&address);
  RawDoor *door = ensure_door (self, everywhere ? &HEARTH_ADDRESS_NONE : &address);

  if (everywhere)
    {
      g_ptr_array_add (self->everywhere, (gpointer) service);
      door->inner = FALSE;
      door->reach = door->services->len == 0 ? service->reach : MAX (door->reach, service->reach);
    }
  put_service (self, door, service);
}

static int
get_rank (const RawDoor *door)
{
  if (door->address.family == HEARTH_FAMILY_NONE || hearth_alias_rules_is_base (&door->address))
    return 0;
  return door->services->len > 0 ? 1 : 2;
}

static int
compare_doors (gconstpointer a, gconstpointer b)
{
  const RawDoor *one = *(const RawDoor *const *) a, *two = *(const RawDoor *const *) b;
  int rank = get_rank (one) - get_rank (two);

  return rank != 0 ? rank : (int) one->position - (int) two->position;
}

static void
sorter_clear (Sorter *self)
{
  g_hash_table_unref (self->by_address);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->folders);
  g_ptr_array_unref (self->doors);
  g_ptr_array_unref (self->everywhere);
}

static void
sorter_fill (Sorter *self, const HearthMapContents *contents)
{
  self->contents = contents;
  self->by_address = g_hash_table_new (hearth_address_hash, hearth_address_equal);
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->folders = g_hash_table_new (NULL, NULL);
  self->doors = g_ptr_array_new_with_free_func (raw_door_free);
  self->everywhere = g_ptr_array_new ();
  for (guint i = 0; i < contents->n_addresses; i++)
    add_address (self, &contents->addresses[i]);
  for (guint i = 0; i < contents->n_services; i++)
    add_service (self, &contents->services[i]);
  for (guint i = 0; i < contents->n_folders; i++)
    g_hash_table_insert (self->folders, GUINT_TO_POINTER (contents->folders[i].port),
                         (gpointer) &contents->folders[i]);
  g_ptr_array_sort (self->doors, compare_doors);
}

/* The folder that @service is. (nullable) */
static const HearthMapFolder *
find_folder (Sorter *self, const HearthMapService *service)
{
  const HearthMapFolder *folder =
      g_hash_table_lookup (self->folders, GUINT_TO_POINTER (service->port));
  HearthAddress address = hearth_address_unmap (&service->address);

  if (folder == NULL || service->transport != HEARTH_TRANSPORT_TCP)
    return NULL;
  return (folder->address.family == HEARTH_FAMILY_NONE
              ? hearth_alias_rules_is_base (&address)
              : hearth_address_equal (&folder->address, &address))
             ? folder
             : NULL;
}

/* The words */

/* (transfer full) */
static char *
dup_title (const RawDoor *door)
{
  return door->address.family == HEARTH_FAMILY_NONE ? g_strdup (_ ("Every address"))
                                                    : hearth_address_to_string (&door->address);
}

static void
name_service (HearthMapWord *word, const HearthMapService *service, const char *door)
{
  gboolean udp = service->transport == HEARTH_TRANSPORT_UDP;
  const char *reach = hearth_reach_to_phrase (service->reach);

  word->item = service->item;
  if (service->name != NULL)
    {
      word->title = g_strdup (service->name);
      word->detail = g_strdup_printf (udp ? "%u UDP" : "%u", service->port);
      /* Translators: "PostgreSQL, port 5432, behind 127.0.0.1: only this computer" */
      word->sentence = g_strdup_printf (_ ("%s, port %u, behind %s: %s"), service->name,
                                        service->port, door, reach);
    }
  else
    {
      word->title = g_strdup_printf (_ ("Port %u"), service->port);
      word->detail = udp ? g_strdup ("UDP") : NULL;
      /* Translators: "Port 5432, behind 127.0.0.1: only this computer" */
      word->sentence = g_strdup_printf (_ ("Port %u, behind %s: %s"), service->port, door, reach);
    }
}

static void
name_folder (HearthMapWord *word,
             const HearthMapFolder *folder,
             const HearthMapService *service,
             const char *door)
{
  word->is_folder = TRUE;
  word->item = folder->item;
  word->title = g_strdup (folder->name);
  word->detail = g_strdup_printf ("%u", folder->port);
  /* Translators: "The folder site, port 8000, behind 127.0.0.1: only this computer" */
  word->sentence = g_strdup_printf (_ ("The folder %s, port %u, behind %s: %s"), folder->name,
                                    folder->port, door, hearth_reach_to_phrase (service->reach));
}

static HearthMapWord *
make_thing (Sorter *self, const HearthMapService *service, const char *door)
{
  const HearthMapFolder *folder = find_folder (self, service);
  HearthMapWord *word = g_new0 (HearthMapWord, 1);

  word->reach = service->reach;
  word->key = g_strdup_printf ("%s %s %u", door, hearth_transport_to_id (service->transport),
                               service->port);
  if (folder != NULL)
    name_folder (word, folder, service, door);
  else
    name_service (word, service, door);
  return word;
}

static HearthReach
find_farthest (GPtrArray *services, guint from)
{
  HearthReach reach = HEARTH_REACH_THIS_COMPUTER;

  for (guint i = from; i < services->len; i++)
    reach = MAX (reach, ((const HearthMapService *) services->pdata[i])->reach);
  return reach;
}

/* (transfer full) */
static char *
dup_count (guint n)
{
  return g_strdup_printf (ngettext ("%u service", "%u services", n), n);
}

/* All from the one at @from on, as one. @door: as people read it. @title: (transfer full) */
static HearthMapWord *
make_thing_group (GPtrArray *services, guint from, const char *key, const char *door, char *title)
{
  HearthMapWord *word = g_new0 (HearthMapWord, 1);

  word->n_more = services->len - from;
  word->reach = find_farthest (services, from);
  word->key = g_strdup_printf ("%s more", key);
  word->title = title;
  word->sentence = g_strdup_printf (
      /* Translators: "12 more services behind 127.0.0.1" */
      ngettext ("%u more service behind %s", "%u more services behind %s", word->n_more),
      word->n_more, door);
  return word;
}

static char *
dup_more (guint n)
{
  return g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);
}

static HearthMapDoor *
door_new (void)
{
  HearthMapDoor *self = g_new0 (HearthMapDoor, 1);

  self->things = g_ptr_array_new_with_free_func (thing_free);
  return self;
}

static char *
dup_door_sentence (const RawDoor *raw, const char *title)
{
  g_autofree char *count =
      raw->services->len > 0 ? dup_count (raw->services->len) : g_strdup (_ ("nothing"));
  const char *reach = hearth_reach_to_phrase (raw->reach);

  if (raw->link == NULL)
    /* Translators: "Every address, a door of this computer: 2 services behind it, the internet" */
    return g_strdup_printf (_ ("%s, a door of this computer: %s behind it, %s"), title, count,
                            reach);
  /* Translators: "127.0.0.1, a door of lo: 2 services behind it, only this computer" */
  return g_strdup_printf (_ ("%s, a door of %s: %s behind it, %s"), title, raw->link, count, reach);
}

/* What listens on every address answers at this one too. */
static void
add_everywhere (Sorter *self, const RawDoor *raw, HearthMapDoor *door)
{
  for (guint i = 0; i < self->everywhere->len; i++)
    {
      const HearthMapService *service = self->everywhere->pdata[i];
      HearthFamily family = (HearthFamily) hearth_address_unmap (&service->address).family;

      if (family != raw->address.family && (family == HEARTH_FAMILY_IPV4 || service->only_ipv6))
        continue;
      door->answers = TRUE;
      door->lets_in |= MIN (raw->reach, service->reach) != HEARTH_REACH_THIS_COMPUTER;
    }
}

static HearthMapDoor *
make_door (Sorter *self, const RawDoor *raw)
{
  HearthMapDoor *door = door_new ();
  GPtrArray *services = raw->services;
  gboolean all = services->len <= HEARTH_MAP_MAX_THINGS;
  guint n = all ? services->len : HEARTH_MAP_MAX_THINGS - 1;

  door->word.reach = raw->reach;
  door->word.item = raw->item;
  door->word.title = dup_title (raw);
  door->word.key = g_strdup (door->word.title);
  door->word.sentence = dup_door_sentence (raw, door->word.title);
  door->lets_in = find_farthest (services, 0) != HEARTH_REACH_THIS_COMPUTER;
  add_everywhere (self, raw, door);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (door->things, make_thing (self, services->pdata[i], door->word.title));
  if (!all)
    g_ptr_array_add (door->things,
                     make_thing_group (services, n, door->word.title, door->word.title,
                                       dup_more (services->len - n)));
  return door;
}

/* All doors of @raws from the one at @from on, as one. */
static HearthMapDoor *
make_door_group (HearthMapDoors *self, Sorter *sorter, GPtrArray *raws, guint from, gboolean inner)
{
  HearthMapDoor *door = door_new ();
  g_autoptr (GPtrArray) services = g_ptr_array_new ();
  g_autofree char *count = NULL;
  guint n = raws->len - from;

  for (guint i = from; i < raws->len; i++)
    {
      const RawDoor *raw = raws->pdata[i];

      door->word.reach = MAX (door->word.reach, raw->reach);
      g_ptr_array_extend (services, raw->services, NULL, NULL);
      add_everywhere (sorter, raw, door);
    }
  count = services->len > 0 ? dup_count (services->len) : g_strdup (_ ("nothing"));
  door->word.n_more = n;
  door->word.title = dup_more (n);
  door->word.key = g_strdup (inner ? "inner doors" : "outer doors");
  door->word.sentence = g_strdup_printf (
      /* Translators: "987 more doors of lo: 2 services behind them" */
      ngettext ("%u more door of %s: %s behind it", "%u more doors of %s: %s behind them", n), n,
      inner ? self->loopback : _ ("this computer"), count);
  door->lets_in |= find_farthest (services, 0) != HEARTH_REACH_THIS_COMPUTER;
  if (services->len > 0)
    g_ptr_array_add (door->things, make_thing_group (services, 0, door->word.key, _ ("other doors"),
                                                     g_steal_pointer (&count)));
  return door;
}

/* Of one wall. */
static void
take_doors (HearthMapDoors *self, Sorter *sorter, GPtrArray *doors, gboolean inner)
{
  g_autoptr (GPtrArray) raws = g_ptr_array_new ();
  guint n;

  for (guint i = 0; i < sorter->doors->len; i++)
    if (((const RawDoor *) sorter->doors->pdata[i])->inner == inner)
      g_ptr_array_add (raws, sorter->doors->pdata[i]);
  n = raws->len <= HEARTH_MAP_MAX_DOORS ? raws->len : HEARTH_MAP_MAX_DOORS - 1;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (doors, make_door (sorter, raws->pdata[i]));
  if (n < raws->len)
    g_ptr_array_add (doors, make_door_group (self, sorter, raws, n, inner));
}

HearthMapDoors *
hearth_map_doors_new (const HearthMapContents *contents)
{
  HearthMapDoors *self = g_new0 (HearthMapDoors, 1);
  Sorter sorter = { 0 };

  self->loopback = g_strdup (contents->loopback != NULL ? contents->loopback : _ ("loopback"));
  self->inner = g_ptr_array_new_with_free_func (door_free);
  self->outer = g_ptr_array_new_with_free_func (door_free);
  sorter_fill (&sorter, contents);
  take_doors (self, &sorter, self->inner, TRUE);
  take_doors (self, &sorter, self->outer, FALSE);
  self->has_room = contents->loopback != NULL || self->inner->len > 0;
  sorter_clear (&sorter);
  return self;
}

void
hearth_map_doors_free (HearthMapDoors *self)
{
  g_free (self->loopback);
  g_ptr_array_unref (self->inner);
  g_ptr_array_unref (self->outer);
  g_free (self);
}

char *
hearth_map_doors_dup_house_title (void)
{
  return g_strdup (_ ("This Computer"));
}

char *
hearth_map_doors_dup_room_title (HearthMapDoors *self)
{
  /* Translators: the name of the loopback interface, such as "lo" */
  return g_strdup_printf (_ ("%s: this computer talking to itself"), self->loopback);
}

char *
hearth_map_doors_dup_network_title (void)
{
  return g_strdup (_ ("Local Network"));
}

char *
hearth_map_doors_dup_internet_title (void)
{
  return g_strdup (_ ("Internet"));
}

char *
hearth_map_doors_dup_note (const HearthMapDoor *door)
{
  /* Translators: of an address: what listens here */
  return g_strdup (door->answers ? _ ("Only what listens on every address")
                                 : _ ("Nothing listens here"));
}

char *
hearth_map_doors_dup_legend (gboolean gets_through)
{
  return g_strdup (gets_through ? _ ("Others get through, where no firewall stops them")
                                : _ ("Others bounce off: nothing there lets them in"));
}
