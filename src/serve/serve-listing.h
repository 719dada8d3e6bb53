/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "serve-buffer.h"

/* An entry's row never takes more bytes than this, whatever its name (at most 255 bytes). */
#define SERVE_LISTING_ROW_MAX 4096
#define SERVE_LISTING_HEAD_MAX (64 * 1024)

typedef struct {
  ServeText name;
  bool is_directory;
  uint64_t size;    /* bytes, of a file */
  int64_t modified; /* seconds since 1970 */
} ServeListingEntry;

/* The page of a directory in three parts: the head (with the way up, crumbs of @path, decoded, "" the
 * folder), one row an entry, the end. It has no script, it is right in light, dark and narrow, and a screen
 * reader reads it as a table. @title: of the folder. @n_entries and @truncated: for the line at the end ("3
 * folders, 12 files"; "there are more"). */
void serve_listing_add_head (ServeBuffer *buffer,
                             ServeText    title,
                             ServeText    path);
void serve_listing_add_row  (ServeBuffer             *buffer,
                             const ServeListingEntry *entry);
void serve_listing_add_end  (ServeBuffer *buffer,
                             size_t       n_directories,
                             size_t       n_files,
                             bool         truncated);
