/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * ServeLink: a place in a list, which is one of these itself; the list goes round
 */
typedef struct ServeLink {
  struct ServeLink *next;
  struct ServeLink *previous;
} ServeLink;

static inline void
serve_list_init (ServeLink *list)
{
  list->next = list;
  list->previous = list;
}

static inline bool
serve_list_is_empty (const ServeLink *list)
{
  return list->next == list;
}

static inline void
serve_list_remove (ServeLink *link)
{
  link->previous->next = link->next;
  link->next->previous = link->previous;
}

static inline void
serve_list_append (ServeLink *list, ServeLink *link)
{
  link->next = list;
  link->previous = list->previous;
  list->previous->next = link;
  list->previous = link;
}
