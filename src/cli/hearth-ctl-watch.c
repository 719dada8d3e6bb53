/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "hearth-ctl-interrupt.h"
#include "hearth-ctl-output.h"
#include "hearth-ctl.h"
#include "hearth-quote.h"

typedef struct {
  HearthPlatform *platform; /* (owned) */
  HearthOwners *owners;     /* (owned) */
  GMainLoop *loop;          /* (owned) */
  GString *text;            /* (owned) */
  HearthJsonWriter writer;
  gboolean json;
  gboolean colour;
  gboolean failed; /* to write */
  HearthCtlStatus status;
} Watch;

static void
watch_clear (Watch *self)
{
  if (self->platform != NULL)
    g_signal_handlers_disconnect_by_data (self->platform, self);
  g_clear_object (&self->owners);
  g_clear_object (&self->platform);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watch, watch_clear)

static const char *
get_event_id (HearthChangeKind kind)
{
  switch (kind)
    {
    case HEARTH_CHANGE_ADDED:
      return "added";
    case HEARTH_CHANGE_REMOVED:
      return "removed";
    case HEARTH_CHANGE_CHANGED:
      return "changed";
    default:
      g_return_val_if_reached (NULL);
    }
}

static char
get_mark (HearthChangeKind kind)
{
  return kind == HEARTH_CHANGE_ADDED ? '+' : kind == HEARTH_CHANGE_REMOVED ? '-' : '~';
}

/* The name of an address's link, which may have gone in the same batch. */
static const char *
find_link_name (Watch *self, const HearthChanges *changes, guint32 index)
{
  const HearthLink *link = hearth_platform_get_link (self->platform, index);

  for (gsize i = 0; link == NULL && i < changes->n_items; i++)
    if (changes->items[i].link != NULL && changes->items[i].link->index == index)
      link = changes->items[i].link;
  return link != NULL ? link->name : "";
}

static void
append_json_change (Watch *self, const HearthChanges *changes, const HearthChange *change)
{
  HearthJsonWriter *writer = &self->writer;

  hearth_json_writer_begin_object (writer, NULL);
  if (change->link != NULL)
    {
      hearth_json_writer_add_string (writer, "event", "link");
      hearth_json_writer_add_string (writer, "change", get_event_id (change->kind));
      hearth_ctl_add_link_members (writer, change->link);
    }
  else
    {
      hearth_json_writer_add_string (writer, "event", get_event_id (change->kind));
      hearth_json_writer_add_string (writer, "interface",
                                     find_link_name (self, changes, change->address->link_index));
      hearth_ctl_add_address (writer, "address", change->address,
                              hearth_owners_look_up (self->owners, change->address));
    }
  hearth_json_writer_end_object (writer);
  hearth_json_writer_end_line (writer);
}

/* "+ lo  Loopback · up · MTU 65536", "- h0": what went has no state. */
static void
append_link_change (Watch *self, const HearthChange *change)
{
  g_autofree char *name = hearth_quote (change->link->name);
  g_autofree char *description = hearth_ctl_describe_link (change->link);

  if (change->kind == HEARTH_CHANGE_REMOVED)
    g_string_append_printf (self->text, "%c %s\n", get_mark (change->kind), name);
  else
    g_string_append_printf (self->text, "%c %s  %s\n", get_mark (change->kind), name, description);
}

static void
append_address_change (Watch *self, const HearthChanges *changes, const HearthChange *change)
{
  g_autofree char *name =
      hearth_quote (find_link_name (self, changes, change->address->link_index));
  g_autofree char *description = hearth_ctl_describe_address (
      change->address, hearth_owners_look_up (self->owners, change->address));
  char prefix[HEARTH_PREFIX_TEXT_SIZE];

  g_string_append_printf (self->text, "%c %s  %s  %s\n", get_mark (change->kind), name,
                          hearth_prefix_print (&change->address->prefix, prefix), description);
}

static void
append_text_change (Watch *self, const HearthChanges *changes, const HearthChange *change)
{
  if (change->link != NULL)
    append_link_change (self, change);
  else
    append_address_change (self, changes, change);
}

/* What cannot be written ends the watch: well, where nobody reads any more, or the user interrupts.
 */
static void
flush (Watch *self)
{
  if (!self->failed && !hearth_ctl_flush (self->text))
    {
      self->failed = TRUE;
      self->status = errno == EPIPE ? HEARTH_CTL_DONE : hearth_ctl_fail_to_write ();
      g_main_loop_quit (self->loop);
    }
}

static void
on_changed (HearthPlatform *platform, const HearthChanges *changes, Watch *self)
{
  for (gsize i = 0; i < changes->n_items; i++)
    if (self->json)
      append_json_change (self, changes, &changes->items[i]);
    else
      append_text_change (self, changes, &changes->items[i]);
  flush (self);
}

static void
print_snapshot (Watch *self)
{
  if (self->json)
    {
      hearth_json_writer_begin_object (&self->writer, NULL);
      hearth_json_writer_add_string (&self->writer, "event", "snapshot");
      hearth_ctl_add_interfaces (&self->writer, self->platform, self->owners, NULL);
      hearth_json_writer_end_object (&self->writer);
      hearth_json_writer_end_line (&self->writer);
    }
  else
    {
      hearth_ctl_append_interfaces (self->text, self->platform, self->owners, NULL, self->colour);
      g_string_append_printf (self->text, "\n%s\n", _ ("Waiting for changes. Ctrl+C ends."));
    }
  flush (self);
}

static gboolean
watch_start (Watch *self, GError **error)
{
  self->platform = hearth_platform_new ();
  if (!hearth_platform_start (self->platform, error))
    return FALSE;

  self->owners = hearth_owners_new ();
  self->loop = g_main_loop_new (NULL, FALSE);
  self->text = g_string_new (NULL);
  hearth_json_writer_init (&self->writer, self->text);
  self->colour = hearth_ctl_wants_colour ();
  g_signal_connect (self->platform, "changed", G_CALLBACK (on_changed), self);
  hearth_ctl_quit_on_interrupt (self->loop);
  return TRUE;
}

int
hearth_ctl_watch (int argc, char **argv)
{
  g_auto (Watch) self = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  int status;

  if (!hearth_ctl_parse (
          &argc, &argv, entries, NULL,
          _ ("Shows the interfaces and addresses, and then what changes, as it happens."), 0,
          &status))
    return status;
  if (!watch_start (&self, &error))
    return hearth_ctl_fail (error);

  print_snapshot (&self);
  if (!self.failed)
    g_main_loop_run (self.loop);
  return self.status;
}
