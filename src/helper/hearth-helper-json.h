/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "hearth-prefix.h"

G_BEGIN_DECLS

/* Reading members of a JSON object that anybody may have written. All of them fail with
 * HEARTH_ERROR_INVALID where the member is not there and there is nothing else to take, or is not what it
 * should be. */

/* FALSE, and the error that names the member. */
gboolean    hearth_helper_json_fail          (GError      **error,
                                              const char   *member);

/* @otherwise: (nullable): where there is no such member; NULL where there must be.
 * (nullable) (transfer none) */
const char *hearth_helper_json_get_string    (JsonObject   *object,
                                              const char   *member,
                                              const char   *otherwise,
                                              GError      **error);

/* A number from @min to @max; @otherwise where there is no such member, less than @min where there must be. */
gboolean    hearth_helper_json_get_integer   (JsonObject   *object,
                                              const char   *member,
                                              gint64        otherwise,
                                              gint64        min,
                                              gint64        max,
                                              gint64       *value,
                                              GError      **error);

/* A prefix with its length, in its canonical text. */
gboolean    hearth_helper_json_get_prefix    (JsonObject   *object,
                                              const char   *member,
                                              HearthPrefix *prefix,
                                              GError      **error);

/* "interface": a name that an interface can have, in HEARTH_HELPER_INTERFACE_SIZE bytes. */
gboolean    hearth_helper_json_get_interface (JsonObject   *object,
                                              char         *name,
                                              GError      **error);

/* (nullable) (transfer none): the elements; NULL, without an error, where there is no such member. */
JsonArray  *hearth_helper_json_get_array     (JsonObject   *object,
                                              const char   *member,
                                              GError      **error);

G_END_DECLS
