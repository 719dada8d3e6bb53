/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-event.h"

#include <time.h>

#include "serve-json.h"
#include "serve-lockdown.h"
#include "serve-utf8.h"

#define PATH_MAX_SHOWN 2048

static void
begin (ServeBuffer *buffer, const char *event)
{
  serve_buffer_add_string (buffer, "{\"event\":");
  serve_json_add_text (buffer, serve_text (event));
}

static void
end (ServeBuffer *buffer, uint64_t dropped)
{
  if (dropped > 0)
    serve_json_add_number (buffer, "dropped", dropped);
  serve_buffer_add_string (buffer, "}\n");
}

static ServeText
shown_path (ServeText target)
{
  if (target.length > PATH_MAX_SHOWN)
    target.length = PATH_MAX_SHOWN;
  return target;
}

void
serve_event_add_request (ServeBuffer *buffer, const ServeRequestEvent *event, uint64_t dropped)
{
  begin (buffer, "request");
  serve_json_add_decimal (buffer, "time", event->time);
  serve_json_add_string (buffer, "peer", serve_text (event->peer));
  serve_json_add_string (buffer, "method", event->method);
  serve_json_add_string (buffer, "path", shown_path (event->target));
  serve_json_add_number (buffer, "status", (uint64_t) event->status);
  serve_json_add_number (buffer, "bytes", event->bytes);
  serve_json_add_decimal (buffer, "ms", event->ms);
  if (event->hint.bytes != NULL)
    serve_json_add_string (buffer, "hint", event->hint);
  if (event->aborted)
    serve_buffer_add_string (buffer, ",\"aborted\":true");
  end (buffer, dropped);
}

static void
add_url (ServeBuffer *buffer, const char *host, bool is_ipv6, unsigned port)
{
  serve_buffer_add_string (buffer, is_ipv6 ? "http://[" : "http://");
  serve_buffer_add_string (buffer, host);
  serve_buffer_add_string (buffer, is_ipv6 ? "]:" : ":");
  serve_buffer_add_number (buffer, port);
  serve_buffer_add_char (buffer, '/');
}

static bool
is_localhost (const ServeAddress *address)
{
  static const uint8_t ipv4[16] = { 127, 0, 0, 1 };
  static const uint8_t ipv6[16] = { [15] = 1 };

  return memcmp (address->bytes, address->is_ipv6 ? ipv6 : ipv4, sizeof ipv4) == 0;
}

static bool
has_localhost (const ServeListeningEvent *event)
{
  for (size_t i = 0; i < event->n_addresses; i++)
    {
      if (is_localhost (&event->addresses[i]))
        return true;
    }
  return false;
}

/* Each URL between @before and @after, and @separator between two. The order is the header's. */
typedef struct {
  const char *before;
  const char *after;
  const char *separator;
} UrlFrame;

static void
add_framed_url (ServeBuffer *buffer,
                const UrlFrame *frame,
                bool *is_first,
                const char *host,
                bool is_ipv6,
                unsigned port)
{
  serve_buffer_add_string (buffer, *is_first ? "" : frame->separator);
  serve_buffer_add_string (buffer, frame->before);
  add_url (buffer, host, is_ipv6, port);
  serve_buffer_add_string (buffer, frame->after);
  *is_first = false;
}

static void
add_urls (ServeBuffer *buffer, const ServeListeningEvent *event, const UrlFrame *frame)
{
  bool is_first = true;

  if (has_localhost (event))
    add_framed_url (buffer, frame, &is_first, "localhost", false, event->port);
  for (size_t i = 0; i < event->n_addresses; i++)
    {
      const ServeAddress *address = &event->addresses[i];
      char text[SERVE_ADDRESS_TEXT_SIZE];

      serve_address_print (address, text);
      if (!is_localhost (address))
        add_framed_url (buffer, frame, &is_first, text, address->is_ipv6, event->port);
    }
  for (size_t i = 0; i < event->n_names; i++)
    add_framed_url (buffer, frame, &is_first, event->names[i], false, event->port);
}

static void
add_addresses (ServeBuffer *buffer, const ServeListeningEvent *event)
{
  serve_buffer_add_string (buffer, ",\"addresses\":[");
  for (size_t i = 0; i < event->n_addresses; i++)
    {
      char text[SERVE_ADDRESS_TEXT_SIZE];

      serve_address_print (&event->addresses[i], text);
      serve_buffer_add_string (buffer, i == 0 ? "" : ",");
      serve_json_add_text (buffer, serve_text (text));
    }
  serve_buffer_add_char (buffer, ']');
}

static const ServeLock all_locks[] = { SERVE_LOCK_NO_NEW_PRIVILEGES, SERVE_LOCK_LANDLOCK,
                                       SERVE_LOCK_LANDLOCK_NETWORK, SERVE_LOCK_SECCOMP };

