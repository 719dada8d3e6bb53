/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-page.h"

#include "serve-html.h"
#include "serve-style.h"

#define DETAIL_MAX 200

/* 32 units each way, even-odd. */
#define ICON_MISSING                                                                               \
  "M13 3a10 10 0 0 1 8 16l8 8-2 2-8-8A10 10 0 1 1 13 3zM13 6a7 7 0 1 0 0 14 7 7 0 0 0 0-14z"
#define ICON_REFUSED                                                                               \
  "M16 2a7 7 0 0 1 7 7v4h1a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3V16a3 3 0 0 1 3-3h1V9a7 " \
  "7 0 "                                                                                           \
  "0 1 7-7zM16 5a4 4 0 0 0-4 4v4h8V9a4 4 0 0 0-4-4z"
#define ICON_WRONG                                                                                 \
  "M16 2a3 3 0 0 1 2.6 1.5l11 20A3 3 0 0 1 27 28H5a3 3 0 0 1-2.6-4.5l11-20A3 3 0 0 1 16 2zM14 "    \
  "10l.5 9h3l.5-9zM16 21a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"

typedef struct {
  int status;
  ServeWhy why;
  const char *icon;
  const char *heading;
  const char *what;   /* one paragraph or more of HTML */
  const char *advice; /* <li> elements */
} Page;

