/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-surroundings-builder.h"

#include <glib/gi18n-lib.h>

#include "hearth-error.h"

/* What is known of one address. An address can be several things at once. */
typedef struct {
  HearthAddress address; /* without a zone */
  gboolean is[HEARTH_NEARNESS_ROUTED];
  guint32 own_link; /* the link of OWN, or 0 where there are several */
} Host;

typedef struct {
  HearthPrefix destination;
  guint32 link_index;
} Route;

struct _HearthSurroundings {
  GHashTable *hosts; /* (owned) a set of Host */
  GArray *routes;    /* (owned) of Route, none of them a default one */
};

struct _HearthSurroundingsBuilder {
  HearthSurroundings *result; /* (owned) */
};

static guint
hash_host (gconstpointer host)
{
  return hearth_address_hash (&((const Host *) host)->address);
}

static gboolean
equal_hosts (gconstpointer a, gconstpointer b)
{
  return hearth_address_equal (&((const Host *) a)->address, &((const Host *) b)->address);
}

static HearthAddress
without_zone (const HearthAddress *address)
{
  return hearth_address_from_bytes (address->family, address->bytes);
}

/* Building */

HearthSurroundingsBuilder *
hearth_surroundings_builder_new (void)
{
  HearthSurroundingsBuilder *self = g_new0 (HearthSurroundingsBuilder, 1);

  self->result = g_atomic_rc_box_new0 (HearthSurroundings);
  self->result->hosts = g_hash_table_new_full (hash_host, equal_hosts, g_free, NULL);
  self->result->routes = g_array_new (FALSE, FALSE, sizeof (Route));
  return self;
}

void
hearth_surroundings_builder_free (HearthSurroundingsBuilder *self)
{
  g_clear_pointer (&self->result, hearth_surroundings_unref);
  g_free (self);
}

static Host *
ensure_host (HearthSurroundingsBuilder *self, const HearthAddress *address)
{
  Host key = { .address = without_zone (address) };
  Host *host = g_hash_table_lookup (self->result->hosts, &key);

  if (host == NULL)
    {
      host = g_memdup2 (&key, sizeof key);
      g_hash_table_add (self->result->hosts, host);
    }
  return host;
}

/* Routes that stand for the default one: VPNs cut it in two, so that they need not replace it, and
 * 2000::/3 is all of the IPv6 internet. */
static gboolean
is_default (const HearthPrefix *destination)
{
  return destination->length <= 1 ||
         (destination->address.family == HEARTH_FAMILY_IPV6 && destination->length <= 3);
}

void
hearth_surroundings_builder_add_route (HearthSurroundingsBuilder *self,
                                       guint32 link_index,
                                       const HearthPrefix *destination,
                                       const HearthAddress *gateway)
{
  Route route = { .destination = *destination, .link_index = link_index };

  if (gateway != NULL && gateway->family != HEARTH_FAMILY_NONE)
    ensure_host (self, gateway)->is[HEARTH_NEARNESS_GATEWAY] = TRUE;
  if (!is_default (destination))
    g_array_append_val (self->result->routes, route);
}

void
hearth_surroundings_builder_add_neighbour (HearthSurroundingsBuilder *self,
                                           const HearthAddress *address)
{
  ensure_host (self, address)->is[HEARTH_NEARNESS_NEIGHBOUR] = TRUE;
}

void
hearth_surroundings_builder_add_name_server (HearthSurroundingsBuilder *self,
                                             const HearthAddress *address)
{
  ensure_host (self, address)->is[HEARTH_NEARNESS_NAME_SERVER] = TRUE;
}

void
hearth_surroundings_builder_add_own (HearthSurroundingsBuilder *self,
                                     guint32 link_index,
                                     const HearthAddress *address)
{
  Host *host = ensure_host (self, address);

  if (host->is[HEARTH_NEARNESS_OWN] && host->own_link != link_index)
    link_index = 0;
  host->is[HEARTH_NEARNESS_OWN] = TRUE;
  host->own_link = link_index;
}

