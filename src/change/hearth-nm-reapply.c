/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-nm-reapply.h"

#include <glib/gi18n-lib.h>

#include "hearth-alias-rules.h"
#include "hearth-error.h"
#include "hearth-kernel-wait.h"
#include "hearth-nm-connection.h"
#include "hearth-nm-error.h"

/* Invariant: every list that is sent to NetworkManager has all that is on loopback, but for what
 * the change takes off; and the change is done when the kernel has it, not when NetworkManager says
 * so. */

/* NMDeviceReapplyFlags: leave alone what NetworkManager did not set (IPv4 alone, as it turns out).
 */
#define REAPPLY_PRESERVE_EXTERNAL_IP 1

#define MAX_TRIES 3
#define KERNEL_MS 5000
#define MIRROR_MS 150

/* NetworkManager 1.52 takes 3 ms of its own to take an address off, and says nothing meanwhile. */
#define BUSY_MS 20000
#define BUSY_MS_PER_ADDRESS 50

typedef enum {
  STAGE_ADOPT,     /* nothing new: NetworkManager takes IPv4 off only where it has set it once */
  STAGE_CHANGE,    /* the change */
  STAGE_PUT_BACK,  /* the change again, with what was lost of others */
  STAGE_TAKE_BACK, /* what was there before the change, and no more */
} Stage;

typedef struct {
  HearthNmDevice *device;   /* (owned) */
  HearthPlatform *platform; /* (owned) */
  guint32 link_index;

  GArray *added;     /* (owned) of HearthPrefix */
  GArray *removed;   /* (owned) of HearthPrefix */
  GPtrArray *before; /* (owned) (nullable) (element-type HearthLinkAddress) */

  Stage stage;
  guint n_tries;
  gboolean adopted;
  gboolean adopted_again;
  gboolean patient; /* NetworkManager was waited for, for this list */
  gboolean mirror_waited;
  gboolean is_open;
  HearthKernelWait *wait; /* (owned) (nullable), of the list that was sent */
  GError *error;          /* (owned) (nullable), why it is being taken back */
} Reapply;

static void
reapply_free (gpointer data)
{
  Reapply *self = data;

  g_clear_pointer (&self->wait, hearth_kernel_wait_free);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->added, g_array_unref);
  g_clear_pointer (&self->removed, g_array_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->platform);
  g_clear_object (&self->device);
  g_free (self);
}

/* What there is, and what there shall be */

static GPtrArray *
list_records (Reapply *self)
{
  g_autoptr (GPtrArray) now = hearth_kernel_list_on_link (self->platform, self->link_index);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_link_address_unref);

  for (guint i = 0; i < now->len; i++)
    g_ptr_array_add (records, hearth_link_address_ref (now->pdata[i]));
  return records;
}

static gboolean
has_record (GPtrArray *records, const HearthPrefix *prefix)
{
  for (guint i = 0; i < records->len; i++)
    if (hearth_prefix_equal (&((HearthLinkAddress *) records->pdata[i])->prefix, prefix))
      return TRUE;
  return FALSE;
}

/* What the list is made of: what is there, and to repair also what was there. */
static GPtrArray *
list_for_stage (Reapply *self)
{
  GPtrArray *records = list_records (self);

  if (self->stage < STAGE_PUT_BACK)
    return records;
  for (guint i = 0; i < self->before->len; i++)
    {
      const HearthLinkAddress *record = self->before->pdata[i];

      if (!has_record (records, &record->prefix))
        g_ptr_array_add (records, hearth_link_address_ref (record));
    }
  return records;
}

static const GArray *
get_added (Reapply *self)
{
  return self->stage == STAGE_CHANGE || self->stage == STAGE_PUT_BACK ? self->added : NULL;
}

/* A taken-back change takes off what it had added, if that was not there before. */
static const GArray *
get_removed (Reapply *self)
{
  if (self->stage == STAGE_TAKE_BACK)
    return self->added;
  return self->stage == STAGE_ADOPT ? NULL : self->removed;
}

