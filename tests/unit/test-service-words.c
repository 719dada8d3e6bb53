/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-service-words.h"

#define TCP HEARTH_TRANSPORT_TCP
#define UDP HEARTH_TRANSPORT_UDP

static const struct {
  HearthTransport transport;
  const char *address;
  guint16 port;
  const char *name;
  gboolean may_speak_http;
  const char *endpoint;
  const char *url;
} rows[] = {
  { TCP, "127.0.0.1", 8000, NULL, TRUE, "127.0.0.1:8000", "http://localhost:8000/" },
  { TCP, "127.0.0.2", 48000, NULL, TRUE, "127.0.0.2:48000", "http://127.0.0.2:48000/" },
  { TCP, "0.0.0.0", 48000, NULL, TRUE, "0.0.0.0:48000", "http://localhost:48000/" },
  { TCP, "::", 48000, NULL, TRUE, "[::]:48000", "http://localhost:48000/" },
  { TCP, "::1", 48000, NULL, TRUE, "[::1]:48000", "http://localhost:48000/" },
  { TCP, "::ffff:0.0.0.0", 48000, NULL, TRUE, "[::ffff:0.0.0.0]:48000", "http://localhost:48000/" },
  { TCP, "fd00::1", 48000, NULL, TRUE, "[fd00::1]:48000", "http://[fd00::1]:48000/" },
  { TCP, "10.0.0.1", 443, "Web (HTTPS)", TRUE, "10.0.0.1:443", "https://10.0.0.1:443/" },
  { TCP, "127.0.0.1", 8443, NULL, TRUE, "127.0.0.1:8443", "https://localhost:8443/" },
  { TCP, "127.0.0.1", 3000, "Development server", TRUE, "127.0.0.1:3000",
    "http://localhost:3000/" },
  { TCP, "127.0.0.1", 631, "Printing (CUPS)", TRUE, "127.0.0.1:631", "http://localhost:631/" },
  { TCP, "127.0.0.1", 5432, "PostgreSQL", FALSE, "127.0.0.1:5432", NULL },
  { TCP, "127.0.0.53", 53, "Names (systemd-resolved)", FALSE, "127.0.0.53:53", NULL },
  { TCP, "127.0.0.1", 47001, "known", FALSE, "127.0.0.1:47001", NULL },
  { UDP, "127.0.0.1", 47001, NULL, FALSE, "127.0.0.1:47001", NULL },
  { UDP, "127.0.0.1", 631, "Printing (CUPS)", FALSE, "127.0.0.1:631", NULL },
  { UDP, "127.0.0.1", 48000, NULL, FALSE, "127.0.0.1:48000", NULL },
};

static void
test_words (void)
{
  static const char file[] = "known 47001/tcp\nnot-this-one 5432/tcp\n";
  g_autoptr (HearthPortNames) names = hearth_port_names_parse (file, sizeof file - 1);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthListener listener = { .transport = rows[i].transport, .port = rows[i].port };
      g_autofree char *endpoint = NULL;
      g_autofree char *url = NULL;

      g_assert_true (hearth_address_parse_canonical (rows[i].address, &listener.address, NULL));
      endpoint = hearth_service_dup_endpoint (&listener);
      url = hearth_service_dup_url (&listener);
      g_test_message ("%s", endpoint);
      g_assert_cmpstr (endpoint, ==, rows[i].endpoint);
      if (rows[i].url != NULL)
        g_assert_cmpstr (url, ==, rows[i].url);
      if (rows[i].name != NULL || rows[i].port >= 47000)
        g_assert_cmpstr (hearth_service_get_name (&listener, names), ==, rows[i].name);
      g_assert_cmpint (hearth_service_may_speak_http (&listener, names), ==,
                       rows[i].may_speak_http);
    }
}

static void
test_note (void)
{
  HearthListener listener = { .transport = TCP, .port = 5432 };

  g_assert_true (hearth_address_parse_canonical ("127.0.0.1", &listener.address, NULL));
  g_assert_true (g_str_has_suffix (hearth_service_get_note (&listener), "."));
  listener.port = 48000;
  g_assert_null (hearth_service_get_note (&listener));
}

static void
test_link_local (void)
{
  static const struct {
    const char *address;
    const char *url;
  } cases[] = {
    { "fe80::5", NULL },
    { "169.254.1.1", "http://169.254.1.1:8000/" },
  };
  g_autoptr (HearthPortNames) names = hearth_port_names_parse ("", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HearthListener listener = { .transport = TCP, .port = 8000, .link_index = 2 };
      g_autofree char *url = NULL;

      g_assert_true (hearth_address_parse_canonical (cases[i].address, &listener.address, NULL));
      url = hearth_service_dup_url (&listener);
      g_assert_cmpstr (url, ==, cases[i].url);
      g_assert_cmpint (hearth_service_may_speak_http (&listener, names), ==, url != NULL);
    }
}

/* localhost leads to what is bound to one link as little as its other addresses do. */
static void
test_one_link (void)
{
  static const char *const addresses[] = { "0.0.0.0", "::", "::ffff:0.0.0.0" };
  g_autoptr (HearthPortNames) names = hearth_port_names_parse ("", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      HearthListener listener = { .transport = TCP, .port = 8000, .link_index = 2 };

      g_assert_true (hearth_address_parse_canonical (addresses[i], &listener.address, NULL));
      g_assert_null (hearth_service_dup_url (&listener));
      g_assert_false (hearth_service_may_speak_http (&listener, names));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service-words/words", test_words);
  g_test_add_func ("/service-words/note", test_note);
  g_test_add_func ("/service-words/link-local", test_link_local);
  g_test_add_func ("/service-words/one-link", test_one_link);

  return g_test_run ();
}