/* The first row is for a status that has none. */
static const Page pages[] = {
  { 0, SERVE_WHY_STATUS, ICON_WRONG, "This did not work",
    "<p>The server could not answer this request.</p>", "<li>Load the page again.</li>" },
  { 400, SERVE_WHY_STATUS, ICON_WRONG, "The request makes no sense",
    "<p>What arrived is not a proper HTTP request, or the address has something in it that no "
    "address may have.</p>",
    "<li>Look for a stray <code>%</code> in the address. A percent sign itself is written "
    "<code>%25</code>.</li>"
    "<li>If a program of yours sent this, compare it with RFC 9110 and RFC 9112.</li>" },
  { 403, SERVE_WHY_STATUS, ICON_REFUSED, "This file may not be read",
    "<p>It is there, but the user who serves this folder is not allowed to read it.</p>",
    "<li>If it is your file, allow yourself to read it: in Files under Properties, Permissions, or "
    "with <code>chmod u+r</code> and its name.</li>" },
  { 403, SERVE_WHY_CROSS_SITE, ICON_REFUSED, "Another website asked for this",
    "<p>A page of another site tried to load something from this folder. That is refused, so that "
    "the websites you visit cannot look into what you serve on your own computer.</p>",
    "<li>To look at it yourself, type the address into the address bar.</li>"
    "<li>If the other page is your own and may read these files, switch sharing on: choose "
    "\xe2\x80\x9cOther sites may read it\xe2\x80\x9d for the folder in Hearth, or start "
    "<code>hearth-serve</code> with <code>--cors</code>.</li>" },
  { 403, SERVE_WHY_PEER, ICON_REFUSED, "Only for the computer it is on",
    "<p>This folder is served to the computer that it is on, and you are asking from another "
    "one.</p>",
    "<li>Open it on that computer.</li>"
    "<li>If it is your computer and others may read this folder, start <code>hearth-serve</code> "
    "there with <code>--visible</code>. Everyone on the same network can read it then.</li>" },
  { 404, SERVE_WHY_STATUS, ICON_MISSING, "There is nothing here",
    "<p>No file or folder has this address.</p>",
    "<li>Check the spelling. <code>Photo.JPG</code> and <code>photo.jpg</code> are two different "
    "files.</li>"
    "<li>Check that the file is in the folder that is served. Links that lead out of it, and names "
    "that start with a dot, are not shown.</li>"
    "<li>Hearth\xe2\x80\x99s request log often knows the name that was meant.</li>" },
  { 404, SERVE_WHY_NO_LISTING, ICON_MISSING, "This folder has no page",
    "<p>There is no <code>index.html</code> in it, and showing what else there is has been "
    "switched off.</p>",
    "<li>Put a file named <code>index.html</code> into the folder.</li>"
    "<li>Or see its files: start <code>hearth-serve</code> without "
    "<code>--no-listing</code>.</li>" },
  { 405, SERVE_WHY_STATUS, ICON_REFUSED, "This folder can only be read",
    "<p>The request wanted to change or send something. This server gives out files and takes "
    "nothing.</p>",
    "<li>Ask with <code>GET</code> or <code>HEAD</code>.</li>"
    "<li>A form that sends something, or an interface to store data, needs a server program of its "
    "own.</li>" },
  { 408, SERVE_WHY_STATUS, ICON_WRONG, "The request took too long",
    "<p>It was not complete when the server stopped waiting for the rest of it.</p>",
    "<li>Load the page again.</li>" },
  { 413, SERVE_WHY_STATUS, ICON_REFUSED, "Nothing can be sent here",
    "<p>The request came with data. This server gives out files and takes nothing.</p>",
    "<li>Ask without a body.</li>" },
  { 414, SERVE_WHY_STATUS, ICON_WRONG, "The address is too long",
    "<p>It has more than 8,192 characters.</p>",
    "<li>Shorten what comes after the question mark. Long data belongs in the page itself, for "
    "example after a <code>#</code>, which stays in the browser.</li>" },
  { 416, SERVE_WHY_STATUS, ICON_WRONG, "The file is not that long",
    "<p>The request asked for a part that begins after the end of the file.</p>",
    "<li>If you were resuming a download, start it anew: the file has changed.</li>" },
  { 417, SERVE_WHY_STATUS, ICON_WRONG, "This cannot be promised",
    "<p>The request has an <code>Expect</code> header with something that this server does not "
    "know.</p>",
    "<li>Ask without <code>Expect</code>, or with <code>100-continue</code>.</li>" },
  { 421, SERVE_WHY_NAME, ICON_REFUSED, "This server has another name",
    "<p>Your browser was sent to this computer under a name that does not belong to it. Any "
    "website "
    "can let a name of its own lead to your computer. If this server answered to such a name, that "
    "website could read your files as if they were part of it. The trick is called <em>DNS "
    "rebinding</em>, and refusing foreign names is what stops it.</p>",
    "<li>To see this folder, write <code>localhost</code> in place of the name in the address bar, "
    "and leave the number after the colon as it is.</li>"
    "<li>If you gave this computer the name yourself, start <code>hearth-serve</code> with "
    "<code>--name</code> and the name. Do that only for a name that is yours.</li>" },
  { 431, SERVE_WHY_STATUS, ICON_WRONG, "Too much comes with the request",
    "<p>Its headers are longer than 32 KiB, or more than 100. Mostly the reason is cookies: all "
    "servers on <code>localhost</code> share them.</p>",
    "<li>Delete the cookies of <code>localhost</code> in the browser.</li>" },
  { 500, SERVE_WHY_STATUS, ICON_WRONG, "The file could not be read",
    "<p>The system reported an error while reading it.</p>",
    "<li>Load the page again.</li>"
    "<li>If it stays so, see whether another program can open the file, and check the disk.</li>" },
  { 501, SERVE_WHY_STATUS, ICON_WRONG, "This is not known here",
    "<p>The request uses a method or a way of sending that this server does not have.</p>",
    "<li>Ask with <code>GET</code> or <code>HEAD</code>, without a body.</li>" },
  { 503, SERVE_WHY_STATUS, ICON_WRONG, "Too busy at the moment",
    "<p>The server has no memory or open files left for this request.</p>",
    "<li>Wait a moment and load the page again.</li>" },
  { 503, SERVE_WHY_GONE, ICON_MISSING, "The folder is gone",
    "<p>The folder that was served here has been removed, renamed or replaced, or its disk was "
    "taken out. A new folder in its place is not served by itself, because nobody chose it.</p>",
    "<li>Put the folder back where it was, or choose it again in Hearth.</li>"
    "<li>In a terminal: end <code>hearth-serve</code> with Ctrl+C and start it again.</li>" },
  { 505, SERVE_WHY_STATUS, ICON_WRONG, "Another version of HTTP",
    "<p>This server speaks HTTP/1.1 and HTTP/1.0, without TLS.</p>",
    "<li>Begin the address with <code>http://</code>.</li>" },
};