static void
add_locks (ServeBuffer *buffer, unsigned locks)
{
  const char *separator = "";

  serve_buffer_add_string (buffer, ",\"protections\":[");
  for (size_t i = 0; i < sizeof all_locks / sizeof all_locks[0]; i++)
    {
      if ((locks & (unsigned) all_locks[i]) == 0)
        continue;
      serve_buffer_add_string (buffer, separator);
      serve_json_add_text (buffer, serve_text (serve_lock_name (all_locks[i])));
      separator = ",";
    }
  serve_buffer_add_char (buffer, ']');
}

static void
add_holder (ServeBuffer *buffer, const ServeHolder *holder)
{
  if (holder->name[0] != '\0')
    serve_json_add_string (buffer, "holder", serve_text (holder->name));
  if (holder->pid != 0)
    serve_json_add_number (buffer, "pid", (uint64_t) holder->pid);
}

void
serve_event_add_listening (ServeBuffer *buffer, const ServeListeningEvent *event)
{
  begin (buffer, "listening");
  serve_buffer_add_string (buffer, ",\"urls\":[");
  add_urls (buffer, event, &(UrlFrame) { "\"", "\"", "," });
  serve_buffer_add_char (buffer, ']');
  add_addresses (buffer, event);
  serve_json_add_number (buffer, "port", event->port);
  serve_json_add_string (buffer, "folder", serve_text (event->folder));
  add_locks (buffer, event->locks);
  if (event->taken_port != 0)
    {
      serve_buffer_add_string (buffer, ",\"taken\":{\"port\":");
      serve_buffer_add_number (buffer, event->taken_port);
      add_holder (buffer, &event->holder);
      serve_buffer_add_char (buffer, '}');
    }
  if (event->without_ipv6)
    serve_buffer_add_string (buffer, ",\"without_ipv6\":true");
  end (buffer, 0);
}

static const char *const reasons[] = {
  [SERVE_STOPPED_SIGNAL] = "signal",
  [SERVE_STOPPED_PARENT_GONE] = "parent-gone",
  [SERVE_STOPPED_PORT_BUSY] = "port-busy",
  [SERVE_STOPPED_ADDRESS_UNUSABLE] = "address-unusable",
  [SERVE_STOPPED_FOLDER_UNUSABLE] = "folder-unusable",
  [SERVE_STOPPED_FAILED] = "failed",
};

void
serve_event_add_stopped (ServeBuffer *buffer, const ServeStoppedEvent *event, uint64_t dropped)
{
  begin (buffer, "stopped");
  serve_json_add_string (buffer, "reason", serve_text (reasons[event->reason]));
  if (event->message != NULL)
    serve_json_add_string (buffer, "message", serve_text (event->message));
  if (event->port != 0)
    serve_json_add_number (buffer, "port", event->port);
  add_holder (buffer, &event->holder);
  if (event->address != NULL)
    serve_json_add_string (buffer, "address", serve_text (event->address));
  end (buffer, dropped);
}

void
serve_event_add_name (ServeBuffer *buffer, const char *name, uint64_t dropped)
{
  begin (buffer, name);
  end (buffer, dropped);
}

/* ---- For a person at a terminal ---- */

/* A terminal obeys none of it: controls, and marks that turn the direction of writing. */
static bool
is_obeyed (uint32_t character)
{
  return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
         (character >= 0x200e && character <= 0x200f) ||
         (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069) || character == 0xfffd;
}

static void
add_visible (ServeBuffer *buffer, ServeText text)
{
  while (text.length > 0)
    {
      size_t length;
      bool is_hidden = is_obeyed (serve_utf8_next (text, &length));

      serve_buffer_add (buffer, is_hidden ? "?" : text.bytes, is_hidden ? 1 : length);
      text.bytes += length;
      text.length -= length;
    }
}

static void
add_two_digits (ServeBuffer *buffer, int number)
{
  serve_buffer_add_char (buffer, (char) ('0' + number / 10 % 10));
  serve_buffer_add_char (buffer, (char) ('0' + number % 10));
}

static void
add_time_of_day (ServeBuffer *buffer, double when)
{
  time_t seconds = (time_t) when;
  struct tm parts = { 0 };

  localtime_r (&seconds, &parts);
  add_two_digits (buffer, parts.tm_hour);
  serve_buffer_add_char (buffer, ':');
  add_two_digits (buffer, parts.tm_min);
  serve_buffer_add_char (buffer, ':');
  add_two_digits (buffer, parts.tm_sec);
}

static void
add_size (ServeBuffer *buffer, uint64_t bytes)
{
  static const char *const units[] = { " B", " kB", " MB", " GB", " TB", " PB", " EB" };
  size_t unit = 0;
  uint64_t tenths = bytes >= 1000 ? bytes / 100 : bytes * 10;

  if (bytes >= 1000)
    unit++;
  while (tenths >= 10000)
    {
      tenths /= 1000;
      unit++;
    }
  serve_buffer_add_number (buffer, tenths / 10);
  if (unit > 0 && tenths < 1000)
    {
      serve_buffer_add_char (buffer, '.');
      serve_buffer_add_char (buffer, (char) ('0' + tenths % 10));
    }
  serve_buffer_add_string (buffer, units[unit]);
}

