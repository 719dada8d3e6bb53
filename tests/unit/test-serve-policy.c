/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-policy.h"

static const struct {
  const char *site;
  const char *mode;
  const char *dest;
  gboolean repeated;
  gboolean allowed;
} sites[] = {
  /* nobody who says */
  { NULL, NULL, NULL, FALSE, TRUE },
  { NULL, "cors", "empty", FALSE, TRUE },
  { "same-origin", "cors", "empty", FALSE, TRUE },
  { "same-origin", "no-cors", "script", FALSE, TRUE },
  { "same-site", "no-cors", "image", FALSE, TRUE },
  { "none", "navigate", "document", FALSE, TRUE },
  { "none", NULL, NULL, FALSE, TRUE },
  /* another site */
  { "cross-site", "navigate", "document", FALSE, TRUE },
  { "cross-site", "navigate", "iframe", FALSE, FALSE },
  { "cross-site", "navigate", "frame", FALSE, FALSE },
  { "cross-site", "navigate", "object", FALSE, FALSE },
  { "cross-site", "navigate", "embed", FALSE, FALSE },
  { "cross-site", "navigate", NULL, FALSE, FALSE },
  { "cross-site", "nested-navigate", "document", FALSE, FALSE },
  { "cross-site", "no-cors", "image", FALSE, FALSE },
  { "cross-site", "no-cors", "script", FALSE, FALSE },
  { "cross-site", "no-cors", "document", FALSE, FALSE },
  { "cross-site", "cors", "empty", FALSE, FALSE },
  { "cross-site", "websocket", "websocket", FALSE, FALSE },
  { "cross-site", NULL, NULL, FALSE, FALSE },
  { "cross-site", "", "", FALSE, FALSE },
  { "cross-site", "Navigate", "document", FALSE, FALSE },
  /* what is unknown is another site */
  { "", "cors", "empty", FALSE, FALSE },
  { "Same-Origin", "cors", "empty", FALSE, FALSE },
  { "same-origin, none", "cors", "empty", FALSE, FALSE },
  { "same-origin;a", "cors", "empty", FALSE, FALSE },
  { "same-galaxy", "cors", "empty", FALSE, FALSE },
  { "same-galaxy", "navigate", "document", FALSE, TRUE },
  /* and what came twice */
  { "same-origin", "cors", "empty", TRUE, FALSE },
  { "none", "navigate", "document", TRUE, FALSE },
  { "cross-site", "navigate", "document", TRUE, FALSE },
};

static void
test_sites (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      ServeRequest request = {
        .sec_fetch_site = serve_text (sites[i].site),
        .sec_fetch_mode = serve_text (sites[i].mode),
        .sec_fetch_dest = serve_text (sites[i].dest),
        .repeated = sites[i].repeated,
        .repeated_site = sites[i].repeated,
      };

      g_test_message ("%s %s %s", sites[i].site, sites[i].mode, sites[i].dest);
      g_assert_cmpint (serve_policy_allows_site (&request), ==, sites[i].allowed);
    }
}

static const struct {
  const char *host;
  const char *site;
  const char *origin;
  gboolean same;
} origins[] = {
  { "localhost:8000", NULL, NULL, TRUE },
  { "localhost:8000", "same-origin", NULL, TRUE },
  { "localhost:8000", "none", NULL, TRUE },
  { "localhost:8000", "same-site", NULL, FALSE },
  { "localhost:8000", "cross-site", NULL, FALSE },
  { "localhost:8000", "", NULL, FALSE },
  { "localhost:8000", "Same-Origin", NULL, FALSE },
  { "localhost:8000", "same-origin", "http://localhost:8000", TRUE },
  { "localhost:8000", NULL, "http://localhost:8000", TRUE },
  { "LOCALHOST:8000", NULL, "http://localhost:8000", TRUE },
  { "localhost", NULL, "http://localhost", TRUE },
  { "localhost", NULL, "http://localhost:80", TRUE },
  { "[::1]:8000", NULL, "http://[::1]:8000", TRUE },
  { "localhost:8000", NULL, "http://localhost:8001", FALSE },
  { "localhost:8000", NULL, "http://localhost", FALSE },
  { "localhost:8000", NULL, "https://localhost:8000", FALSE },
  { "localhost:8000", NULL, "http://127.0.0.1:8000", FALSE },
  { "localhost:8000", NULL, "http://evil.example", FALSE },
  { "localhost:8000", NULL, "http://localhost:8000.evil.example", FALSE },
  { "localhost:8000", NULL, "http://localhost.evil.example:8000", FALSE },
  { "localhost:8000", NULL, "http://evil@localhost:8000", FALSE },
  { "localhost:8000", NULL, "http://localhost:8000/", FALSE },
  { "localhost:8000", NULL, "http://localhost:8000 http://evil.example", FALSE },
  { "localhost:8000", NULL, "http://", FALSE },
  { "localhost:8000", NULL, "http:", FALSE },
  { "localhost:8000", NULL, "localhost:8000", FALSE },
  { "localhost:8000", NULL, "null", FALSE },
  { "localhost:8000", NULL, "", FALSE },
  { "localhost:8000", "same-origin", "null", FALSE },
  { "localhost:8000", "same-origin", "http://evil.example", FALSE },
  { "localhost:8000", "cross-site", "http://localhost:8000", FALSE },
  { "a b", NULL, "http://a b", FALSE },
};

static void
test_origins (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
    {
      ServeRequest request = {
        .host = serve_text (origins[i].host),
        .sec_fetch_site = serve_text (origins[i].site),
        .origin = serve_text (origins[i].origin),
      };

      g_test_message ("%s %s %s", origins[i].host, origins[i].site, origins[i].origin);
      g_assert_cmpint (serve_policy_is_same_origin (&request), ==, origins[i].same);
      request.repeated = request.repeated_site = TRUE;
      g_assert_false (serve_policy_is_same_origin (&request));
    }
}

/* A second Accept-Encoding is no sign of another site. */
static void
test_repeated_elsewhere (void)
{
  ServeRequest request = { .host = serve_text ("localhost"),
                           .sec_fetch_site = serve_text ("same-origin"),
                           .repeated = TRUE };

  g_assert_true (serve_policy_allows_site (&request));
  g_assert_true (serve_policy_is_same_origin (&request));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serve-policy/sites", test_sites);
  g_test_add_func ("/serve-policy/origins", test_origins);
  g_test_add_func ("/serve-policy/repeated-elsewhere", test_repeated_elsewhere);

  return g_test_run ();
}
