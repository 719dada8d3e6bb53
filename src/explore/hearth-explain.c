/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of an address must be true of this computer as it is: an address counts as its own
 * only where it answers. And nothing here may ask anybody: a name has the addresses of the
 * hosts file, and localhost those that RFC 6761 gives it, or none. */

#include "hearth-explain.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-alias-rules.h"
#include "hearth-explain-answers.h"
#include "hearth-name-ask.h"
#include "hearth-own-addresses.h"
#include "hearth-own-reach.h"
#include "hearth-quote.h"
#include "hearth-reference.h"
#include "hearth-special-name.h"

#define LOOPBACK_IPV4 ((HearthAddress) { HEARTH_FAMILY_IPV4, { 127, 0, 0, 1 }, "" })
#define LOOPBACK_IPV6 ((HearthAddress) { HEARTH_FAMILY_IPV6, { [15] = 1 }, "" })

/* While an explanation is made. */
typedef struct {
  HearthExplanation *result;           /* (borrowed) */
  const HearthSpelling *spelling;      /* (borrowed) */
  const HearthExplainSources *sources; /* (borrowed) */
  HearthOwnAddresses *own;             /* (owned) */
  GStrvBuilder *notes;                 /* (owned) */
} Making;

static void
add_note (Making *making, const char *note)
{
  g_strv_builder_add (making->notes, note);
}

static void
take_note (Making *making, char *note)
{
  g_strv_builder_take (making->notes, note);
}

/* Addresses */

static gboolean
is_unspecified (const HearthAddress *address)
{
  return hearth_address_classify (address).kind == HEARTH_ADDRESS_KIND_UNSPECIFIED;
}

/* Who can reach what listens on @address; *@farthest, of an address that stands for all, is the one
 * that decides it, and else none. */
static HearthReach
find_reach (Making *making, const HearthAddress *address, HearthAddress *farthest)
{
  HearthAddress inside = hearth_address_unmap (address);

  *farthest = HEARTH_ADDRESS_NONE;
  if (!is_unspecified (&inside))
    return hearth_address_classify (&inside).reach;
  /* :: takes IPv4 too. */
  *farthest = hearth_own_addresses_find_farthest (
      making->own, inside.family == HEARTH_FAMILY_IPV4 ? HEARTH_FAMILY_IPV4 : HEARTH_FAMILY_NONE);
  if (farthest->family == HEARTH_FAMILY_NONE)
    return HEARTH_REACH_THIS_COMPUTER;
  return hearth_address_classify (farthest).reach;
}

static void
widen_reach (HearthExplanation *result, HearthReach reach)
{
  if (!result->has_reach || reach > result->reach)
    result->reach = reach;
  result->has_reach = TRUE;
}

/* Where packets to it go, seen from here. */
static HearthPlace
find_place (Making *making, const HearthAddress *address)
{
  HearthAddress inside = hearth_address_unmap (address);
  HearthAddressClass what = hearth_address_classify (&inside);

  if (hearth_own_addresses_have (making->own, &inside))
    return HEARTH_PLACE_THIS_COMPUTER;
  switch (what.kind)
    {
    case HEARTH_ADDRESS_KIND_LOOPBACK:
    case HEARTH_ADDRESS_KIND_UNSPECIFIED:
      return HEARTH_PLACE_THIS_COMPUTER;
    case HEARTH_ADDRESS_KIND_DOCUMENTATION:
    case HEARTH_ADDRESS_KIND_THIS_NETWORK:
    case HEARTH_ADDRESS_KIND_DISCARD:
    case HEARTH_ADDRESS_KIND_RESERVED:
      return HEARTH_PLACE_NOWHERE;
    case HEARTH_ADDRESS_KIND_PUBLIC:
    case HEARTH_ADDRESS_KIND_LINK_LOCAL:
    case HEARTH_ADDRESS_KIND_PRIVATE:
    case HEARTH_ADDRESS_KIND_SHARED:
    case HEARTH_ADDRESS_KIND_UNIQUE_LOCAL:
    case HEARTH_ADDRESS_KIND_SITE_LOCAL:
    case HEARTH_ADDRESS_KIND_BENCHMARKING:
    case HEARTH_ADDRESS_KIND_PROTOCOL:
    case HEARTH_ADDRESS_KIND_TRANSLATION:
    case HEARTH_ADDRESS_KIND_MAPPED:
    case HEARTH_ADDRESS_KIND_MULTICAST:
    case HEARTH_ADDRESS_KIND_BROADCAST:
    default:
      break;
    }
  if (what.reach == HEARTH_REACH_THIS_COMPUTER)
    return HEARTH_PLACE_THIS_COMPUTER;
  return what.reach == HEARTH_REACH_INTERNET ? HEARTH_PLACE_INTERNET : HEARTH_PLACE_LOCAL_NETWORK;
}