/* What ends by itself may do so meanwhile. */
static void
begin_waiting (Reapply *self, GPtrArray *records)
{
  g_autoptr (GArray) present = hearth_prefixes_new ();
  g_autoptr (GArray) absent = hearth_prefixes_new ();

  hearth_prefixes_add_all (absent, get_removed (self));
  for (guint i = 0; i < records->len; i++)
    {
      const HearthLinkAddress *record = records->pdata[i];

      if (record->valid_until_s == 0 && !hearth_prefixes_contain (absent, &record->prefix))
        g_array_append_val (present, record->prefix);
    }
  hearth_prefixes_add_all (present, get_added (self));
  g_clear_pointer (&self->wait, hearth_kernel_wait_free);
  self->wait = hearth_kernel_wait_new (self->platform, self->link_index, present, absent);
}

/* Ends. Each takes @task. */

static void
fail (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
succeed (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* What is different from before now, for the sentence. (transfer full) */
static GArray *
list_changed (Reapply *self)
{
  GArray *changed = hearth_prefixes_new ();

  for (guint i = 0; i < self->added->len; i++)
    {
      const HearthPrefix *prefix = &g_array_index (self->added, HearthPrefix, i);

      if (hearth_kernel_has (self->platform, self->link_index, prefix))
        g_array_append_val (changed, *prefix);
    }
  for (guint i = 0; i < self->before->len; i++)
    {
      const HearthPrefix *prefix = &((HearthLinkAddress *) self->before->pdata[i])->prefix;

      if (!hearth_kernel_has (self->platform, self->link_index, prefix))
        g_array_append_val (changed, *prefix);
    }
  return changed;
}

static void
fail_to_repair (GTask *task)
{
  Reapply *self = g_task_get_task_data (task);
  g_autoptr (GArray) changed = list_changed (self);
  g_autofree char *names = hearth_prefixes_to_string (changed);

  if (changed->len > 0)
    g_prefix_error (&self->error,
                    /* Translators: addresses with commas between them; a sentence that says why the
                     * change failed follows */
                    _ ("The change stopped half-way, and these addresses could not be put back as "
                       "they were: %s. "),
                    names);
  fail (task, g_steal_pointer (&self->error));
}

static void read_applied (GTask *task);

static void
take_back (GTask *task, GError *error)
{
  Reapply *self = g_task_get_task_data (task);

  g_clear_error (&self->error);
  self->error = error;
  self->stage = STAGE_TAKE_BACK;
  self->n_tries = 0;
  read_applied (task);
}

static gboolean
intersects (const GArray *some, const GArray *others)
{
  for (guint i = 0; i < some->len; i++)
    if (hearth_prefixes_contain (others, &g_array_index (some, HearthPrefix, i)))
      return TRUE;
  return FALSE;
}

static GError *
make_error (GArray *prefixes, char *(*compose) (const char *names))
{
  g_autofree char *names = hearth_prefixes_to_string (prefixes);
  g_autofree char *message = compose (names);

  return g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_FAILED, message);
}

static char *
say_left (const char *names)
{
  return g_strdup_printf (
      _ ("NetworkManager did not take these addresses off, so nothing was changed: %s."), names);
}

static char *
say_missing (const char *names)
{
  return g_strdup_printf (
      _ ("NetworkManager did not add these addresses, so nothing was changed: %s."), names);
}

static char *
say_lost (const char *names)
{
  return g_strdup_printf (_ ("NetworkManager took off addresses that are not Hearth’s, so the "
                             "change was taken back: %s."),
                          names);
}

static void
put_back (GTask *task, const GArray *missing)
{
  Reapply *self = g_task_get_task_data (task);
  g_autofree char *names = hearth_prefixes_to_string (missing);

  g_info ("NetworkManager took off what others had added, which is put back: %s", names);
  self->stage = STAGE_PUT_BACK;
  read_applied (task);
}

/* The kernel has not got it in time. What is left may be what NetworkManager no longer takes for
 * its own: after many events at once it reads the kernel's list anew. */
static void
repair (GTask *task)
{
  Reapply *self = g_task_get_task_data (task);
  g_autoptr (GArray) missing = hearth_kernel_wait_list_missing (self->wait);
  g_autoptr (GArray) left = hearth_kernel_wait_list_left (self->wait);

  if (self->stage == STAGE_TAKE_BACK)
    fail_to_repair (task);
  else if (left->len > 0 && self->stage == STAGE_CHANGE && !self->adopted_again)
    {
      self->adopted_again = TRUE;
      self->stage = STAGE_ADOPT;
      read_applied (task);
    }
  else if (left->len > 0)
    take_back (task, make_error (left, say_left));
  else if (intersects (missing, self->added))
    take_back (task, make_error (missing, say_missing));
  else if (self->stage == STAGE_PUT_BACK)
    take_back (task, make_error (missing, say_lost));
  else
    put_back (task, missing);
}

static gboolean is_there (Reapply *self);
static void handle_absence (GTask *task);
static void wait_until_idle (GTask *task);

static void
on_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reapply *self = g_task_get_task_data (task);

  if (!hearth_kernel_wait_run_finish (result))
    {
      if (self->patient)
        repair (task);
      else
        wait_until_idle (task);
    }
  else if (self->stage == STAGE_ADOPT)
    {
      self->stage = STAGE_CHANGE;
      read_applied (task);
    }
  else if (self->stage == STAGE_TAKE_BACK)
    fail (task, g_steal_pointer (&self->error));
  else
    succeed (task);
}

