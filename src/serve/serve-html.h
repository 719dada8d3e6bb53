/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* Text of an element or a quoted attribute: & < > " ' escaped, control characters, marks of writing
 * direction (U+061C, U+200E, U+200F, U+202A–U+202E, U+2066–U+2069) and bytes that are not UTF-8 as U+FFFD. */
void serve_html_add_text  (ServeBuffer *buffer,
                           ServeText    text);
/* One segment of a path as a reference: all but unreserved characters (RFC 3986, 2.3) as %XX. */
void serve_html_add_segment (ServeBuffer *buffer,
                             ServeText    name);
