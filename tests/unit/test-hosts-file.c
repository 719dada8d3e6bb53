/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "hearth-hosts-file.h"

/* A row is what a file says: "line address name name; …". */
static const struct {
  const char *text;
  const char *expected;
} rows[] = {
  { "", "" },
  { "\n\n", "" },
  { "127.0.0.1 localhost\n", "1 127.0.0.1 localhost;" },
  { "127.0.0.1 localhost", "1 127.0.0.1 localhost;" },
  { "127.0.0.1\tlocalhost\r\n::1 localhost\r\n", "1 127.0.0.1 localhost;2 ::1 localhost;" },
  { "# all of it\n\n127.0.0.1 localhost # not this\n", "3 127.0.0.1 localhost;" },
  { "127.0.0.1 localhost#nor this\n", "1 127.0.0.1 localhost;" },
  { "  ::1 \t ip6-localhost  ip6-loopback\t\n", "1 ::1 ip6-localhost ip6-loopback;" },
  { "#127.0.0.1 localhost\n::1 localhost\n", "2 ::1 localhost;" },
  { "127.0.0.1 A B A\n", "1 127.0.0.1 A B A;" },
  { "fe80::1%lo0 localhost\n", "1 fe80::1%lo0 localhost;" },
  { "0:0:0:0:0:0:0:1 localhost\n", "1 ::1 localhost;" },
  /* what the C library passes over too */
  { "127.0.0.1\n", "" },
  { "127.0.0.1 # localhost\n", "" },
  { "localhost\n", "" },
  { "localhost 127.0.0.1\n", "" },
  { "127.1 localhost\n", "" },
  { "127.0.0.01 localhost\n", "" },
  { "127.0.0.256 localhost\n", "" },
  { "[::1] localhost\n", "" },
  { "127.0.0.1/8 localhost\n", "" },
  { "127.0.0.1,localhost\n", "" },
  { "127.0.0.1 \xff\xfe\n", "" },
  { "127.0.0.1 \xff ok\n", "1 127.0.0.1 ok;" },
  { "127.0.0.1 b\xc3\xbc"
    "cher\n",
    "1 127.0.0.1 b\xc3\xbc"
    "cher;" },
};

static char *
describe (const HearthHostsFile *file)
{
  guint n;
  const HearthHostsEntry *entries = hearth_hosts_file_get_entries (file, &n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *address = hearth_address_to_string (&entries[i].address);
      g_autofree char *names = g_strjoinv (" ", (char **) entries[i].names);

      g_string_append_printf (text, "%u %s %s;", entries[i].line, address, names);
    }
  return g_string_free (text, FALSE);
}

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthHostsFile) file =
          hearth_hosts_file_parse (rows[i].text, strlen (rows[i].text));
      g_autofree char *found = describe (file);

      g_assert_cmpstr (found, ==, rows[i].expected);
    }
}

/* No more than @length bytes are read, and a byte 0 ends its line. */
static void
test_bytes (void)
{
  static const char text[] = "127.0.0.1 local\0host\n::1 localhost";
  g_autofree char *exact = g_memdup2 (text, sizeof text - 5);
  g_autoptr (HearthHostsFile) file = hearth_hosts_file_parse (exact, sizeof text - 5);
  g_autoptr (HearthHostsFile) empty = hearth_hosts_file_parse (NULL, 0);
  g_autofree char *found = describe (file), *nothing = describe (empty);

  g_assert_cmpstr (found, ==, "1 127.0.0.1 local;2 ::1 local;");
  g_assert_cmpstr (nothing, ==, "");
}

static void
assert_finds (const HearthHostsFile *file, const char *name, const char *expected)
{
  g_autoptr (GPtrArray) found = hearth_hosts_file_find (file, name);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (lines, "%u,", ((const HearthHostsEntry *) found->pdata[i])->line);
  g_assert_cmpstr (lines->str, ==, expected);
}

static void
test_find (void)
{
  static const char text[] = "127.0.0.1 localhost LOCALHOST\n# ::2 localhost\n"
                             "127.0.1.1 Shop.Test shop\n::1 ip6-localhost Localhost\n";
  g_autoptr (HearthHostsFile) file = hearth_hosts_file_parse (text, strlen (text));
  g_autoptr (HearthHostsFile) same = hearth_hosts_file_ref (file);

  g_assert_true (same == file);
  assert_finds (file, "localhost", "1,4,");
  assert_finds (file, "LocalHost", "1,4,");
  assert_finds (file, "shop.test", "3,");
  assert_finds (file, "shop", "3,");
  assert_finds (file, "ip6-localhost", "4,");
  assert_finds (file, "127.0.0.1", "");
  assert_finds (file, "local", "");
  assert_finds (file, "", "");
}

/* Whatever the computer has in it, it is read without a word. */
static void
test_read (void)
{
  g_autoptr (HearthHostsFile) file = hearth_hosts_file_read ();
  g_autofree char *text = NULL;
  g_autoptr (HearthHostsFile) expected = NULL;
  g_autofree char *found = describe (file), *wanted = NULL;
  gsize length = 0;

  g_file_get_contents (hearth_hosts_file_get_path (), &text, &length, NULL);
  expected = hearth_hosts_file_parse (text, length);
  wanted = describe (expected);
  g_assert_cmpstr (found, ==, wanted);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hosts-file/parse", test_parse);
  g_test_add_func ("/hosts-file/bytes", test_bytes);
  g_test_add_func ("/hosts-file/find", test_find);
  g_test_add_func ("/hosts-file/read", test_read);

  return g_test_run ();
}