static gboolean
is_on_loopback_link (Making *making, const HearthLinkAddress *record)
{
  const HearthLink *link = hearth_own_addresses_get_link (making->own, record->link_index);

  return link != NULL && (link->flags & HEARTH_LINK_FLAG_LOOPBACK);
}

/* Of an address that can be an alias at all. A Mac has its addresses other than loopback just as
 * this computer has them. */
static void
judge_alias (Making *making, const HearthAddress *address)
{
  HearthExplanation *result = making->result;
  const HearthLinkAddress *record = hearth_own_addresses_find (making->own, address);

  if (hearth_alias_rules_look_up (address, NULL) == HEARTH_ALIAS_RULE_REFUSED)
    return;
  if (!hearth_own_addresses_have (making->own, address))
    {
      if (!result->needs_alias)
        result->alias = *address;
      result->needs_alias = TRUE;
    }
  if (record == NULL || is_on_loopback_link (making, record))
    result->needs_alias_on_macos = TRUE;
}

static void
note_unspecified (Making *making, const HearthAddress *inside)
{
  if (inside->family == HEARTH_FAMILY_IPV4)
    add_note (
        making,
        _ ("A program listens on 0.0.0.0 to be reached at every IPv4 address of this computer. It "
           "is no address to go to: Linux and macOS take 127.0.0.1 for it, Windows refuses it, and "
           "so do browsers where a web site asks for it. Write localhost there."));
  else
    add_note (making, _ ("A program listens on :: to be reached at every address of this computer, "
                         "IPv4 too unless it asked for IPv6 alone (RFC 3493, section 5.3). It is "
                         "no address to go to: write localhost there."));
}

static void
note_mapped (Making *making, const HearthAddress *inside)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  take_note (making, g_strdup_printf (_ ("It is how a program that listens on IPv6 sees the IPv4 "
                                         "address %s, and leads to the same place."),
                                      hearth_address_print (inside, text)));
}

static void
note_link_local (Making *making, const HearthAddress *address)
{
  g_autofree char *zone = NULL;

  if (address->zone[0] == '\0')
    {
      add_note (making,
                /* xgettext:no-c-format */
                _ ("Every link has such addresses of its own, so the interface must be named "
                   "behind a percent sign, as in fe80::1%eth0 (RFC 4007, section 11)."));
      return;
    }
  if (hearth_own_addresses_find_link (making->own, address->zone) != NULL)
    return;
  zone = hearth_quote (address->zone);
  take_note (making, g_strdup_printf (_ ("This computer has no interface “%s”."), zone));
}

static void
note_alias (Making *making, const HearthLinkAddress *record)
{
  if (record != NULL && is_on_loopback_link (making, record) &&
      hearth_address_classify (&record->prefix.address).reach != HEARTH_REACH_THIS_COMPUTER)
    add_note (making, _ ("It is an alias on the loopback interface, and yet not private: this "
                         "computer answers for it on its networks too."));
}

