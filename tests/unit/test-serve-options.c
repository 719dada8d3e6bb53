/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "serve-options.h"

static ServeOptionsResult
parse (ServeOptions *options, char message[SERVE_MESSAGE_SIZE], const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, "|", -1);
  /* The options borrow from the arguments. */
  static char *kept[64];
  int n = 0;

  kept[n++] = (char *) "hearth-serve";
  for (gsize i = 0; words[i] != NULL; i++)
    kept[n++] = (char *) g_intern_string (words[i]);
  return serve_options_parse (options, words[0] == NULL ? 1 : n, kept, message);
}

static void
test_defaults (void)
{
  ServeOptions options;
  char message[SERVE_MESSAGE_SIZE];
  char text[SERVE_ADDRESS_TEXT_SIZE];

  g_assert_cmpint (parse (&options, message, ""), ==, SERVE_OPTIONS_RUN);
  g_assert_cmpstr (options.folder, ==, ".");
  g_assert_cmpuint (options.port, ==, SERVE_DEFAULT_PORT);
  g_assert_true (options.port_is_default);
  g_assert_true (options.addresses_are_default);
  g_assert_cmpuint (options.n_addresses, ==, 2);
  serve_address_print (&options.addresses[0], text);
  g_assert_cmpstr (text, ==, "127.0.0.1");
  serve_address_print (&options.addresses[1], text);
  g_assert_cmpstr (text, ==, "::1");
  g_assert_false (options.spa || options.cors || options.isolate || options.hidden ||
                  options.live || options.no_listing || options.visible || options.json ||
                  options.parent_pipe || options.quiet);
}

static void
test_all (void)
{
  ServeOptions options;
  char message[SERVE_MESSAGE_SIZE];
  char text[SERVE_ADDRESS_TEXT_SIZE];

  g_assert_cmpint (parse (&options, message,
                          "--port|9000|--address=127.0.0.2|--address|fd00::2|--address|127.0.0.2|"
                          "--name|shop.test|--name=a-b|--spa|--cors|--isolate|--hidden|--live|"
                          "--no-listing|--visible|--json|--parent-pipe|--quiet|--|--site"),
                   ==, SERVE_OPTIONS_RUN);
  g_assert_cmpstr (options.folder, ==, "--site");
  g_assert_cmpuint (options.port, ==, 9000);
  g_assert_false (options.port_is_default);
  g_assert_false (options.addresses_are_default);
  g_assert_cmpuint (options.n_addresses, ==, 2);
  serve_address_print (&options.addresses[1], text);
  g_assert_cmpstr (text, ==, "fd00::2");
  g_assert_cmpuint (options.n_names, ==, 2);
  g_assert_cmpstr (options.names[1], ==, "a-b");
  g_assert_true (options.spa && options.cors && options.isolate && options.hidden && options.live &&
                 options.no_listing && options.visible && options.json && options.parent_pipe &&
                 options.quiet);
}

static void
test_other_answers (void)
{
  ServeOptions options;
  char message[SERVE_MESSAGE_SIZE];

  g_assert_cmpint (parse (&options, message, "--help"), ==, SERVE_OPTIONS_HELP);
  g_assert_cmpint (parse (&options, message, "site|-h"), ==, SERVE_OPTIONS_HELP);
  g_assert_cmpint (parse (&options, message, "--version"), ==, SERVE_OPTIONS_VERSION);
  g_assert_cmpint (parse (&options, message, "--|--help"), ==, SERVE_OPTIONS_RUN);
  g_assert_cmpint (parse (&options, message, "-"), ==, SERVE_OPTIONS_RUN);
  g_assert_cmpint (parse (&options, message, "--port|0"), ==, SERVE_OPTIONS_RUN);
  g_assert_cmpuint (options.port, ==, 0);
}

static void
test_wrong (void)
{
  static const struct {
    const char *line;
    const char *says;
  } table[] = {
    { "--port|65536", "\"65536\" is not a port" },
    { "--port|-1", "\"-1\" is not a port" },
    { "--port|+80", "is not a port" },
    { "--port| 80", "is not a port" },
    { "--port|80x", "is not a port" },
    { "--port=", "is not a port" },
    { "--port|99999999999999999999", "is not a port" },
    { "--port", "--port wants a value" },
    { "--address|localhost", "is not an address" },
    { "--address|127.1", "is not an address" },
    { "--address|0.0.0.0", "every address of this computer" },
    { "--address|::", "every address of this computer" },
    { "--name|http://x", "is not a host name" },
    { "--name|x:80", "is not a host name" },
    { "--name=", "is not a host name" },
    { "--name|.x", "is not a host name" },
    { "--spa=yes", "--spa is a switch" },
    { "--lvie", "no option \"--lvie\"" },
    { "-p|80", "no option \"-p\"" },
    { "--portx|80", "no option" },
    { "a|b", "One folder at a time" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ServeOptions options;
      char message[SERVE_MESSAGE_SIZE];

      g_test_message ("%s", table[i].line);
      g_assert_cmpint (parse (&options, message, table[i].line), ==, SERVE_OPTIONS_WRONG);
      g_assert_nonnull (strstr (message, table[i].says));
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString) line = g_string_new ("x");
  ServeOptions options;
  char message[SERVE_MESSAGE_SIZE];

  for (int i = 1; i <= SERVE_ADDRESSES_MAX; i++)
    g_string_append_printf (line, "|--address|127.0.0.%d", i);
  g_assert_cmpint (parse (&options, message, line->str), ==, SERVE_OPTIONS_RUN);
  g_string_append (line, "|--address|127.0.1.1");
  g_assert_cmpint (parse (&options, message, line->str), ==, SERVE_OPTIONS_WRONG);
  g_assert_nonnull (strstr (message, "More than 16 addresses"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve-options/defaults", test_defaults);
  g_test_add_func ("/serve-options/all", test_all);
  g_test_add_func ("/serve-options/other-answers", test_other_answers);
  g_test_add_func ("/serve-options/wrong", test_wrong);
  g_test_add_func ("/serve-options/too-many", test_too_many);
  return g_test_run ();
}
