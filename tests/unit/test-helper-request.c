/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-error.h"
#include "hearth-helper-request.h"

static const char *const no_addresses[] = { NULL };

static HearthHelperRequest *
add (const char *interface,
     const char *address,
     const char *lifetime,
     GVariant *options,
     GError **error)
{
  const char *addresses[] = { address, NULL };
  g_autoptr (GVariant) sunk = options != NULL ? g_variant_ref_sink (options) : NULL;

  return hearth_helper_request_new_add (interface, addresses, lifetime, sunk, error);
}

static void
assert_refused (HearthHelperRequest *request, GError **error, const char *what)
{
  if (request != NULL)
    g_error ("“%s” was taken", what);
  g_assert_error (*error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_assert_null (strchr ((*error)->message, '\n'));
  g_clear_error (error);
}

static void
test_addresses_that_are_refused (void)
{
  static const char *const wrong[] = {
    "",
    "0.0.0.0",
    "127.0.0.1",
    "127.0.0.0",
    "127.255.255.255",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "127.0.0.2/0",
    "127.0.0.2/31",
    "127.0.0.2/8",
    "127.0.0.2/33",
    "127.0.0.2/032",
    "127.1",
    "0177.0.0.1",
    "127.0.0.2 ",
    " 127.0.0.2",
    "127.0.0.2\n",
    "::",
    "::1",
    "::ffff:127.0.0.5",
    "fe80::1",
    "fe80::1%lo",
    "fd00::1%lo",
    "ff02::1",
    "fd00::1/64",
    "FD00::1",
    "fd00:0::1",
    "fd00::01",
    "localhost",
    "127.0.0.2/255.255.255.255",
    "127.0.0.2\x1b[31m",
    "127.0.0.2/",
    "127.0.0.1/8",
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *addresses[] = { wrong[i], NULL };

      assert_refused (add ("lo", wrong[i], "restart", NULL, &error), &error, wrong[i]);
      assert_refused (hearth_helper_request_new_keep ("lo", addresses, TRUE, &error), &error,
                      wrong[i]);
      assert_refused (hearth_helper_request_new_keep ("lo", addresses, FALSE, &error), &error,
                      wrong[i]);
    }
}

static void
test_addresses_that_are_good (void)
{
  static const char *const right[] = { "127.0.0.2",  "127.0.0.2/32",    "127.255.255.254",
                                       "10.0.0.1",   "169.254.169.254", "192.0.2.1",
                                       "8.8.8.8",    "fd00::2",         "fd00::2/128",
                                       "2001:db8::1" };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthHelperRequest) request = add ("lo", right[i], "always", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (request->n_prefixes, ==, 1);
      g_assert_cmpuint (request->prefixes[0].length, ==,
                        hearth_address_get_bits (&request->prefixes[0].address));
      g_assert_cmpint (request->lifetime, ==, HEARTH_HELPER_ALWAYS);
      g_assert_cmpstr (request->label, ==, "");
    }
}

