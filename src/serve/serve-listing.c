/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-listing.h"

#include <time.h>

#include "serve-date.h"
#include "serve-html.h"
#include "serve-style.h"

/* So many segments at the end of a path are crumbs; what a person could not read anyway is an
 * ellipsis. It also keeps the head of the deepest path within SERVE_LISTING_HEAD_MAX. */
#define CRUMBS_MAX 8

/* What only a screen reader reads. */
#define HIDDEN                                                                                     \
  "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"

static const char style[] =
    "</title>\n<style>\n" SERVE_STYLE_COMMON
    "body{max-width:54rem;margin:0 auto;padding:1.5rem 1rem 2rem}\n"
    "header{display:flex;align-items:center;gap:.75rem;margin:0 .25rem 1.25rem}\n"
    "header>div{min-width:0}\n"
    "h1{font-size:1.5rem;line-height:1.25;font-weight:800;white-space:pre-wrap}\n"
    "nav ol{display:flex;flex-wrap:wrap;list-style:none;color:var(--dim);font-size:.875rem}\n"
    "nav li::after{content:\"/\";margin:0 .4em}\n"
    "nav a{color:var(--accent);text-decoration:none;border-radius:4px}\n"
    "nav a:hover{text-decoration:underline}\n"
    ".up{flex:none;width:2.5rem;height:2.5rem;border-radius:50%;background:var(--hover);"
    "display:grid;place-items:center}\n"
    ".up:hover{background:var(--line)}\n"
    ".up::before,tbody a::before{content:\"\";width:16px;height:16px;background:var(--dim);"
    "forced-color-adjust:none}\n"
    ".up::before{background:var(--text);"
    "clip-path:path(\"M8 2 2 8l1.4 1.4L7 5.8V14h2V5.8l3.6 3.6L14 8z\")}\n"
    ".up span,caption{" HIDDEN "}\n"
    "table{width:100%;border-spacing:0;background:var(--card);border-radius:12px;"
    "box-shadow:var(--shade);text-align:left}\n"
    "table:not(:has(tbody tr)){display:none}\n"
    "thead th{padding:.6rem 1rem;font-size:.8125rem;font-weight:700;color:var(--dim)}\n"
    "thead th:first-child{padding-left:3rem}\n"
    "tbody th,td{border-top:1px solid var(--line)}\n"
    "tbody th{padding:0;font-weight:400}\n"
    "td{vertical-align:top;padding:.7rem "
    "1rem;color:var(--dim);white-space:nowrap;font-variant-numeric:tabular-nums}\n"
    "th:nth-child(2),td:nth-child(2){text-align:right}\n"
    "tbody a{display:block;position:relative;padding:.7rem 1rem .7rem 3rem;color:inherit;"
    "text-decoration:none;white-space:pre-wrap}\n"
    "tbody a::before{position:absolute;left:1rem;top:.9rem;"
    "clip-path:path(evenodd,\"M3 3a2 2 0 0 1 2-2h4l4 4v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"
    "M5 3v10h6V7H7V3z\")}\n"
    ".d a{font-weight:600}\n"
    ".d a::before{background:var(--accent);clip-path:path(\"M1 4a2 2 0 0 1 2-2h3.2l2 2H13a2 2 0 0 "
    "1 "
    "2 2v6a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2z\")}\n"
    "tbody tr:hover{background:var(--hover)}\n"
    "tbody tr:last-child,tbody tr:last-child a{border-radius:0 0 12px 12px}\n"
    "footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 2rem;"
    "margin:1rem .25rem 0;color:var(--dim);font-size:.875rem}\n"
    ".empty,.more{padding:3rem 1rem;text-align:center;color:var(--dim);font-size:1.25rem;"
    "font-weight:800}\n"
    ".more{padding:1.5rem 1rem .5rem;font-size:1rem}\n"
    "@media(max-width:36rem){body{padding:1rem .75rem 1.5rem}thead{" HIDDEN "}"
    "tbody,table{display:block}"
    "tbody tr{display:flex;flex-wrap:wrap;border-top:1px solid var(--line)}"
    "tbody tr:first-child{border-top:0}"
    "tbody th{flex:0 0 100%}tbody th,td{border:0}"
    "tbody a{padding-bottom:.1rem}"
    "td{padding:0 0 .7rem;font-size:.8125rem}td:nth-child(2){padding-left:3rem}"
    "td+td::before{content:\"\\b7\";margin:0 .5em}}\n"
    "</style>\n</head>\n<body>\n";

