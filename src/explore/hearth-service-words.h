/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-listener.h"
#include "hearth-port-names.h"

G_BEGIN_DECLS

/* What a service is said to be, in the user's language. */

/* What its port is known for: "PostgreSQL", or else the system's name for it, "ipp". (nullable) (transfer none): lives
 * as long as @names. */
const char *hearth_service_get_name (const HearthListener  *listener,
                                     const HearthPortNames *names);

/* One sentence on what is usually there. (nullable) (transfer none) */
const char *hearth_service_get_note (const HearthListener  *listener);

/* Whether a browser can be sent there: it has a URL, is TCP, and the port is known for it, or is none that is known for
 * something else. Nobody is asked. */
gboolean    hearth_service_may_speak_http (const HearthListener  *listener,
                                           const HearthPortNames *names);

/* "127.0.0.1:8000", "[::1]:8000"; "every address, port 8000" is said by others. (transfer full) */
char       *hearth_service_dup_endpoint (const HearthListener *listener);

/* The URL a browser of this computer reaches it by: localhost where it listens on every address or on
 * 127.0.0.1 or ::1. NULL where there is none: on every address of one link, whose name is not said here, and on
 * a link-local address of IPv6. (nullable) (transfer full) */
char       *hearth_service_dup_url (const HearthListener *listener);

G_END_DECLS