static void
note_loopback (Making *making, const HearthAddress *inside)
{
  if (hearth_own_addresses_is_broadcast (making->own, inside))
    return; /* said of each */
  if (!hearth_own_addresses_take (making->own, inside))
    add_note (making, _ ("It does not answer now: the loopback interface is missing, switched off "
                         "or without this address. “hearthctl list” shows it."));
  else if (hearth_own_addresses_find (making->own, inside) == NULL)
    add_note (making, _ ("All of 127.0.0.0/8 answers here without being added; on macOS only "
                         "127.0.0.1 does, and every other address of it needs an alias."));
}

static void
note_address (Making *making, const HearthAddress *address)
{
  HearthAddress inside = hearth_address_unmap (address);
  HearthAddressClass what = hearth_address_classify (&inside);

  if (!hearth_address_equal (&inside, address))
    note_mapped (making, &inside);
  if (what.kind == HEARTH_ADDRESS_KIND_UNSPECIFIED)
    note_unspecified (making, &inside);
  else if (what.kind == HEARTH_ADDRESS_KIND_LINK_LOCAL && inside.family == HEARTH_FAMILY_IPV6)
    note_link_local (making, &inside);
  else if (what.kind == HEARTH_ADDRESS_KIND_LOOPBACK)
    note_loopback (making, &inside);
  if (hearth_own_addresses_is_broadcast (making->own, &inside))
    add_note (making,
              _ ("It is the broadcast address of its network, so no program answers there."));
  note_alias (making, hearth_own_addresses_find (making->own, &inside));
}

static gboolean
is_own (Making *making, const HearthAddress *address)
{
  HearthAddress inside = hearth_address_unmap (address);

  return hearth_own_addresses_find (making->own, &inside) != NULL;
}

static void
add_address (Making *making, const HearthAddress *address)
{
  HearthAddress inside = hearth_address_unmap (address), farthest;
  HearthExplanation *result = making->result;

  g_array_append_val (result->addresses, *address);
  widen_reach (result, find_reach (making, address, &farthest));
  result->is_own |= is_own (making, address);
  judge_alias (making, &inside);
}

/* "Why. See RFC." */
static char *
explain_class (const HearthAddress *address)
{
  HearthAddressClass what = hearth_address_classify (address);
  g_autofree char *source = hearth_reference_words (what.source);

  /* Translators: a sentence, and the document that it comes from */
  return g_strdup_printf (_ ("%s See %s."), _ (what.why), source);
}

/* What stands for every address reaches as far as the farthest of them. */
static char *
explain_farthest (Making *making, const HearthAddress *address)
{
  HearthAddress farthest;
  HearthReach reach = find_reach (making, address, &farthest);
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (farthest.family == HEARTH_FAMILY_NONE)
    return g_strdup (_ ("This computer has no such address that is in use now."));
  if (reach == HEARTH_REACH_THIS_COMPUTER)
    return g_strdup (
        _ ("This computer has loopback addresses alone now, so nobody else reaches it."));
  return g_strdup_printf (_ ("Of those that it has now, %s can be reached from farthest."),
                          hearth_address_print (&farthest, text));
}

static char *
explain_address (Making *making, const HearthAddress *address)
{
  HearthAddress inside = hearth_address_unmap (address);
  g_autofree char *why = explain_class (address), *more = NULL;

  if (is_unspecified (&inside))
    more = explain_farthest (making, address);
  else if (!hearth_address_equal (&inside, address))
    more = explain_class (&inside);
  return more != NULL ? g_strconcat (why, " ", more, NULL) : g_steal_pointer (&why);
}

static void
make_address (Making *making)
{
  HearthExplanation *result = making->result;
  const HearthAddress *address = &making->spelling->address;

  add_address (making, address);
  result->title = g_strdup (_ (hearth_address_classify (address).name));
  result->place = find_place (making, address);
  result->why = explain_address (making, address);
  note_address (making, address);
}

/* Networks and ranges */

/* Both ends are in one block of one kind, or nobody knows what is in between. */
static gboolean
is_of_one_kind (const HearthAddress *first, const HearthAddress *last)
{
  HearthAddress a = hearth_address_unmap (first), b = hearth_address_unmap (last);

  return hearth_address_classify (&a).prefix == hearth_address_classify (&b).prefix;
}

