/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hearth-address-range.h"
#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-quote.h"

#define SEPARATORS ", \t\r\n"

struct _HearthPlan {
  HearthPlanAction action;
  HearthLifetime lifetime;
  char *interface;  /* (owned) */
  GArray *prefixes; /* (owned) of HearthPrefix, sorted, without two of one kind */
};

static void
clear_plan (gpointer plan)
{
  HearthPlan *self = plan;

  g_free (self->interface);
  g_array_unref (self->prefixes);
}

/* The addresses, on their way into a plan */

static gboolean
fail_too_many (GError **error)
{
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               _ ("That is more than %d addresses. Change at most so many at once."),
               HEARTH_PLAN_MAX_ADDRESSES);
  return FALSE;
}

static gboolean
add_prefix (GArray *prefixes, HearthPlanAction action, const HearthPrefix *prefix, GError **error)
{
  if (prefixes->len >= HEARTH_PLAN_MAX_ADDRESSES)
    return fail_too_many (error);
  if (action == HEARTH_PLAN_ADD && !hearth_alias_rules_check (prefix, error))
    return FALSE;
  g_array_append_val (prefixes, *prefix);
  return TRUE;
}

static gboolean
add_range (GArray *prefixes,
           HearthPlanAction action,
           const HearthAddressRange *range,
           GError **error)
{
  HearthPrefix prefix = { .address = range->first,
                          .length = (guint8) hearth_address_get_bits (&range->first) };

  if (hearth_address_range_count (range) > HEARTH_PLAN_MAX_ADDRESSES)
    return fail_too_many (error);
  for (;;)
    {
      if (!add_prefix (prefixes, action, &prefix, error))
        return FALSE;
      if (hearth_address_equal (&prefix.address, &range->last) ||
          !hearth_address_advance (&prefix.address, 1, &prefix.address))
        return TRUE;
    }
}

/* A slash makes it one address with its prefix, which must be the full one for an alias. */
static gboolean
add_word (GArray *prefixes, HearthPlanAction action, const char *word, GError **error)
{
  HearthAddressRange range;
  HearthPrefix prefix;

  if (strchr (word, '/') == NULL)
    return hearth_address_range_parse (word, &range, error) &&
           add_range (prefixes, action, &range, error);
  return hearth_prefix_parse (word, &prefix, error) &&
         add_prefix (prefixes, action, &prefix, error);
}

/* A dash may have white space around it: "127.0.0.2 - 20" is one range. */
static char *
close_dashes (const char *spec)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = spec; *at != '\0'; at++)
    {
      if (g_ascii_isspace (*at))
        {
          const char *next = at + strspn (at, " \t\r\n");

          if (*next == '-' || (text->len > 0 && text->str[text->len - 1] == '-'))
            continue;
        }
      g_string_append_c (text, *at);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
add_spec (GArray *prefixes, HearthPlanAction action, const char *spec, GError **error)
{
  g_autofree char *closed = close_dashes (spec);
  g_auto (GStrv) words = g_strsplit_set (closed, SEPARATORS, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !add_word (prefixes, action, words[i], error))
      return FALSE;
  return TRUE;
}

static int
compare_prefixes (gconstpointer a, gconstpointer b)
{
  return hearth_prefix_compare (a, b);
}

static void
sort_and_name_once (GArray *prefixes)
{
  guint n = 0;

  g_array_sort (prefixes, compare_prefixes);
  for (guint i = 0; i < prefixes->len; i++)
    {
      HearthPrefix *all = (HearthPrefix *) (void *) prefixes->data;

      if (n == 0 || !hearth_prefix_equal (&all[n - 1], &all[i]))
        all[n++] = all[i];
    }
  g_array_set_size (prefixes, n);
}

/* Takes @prefixes. */
static HearthPlan *
make_plan (HearthPlanAction action,
           GArray *prefixes,
           const char *interface,
           HearthLifetime lifetime,
           GError **error)
{
  HearthPlan *self;

  if (prefixes->len == 0)
    {
      g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                           _ ("No address is named. Write one, such as 127.0.0.2, or a range, such "
                              "as 127.0.0.2-20."));
      g_array_unref (prefixes);
      return NULL;
    }

  sort_and_name_once (prefixes);
  self = g_atomic_rc_box_new0 (HearthPlan);
  self->action = action;
  self->lifetime = action == HEARTH_PLAN_ADD ? lifetime : HEARTH_LIFETIME_UNKNOWN;
  self->interface = g_strdup (interface != NULL ? interface : HEARTH_PLAN_DEFAULT_INTERFACE);
  self->prefixes = prefixes;
  return self;
}

/* Public */

HearthPlan *
hearth_plan_new_from_text (HearthPlanAction action,
                           const char *const *specs,
                           const char *interface,
                           HearthLifetime lifetime,
                           GError **error)
{
  g_autoptr (GArray) prefixes = g_array_new (FALSE, FALSE, sizeof (HearthPrefix));

  g_return_val_if_fail (action != HEARTH_PLAN_ADD || lifetime != HEARTH_LIFETIME_UNKNOWN, NULL);

  for (guint i = 0; specs[i] != NULL; i++)
    if (!add_spec (prefixes, action, specs[i], error))
      return NULL;
  return make_plan (action, g_steal_pointer (&prefixes), interface, lifetime, error);
}

HearthPlan *
hearth_plan_new_from_prefixes (HearthPlanAction action,
                               const HearthPrefix *prefixes,
                               gsize n_prefixes,
                               const char *interface,
                               HearthLifetime lifetime,
                               GError **error)
{
  g_autoptr (GArray) copy = g_array_new (FALSE, FALSE, sizeof (HearthPrefix));

  g_return_val_if_fail (action != HEARTH_PLAN_ADD || lifetime != HEARTH_LIFETIME_UNKNOWN, NULL);

  for (gsize i = 0; i < n_prefixes; i++)
    if (!add_prefix (copy, action, &prefixes[i], error))
      return NULL;
  return make_plan (action, g_steal_pointer (&copy), interface, lifetime, error);
}

HearthPlan *
hearth_plan_ref (const HearthPlan *self)
{
  return g_atomic_rc_box_acquire ((HearthPlan *) self);
}

void
hearth_plan_unref (HearthPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

HearthPlanAction
hearth_plan_get_action (const HearthPlan *self)
{
  return self->action;
}

HearthLifetime
hearth_plan_get_lifetime (const HearthPlan *self)
{
  return self->lifetime;
}

const char *
hearth_plan_get_interface (const HearthPlan *self)
{
  return self->interface;
}

/* Links come loopback first. */
const HearthLink *
hearth_plan_find_link (const HearthPlan *self, HearthPlatform *platform)
{
  const HearthLink *link = hearth_platform_find_link (platform, self->interface);
  g_autoptr (GPtrArray) links = NULL;

  if (link != NULL || !g_str_equal (self->interface, HEARTH_PLAN_DEFAULT_INTERFACE))
    return link;
  links = hearth_platform_list_links (platform);
  link = links->len > 0 ? links->pdata[0] : NULL;
  return link != NULL && (link->flags & HEARTH_LINK_FLAG_LOOPBACK) != 0 ? link : NULL;
}

guint
hearth_plan_get_n_prefixes (const HearthPlan *self)
{
  return self->prefixes->len;
}

const HearthPrefix *
hearth_plan_get_prefix (const HearthPlan *self, guint position)
{
  g_return_val_if_fail (position < self->prefixes->len, NULL);

  return &g_array_index (self->prefixes, HearthPrefix, position);
}
