/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-explain-answers.h"

#include <string.h>

#include "hearth-reach.h"

/* What is asked of each listener. */
typedef struct {
  const HearthOwnAddresses *own;  /* (borrowed) */
  const HearthSpelling *spelling; /* (borrowed) */
  const GArray *addresses;        /* (borrowed) */
  HearthAddress first;            /* of a range or a network */
  gboolean has_own;               /* whether an address of it is taken */
} Question;

static HearthAddressKind
get_kind (const HearthAddress *address)
{
  return hearth_address_classify (address).kind;
}

/* Where a connection to @address goes: the IPv4 address inside a mapped one; 127.0.0.1 and ::1 in
 * the place of 0.0.0.0 and ::, as Linux and macOS have it. */
static HearthAddress
find_destination (const HearthAddress *address)
{
  HearthAddress found = hearth_address_unmap (address);

  if (get_kind (&found) == HEARTH_ADDRESS_KIND_UNSPECIFIED)
    {
      if (found.family == HEARTH_FAMILY_IPV4)
        found.bytes[0] = 127;
      found.bytes[found.family == HEARTH_FAMILY_IPV4 ? 3 : 15] = 1;
    }
  return found;
}

/* Whether a socket on every address is on those of @family. */
static gboolean
takes_family (const HearthListener *listener, const HearthAddress *bound, guint8 family)
{
  return bound->family == family || (bound->family == HEARTH_FAMILY_IPV6 && !listener->only_ipv6);
}

static gboolean
is_loopback (const HearthOwnAddresses *own, guint32 index)
{
  const HearthLink *link = hearth_own_addresses_get_link (own, index);

  return link != NULL && (link->flags & HEARTH_LINK_FLAG_LOOPBACK);
}

/* A socket that is bound to a link hears what comes in there; what this computer sends to itself
 * comes in through loopback. */
static gboolean
hears_link (const HearthOwnAddresses *own,
            const HearthListener *listener,
            const HearthAddress *address)
{
  const HearthLinkAddress *record;

  if (listener->link_index == 0 || is_loopback (own, listener->link_index))
    return TRUE;
  record = hearth_own_addresses_find (own, address);
  return record != NULL && record->link_index == listener->link_index;
}

static gboolean
answers_at (const HearthOwnAddresses *own,
            const HearthListener *listener,
            const HearthAddress *address)
{
  HearthAddress bound = hearth_address_unmap (&listener->address);

  if (!hears_link (own, listener, address))
    return FALSE;
  if (get_kind (address) == HEARTH_ADDRESS_KIND_MULTICAST)
    return memcmp (bound.bytes, address->bytes, sizeof bound.bytes) == 0 &&
           bound.family == address->family;
  if (!hearth_own_addresses_take (own, address))
    return FALSE;
  if (get_kind (&bound) == HEARTH_ADDRESS_KIND_UNSPECIFIED)
    return takes_family (listener, &bound, address->family);
  return bound.family == address->family &&
         memcmp (bound.bytes, address->bytes, sizeof bound.bytes) == 0;
}

static gboolean
answers_at_any_of (const HearthOwnAddresses *own,
                   const HearthListener *listener,
                   const GArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      HearthAddress address = find_destination (&g_array_index (addresses, HearthAddress, i));

      if (answers_at (own, listener, &address))
        return TRUE;
    }
  return FALSE;
}

HearthAddress
hearth_explain_get_first (const HearthSpelling *spelling)
{
  HearthAddress first = spelling->address;

  if (spelling->kind == HEARTH_SPELLING_PREFIX)
    for (guint i = spelling->length; i < hearth_address_get_bits (&first); i++)
      first.bytes[i / 8] &= (guint8) ~(0x80 >> (i % 8));
  return first;
}

gboolean
hearth_explain_has_own (const HearthOwnAddresses *own, const HearthSpelling *spelling)
{
  HearthAddress first = hearth_explain_get_first (spelling);

  return hearth_own_addresses_take_any_of (own, &first, &spelling->last, 0);
}

static gboolean
answers_in_range (const Question *question, const HearthListener *listener)
{
  HearthAddress bound = hearth_address_unmap (&listener->address);
  const HearthAddress *first = &question->first, *last = &question->spelling->last;
  guint32 link_index = listener->link_index;

  if (get_kind (&bound) == HEARTH_ADDRESS_KIND_UNSPECIFIED)
    return takes_family (listener, &bound, first->family) && question->has_own &&
           (link_index == 0 || is_loopback (question->own, link_index) ||
            hearth_own_addresses_take_any_of (question->own, first, last, link_index));
  return bound.family == first->family &&
         memcmp (bound.bytes, first->bytes, sizeof bound.bytes) >= 0 &&
         memcmp (bound.bytes, last->bytes, sizeof bound.bytes) <= 0 &&
         hearth_own_addresses_take (question->own, &bound);
}

static gboolean
answers (const Question *question, const HearthListener *listener)
{
  if (question->spelling->port != 0 && question->spelling->port != listener->port)
    return FALSE;
  switch (question->spelling->kind)
    {
    case HEARTH_SPELLING_PORT:
    case HEARTH_SPELLING_ANY:
      return TRUE;
    case HEARTH_SPELLING_PREFIX:
    case HEARTH_SPELLING_RANGE:
      return answers_in_range (question, listener);
    case HEARTH_SPELLING_IPV4:
    case HEARTH_SPELLING_IPV6:
    case HEARTH_SPELLING_NAME:
      return answers_at_any_of (question->own, listener, question->addresses);
    case HEARTH_SPELLING_FILE:
    default:
      return FALSE;
    }
}

/* SO_REUSEPORT: many sockets, one service. */
static gboolean
is_same (const HearthListener *a, const HearthListener *b)
{
  return a->port == b->port && a->transport == b->transport &&
         hearth_address_equal (&a->address, &b->address) && a->user_id == b->user_id &&
         (a->process != NULL ? a->process->pid : 0) == (b->process != NULL ? b->process->pid : 0);
}

GPtrArray *
hearth_explain_find_answers (const HearthOwnAddresses *own,
                             GPtrArray *listeners,
                             const HearthSpelling *spelling,
                             const GArray *addresses)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_listener_unref);
  const Question question = { own, spelling, addresses, hearth_explain_get_first (spelling),
                              hearth_explain_has_own (own, spelling) };

  for (guint i = 0; listeners != NULL && i < listeners->len; i++)
    {
      const HearthListener *listener = listeners->pdata[i];

      if (answers (&question, listener) &&
          (found->len == 0 || !is_same (found->pdata[found->len - 1], listener)))
        g_ptr_array_add (found, hearth_listener_ref (listener));
    }
  return found;
}