static void
add_milliseconds (ServeBuffer *buffer, double ms)
{
  uint64_t tenths = ms > 0 ? (uint64_t) (ms * 10 + 0.5) : 0;

  serve_buffer_add_number (buffer, tenths / 10);
  serve_buffer_add_char (buffer, '.');
  serve_buffer_add_char (buffer, (char) ('0' + tenths % 10));
  serve_buffer_add_string (buffer, " ms");
}

/* A hint with a space in it is a reason, one without is a name. */
static void
add_hint_words (ServeBuffer *buffer, ServeText hint)
{
  bool is_reason = memchr (hint.bytes, ' ', hint.length) != NULL;

  serve_buffer_add_string (buffer, "  ");
  serve_buffer_add_char (buffer, '(');
  serve_buffer_add_string (buffer, is_reason ? "" : "did you mean ");
  add_visible (buffer, hint);
  serve_buffer_add_string (buffer, is_reason ? ")" : "?)");
}

void
serve_event_add_request_words (ServeBuffer *buffer,
                               const ServeRequestEvent *event,
                               uint64_t dropped)
{
  if (dropped > 0)
    {
      serve_buffer_add_number (buffer, dropped);
      serve_buffer_add_string (buffer, " requests are not shown here: they came too fast.\n");
    }
  add_time_of_day (buffer, event->time);
  serve_buffer_add_string (buffer, "  ");
  serve_buffer_add_number (buffer, (uint64_t) event->status);
  serve_buffer_add_string (buffer, "  ");
  add_visible (buffer, event->method);
  serve_buffer_add_char (buffer, ' ');
  add_visible (buffer, shown_path (event->target));
  serve_buffer_add_string (buffer, "  ");
  add_size (buffer, event->bytes);
  serve_buffer_add_string (buffer, "  ");
  add_milliseconds (buffer, event->ms);
  if (event->aborted)
    serve_buffer_add_string (buffer, "  (the browser went away)");
  if (event->hint.bytes != NULL)
    add_hint_words (buffer, event->hint);
  serve_buffer_add_char (buffer, '\n');
}

static void
add_holder_words (ServeBuffer *buffer, const ServeHolder *holder)
{
  serve_buffer_add_string (buffer, holder->name[0] != '\0' ? holder->name : "another program");
  if (holder->pid == 0)
    return;
  serve_buffer_add_char (buffer, ' ');
  serve_buffer_add_char (buffer, '(');
  serve_buffer_add_number (buffer, (uint64_t) holder->pid);
  serve_buffer_add_char (buffer, ')');
}

static void
add_taken_words (ServeBuffer *buffer, const ServeListeningEvent *event)
{
  serve_buffer_add_string (buffer, "Port ");
  serve_buffer_add_number (buffer, event->taken_port);
  serve_buffer_add_string (buffer, " is used by ");
  add_holder_words (buffer, &event->holder);
  serve_buffer_add_string (buffer, ", so this is ");
  serve_buffer_add_number (buffer, event->port);
  serve_buffer_add_string (buffer, ".\n");
}

static void
add_locks_words (ServeBuffer *buffer, unsigned locks)
{
  const char *separator = "Protections: ";

  for (size_t i = 0; i < sizeof all_locks / sizeof all_locks[0]; i++)
    {
      if ((locks & (unsigned) all_locks[i]) == 0)
        continue;
      serve_buffer_add_string (buffer, separator);
      serve_buffer_add_string (buffer, serve_lock_name (all_locks[i]));
      separator = ", ";
    }
  serve_buffer_add_string (buffer, locks == 0 ? "Protections: none on this system.\n" : ".\n");
}

void
serve_event_add_listening_words (ServeBuffer *buffer, const ServeListeningEvent *event)
{
  add_urls (buffer, event, &(UrlFrame) { "", "\n", "" });
  serve_buffer_add_string (buffer, "Serving ");
  add_visible (buffer, serve_text (event->folder));
  serve_buffer_add_string (buffer, ". Ctrl+C ends it.\n");
  if (event->taken_port != 0)
    add_taken_words (buffer, event);
  if (event->without_ipv6)
    serve_buffer_add_string (buffer,
                             "There is no IPv6 here (no ::1), so it listens on 127.0.0.1 alone.\n");
  add_locks_words (buffer, event->locks);
}

void
serve_event_add_stopped_words (ServeBuffer *buffer, const ServeStoppedEvent *event)
{
  if (event->message == NULL)
    return;
  serve_buffer_add_string (buffer, "hearth-serve: ");
  serve_buffer_add_string (buffer, event->message);
  serve_buffer_add_char (buffer, '\n');
}
