/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-edit.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"

/* Invariant: nothing in Hearth changes an address but through hearth_platform_apply(), and that
 * never touches 127.0.0.1, ::1, or a link that is not loopback. */

static void
clear_edit (gpointer data)
{
  HearthEdit *edit = data;

  g_clear_pointer (&edit->before, hearth_link_address_unref);
  g_clear_pointer (&edit->after, hearth_link_address_unref);
}

GArray *
hearth_edits_new (void)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (HearthEdit));

  g_array_set_clear_func (edits, clear_edit);
  return edits;
}

void
hearth_edits_add (GArray *edits, const HearthLinkAddress *before, const HearthLinkAddress *after)
{
  HearthEdit edit = { before != NULL ? hearth_link_address_ref (before) : NULL,
                      after != NULL ? hearth_link_address_ref (after) : NULL };

  g_return_if_fail (before != NULL || after != NULL);

  g_array_append_val (edits, edit);
}

GArray *
hearth_edits_invert (const GArray *edits)
{
  GArray *inverse = hearth_edits_new ();

  for (guint i = edits->len; i > 0; i--)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i - 1);

      hearth_edits_add (inverse, edit->after, edit->before);
    }
  return inverse;
}

static const HearthLinkAddress *
get_subject (const HearthEdit *edit)
{
  return edit->before != NULL ? edit->before : edit->after;
}

/* What is refused before anything is touched. */

static gboolean
check_link (HearthPlatform *self, const HearthEdit *edit, GError **error)
{
  const HearthLink *link = hearth_platform_get_link (self, get_subject (edit)->link_index);
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (link != NULL && (link->flags & HEARTH_LINK_FLAG_LOOPBACK) != 0)
    return TRUE;
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               _ ("%s was not changed: Hearth changes addresses of the loopback interface alone."),
               hearth_address_print (&get_subject (edit)->prefix.address, text));
  return FALSE;
}

static gboolean
check_base (const HearthEdit *edit, GError **error)
{
  const HearthAddress *address = &get_subject (edit)->prefix.address;
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (!hearth_alias_rules_is_base (address))
    return TRUE;
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               _ ("%s stays as it is: localhost needs it."), hearth_address_print (address, text));
  return FALSE;
}

/* What is looked at is what changes: a step to another address would get around all of this. */
static gboolean
check_key (const HearthEdit *edit, GError **error)
{
  char text[HEARTH_ADDRESS_TEXT_SIZE];

  if (edit->before == NULL || edit->after == NULL ||
      hearth_link_address_equal (edit->before, edit->after))
    return TRUE;
  g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
               _ ("%s was not changed: it cannot become another address."),
               hearth_address_print (&edit->before->prefix.address, text));
  return FALSE;
}

/* Whether one of the first @n steps removes @address. */
static gboolean
removes (const GArray *edits, guint n, const HearthLinkAddress *address)
{
  for (guint i = 0; i < n; i++)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i);

      if (edit->after == NULL && hearth_link_address_equal (edit->before, address))
        return TRUE;
    }
  return FALSE;
}

/* What the kernel counts the network of an IPv4 address from: the other end, where there is one. */
static const HearthAddress *
get_end (const HearthLinkAddress *address)
{
  return address->peer.family != HEARTH_FAMILY_NONE ? &address->peer : &address->prefix.address;
}

/* Whether @other goes when the kernel removes @first: it is of the same network, which is @first's
 * (inet_del_ifa() of net/ipv4/devinet.c). */
static gboolean
depends_on (const HearthLinkAddress *other, const HearthLinkAddress *first)
{
  HearthPrefix network = { .address = *get_end (first), .length = first->prefix.length };

  return other->link_index == first->link_index && !hearth_link_address_equal (other, first) &&
         (other->flags & HEARTH_LINK_ADDRESS_FLAG_SECONDARY) != 0 &&
         other->prefix.length == first->prefix.length &&
         hearth_prefix_contains (&network, get_end (other));
}

static gboolean
check_dependents (HearthPlatform *self, const GArray *edits, guint position, GError **error)
{
  const HearthEdit *edit = &g_array_index (edits, HearthEdit, position);
  g_autoptr (GPtrArray) addresses = NULL;
  const HearthLinkAddress *first = edit->before;

  if (edit->after != NULL || first->prefix.address.family != HEARTH_FAMILY_IPV4 ||
      (first->prefix.length == 32 && first->peer.family == HEARTH_FAMILY_NONE) ||
      (first->flags & HEARTH_LINK_ADDRESS_FLAG_SECONDARY) != 0)
    return TRUE;

  addresses = hearth_platform_list_addresses (self);
  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *other = addresses->pdata[i];
      char text[2][HEARTH_PREFIX_TEXT_SIZE];

      if (!depends_on (other, first) || removes (edits, position, other))
        continue;
      g_set_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID,
                   /* Translators: both are addresses */
                   _ ("%1$s was not removed: %2$s would go with it, because it is of the same "
                      "network. Remove %2$s first."),
                   hearth_prefix_print (&first->prefix, text[0]),
                   hearth_prefix_print (&other->prefix, text[1]));
      return FALSE;
    }
  return TRUE;
}

