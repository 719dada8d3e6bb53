/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-ctl-output.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "hearth-interfaces.h"
#include "hearth-loopback-trouble.h"
#include "hearth-quote.h"
#include "hearth-reach.h"

#define FLUSH_BYTES (32 * 1024)

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

/* JSON */

void
hearth_ctl_add_link_members (HearthJsonWriter *writer, const HearthLink *link)
{
  hearth_json_writer_add_integer (writer, "index", link->index);
  hearth_json_writer_add_string (writer, "name", link->name);
  hearth_json_writer_add_boolean (writer, "loopback", link->flags & HEARTH_LINK_FLAG_LOOPBACK);
  hearth_json_writer_add_boolean (writer, "up", link->flags & HEARTH_LINK_FLAG_UP);
  hearth_json_writer_add_integer (writer, "mtu", link->mtu_bytes);
}

void
hearth_ctl_add_address (HearthJsonWriter *writer,
                        const char *name,
                        const HearthLinkAddress *address,
                        HearthOwnership ownership)
{
  const HearthAddress *value = &address->prefix.address;
  char text[HEARTH_ADDRESS_TEXT_SIZE], scope[8];

  hearth_json_writer_begin_object (writer, name);
  hearth_json_writer_add_string (writer, "address", hearth_address_print (value, text));
  hearth_json_writer_add_integer (writer, "prefix", address->prefix.length);
  hearth_json_writer_add_string (writer, "family",
                                 value->family == HEARTH_FAMILY_IPV4 ? "ipv4" : "ipv6");
  hearth_json_writer_add_string (writer, "scope", hearth_scope_to_id (address->scope, scope));
  hearth_json_writer_add_string (writer, "label", address->label[0] ? address->label : NULL);
  hearth_json_writer_add_string (writer, "reach",
                                 hearth_reach_to_id (hearth_address_classify (value).reach));
  hearth_json_writer_add_string (writer, "owner", hearth_owner_to_id (ownership.owner));
  hearth_json_writer_add_string (writer, "lifetime", hearth_lifetime_to_id (ownership.lifetime));
  hearth_json_writer_end_object (writer);
}

/* The addresses of one link among all of them, where they are beside each other. */
static const HearthLinkAddress **
find_addresses (GPtrArray *addresses, guint32 link_index, guint *n_found)
{
  const HearthLinkAddress **all = (const HearthLinkAddress **) addresses->pdata;
  guint low = 0, high = addresses->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (all[middle]->link_index < link_index)
        low = middle + 1;
      else
        high = middle;
    }
  for (*n_found = 0; low + *n_found < addresses->len; ++*n_found)
    if (all[low + *n_found]->link_index != link_index)
      break;
  return all + low;
}

static void
add_interface (HearthJsonWriter *writer,
               const HearthLink *link,
               GPtrArray *addresses,
               HearthOwners *owners)
{
  guint n;
  const HearthLinkAddress **own = find_addresses (addresses, link->index, &n);

  hearth_json_writer_begin_object (writer, NULL);
  hearth_ctl_add_link_members (writer, link);
  hearth_json_writer_begin_array (writer, "addresses");
  for (guint i = 0; i < n; i++)
    {
      hearth_ctl_add_address (writer, NULL, own[i], hearth_owners_look_up (owners, own[i]));
      if (writer->text->len > FLUSH_BYTES)
        hearth_ctl_flush (writer->text);
    }
  hearth_json_writer_end_array (writer);
  hearth_json_writer_end_object (writer);
}

void
hearth_ctl_add_interfaces (HearthJsonWriter *writer,
                           HearthPlatform *platform,
                           HearthOwners *owners,
                           const HearthLink *only)
{
  g_autoptr (GPtrArray) links = hearth_platform_list_links (platform);
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);

  hearth_json_writer_begin_array (writer, "interfaces");
  for (guint i = 0; i < links->len; i++)
    if (only == NULL || links->pdata[i] == only)
      add_interface (writer, links->pdata[i], addresses, owners);
  hearth_json_writer_end_array (writer);
}

/* Text */

char *
hearth_ctl_describe_address (const HearthLinkAddress *address, HearthOwnership ownership)
{
  HearthReach reach = hearth_address_classify (&address->prefix.address).reach;
  g_autofree char *owned = hearth_ownership_to_label (ownership);

  /* Translators: who can reach an address, and what is known of who added it */
  return g_strdup_printf (_ ("%s · %s"), hearth_reach_to_label (reach), owned);
}

