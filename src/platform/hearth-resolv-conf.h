/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-address.h"

G_BEGIN_DECLS

typedef void (*HearthResolvConfFunc) (const HearthAddress *address, gpointer user_data);

/* Calls @func for every name server that @text, the contents of a file of the format of resolv.conf(5),
 * names: `nameserver` at the start of a line, white space, and an address. All of them, though a resolver
 * may ask the first three alone. What is no address is passed over.
 * @text: any bytes */
void hearth_resolv_conf_parse (const char            *text,
                               gsize                  length,
                               HearthResolvConfFunc   func,
                               gpointer               user_data);

G_END_DECLS
