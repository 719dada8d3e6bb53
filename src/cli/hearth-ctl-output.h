/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-json-writer.h"
#include "hearth-owners.h"
#include "hearth-platform.h"

G_BEGIN_DECLS

/* Interfaces and addresses as hearthctl shows them: as JSON for programs, as text for people.
 *
 * An interface in JSON:
 *   {"index":1,"name":"lo","loopback":true,"up":true,"mtu":65536,"addresses":[…]}
 * An address:
 *   {"address":"127.0.0.1","prefix":8,"family":"ipv4","scope":"host","label":"lo",
 *    "reach":"this-computer","owner":"system","lifetime":"always"}
 * `reach` is this-computer, local-network or internet; `owner` is system, hearth, networkmanager or
 * unknown; `lifetime` is session, restart, always or unknown. `scope` is host, link, site, global,
 * nowhere or a number; `label` is null where there is none.
 *
 * `hearthctl list` is one object, {"interfaces":[…]}. `hearthctl watch` is one object a line, first
 *   {"event":"snapshot","interfaces":[…]}
 * and then, as it happens,
 *   {"event":"added"|"removed"|"changed","interface":"lo","address":{…}}
 *   {"event":"link","change":"added"|"removed"|"changed","index":1,"name":"lo","loopback":true,
 *    "up":true,"mtu":65536}
 *
 * `hearthctl add`, `remove`, `keep` and `forget` are one object, whose first member is the verb:
 *   {"add":[{"address":"127.0.0.2","prefix":32,"interface":"lo"}],
 *    "findings":[{"level":"note","id":"answers-already","message":"…"}],"authority":"direct",
 *    "commands":{"linux":["…"],"networkmanager":["…"],"macos":["…"],"windows":["…"]}}
 * What needs no change is not among the addresses. `level` is error, warning or note, `id` one of
 * hearth_finding_kind_to_id(); `authority` is direct, helper, networkmanager,
 * administrator, or none where nobody can do it.
 * Without --dry-run a last member says what came of it: "done":true, or "error":"…"; with it, "error":"…" is
 * there where a finding is one.
 *
 * `hearthctl services` is {"services":[…]}, by port, each
 *   {"protocol":"tcp","address":"127.0.0.1","port":8000,"reach":"this-computer","user":"alice","pid":123,
 *    "program":"hearth-serve","name":"Development server"}
 * `protocol` is tcp or udp; `address` 0.0.0.0 or :: is every address; `reach` is how far it can be reached where no
 * firewall forbids it. `user`, `pid`, `program` and `name` are null where they are not known: the process of
 * another user is seen by root alone. `name` is what the port is known for, in the user's language.
 *
 * `hearthctl authority` is {"authority":"helper","available":[{"id":"direct","available":false,
 * "reason":"…"},{"id":"helper","available":true,"reason":null}]}, the best first.
 *
 * `hearthctl check` is
 *   {"checks":[{"id":"lo-up","state":"passed","title":"…","command":"ip link show lo","result":"…",
 *    "remedy":null,"remedy_command":null,"ms":0.3}],"passed":true}
 * in an order that stays. `state` is passed, warning, failed or skipped; `command` shows a person the same;
 * `remedy` is a sentence and `remedy_command` what an administrator can run, both null where there is
 * nothing to do; `ms` is how long it took. `passed` is whether nothing has failed, and so is the exit status. The
 * ids are lo-up, ipv4-address, ipv6-address, localhost-name, host-name, echo-ipv4, echo-ipv6, tcp-ipv4,
 * tcp-ipv6, udp-ipv4, udp-ipv6, hops-ipv4, hops-ipv6, alias and containers.
 *
 * `hearthctl explain` is one object:
 *   {"input":"127.1","kind":"ipv4","address":"127.0.0.1","reach":"this-computer","why":"…",
 *    "needs_alias":false,
 *    "answers":[{"protocol":"tcp","port":631,"address":"0.0.0.0","reach":"local-network",
 *      "user":"root","pid":1,"program":"cupsd"}],
 *    "needs_alias_on_macos":false,"own":true,"place":"this-computer","title":"Loopback address","name":null,
 *    "port":null,"scheme":null,"prefix":null,"last":null,"as_address":null,"addresses":["127.0.0.1"],
 *    "notes":["…"]}
 * `kind` is ipv4, ipv6, name, port, prefix, range, any or file. `address` is the first of `addresses`, of a
 * prefix or a range the one that was written first, whose last is `last`; null where none is known without
 * asking anybody. `reach` is as above, null where it cannot be told; `place`, where it leads on the map, is
 * this-computer, local-network, internet or nowhere. `needs_alias`: a program here can listen on it only after
 * it was added as an alias. `answers` are those who listen there now, on `port` alone where that is said or the
 * scheme says it; null where they cannot be seen; of each, `address` is what it listens on, which may reach
 * farther than what was asked for, and `user`, `pid` and `program` are null where they are
 * unknown. `as_address` is what browsers make of a port that is written without its colon. */

/* The members of a link, into an object that is open. */
void     hearth_ctl_add_link_members  (HearthJsonWriter        *writer,
                                       const HearthLink        *link);

void     hearth_ctl_add_address       (HearthJsonWriter        *writer,
                                       const char              *name,
                                       const HearthLinkAddress *address,
                                       HearthOwnership          ownership);

/* `"interfaces":[…]`, into an object that is open: of @only, or of all where it is NULL. What is
 * written so far may be on standard output, and gone from the writer's text, when it returns. */
void     hearth_ctl_add_interfaces    (HearthJsonWriter        *writer,
                                       HearthPlatform          *platform,
                                       HearthOwners            *owners,
                                       const HearthLink        *only);

/* The same for people, a paragraph for each interface.
 * @colour: with escape sequences of ECMA-48 */
void     hearth_ctl_append_interfaces (GString                 *text,
                                       HearthPlatform          *platform,
                                       HearthOwners            *owners,
                                       const HearthLink        *only,
                                       gboolean                 colour);

/* One line: who can reach the address, who added it, how long it stays. */
char    *hearth_ctl_describe_address  (const HearthLinkAddress *address,
                                       HearthOwnership          ownership);

/* "Loopback · up · MTU 65536". (transfer full) */
char    *hearth_ctl_describe_link     (const HearthLink        *link);

/* Whether standard output is a terminal that shows colours, and the user wants them (NO_COLOR). */
gboolean hearth_ctl_wants_colour      (void);

/* Writes @text to standard output and empties it. FALSE where it, or something before it, could not be
 * written: nobody reads any more, the disk is full. */
gboolean hearth_ctl_flush             (GString                 *text);

G_END_DECLS