static const char style[] = SERVE_STYLE_COMMON
    "body{min-height:100vh;display:grid;place-items:center;padding:2rem 1rem}\n"
    "main{max-width:36rem;width:100%;text-align:center}\n"
    "main::before{content:\"\";display:block;width:32px;height:32px;margin:32px auto 56px;"
    "transform:scale(3);background:var(--dim);forced-color-adjust:none}\n"
    "h1{font-size:1.75rem;line-height:1.2;font-weight:800;margin-bottom:.75rem}\n"
    "h2{font-size:1rem;font-weight:700;margin:2rem 0 .6rem;text-align:left}\n"
    "ul{list-style:none;text-align:left;background:var(--card);border-radius:12px;"
    "box-shadow:var(--shade)}\n"
    "li{padding:.8rem 1rem}\nli+li{border-top:1px solid var(--line)}\n"
    "code{font:.875em \"Adwaita Mono\",ui-monospace,monospace;background:var(--hover);"
    "border-radius:5px;padding:.1em .35em}\n"
    ".name{margin-bottom:1rem;color:var(--dim)}.name code{color:var(--text)}\n"
    ".pill{display:inline-block;margin-top:1.75rem;padding:.6rem 2rem;border-radius:99px;"
    "background:var(--button);color:#fff;font-weight:700;text-decoration:none}\n"
    ".pill:hover{filter:brightness(1.08)}.pill:focus-visible{outline-offset:2px}\n"
    ".status{margin-top:2rem;color:var(--dim);font-size:.8125rem}\n";

const char *
serve_status_phrase (int status)
{
  switch (status)
    {
    case 200:
      return "OK";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 304:
      return "Not Modified";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Unknown";
    }
}

/* The row of the reason, else the first of the status, else the first of all. */
static const Page *
find_page (int status, ServeWhy why)
{
  const Page *found = &pages[0];

  for (size_t i = 1; i < sizeof pages / sizeof pages[0]; i++)
    {
      const Page *page = &pages[i];

      if (page->status != status)
        continue;
      if (page->why == why)
        return page;
      if (found == &pages[0])
        found = page;
    }
  return found;
}

static void
add_detail (ServeBuffer *buffer, ServeText detail)
{
  bool is_cut = detail.length > DETAIL_MAX;

  if (is_cut)
    detail.length = DETAIL_MAX;
  /* Not through the middle of a character. */
  while (is_cut && detail.length > 0 && (detail.bytes[detail.length] & 0xc0) == 0x80)
    detail.length--;
  if (detail.length == 0)
    return;
  serve_buffer_add_string (buffer, "<p class=\"name\">You asked for <code><bdi>");
  serve_html_add_text (buffer, detail);
  serve_buffer_add_string (buffer,
                           is_cut ? "\xe2\x80\xa6</bdi></code></p>\n" : "</bdi></code></p>\n");
}

static void
add_body (ServeBuffer *buffer, const Page *page, int status, ServeText detail)
{
  serve_buffer_add_string (buffer, "<body>\n<main>\n<h1>");
  serve_buffer_add_string (buffer, page->heading);
  serve_buffer_add_string (buffer, "</h1>\n");
  add_detail (buffer, detail);
  serve_buffer_add_string (buffer, page->what);
  serve_buffer_add_string (buffer, "\n<h2>What you can do</h2>\n<ul>");
  serve_buffer_add_string (buffer, page->advice);
  serve_buffer_add_string (buffer, "</ul>\n");
  if (status == 404)
    serve_buffer_add_string (buffer, "<a class=\"pill\" href=\"/\">Go to the Start</a>\n");
  serve_buffer_add_string (buffer, "<p class=\"status\">");
  serve_buffer_add_number (buffer, (uint64_t) status);
  serve_buffer_add_char (buffer, ' ');
  serve_buffer_add_string (buffer, serve_status_phrase (status));
  serve_buffer_add_string (buffer, " \xc2\xb7 Hearth</p>\n</main>\n</body>\n</html>\n");
}

void
serve_page_add (ServeBuffer *buffer, int status, ServeWhy why, ServeText detail)
{
  const Page *page = find_page (status, why);

  serve_buffer_add_string (buffer, SERVE_STYLE_START);
  serve_buffer_add_string (buffer, page->heading);
  serve_buffer_add_string (buffer, "</title>\n<style>\n");
  serve_buffer_add (buffer, style, sizeof style - 1);
  serve_buffer_add_string (buffer, "main::before{clip-path:path(evenodd,\"");
  serve_buffer_add_string (buffer, page->icon);
  serve_buffer_add_string (buffer, "\")}\n</style>\n</head>\n");
  add_body (buffer, page, status, detail);
}
