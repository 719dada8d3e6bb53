/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-surroundings.h"

G_BEGIN_DECLS

/**
 * HearthSurroundingsBuilder:
 *
 * Makes a #HearthSurroundings, for the platforms and for tests. It belongs to one thread at a time.
 */

HearthSurroundingsBuilder *hearth_surroundings_builder_new  (void);
void                       hearth_surroundings_builder_free (HearthSurroundingsBuilder  *self);

/* Each may be said more often than once.
 * @gateway: (nullable): the next hop, where there is one */
void hearth_surroundings_builder_add_route       (HearthSurroundingsBuilder  *self,
                                                  guint32                     link_index,
                                                  const HearthPrefix         *destination,
                                                  const HearthAddress        *gateway);
void hearth_surroundings_builder_add_neighbour   (HearthSurroundingsBuilder  *self,
                                                  const HearthAddress        *address);
void hearth_surroundings_builder_add_name_server (HearthSurroundingsBuilder  *self,
                                                  const HearthAddress        *address);
void hearth_surroundings_builder_add_own         (HearthSurroundingsBuilder  *self,
                                                  guint32                     link_index,
                                                  const HearthAddress        *address);

/* All that is in @other. */
void hearth_surroundings_builder_add_all         (HearthSurroundingsBuilder  *self,
                                                  const HearthSurroundings   *other);

/* The name servers of the file @path, which is of the format of resolv.conf(5): nothing where there is no
 * such file, or it is none that can be read to its end. Waits for the disk. */
void hearth_surroundings_builder_read_file       (HearthSurroundingsBuilder  *self,
                                                  const char                 *path);

/* Frees @self. (transfer full) */
HearthSurroundings *hearth_surroundings_builder_end (HearthSurroundingsBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSurroundingsBuilder, hearth_surroundings_builder_free)

G_END_DECLS