/* Both ends, and one behind the two that can be no aliases: 127.0.0.0 and 127.0.0.1. */
static void
judge_aliases (Making *making, const HearthAddress *first)
{
  const HearthAddress *last = &making->spelling->last;
  HearthAddress third;

  judge_alias (making, first);
  judge_alias (making, last);
  if (hearth_address_advance (first, 2, &third) && hearth_address_compare (&third, last) <= 0)
    judge_alias (making, &third);
}

static void
make_range (Making *making)
{
  HearthExplanation *result = making->result;
  const HearthSpelling *spelling = making->spelling;
  HearthAddress first = hearth_explain_get_first (spelling);
  HearthAddressClass a = hearth_address_classify (&first);
  HearthAddressClass b = hearth_address_classify (&spelling->last);

  if (is_of_one_kind (&first, &spelling->last))
    {
      widen_reach (result, MAX (a.reach, b.reach));
      result->title = g_strdup (_ (a.name));
      result->why = explain_class (a.reach < b.reach ? &spelling->last : &first);
      result->place = find_place (making, a.reach < b.reach ? &spelling->last : &first);
    }
  else
    {
      widen_reach (result, HEARTH_REACH_INTERNET);
      result->title = g_strdup (_ ("Addresses of several kinds"));
      result->why =
          g_strdup (_ ("There are several kinds of addresses in it: count on the farthest."));
      result->place = HEARTH_PLACE_INTERNET;
    }
  result->is_own = hearth_explain_has_own (making->own, spelling);
  judge_aliases (making, &first);
}

/* Names */

static gboolean
is_host_name (Making *making, const char *name)
{
  const char *host_name = making->sources->host_name;
  g_autofree char *first = NULL, *local = NULL;

  if (host_name == NULL || *host_name == '\0')
    return FALSE;
  first = g_strndup (host_name, strcspn (host_name, "."));
  local = g_strconcat (first, ".local", NULL);
  return g_ascii_strcasecmp (name, host_name) == 0 || g_ascii_strcasecmp (name, first) == 0 ||
         g_ascii_strcasecmp (name, local) == 0;
}

static void
note_entry (Making *making, const HearthHostsEntry *entry)
{
  const char *name = making->spelling->name;
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  hearth_address_print (&entry->address, text);
  if (hearth_special_name_is_localhost (name) &&
      hearth_address_classify (&entry->address).kind != HEARTH_ADDRESS_KIND_LOOPBACK)
    take_note (making, g_strdup_printf (_ ("Line %u of %s leads %s to %s, which is no loopback "
                                           "address: it should be 127.0.0.1 or ::1."),
                                        entry->line, hearth_hosts_file_get_path (), name, text));
  else
    take_note (making, g_strdup_printf (_ ("Line %u of %s says that %s is %s."), entry->line,
                                        hearth_hosts_file_get_path (), name, text));
}

/* TRUE where the file knows the name, which it never does with a dot at its end. */
static gboolean
look_into_hosts (Making *making)
{
  g_autoptr (GPtrArray) entries =
      hearth_hosts_file_find (making->sources->hosts, making->spelling->name);

  if (making->spelling->traits & HEARTH_SPELLING_FINAL_DOT)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      const HearthHostsEntry *entry = entries->pdata[i];

      add_address (making, &entry->address);
      note_entry (making, entry);
    }
  return entries->len > 0;
}

static void
note_localhost (Making *making)
{
  const char *name = making->spelling->name;

  if (making->spelling->traits & HEARTH_SPELLING_FINAL_DOT)
    return; /* it is said of the dot */
  if (g_str_equal (name, "localhost"))
    take_note (making,
               g_strdup_printf (_ ("No line of %s says so, though one should; most resolvers "
                                   "and all browsers know it by themselves."),
                                hearth_hosts_file_get_path ()));
  else
    take_note (making,
               g_strdup_printf (
                   _ ("Browsers and systemd-resolved know it by themselves. Not every resolver "
                      "does: where a program does not find it, add “127.0.0.1 %s” to %s."),
                   name, hearth_hosts_file_get_path ()));
}