static void
handle_refusal (GTask *task, const GError *error)
{
  Reapply *self = g_task_get_task_data (task);

  if (hearth_nm_error_is_mismatch (error) && ++self->n_tries < MAX_TRIES)
    read_applied (task);
  else if (self->stage >= STAGE_PUT_BACK)
    {
      if (self->error == NULL)
        self->error = hearth_nm_error_new (error);
      self->is_open = hearth_nm_is_silence (error);
      fail_to_repair (task);
    }
  else
    {
      self->is_open =
          hearth_nm_is_silence (error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      fail (task, hearth_nm_error_new (error));
    }
}

/* Of a Reapply, or of a question that waits behind one. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reapply *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);

  if (answer == NULL)
    handle_refusal (task, error);
  else
    hearth_kernel_wait_run_async (self->wait, KERNEL_MS, on_waited, task);
}

/* It answers when it has done what it was asked for. */
static void
wait_until_idle (GTask *task)
{
  Reapply *self = g_task_get_task_data (task);
  guint n = self->added->len + self->removed->len;

  self->patient = TRUE;
  if (is_there (self))
    hearth_nm_wait_async (hearth_nm_device_get_bus (self->device),
                          (int) (BUSY_MS + BUSY_MS_PER_ADDRESS * n), on_answered, task);
  else
    handle_absence (task);
}

/* Whether something is to go that NetworkManager would leave alone, because it never set it. */
static gboolean
must_adopt (Reapply *self, const GArray *listed)
{
  for (guint i = 0; i < self->removed->len; i++)
    {
      const HearthPrefix *prefix = &g_array_index (self->removed, HearthPrefix, i);

      if (prefix->address.family == HEARTH_FAMILY_IPV4 &&
          !hearth_prefixes_contain (listed, prefix) &&
          hearth_kernel_has (self->platform, self->link_index, prefix))
        return TRUE;
    }
  return FALSE;
}

/* What it lists and the kernel has not may have been taken off by somebody, or not be here yet. */
static gboolean
is_ahead_of_mirror (Reapply *self, const GArray *listed)
{
  for (guint i = 0; i < listed->len; i++)
    {
      const HearthPrefix *prefix = &g_array_index (listed, HearthPrefix, i);

      if (!hearth_alias_rules_is_base (&prefix->address) &&
          !hearth_kernel_has (self->platform, self->link_index, prefix))
        return TRUE;
    }
  return FALSE;
}

static gboolean
on_mirror_waited (gpointer user_data)
{
  read_applied (user_data);
  return G_SOURCE_REMOVE;
}

static void
send_list (GTask *task, GVariant *connection, guint64 version)
{
  Reapply *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) records = list_for_stage (self);
  g_autoptr (GVariant) merged =
      hearth_nm_connection_merge (connection, records, get_added (self), get_removed (self));

  if (self->before == NULL)
    self->before = list_records (self);
  begin_waiting (self, records);
  self->patient = FALSE;
  hearth_nm_request_async (
      hearth_nm_device_get_bus (self->device), hearth_nm_device_get_path (self->device),
      HEARTH_NM_DEVICE_INTERFACE, "Reapply",
      g_variant_new ("(@a{sa{sv}}tu)", merged, version, REAPPLY_PRESERVE_EXTERNAL_IP), "()",
      self->stage == STAGE_CHANGE ? g_task_get_cancellable (task) : NULL, on_answered, task);
}

