/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-authority.h"
#include "hearth-interfaces.h"

G_BEGIN_DECLS

/**
 * HearthAuthorities:
 *
 * Everybody who might change addresses here, the best first, followed as they come and go.
 *
 * Properties: `best`, the best one that is available, or NULL; `ready`, FALSE until one better than all
 * that are still being probed is available, or all have answered. After that `best` always says what holds
 * now. `settled`: none is being probed.
 */
#define HEARTH_TYPE_AUTHORITIES (hearth_authorities_get_type ())
G_DECLARE_FINAL_TYPE (HearthAuthorities, hearth_authorities, HEARTH, AUTHORITIES, GObject)

/* Those that this system has, started: direct, and where there are a system bus, helper and NetworkManager. Those that know more about owners than the kernel are
 * added to the owners of @interfaces (hearth_interfaces_get_owners()).
 * @platform: the one that @interfaces follows (transfer full) */
HearthAuthorities *hearth_authorities_new        (HearthPlatform     *platform,
                                                  HearthInterfaces   *interfaces);

/* These ones instead: for tests. (transfer full) */
HearthAuthorities *hearth_authorities_new_with   (HearthAuthority   **authorities,
                                                  gsize               n_authorities);

/* (nullable) (transfer none) */
HearthAuthority   *hearth_authorities_get_best   (HearthAuthorities  *self);
gboolean           hearth_authorities_is_ready   (HearthAuthorities  *self);
gboolean           hearth_authorities_is_settled (HearthAuthorities  *self);

/* All of them, the best first, available or not. (transfer none) */
guint              hearth_authorities_get_n      (HearthAuthorities  *self);
HearthAuthority   *hearth_authorities_get        (HearthAuthorities  *self,
                                                  guint               position);

/* The best one that is available and can do @plan; keeping may need another one than adding. Otherwise
 * HEARTH_ERROR_NOT_SUPPORTED, with a sentence that says why, from every one that was asked.
 * (nullable) (transfer none) */
HearthAuthority   *hearth_authorities_choose     (HearthAuthorities  *self,
                                                  const HearthPlan   *plan,
                                                  GError            **error);

/* Why nobody can change anything, one sentence: what was looked for and what is missing.
 * (nullable) (transfer full) */
char              *hearth_authorities_explain    (HearthAuthorities  *self);

/* Closes all of them (hearth_authority_close_async()). */
void               hearth_authorities_close_async  (HearthAuthorities   *self,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean           hearth_authorities_close_finish (HearthAuthorities   *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