/* The place of the first address, which is the one that is tried first. */
static void
make_known_name (Making *making, gboolean is_in_hosts)
{
  HearthExplanation *result = making->result;
  const HearthAddress *address = &g_array_index (result->addresses, HearthAddress, 0);
  g_autofree char *why = explain_address (making, address);

  result->place = find_place (making, address);
  if (is_in_hosts && !hearth_special_name_is_localhost (making->spelling->name))
    {
      result->title = g_strdup (_ ("Name in the hosts file"));
      result->why = g_steal_pointer (&why);
      return;
    }
  result->title = g_strdup (_ (hearth_special_name_find (making->spelling->name)->title));
  result->why =
      g_strconcat (_ (hearth_special_name_find (making->spelling->name)->why), " ", why, NULL);
}

static void
make_host_name (Making *making)
{
  making->result->place = HEARTH_PLACE_THIS_COMPUTER;
  making->result->title = g_strdup (_ ("Name of this computer"));
  making->result->why = g_strdup_printf (
      _ ("It is the name of this computer itself. No line of %s gives it an address, so the "
         "resolver decides which of its addresses it leads to, if it knows any."),
      hearth_hosts_file_get_path ());
}

static void
make_unknown_name (Making *making)
{
  const HearthSpecialName *special = hearth_special_name_find (making->spelling->name);
  g_autofree char *command = hearth_name_ask_dup_command (making->spelling->name);

  making->result->place = special->place;
  making->result->title = g_strdup (_ (special->title));
  making->result->why = g_strdup (_ (special->why));
  /* Translators: a file, and a command */
  take_note (making, g_strdup_printf (_ ("%s does not know it, and it was not looked up: that "
                                         "would ask other computers. “%s” does it."),
                                      hearth_hosts_file_get_path (), command));
}

static void
make_name (Making *making)
{
  const char *name = making->spelling->name;
  const HearthAddress ipv4 = LOOPBACK_IPV4, ipv6 = LOOPBACK_IPV6;
  gboolean is_in_hosts = look_into_hosts (making);

  if (!is_in_hosts && hearth_special_name_is_localhost (name))
    {
      add_address (making, &ipv4);
      add_address (making, &ipv6);
      note_localhost (making);
    }
  if (making->result->addresses->len > 0)
    make_known_name (making, is_in_hosts);
  else if (is_host_name (making, name))
    make_host_name (making);
  else
    make_unknown_name (making);
}

/* Ports and the rest */

static void
make_port (Making *making)
{
  HearthExplanation *result = making->result;

  result->place = HEARTH_PLACE_THIS_COMPUTER;
  result->title = g_strdup_printf (_ ("Port %u"), making->spelling->port);
  for (guint i = 0; i < result->answers->len; i++)
    widen_reach (result, g_array_index (result->answer_reaches, HearthReach, i));
  if (!result->has_answers)
    result->why =
        g_strdup (_ ("A port is a number that tells the services of a computer apart. Who can "
                     "reach it depends on the address that a program listens on. See RFC 6335."));
  else if (result->has_reach)
    result->why = g_strdup (
        _ ("A port is a number that tells the services of a computer apart. This is how far the "
           "farthest of the programs that listen on it can be reached. See RFC 6335."));
  else
    result->why =
        g_strdup (_ ("A port is a number that tells the services of a computer apart. Nothing "
                     "listens on this one now, so nobody can reach anything. See RFC 6335."));
}

static void
make_any (Making *making)
{
  const HearthAddress any = { .family = HEARTH_FAMILY_IPV6 };
  HearthAddress farthest;
  g_autofree char *more = explain_farthest (making, &any);

  widen_reach (making->result, find_reach (making, &any, &farthest));
  making->result->place = HEARTH_PLACE_THIS_COMPUTER;
  making->result->title = g_strdup (_ ("Every address"));
  making->result->why = g_strconcat (
      _ ("Programs write “*” for every address of this computer, IPv4 and IPv6."), " ", more, NULL);
}

