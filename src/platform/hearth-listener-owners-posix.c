/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-listener-owners-posix.h"

#include <errno.h>
#include <pwd.h>

/* What one user may have in the system's list. */
#define MAX_PASSWD_BUFFER_SIZE (1024 * 1024)

/* Users */

static const char *
ask_for_user (guint32 id)
{
  for (gsize size = 4096; size <= MAX_PASSWD_BUFFER_SIZE; size *= 4)
    {
      g_autofree char *buffer = g_malloc (size);
      struct passwd entry, *found = NULL;

      if (getpwuid_r (id, &entry, buffer, size, &found) != ERANGE)
        return found != NULL ? g_intern_string (found->pw_name) : NULL;
    }
  return NULL;
}

static const char *
look_up_user (GHashTable *users, guint32 id)
{
  gpointer name;

  if (g_hash_table_lookup_extended (users, GUINT_TO_POINTER (id), NULL, &name))
    return name;
  name = (gpointer) ask_for_user (id);
  g_hash_table_insert (users, GUINT_TO_POINTER (id), name);
  return name;
}

/* The system may ask another computer for a name: one that is known is not asked for again. */
static void
name_users (GPtrArray *listeners, GPtrArray *known)
{
  g_autoptr (GHashTable) users = g_hash_table_new (NULL, NULL);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      const HearthListener *listener = known->pdata[i];

      if (listener->user != NULL)
        g_hash_table_insert (users, GUINT_TO_POINTER (listener->user_id),
                             (gpointer) listener->user);
    }
  for (guint i = 0; i < listeners->len; i++)
    {
      HearthListener *listener = listeners->pdata[i];

      listener->user = look_up_user (users, listener->user_id);
    }
}

/* Processes */

/* Each is asked for once, however many sockets it has. */
static gboolean
are_running (GPtrArray *listeners, const HearthListenerOwners *owners)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < listeners->len; i++)
    {
      HearthProcess *process = ((HearthListener *) listeners->pdata[i])->process;

      if (process != NULL && g_hash_table_add (asked, process) &&
          !owners->is_running (process, owners->data))
        return FALSE;
    }
  return TRUE;
}

/* Whether every socket was there last time, and has the process it had then. */
static gboolean
take_known (GPtrArray *listeners, GPtrArray *known, const HearthListenerOwners *owners)
{
  g_autoptr (GHashTable) by_socket = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      HearthListener *listener = known->pdata[i];

      g_hash_table_insert (by_socket, &listener->socket_id, listener);
    }
  for (guint i = 0; i < listeners->len; i++)
    {
      HearthListener *listener = listeners->pdata[i];
      const HearthListener *before = g_hash_table_lookup (by_socket, &listener->socket_id);

      if (before == NULL)
        return FALSE;
      if (before->process != NULL)
        listener->process = hearth_process_ref (before->process);
    }
  return are_running (listeners, owners);
}

static void
unref_process (gpointer process)
{
  g_clear_pointer ((HearthProcess **) &process, hearth_process_unref);
}

static void
find_processes (GPtrArray *listeners, const HearthListenerOwners *owners)
{
  g_autoptr (GHashTable) sockets =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, unref_process);

  for (guint i = 0; i < listeners->len; i++)
    {
      HearthListener *listener = listeners->pdata[i];

      g_clear_pointer (&listener->process, hearth_process_unref);
      if (listener->socket_id != 0)
        g_hash_table_insert (sockets, &listener->socket_id, NULL);
    }
  owners->find (sockets, owners->data);
  for (guint i = 0; i < listeners->len; i++)
    {
      HearthListener *listener = listeners->pdata[i];
      const HearthProcess *process = g_hash_table_lookup (sockets, &listener->socket_id);

      listener->process = process != NULL ? hearth_process_ref (process) : NULL;
    }
}

void
hearth_listener_owners_name (GPtrArray *listeners,
                             GPtrArray *known,
                             const HearthListenerOwners *owners)
{
  name_users (listeners, known);
  if (!take_known (listeners, known, owners))
    find_processes (listeners, owners);
}