static void
add_name (ServeBuffer *buffer, ServeText name)
{
  serve_buffer_add_string (buffer, "<bdi>");
  serve_html_add_text (buffer, name);
  serve_buffer_add_string (buffer, "</bdi>");
}

static size_t
count_segments (ServeText path)
{
  size_t count = 1;

  for (size_t i = 0; i < path.length; i++)
    count += path.bytes[i] == '/';
  return count;
}

static void
add_crumb (ServeBuffer *buffer, ServeText name, size_t levels_up)
{
  serve_buffer_add_string (buffer, "<li><a href=\"");
  for (size_t i = 0; i < levels_up; i++)
    serve_buffer_add_string (buffer, "../");
  serve_buffer_add_string (buffer, levels_up == 0 ? "/\">" : "\">");
  add_name (buffer, name);
  serve_buffer_add_string (buffer, "</a></li>");
}

/* All above the last segment of @path, which is not empty. */
static void
add_crumbs (ServeBuffer *buffer, ServeText title, ServeText path)
{
  size_t below = count_segments (path) - 1;

  serve_buffer_add_string (buffer, "<nav aria-label=\"Folders above\"><ol>");
  add_crumb (buffer, title, 0);
  if (below > CRUMBS_MAX)
    serve_buffer_add_string (buffer, "<li>\xe2\x80\xa6</li>");
  for (; below > 0; below--)
    {
      ServeText segment = serve_text_split (&path, '/');

      if (below <= CRUMBS_MAX)
        add_crumb (buffer, segment, below);
    }
  serve_buffer_add_string (buffer, "</ol></nav>\n");
}

static ServeText
last_segment (ServeText path)
{
  for (size_t i = path.length; i > 0; i--)
    {
      if (path.bytes[i - 1] == '/')
        return (ServeText) { path.bytes + i, path.length - i };
    }
  return path;
}

void
serve_listing_add_head (ServeBuffer *buffer, ServeText title, ServeText path)
{
  ServeText name = path.length > 0 ? last_segment (path) : title;

  serve_buffer_add_string (buffer, SERVE_STYLE_START);
  serve_html_add_text (buffer, name);
  serve_buffer_add (buffer, style, sizeof style - 1);
  serve_buffer_add_string (buffer, "<header>\n");
  if (path.length > 0)
    serve_buffer_add_string (
        buffer,
        "<a class=\"up\" href=\"../\" title=\"Folder above\"><span>Folder above</span></a>\n");
  serve_buffer_add_string (buffer, "<div>\n");
  if (path.length > 0)
    add_crumbs (buffer, title, path);
  serve_buffer_add_string (buffer, "<h1>");
  add_name (buffer, name);
  serve_buffer_add_string (buffer, "</h1>\n</div>\n</header>\n<main>\n<table>\n"
                                   "<caption>Folders and files in ");
  add_name (buffer, name);
  serve_buffer_add_string (
      buffer, "</caption>\n<thead><tr><th scope=\"col\">Name</th>"
              "<th scope=\"col\">Size</th><th scope=\"col\">Changed</th></tr></thead>\n"
              "<tbody>\n");
}

static void
add_two (ServeBuffer *buffer, int number)
{
  serve_buffer_add_char (buffer, (char) ('0' + number / 10 % 10));
  serve_buffer_add_char (buffer, (char) ('0' + number % 10));
}

/* The form of HTML's <time>, in UTC. */
static void
add_moment (ServeBuffer *buffer, const struct tm *moment)
{
  int year = moment->tm_year + 1900;

  add_two (buffer, year / 100);
  add_two (buffer, year % 100);
  serve_buffer_add_char (buffer, '-');
  add_two (buffer, moment->tm_mon + 1);
  serve_buffer_add_char (buffer, '-');
  add_two (buffer, moment->tm_mday);
  serve_buffer_add_char (buffer, 'T');
  add_two (buffer, moment->tm_hour);
  serve_buffer_add_char (buffer, ':');
  add_two (buffer, moment->tm_min);
  serve_buffer_add_char (buffer, ':');
  add_two (buffer, moment->tm_sec);
  serve_buffer_add_char (buffer, 'Z');
}

/* "25 Nov 2026, 04:54", as the clock on this computer's wall says it. */
static void
add_moment_words (ServeBuffer *buffer, const struct tm *moment)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  serve_buffer_add_number (buffer, (uint64_t) moment->tm_mday);
  serve_buffer_add_char (buffer, ' ');
  serve_buffer_add (buffer, months + (size_t) moment->tm_mon * 3, 3);
  serve_buffer_add_char (buffer, ' ');
  serve_buffer_add_number (buffer, (uint64_t) moment->tm_year + 1900);
  serve_buffer_add_string (buffer, ", ");
  add_two (buffer, moment->tm_hour);
  serve_buffer_add_char (buffer, ':');
  add_two (buffer, moment->tm_min);
}