static void
test_remove_takes_any_prefix_but_base_addresses (void)
{
  static const char *const right[] = { "127.0.0.2/8", "0.0.0.0/0",  "224.0.0.1/4",
                                       "fd00::1/64",  "fe80::1/64", "255.255.255.255" };
  static const char *const wrong[] = { "127.0.0.1", "127.0.0.1/32", "127.0.0.1/8",  "::1",
                                       "::1/64",    "fe80::1%lo",   "127.0.0.2/33", "127.0.0.02" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      const char *addresses[] = { right[i], NULL };
      g_autoptr (HearthHelperRequest) request =
          hearth_helper_request_new_remove ("lo", addresses, &error);

      g_assert_no_error (error);
      g_assert_cmpint (request->verb, ==, HEARTH_HELPER_REMOVE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *addresses[] = { wrong[i], NULL };

      assert_refused (hearth_helper_request_new_remove ("lo", addresses, &error), &error, wrong[i]);
    }
}

static void
test_labels (void)
{
  static const char *const wrong[] = { "",       "lo",     "lo:",   "lo:1234567890123",
                                       "lo:a b", "lo:\"",  "lo:\\", "lo:\n",
                                       "lo:%n",  "eth0:a", "lo:ä",  "web" };
  g_autoptr (HearthHelperRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (add ("lo", "127.0.0.2", "restart",
                         g_variant_new_parsed ("{'label': <%s>}", wrong[i]), &error),
                    &error, wrong[i]);
  assert_refused (
      add ("lo", "fd00::2", "restart", g_variant_new_parsed ("{'label': <'lo:web'>}"), &error),
      &error, "a label of IPv6");
  assert_refused (
      add ("lo", "127.0.0.2", "restart", g_variant_new_parsed ("{'label': <1>}"), &error), &error,
      "a number for a label");
  assert_refused (
      add ("lo", "127.0.0.2", "restart", g_variant_new_parsed ("{'lable': <'lo:web'>}"), &error),
      &error, "another option");

  request =
      add ("lo", "127.0.0.2", "restart", g_variant_new_parsed ("{'label': <'lo:aB9_.-'>}"), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (request->label, ==, "lo:aB9_.-");
}

static void
test_interfaces_and_lifetimes (void)
{
  static const char *const interfaces[] = { "", ".", "..", "a/b", "lo\n", "lo ", "1234567890123456",
                                            "ä" };
  static const char *const lifetimes[] = { "", "Session", "forever", "restart " };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (interfaces); i++)
    assert_refused (add (interfaces[i], "127.0.0.2", "restart", NULL, &error), &error,
                    interfaces[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (lifetimes); i++)
    assert_refused (add ("lo", "127.0.0.2", lifetimes[i], NULL, &error), &error, lifetimes[i]);
}

static GStrv
make_addresses (guint n)
{
  GStrv addresses = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    addresses[i] = g_strdup_printf ("127.1.%u.%u", i / 250, i % 250 + 1);
  return addresses;
}

static void
test_counts (void)
{
  g_auto (GStrv) most = make_addresses (HEARTH_HELPER_MAX_ADDRESSES);
  g_auto (GStrv) more = make_addresses (HEARTH_HELPER_MAX_ADDRESSES + 1);
  const char *twice[] = { "127.0.0.2", "127.0.0.3", "127.0.0.2/32", NULL };
  g_autoptr (HearthHelperRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (hearth_helper_request_new_remove ("lo", no_addresses, &error), &error, "none");
  assert_refused (hearth_helper_request_new_remove ("lo", twice, &error), &error, "one twice");

  g_assert_null (hearth_helper_request_new_remove ("lo", (const char *const *) more, &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED);
  g_clear_error (&error);

  request = hearth_helper_request_new_remove ("lo", (const char *const *) most, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (request->n_prefixes, ==, HEARTH_HELPER_MAX_ADDRESSES);
}

static void
test_arguments_are_copied (void)
{
  char address[] = "127.0.0.2", interface[] = "lo";
  const char *addresses[] = { address, NULL };
  g_autoptr (HearthHelperRequest) request =
      hearth_helper_request_new_remove (interface, addresses, NULL);
  char text[HEARTH_PREFIX_TEXT_SIZE];

  memset (address, 'x', sizeof address - 1);
  memset (interface, 'x', sizeof interface - 1);
  g_assert_cmpstr (request->interface, ==, "lo");
  g_assert_cmpstr (hearth_prefix_print (&request->prefixes[0], text), ==, "127.0.0.2/32");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/helper-request/refused", test_addresses_that_are_refused);
  g_test_add_func ("/helper-request/good", test_addresses_that_are_good);
  g_test_add_func ("/helper-request/remove", test_remove_takes_any_prefix_but_base_addresses);
  g_test_add_func ("/helper-request/labels", test_labels);
  g_test_add_func ("/helper-request/interfaces", test_interfaces_and_lifetimes);
  g_test_add_func ("/helper-request/counts", test_counts);
  g_test_add_func ("/helper-request/copied", test_arguments_are_copied);
  return g_test_run ();
}