static void
add_host (HearthSurroundingsBuilder *self, const Host *other)
{
  Host *host = ensure_host (self, &other->address);

  for (guint i = 0; i < G_N_ELEMENTS (host->is); i++)
    if (i != HEARTH_NEARNESS_OWN)
      host->is[i] |= other->is[i];
  if (other->is[HEARTH_NEARNESS_OWN])
    hearth_surroundings_builder_add_own (self, other->own_link, &other->address);
}

void
hearth_surroundings_builder_add_all (HearthSurroundingsBuilder *self,
                                     const HearthSurroundings *other)
{
  GHashTableIter iter;
  gpointer host;

  g_hash_table_iter_init (&iter, other->hosts);
  while (g_hash_table_iter_next (&iter, &host, NULL))
    add_host (self, host);
  g_array_append_vals (self->result->routes, other->routes->data, other->routes->len);
}

HearthSurroundings *
hearth_surroundings_builder_end (HearthSurroundingsBuilder *self)
{
  HearthSurroundings *result = g_steal_pointer (&self->result);

  hearth_surroundings_builder_free (self);
  return result;
}

/* The value */

static void
clear_surroundings (gpointer data)
{
  HearthSurroundings *self = data;

  g_clear_pointer (&self->hosts, g_hash_table_unref);
  g_clear_pointer (&self->routes, g_array_unref);
}

HearthSurroundings *
hearth_surroundings_ref (HearthSurroundings *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
hearth_surroundings_unref (HearthSurroundings *self)
{
  g_atomic_rc_box_release_full (self, clear_surroundings);
}

static gboolean
is_routed (const HearthSurroundings *self, const HearthAddress *address, guint32 on_link)
{
  for (guint i = 0; i < self->routes->len; i++)
    {
      const Route *route = &g_array_index (self->routes, Route, i);

      if (route->link_index != on_link && hearth_prefix_contains (&route->destination, address))
        return TRUE;
    }
  return FALSE;
}

HearthNearness
hearth_surroundings_find (const HearthSurroundings *self,
                          const HearthAddress *address,
                          guint32 on_link)
{
  Host key = { .address = without_zone (address) };
  const Host *host = g_hash_table_lookup (self->hosts, &key);

  for (guint i = HEARTH_NEARNESS_GATEWAY; host != NULL && i < G_N_ELEMENTS (host->is); i++)
    if (host->is[i] && (i != HEARTH_NEARNESS_OWN || host->own_link != on_link))
      return (HearthNearness) i;
  return is_routed (self, &key.address, on_link) ? HEARTH_NEARNESS_ROUTED : HEARTH_NEARNESS_NONE;
}

/* Translators: each begins with an address. */
static const char *
get_prohibition (HearthNearness nearness)
{
  switch (nearness)
    {
    case HEARTH_NEARNESS_GATEWAY:
      return _ ("%s is the gateway of this computer, which would lose its network by that alias. "
                "Choose another address.");
    case HEARTH_NEARNESS_NAME_SERVER:
      return _ ("%s is a name server of this computer, which could find no names any more by that "
                "alias. Choose another address.");
    case HEARTH_NEARNESS_OWN:
      return _ ("%s is an address of this computer already, on another interface. Choose another "
                "address.");
    case HEARTH_NEARNESS_NONE:
    case HEARTH_NEARNESS_NEIGHBOUR:
    case HEARTH_NEARNESS_ROUTED:
    default:
      return NULL;
    }
}

gboolean
hearth_surroundings_check (const HearthSurroundings *self,
                           const HearthAddress *address,
                           guint32 on_link,
                           GError **error)
{
  const char *prohibition = get_prohibition (hearth_surroundings_find (self, address, on_link));
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (prohibition == NULL)
    return TRUE;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID, prohibition,
               hearth_address_print (address, text));
#pragma GCC diagnostic pop
  return FALSE;
}
