/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hearth-calls-windows.h"
#include "hearth-link-address.h"
#include "hearth-link.h"
#include "hearth-listener.h"

G_BEGIN_DECLS

/* Rows of Windows' tables in, Hearth's records out. They call nothing of the system. */

/* HEARTH_ADDRESS_NONE for another family than IPv4 and IPv6. */
HearthAddress hearth_rows_windows_read_address     (const SOCKADDR_INET             *row);
void          hearth_rows_windows_write_address    (const HearthAddress             *address,
                                                    SOCKADDR_INET                   *row);

/* An adapter, with whether somebody switched it on. FALSE where no protocol knows it. */
gboolean      hearth_rows_windows_read_link        (const IP_ADAPTER_ADDRESSES      *row,
                                                    gboolean                         up,
                                                    HearthLink                      *link);

/* @now_s: seconds of g_get_monotonic_time(). FALSE for another family. */
gboolean      hearth_rows_windows_read_link_address  (const MIB_UNICASTIPADDRESS_ROW  *row,
                                                      gint64                           now_s,
                                                      HearthLinkAddress               *address);

/* What is to be said of @address, over @row as InitializeUnicastIpAddressEntry() leaves it. */
void          hearth_rows_windows_write_link_address (const HearthLinkAddress         *address,
                                                      gint64                           now_s,
                                                      MIB_UNICASTIPADDRESS_ROW        *row);

void          hearth_rows_windows_read_counters    (const MIB_IF_ROW2               *row,
                                                    HearthCounters                  *counters);

/* Where packets to others go, and by whom, or HEARTH_ADDRESS_NONE. FALSE for what ends here. */
gboolean      hearth_rows_windows_read_route       (const MIB_IPFORWARD_ROW2        *row,
                                                    HearthPrefix                    *destination,
                                                    HearthAddress                   *gateway);

/* FALSE where it did not answer yet, or is many (a multicast address). */
gboolean      hearth_rows_windows_read_neighbour   (const MIB_IPNET_ROW2            *row,
                                                    HearthAddress                   *address);

typedef void (*HearthRowsWindowsFunc) (const HearthListener *listener, guint32 pid, gpointer user_data);

/* Calls @func for every socket that waits in @table, which is a MIB_TCPTABLE_OWNER_MODULE or its like for
 * the others, with the process that has it, which may be gone. It reads no further than @size bytes, and is
 * FALSE where the table says that there are more. The records have no user and no process. */
gboolean      hearth_rows_windows_read_listeners   (const void                      *table,
                                                    gsize                            size,
                                                    HearthTransport                  transport,
                                                    HearthFamily                     family,
                                                    HearthRowsWindowsFunc            func,
                                                    gpointer                         user_data);

/* UTF-16 of @n units at the most, up to a NUL, as UTF-8; what is no text becomes U+FFFD.
 * (transfer full) */
char         *hearth_rows_windows_read_text        (const WCHAR                     *text,
                                                    gsize                            n);

G_END_DECLS