static void
add_time (ServeBuffer *buffer, int64_t seconds)
{
  time_t time = (time_t) (seconds < SERVE_DATE_FIRST  ? SERVE_DATE_FIRST
                          : seconds > SERVE_DATE_LAST ? SERVE_DATE_LAST
                                                      : seconds);
  struct tm moment;

  if (gmtime_r (&time, &moment) == NULL)
    return;
  serve_buffer_add_string (buffer, "<time datetime=\"");
  add_moment (buffer, &moment);
  serve_buffer_add_string (buffer, "\">");
  if (localtime_r (&time, &moment) != NULL)
    add_moment_words (buffer, &moment);
  serve_buffer_add_string (buffer, "</time>");
}

/* "1.4 MB" in powers of 1,000, as Files says it. */
static void
add_size (ServeBuffer *buffer, uint64_t size)
{
  static const char *const units[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
  uint64_t tenth = 100; /* of the unit, in bytes */
  size_t unit = 0;
  uint64_t tenths;

  if (size < 1000)
    {
      serve_buffer_add_number (buffer, size);
      serve_buffer_add_string (buffer, size == 1 ? " byte" : " bytes");
      return;
    }
  /* Half a tenth less than 1,000.0 is rounded up to it, and so is 1.0 of the next unit. */
  while (unit + 1 < sizeof units / sizeof units[0] && size / tenth >= 9999 &&
         size - 9999 * tenth >= tenth / 2)
    {
      tenth *= 1000;
      unit++;
    }
  tenths = size / tenth + (size % tenth >= tenth / 2);
  serve_buffer_add_number (buffer, tenths / 10);
  serve_buffer_add_char (buffer, '.');
  serve_buffer_add_number (buffer, tenths % 10);
  serve_buffer_add_char (buffer, ' ');
  serve_buffer_add_string (buffer, units[unit]);
}

void
serve_listing_add_row (ServeBuffer *buffer, const ServeListingEntry *entry)
{
  serve_buffer_add_string (buffer, entry->is_directory ? "<tr class=\"d\">" : "<tr>");
  serve_buffer_add_string (buffer, "<th scope=\"row\"><a href=\"./");
  serve_html_add_segment (buffer, entry->name);
  serve_buffer_add_string (buffer, entry->is_directory ? "/\">" : "\">");
  add_name (buffer, entry->name);
  serve_buffer_add_string (buffer, "</a></th><td>");
  if (entry->is_directory)
    serve_buffer_add_string (buffer, "Folder");
  else
    add_size (buffer, entry->size);
  serve_buffer_add_string (buffer, "</td><td>");
  add_time (buffer, entry->modified);
  serve_buffer_add_string (buffer, "</td></tr>\n");
}

static void
add_count (ServeBuffer *buffer, size_t count, const char *noun)
{
  serve_buffer_add_number (buffer, count);
  serve_buffer_add_char (buffer, ' ');
  serve_buffer_add_string (buffer, noun);
  if (count != 1)
    serve_buffer_add_char (buffer, 's');
}

static void
add_counts (ServeBuffer *buffer, size_t n_directories, size_t n_files)
{
  serve_buffer_add_string (buffer, "<p>");
  if (n_directories > 0)
    add_count (buffer, n_directories, "folder");
  if (n_directories > 0 && n_files > 0)
    serve_buffer_add_string (buffer, ", ");
  if (n_files > 0)
    add_count (buffer, n_files, "file");
  serve_buffer_add_string (buffer, "</p>\n");
}

void
serve_listing_add_end (ServeBuffer *buffer, size_t n_directories, size_t n_files, bool truncated)
{
  bool is_empty = n_directories == 0 && n_files == 0;

  serve_buffer_add_string (buffer, "</tbody>\n</table>\n");
  if (truncated)
    serve_buffer_add_string (buffer, "<p class=\"more\">There are more: this folder has too many "
                                     "entries to show them all.</p>\n");
  else if (is_empty)
    serve_buffer_add_string (buffer, "<p class=\"empty\">This folder is empty</p>\n");
  serve_buffer_add_string (buffer, "</main>\n<footer>\n");
  if (!is_empty)
    add_counts (buffer, n_directories, n_files);
  serve_buffer_add_string (buffer, "<p>Served by Hearth</p>\n</footer>\n</body>\n</html>\n");
}
