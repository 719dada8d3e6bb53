/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A jail has a localhost of its own where it has a network of its own (jail(8), “vnet”); the others
 * have addresses of this one. */

#include "hearth-check-containers.h"

#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>

/* It wants those before. */
#include <sys/jail.h>

#include "hearth-check-containers-conclude.h"
#include "hearth-quote.h"

/* MAXHOSTNAMELEN of FreeBSD, which bounds the name too. */
#define NAME_BYTES 256

typedef struct {
  int last; /* the number of the jail before */
  int vnet; /* JAIL_SYS_… */
  char name[NAME_BYTES];
} Jail;

static struct iovec
wrap (void *bytes, gsize length)
{
  return (struct iovec) { bytes, length };
}

/* The next one that can be seen from here. A kernel without such networks knows no “vnet”, and says
 * no, as at the end. */
static gboolean
read_next (Jail *jail)
{
  char last[] = "lastjid", name[] = "name", vnet[] = "vnet";
  struct iovec wanted[] = {
    wrap (last, sizeof last), wrap (&jail->last, sizeof jail->last),
    wrap (name, sizeof name), wrap (jail->name, sizeof jail->name),
    wrap (vnet, sizeof vnet), wrap (&jail->vnet, sizeof jail->vnet),
  };

  memset (jail->name, 0, sizeof jail->name);
  jail->last = jail_get (wanted, G_N_ELEMENTS (wanted), 0);
  jail->name[sizeof jail->name - 1] = '\0';
  return jail->last > 0;
}

HearthCheckVerdict *
hearth_check_containers (const HearthCheckFacts *facts,
                         HearthFamily family,
                         GCancellable *cancellable)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  Jail jail = { 0 };
  guint n_more = 0;

  while (!g_cancellable_is_cancelled (cancellable) && read_next (&jail))
    if (jail.vnet != JAIL_SYS_NEW)
      continue;
    else if (labels->len < HEARTH_CHECK_CONTAINERS_MAX_NAMED)
      g_ptr_array_add (labels, hearth_quote (jail.name));
    else
      n_more++;
  return hearth_check_containers_conclude (labels, n_more);
}
