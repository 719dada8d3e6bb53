/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-header.h"

const char serve_methods[] = "GET, HEAD, OPTIONS";

void
serve_header_begin (ServeBuffer *buffer, const ServeSite *site, int status)
{
  serve_buffer_add_string (buffer, "HTTP/1.1 ");
  serve_buffer_add_number (buffer, (uint64_t) status);
  serve_buffer_add_char (buffer, ' ');
  serve_buffer_add_string (buffer, serve_status_phrase (status));
  serve_buffer_add_string (buffer, "\r\n");
  serve_buffer_add (buffer, site->common, site->common_length);
}

void
serve_header_add (ServeBuffer *buffer, const char *name, ServeText value)
{
  serve_buffer_add_string (buffer, name);
  serve_buffer_add_string (buffer, ": ");
  serve_buffer_add_text (buffer, value);
  serve_buffer_add_string (buffer, "\r\n");
}

void
serve_header_add_number (ServeBuffer *buffer, const char *name, uint64_t value)
{
  serve_buffer_add_string (buffer, name);
  serve_buffer_add_string (buffer, ": ");
  serve_buffer_add_number (buffer, value);
  serve_buffer_add_string (buffer, "\r\n");
}

void
serve_header_end (ServeBuffer *buffer, ServeAnswer *answer, const ServeRequest *request)
{
  if (answer->close)
    serve_buffer_add_string (buffer, "Connection: close\r\n");
  else if (request != NULL && request->http_1_0)
    serve_buffer_add_string (buffer, "Connection: keep-alive\r\n");
  serve_buffer_add_string (buffer, "\r\n");
  answer->head_length = buffer->length;
}

void
serve_header_page (ServeBuffer *buffer,
                   ServeSite *site,
                   ServeAnswer *answer,
                   const ServeRequest *request,
                   ServeWhy why,
                   ServeText detail)
{
  ServeBuffer page = { site->page, sizeof site->page, 0, false };
  int status = answer->status;

  serve_page_add (&page, status, why, detail);
  serve_header_begin (buffer, site, status);
  if (status == 405 || status == 501)
    serve_header_add (buffer, "Allow", serve_text (serve_methods));
  if (status == 503)
    serve_header_add_number (buffer, "Retry-After", 2);
  serve_header_add (buffer, "Content-Type", SERVE_TEXT ("text/html; charset=utf-8"));
  serve_header_add (buffer, "Content-Security-Policy", SERVE_TEXT (SERVE_PAGE_POLICY));
  serve_header_add_number (buffer, "Content-Length", page.length);
  serve_header_end (buffer, answer, request);
  if (request == NULL || request->method != SERVE_METHOD_HEAD)
    serve_buffer_add (buffer, page.bytes, page.length);
}