static void
make_file (Making *making)
{
  making->result->place = HEARTH_PLACE_THIS_COMPUTER;
  making->result->title = g_strdup (_ ("File of this computer"));
  making->result->why = g_strdup (
      _ ("A browser opens the file itself: nothing goes through a network, not even through "
         "loopback, and pages opened so may do less than served ones. See RFC 8089."));
}

static void
make (Making *making)
{
  switch (making->spelling->kind)
    {
    case HEARTH_SPELLING_IPV4:
    case HEARTH_SPELLING_IPV6:
      make_address (making);
      break;
    case HEARTH_SPELLING_NAME:
      make_name (making);
      break;
    case HEARTH_SPELLING_PORT:
      make_port (making);
      break;
    case HEARTH_SPELLING_PREFIX:
    case HEARTH_SPELLING_RANGE:
      make_range (making);
      break;
    case HEARTH_SPELLING_ANY:
      make_any (making);
      break;
    case HEARTH_SPELLING_FILE:
      make_file (making);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Public functions */

static void
add_spelling_notes (Making *making)
{
  g_auto (GStrv) notes = hearth_spelling_list_notes (making->spelling);

  for (guint i = 0; notes[i] != NULL; i++)
    add_note (making, notes[i]);
}

static void
find_answers (Making *making)
{
  HearthExplanation *result = making->result;
  HearthPlatform *platform = making->sources->platform;
  HearthOwnReach own = hearth_own_reach_read (platform);

  result->has_answers = making->sources->listeners != NULL;
  g_ptr_array_unref (result->answers);
  result->answers = hearth_explain_find_answers (making->own, making->sources->listeners,
                                                 making->spelling, result->addresses);
  g_array_set_size (result->answer_reaches, 0);
  for (guint i = 0; i < result->answers->len; i++)
    {
      HearthReach reach = hearth_own_reach_of_listener (&own, platform, result->answers->pdata[i]);

      g_array_append_val (result->answer_reaches, reach);
    }
}

/* What answers at an address of this computer alone may still be open to others. */
static void
note_open_answers (Making *making)
{
  HearthExplanation *result = making->result;

  for (guint i = 0; result->has_reach && i < result->answers->len; i++)
    {
      const HearthListener *listener = result->answers->pdata[i];

      if (g_array_index (result->answer_reaches, HearthReach, i) <= result->reach)
        continue;
      take_note (making, g_strdup_printf (_ ("What answers on port %u listens on every address of "
                                             "this computer, so others can reach it too."),
                                          listener->port));
      return;
    }
}

HearthExplanation *
hearth_explain (HearthSpelling *spelling, const HearthExplainSources *sources)
{
  HearthExplanation *result = g_new0 (HearthExplanation, 1);
  g_autoptr (HearthOwnAddresses) own = hearth_own_addresses_new (sources->platform);
  g_autoptr (GStrvBuilder) notes = g_strv_builder_new ();
  Making making = { result, spelling, sources, own, notes };

  result->spelling = spelling;
  result->addresses = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  result->answers = g_ptr_array_new ();
  result->answer_reaches = g_array_new (FALSE, FALSE, sizeof (HearthReach));
  add_spelling_notes (&making);
  if (spelling->kind == HEARTH_SPELLING_PORT)
    find_answers (&making); /* they explain it */
  make (&making);
  if (spelling->kind != HEARTH_SPELLING_PORT)
    find_answers (&making); /* its addresses find them */
  note_open_answers (&making);
  result->notes = g_strv_builder_end (notes);
  return result;
}

void
hearth_explanation_free (HearthExplanation *self)
{
  hearth_spelling_free (self->spelling);
  g_free (self->title);
  g_array_unref (self->addresses);
  g_free (self->why);
  g_ptr_array_unref (self->answers);
  g_array_unref (self->answer_reaches);
  g_strfreev (self->notes);
  g_free (self);
}
