/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "serve-site.h"

#include <uv.h>

#define SECOND_NS 1000000000

static const char always[] = "Server: hearth-serve\r\n"
                             "X-Content-Type-Options: nosniff\r\n"
                             "Referrer-Policy: no-referrer\r\n"
                             "Cache-Control: no-cache\r\n";
static const char not_shared[] = "Cross-Origin-Resource-Policy: same-origin\r\n";
static const char shared[] = "Access-Control-Allow-Origin: *\r\n"
                             "Access-Control-Expose-Headers: *\r\n";
static const char isolated[] = "Cross-Origin-Opener-Policy: same-origin\r\n"
                               "Cross-Origin-Embedder-Policy: require-corp\r\n";

static void
make_common (ServeSite *site)
{
  ServeBuffer buffer = { site->common, sizeof site->common, 0, false };
  char date[SERVE_DATE_LENGTH];

  serve_buffer_add_string (&buffer, always);
  serve_buffer_add_string (&buffer, site->options->cors ? shared : not_shared);
  if (site->options->isolate)
    serve_buffer_add_string (&buffer, isolated);
  serve_buffer_add_string (&buffer, "Date: ");
  serve_date_print (site->seconds, date);
  serve_buffer_add (&buffer, date, sizeof date);
  serve_buffer_add_string (&buffer, "\r\n");
  site->common_length = buffer.length;
}

void
serve_site_tick (ServeSite *site, uint64_t now_ns)
{
  uv_timespec64_t now = { 0 };

  if (now_ns < site->next_ns)
    return;
  uv_clock_gettime (UV_CLOCK_REALTIME, &now);
  site->seconds = now.tv_sec;
  site->wall_ns = now.tv_sec * SECOND_NS + now.tv_nsec - (int64_t) now_ns;
  site->next_ns = now_ns + (uint64_t) (SECOND_NS - now.tv_nsec);
  serve_date_print (site->seconds, site->common + site->common_length - 2 - SERVE_DATE_LENGTH);
}

double
serve_site_time (const ServeSite *site, uint64_t now_ns)
{
  return (double) ((int64_t) now_ns + site->wall_ns) / SECOND_NS;
}

void
serve_site_init (ServeSite *site,
                 const ServeOptions *options,
                 ServeFolder *folder,
                 const ServeHosts *hosts)
{
  site->options = options;
  site->folder = folder;
  site->hosts = *hosts;
  make_common (site);
  serve_site_tick (site, uv_hrtime ());
}