gboolean
hearth_platform_check_edits (HearthPlatform *self, const GArray *edits, GError **error)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  for (guint i = 0; i < edits->len; i++)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i);

      if (!check_key (edit, error) || !check_link (self, edit, error) ||
          !check_base (edit, error) || !check_dependents (self, edits, i, error))
        return FALSE;
    }
  return TRUE;
}

/* Carrying out */

static gboolean
apply_edit (HearthPlatform *self, const HearthEdit *edit, GError **error)
{
  if (edit->before == NULL)
    return hearth_platform_add_address (self, edit->after, error);
  if (edit->after == NULL)
    return hearth_platform_remove_address (self, edit->before, error);
  return hearth_platform_tag_address (self, edit->after, error);
}

static void
append_left (GString *left, const HearthEdit *edit)
{
  char text[HEARTH_PREFIX_TEXT_SIZE];

  g_string_append_printf (left, "%s%s", left->len > 0 ? ", " : "",
                          hearth_prefix_print (&get_subject (edit)->prefix, text));
}

/* What is as it shall be already was put back by somebody, or never changed. */
static gboolean
take_back_edit (HearthPlatform *self, const HearthEdit *edit)
{
  HearthEdit inverse = { edit->after, edit->before };
  g_autoptr (GError) error = NULL;

  return apply_edit (self, &inverse, &error) ||
         (inverse.before == NULL && g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS)) ||
         (inverse.after == NULL && g_error_matches (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND));
}

/* Takes the steps that are @done back, and tells @error what could not be. */
static void
take_back (HearthPlatform *self, const GArray *edits, const gboolean *done, GError **error)
{
  g_autoptr (GString) left = g_string_new (NULL);

  for (guint i = edits->len; i > 0; i--)
    {
      const HearthEdit *edit = &g_array_index (edits, HearthEdit, i - 1);

      if (done[i - 1] && !take_back_edit (self, edit))
        append_left (left, edit);
    }
  if (left->len > 0)
    g_prefix_error (error,
                    /* Translators: addresses with commas between them; a sentence that says why the
                     * change failed follows */
                    _ ("The change stopped half-way, and these addresses could not be put back as "
                       "they were: %s. "),
                    left->str);
}

static gboolean
apply_one_by_one (HearthPlatform *self, const GArray *edits, gboolean *done, GError **error)
{
  for (guint i = 0; i < edits->len; i++)
    {
      if (!apply_edit (self, &g_array_index (edits, HearthEdit, i), error))
        return FALSE;
      done[i] = TRUE;
    }
  return TRUE;
}

gboolean
hearth_platform_apply (HearthPlatform *self, const GArray *edits, GError **error)
{
  HearthPlatformClass *klass = HEARTH_PLATFORM_GET_CLASS (self);
  g_autofree gboolean *done = g_new0 (gboolean, edits->len + 1);

  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  if (!hearth_platform_check_edits (self, edits, error))
    return FALSE;
  if (klass->apply_edits != NULL ? klass->apply_edits (self, edits, done, error)
                                 : apply_one_by_one (self, edits, done, error))
    return TRUE;
  take_back (self, edits, done, error);
  return FALSE;
}

/* Where tags are kept, ::1 has one, and whatever Hearth added. */
static gboolean
keeps_tags (HearthPlatform *self)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (self);

  for (guint i = 0; i < addresses->len; i++)
    if (((HearthLinkAddress *) addresses->pdata[i])->protocol != HEARTH_PROTOCOL_UNSPECIFIED)
      return TRUE;
  return FALSE;
}

gboolean
hearth_platform_has_tag (HearthPlatform *self, const HearthLinkAddress *there, guint8 tag)
{
  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  return there->protocol == tag ||
         (there->protocol == HEARTH_PROTOCOL_UNSPECIFIED && !keeps_tags (self));
}

/* Systems look at the rights before they look at anything else: without them they say so even of a
 * link that does not exist, with them they say that there is none. That is so of user namespaces
 * too, whose root has every right but those over a network that is not theirs. */
gboolean
hearth_platform_may_change (HearthPlatform *self, GError **error)
{
  HearthLinkAddress nowhere = { .link_index = G_MAXINT32 };
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (HEARTH_IS_PLATFORM (self), FALSE);

  hearth_prefix_parse ("127.255.255.255/32", &nowhere.prefix, NULL);
  if (hearth_platform_remove_address (self, &nowhere, &problem) ||
      g_error_matches (problem, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND))
    return TRUE;
  if (!g_error_matches (problem, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  g_set_error_literal (
      error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED,
      _ ("This process may not change addresses itself: it would have to run as an "
         "administrator."));
  return FALSE;
}