static gboolean
is_there (Reapply *self)
{
  return hearth_nm_device_get_bus (self->device) != NULL &&
         hearth_nm_device_get_path (self->device) != NULL;
}

static void
handle_absence (GTask *task)
{
  g_autoptr (GError) error =
      g_error_new_literal (HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED,
                           _ ("NetworkManager is not running any more, or does not manage the "
                              "loopback interface any more."));

  handle_refusal (task, error);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reapply *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = hearth_nm_finish (result, &error);
  g_autoptr (GVariant) connection = NULL;
  g_autoptr (GArray) listed = NULL;
  guint64 version;

  if (answer == NULL || !is_there (self))
    {
      if (answer == NULL)
        handle_refusal (task, error);
      else
        handle_absence (task);
      return;
    }
  g_variant_get (answer, "(@a{sa{sv}}t)", &connection, &version);
  listed = hearth_nm_connection_list (connection);
  if (!self->mirror_waited && is_ahead_of_mirror (self, listed))
    {
      self->mirror_waited = TRUE;
      g_timeout_add (MIRROR_MS, on_mirror_waited, task);
      return;
    }
  if (self->stage == STAGE_CHANGE && !self->adopted && must_adopt (self, listed))
    self->stage = STAGE_ADOPT;
  self->adopted = TRUE;
  send_list (task, connection, version);
}

/* Nobody is asked for permission to read it; but NetworkManager may be busy for long. */
static void
read_applied (GTask *task)
{
  Reapply *self = g_task_get_task_data (task);

  if (!is_there (self))
    handle_absence (task);
  else
    hearth_nm_request_async (hearth_nm_device_get_bus (self->device),
                             hearth_nm_device_get_path (self->device), HEARTH_NM_DEVICE_INTERFACE,
                             "GetAppliedConnection", g_variant_new ("(u)", 0), "(a{sa{sv}}t)",
                             self->stage == STAGE_CHANGE ? g_task_get_cancellable (task) : NULL,
                             on_applied, task);
}

/* Public */

void
hearth_nm_reapply_async (HearthNmDevice *device,
                         HearthPlatform *platform,
                         const GArray *added,
                         const GArray *removed,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (device, cancellable, callback, user_data);
  Reapply *self = g_new0 (Reapply, 1);

  self->device = g_object_ref (device);
  self->platform = g_object_ref (platform);
  self->link_index = hearth_kernel_find_loopback (platform);
  self->added = g_array_copy ((GArray *) added);
  self->removed = g_array_copy ((GArray *) removed);
  self->stage = STAGE_CHANGE;
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, reapply_free);
  read_applied (task);
}

gboolean
hearth_nm_reapply_finish (HearthNmDevice *device,
                          GAsyncResult *result,
                          gboolean *is_open,
                          GError **error)
{
  Reapply *self = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, device), FALSE);

  if (is_open != NULL)
    *is_open = self->is_open;
  return g_task_propagate_boolean (G_TASK (result), error);
}
