/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hearth-link-address.h"
#include "hearth-prefix-list.h"

G_BEGIN_DECLS

/* A connection of NetworkManager as a value: settings by their names, a{sa{sv}}, as D-Bus carries it
 * (nm-settings-dbus(5)). Values in, values out: no bus is spoken to here. Lists of addresses are arrays
 * of #HearthPrefix. */

/* The one profile of Hearth's own, in which the addresses are that come back after a restart. */
#define HEARTH_NM_PROFILE_UUID "5f8e1c9a-7b0d-5c43-9d57-6865617274ff"
#define HEARTH_NM_PROFILE_ID "Hearth aliases"

/* What a string of a setting says. (transfer full) (nullable) */
char       *hearth_nm_connection_get_string   (GVariant            *connection,
                                               const char          *setting,
                                               const char          *name);

/* The addresses that it lists, IPv4 first, in its order; what is no address is passed over.
 * (transfer full) (element-type HearthPrefix) */
GArray     *hearth_nm_connection_list         (GVariant            *connection);

/* Those of them that NetworkManager was asked for, as opposed to those that were there before and that
 * hearth_nm_connection_merge() listed. (transfer full) (element-type HearthPrefix) */
GArray     *hearth_nm_connection_list_own     (GVariant            *connection);

/**
 * @connection with other addresses, to be sent to Reapply, which takes off what it does not list:
 * everything of @on_link but what it may not list, then @added, without @removed. What @connection
 * listed keeps its place and its attributes; what it did not is marked as not its own. Never listed:
 * 127.0.0.1 and ::1, which NetworkManager adds by itself; any /8, which would take the place of
 * 127.0.0.1; and IPv4 addresses that end by themselves or have a peer, which Reapply leaves alone.
 * @on_link: (element-type HearthLinkAddress): what the loopback interface has now
 * @added, @removed: (nullable) (element-type HearthPrefix)
 * (transfer full)
 */
GVariant   *hearth_nm_connection_merge        (GVariant            *connection,
                                               GPtrArray           *on_link,
                                               const GArray        *added,
                                               const GArray        *removed);

/* Hearth's profile with @prefixes. @autoconnect: whether NetworkManager activates it by itself.
 * (transfer full) */
GVariant   *hearth_nm_connection_new_profile  (const GArray        *prefixes,
                                               gboolean             autoconnect);

G_END_DECLS