char *
hearth_ctl_describe_link (const HearthLink *link)
{
  gboolean up = (link->flags & HEARTH_LINK_FLAG_UP) != 0;

  if (link->flags & HEARTH_LINK_FLAG_LOOPBACK)
    return g_strdup_printf (up ? _ ("Loopback · up · MTU %u") : _ ("Loopback · down · MTU %u"),
                            link->mtu_bytes);
  return g_strdup_printf (up ? _ ("Up · MTU %u") : _ ("Down · MTU %u"), link->mtu_bytes);
}

/* A name may be any bytes, also such as a terminal obeys. */
static void
append_heading (GString *text, const HearthLink *link, gboolean colour)
{
  g_autofree char *name = hearth_quote (link->name);
  g_autofree char *description = hearth_ctl_describe_link (link);

  g_string_append_printf (text, "%s%s%s  %s\n", colour ? BOLD : "", name, colour ? PLAIN : "",
                          description);
}

/* What keeps localhost from working, and what to do about it. */
static void
append_trouble (GString *text, HearthLoopbackTrouble trouble, const char *name)
{
  g_autofree char *sentence = hearth_loopback_trouble_to_sentence (trouble, name);

  if (sentence != NULL)
    g_string_append_printf (text, "  %s\n", sentence);
}

/* How wide the column of addresses is, in characters: they are ASCII. */
static int
measure_addresses (const HearthLinkAddress **addresses, guint n)
{
  char prefix[HEARTH_PREFIX_TEXT_SIZE];
  gsize width = 0;

  for (guint i = 0; i < n; i++)
    width = MAX (width, strlen (hearth_prefix_print (&addresses[i]->prefix, prefix)));
  return (int) width;
}

static void
append_addresses (GString *text,
                  const HearthLink *link,
                  GPtrArray *addresses,
                  HearthOwners *owners,
                  gboolean colour)
{
  guint n;
  const HearthLinkAddress **own = find_addresses (addresses, link->index, &n);
  char prefix[HEARTH_PREFIX_TEXT_SIZE];
  int width = measure_addresses (own, n);

  if (n == 0)
    g_string_append_printf (text, "  %s\n", _ ("No addresses"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *description =
          hearth_ctl_describe_address (own[i], hearth_owners_look_up (owners, own[i]));

      g_string_append_printf (text, "  %-*s  %s%s%s\n", width,
                              hearth_prefix_print (&own[i]->prefix, prefix), colour ? DIM : "",
                              description, colour ? PLAIN : "");
    }
}

void
hearth_ctl_append_interfaces (GString *text,
                              HearthPlatform *platform,
                              HearthOwners *owners,
                              const HearthLink *only,
                              gboolean colour)
{
  g_autoptr (GPtrArray) links = hearth_platform_list_links (platform);
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (platform);
  g_autoptr (HearthInterfaces) interfaces = hearth_interfaces_new (platform);
  HearthInterface *loopback;
  HearthLoopbackTrouble trouble = hearth_loopback_trouble_find_in (interfaces, &loopback);
  gboolean first = TRUE;

  if (loopback == NULL)
    append_trouble (text, trouble, NULL);
  if (links->len == 0)
    g_string_append_printf (
        text, "%s\n", _ ("This computer has no network interface at all, not even loopback."));
  for (guint i = 0; i < links->len; i++)
    {
      if (only != NULL && links->pdata[i] != only)
        continue;
      if (!first)
        g_string_append_c (text, '\n');
      first = FALSE;
      append_heading (text, links->pdata[i], colour);
      if (loopback != NULL && hearth_interface_get_record (loopback) == links->pdata[i])
        append_trouble (text, trouble, hearth_interface_get_name (loopback));
      append_addresses (text, links->pdata[i], addresses, owners, colour);
    }
}

/* Standard output */

gboolean
hearth_ctl_wants_colour (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return (no_color == NULL || no_color[0] == '\0') && g_log_writer_supports_color (fileno (stdout));
}

gboolean
hearth_ctl_flush (GString *text)
{
  gboolean written = fwrite (text->str, 1, text->len, stdout) == text->len &&
                     fflush (stdout) == 0 && !ferror (stdout);

  g_string_truncate (text, 0);
  return written;
}
