/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-helper-record.h"

G_BEGIN_DECLS

/* The most addresses of one call, and the most aliases of one user. */
#define HEARTH_HELPER_MAX_ADDRESSES 1024

typedef enum {
  HEARTH_HELPER_ADD,
  HEARTH_HELPER_REMOVE,
  HEARTH_HELPER_KEEP,
  HEARTH_HELPER_FORGET,
} HearthHelperVerb;

/**
 * HearthHelperRequest:
 * @verb: what is to be done
 * @interface: to addresses of which interface
 * @lifetime: of what is added
 * @label: of what is added, or empty
 * @n_prefixes: how many addresses, 1 to HEARTH_HELPER_MAX_ADDRESSES
 * @prefixes: which, each once; none is a base address, and what is added or kept passes
 *   hearth_alias_rules_check()
 *
 * What a caller wants, as far as its arguments alone can tell right from wrong: copied from them, so
 * that nothing the caller does afterwards changes it. Immutable.
 */
typedef struct {
  HearthHelperVerb verb;
  char interface[HEARTH_HELPER_INTERFACE_SIZE];
  HearthHelperLifetime lifetime;
  char label[HEARTH_LABEL_SIZE];
  guint n_prefixes;
  HearthPrefix prefixes[];
} HearthHelperRequest;

/* From the arguments of a call. @options: (nullable): a{sv}.
 * HEARTH_ERROR_INVALID; G_DBUS_ERROR_LIMITS_EXCEEDED for too many addresses. (transfer full) */
HearthHelperRequest *hearth_helper_request_new_add    (const char          *interface,
                                                       const char *const   *addresses,
                                                       const char          *lifetime,
                                                       GVariant            *options,
                                                       GError             **error);
HearthHelperRequest *hearth_helper_request_new_remove (const char          *interface,
                                                       const char *const   *addresses,
                                                       GError             **error);
HearthHelperRequest *hearth_helper_request_new_keep   (const char          *interface,
                                                       const char *const   *addresses,
                                                       gboolean             keep,
                                                       GError             **error);
void                 hearth_helper_request_free       (HearthHelperRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthHelperRequest, hearth_helper_request_free)

G_END_DECLS
