/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <json-glib/json-glib.h>
#include <string.h>

#include "hearth-json-writer.h"

static void
test_structure (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_add_string (&writer, "name", "lo");
  hearth_json_writer_add_string (&writer, "label", NULL);
  hearth_json_writer_add_integer (&writer, "least", G_MININT64);
  hearth_json_writer_add_integer (&writer, "most", G_MAXINT64);
  hearth_json_writer_begin_array (&writer, "addresses");
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_add_boolean (&writer, "up", TRUE);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_begin_object (&writer, NULL);
  hearth_json_writer_end_object (&writer);
  hearth_json_writer_add_integer (&writer, NULL, 0);
  hearth_json_writer_add_string (&writer, NULL, "");
  hearth_json_writer_end_array (&writer);
  hearth_json_writer_begin_array (&writer, "none");
  hearth_json_writer_end_array (&writer);
  hearth_json_writer_add_boolean (&writer, "down", FALSE);
  hearth_json_writer_end_object (&writer);

  g_assert_cmpstr (text->str, ==,
                   "{\"name\":\"lo\",\"label\":null,\"least\":-9223372036854775808,"
                   "\"most\":9223372036854775807,\"addresses\":[{\"up\":true},{},0,\"\"],"
                   "\"none\":[],\"down\":false}");
}

static void
test_lines (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  for (int i = 0; i < 2; i++)
    {
      hearth_json_writer_begin_object (&writer, NULL);
      hearth_json_writer_add_integer (&writer, "line", i);
      hearth_json_writer_end_object (&writer);
      hearth_json_writer_end_line (&writer);
    }
  g_assert_cmpstr (text->str, ==, "{\"line\":0}\n{\"line\":1}\n");
}

/* The caller may flush the text at any time: the comma does not depend on what is there. */
static void
test_flush (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_array (&writer, NULL);
  hearth_json_writer_add_integer (&writer, NULL, 1);
  g_string_truncate (text, 0);
  hearth_json_writer_add_integer (&writer, NULL, 2);
  g_string_truncate (text, 0);
  hearth_json_writer_end_array (&writer);
  g_assert_cmpstr (text->str, ==, "]");
}

static char *
write_string (const char *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_array (&writer, NULL);
  hearth_json_writer_add_string (&writer, NULL, value);
  hearth_json_writer_end_array (&writer);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
test_escapes (void)
{
  static const struct {
    const char *value;
    const char *expected;
  } rows[] = {
    { "", "[\"\"]" },
    { "a\"b\\c/d", "[\"a\\\"b\\\\c/d\"]" },
    { "\n\r\t\b\f\x01\x1f", "[\"\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\"]" },
    { "\x7f\xc2\x80\xc2\x9f\xc2\xa0", "[\"\\u007f\\u0080\\u009f\xc2\xa0\"]" },
    { "\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9", "[\"\xe2\x80\xa7\\u2028\\u2029\"]" },
    { "\xf0\x9f\x94\xa5", "[\"\xf0\x9f\x94\xa5\"]" },
    { "a\xff\xfe", "[\"a\xef\xbf\xbd\xef\xbf\xbd\"]" },
    { "\xc0\x80", "[\"\xef\xbf\xbd\xef\xbf\xbd\"]" },
    { "\xed\xa0\x80", "[\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"]" },
    { "\xe4\xb8", "[\"\xef\xbf\xbd\xef\xbf\xbd\"]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = write_string (rows[i].value);

      g_assert_cmpstr (text, ==, rows[i].expected);
    }
}

static void
assert_read_back (const char *value)
{
  g_autofree char *text = write_string (value);
  g_autofree char *expected = g_utf8_make_valid (value, -1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *array;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  array = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpstr (json_array_get_string_element (array, 0), ==, expected);
}

/* An independent reader finds the same text again, whatever the bytes were. */
static void
test_read_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gunichar character = 1; character < 0x3000; character++)
    {
      char value[8] = { 'a' };

      value[1 + g_unichar_to_utf8 (character, value + 1)] = '\0';
      assert_read_back (value);
    }

  for (int round = 0; round < 20000; round++)
    {
      char value[24];

      for (gsize i = 0; i < sizeof value; i++)
        value[i] = (char) g_rand_int_range (rand, round % 2 == 0 ? 1 : 0x78, 0x100);
      value[sizeof value - 1] = '\0';
      assert_read_back (value);
    }
}

/* The numbers come back as they went, at both ends of the type. */
static void
test_integers (void)
{
  static const gint64 numbers[] = { 0, -1, G_MININT64, G_MAXINT64, G_MAXUINT32 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      HearthJsonWriter writer;
      JsonObject *object;

      hearth_json_writer_init (&writer, text);
      hearth_json_writer_begin_object (&writer, NULL);
      hearth_json_writer_add_integer (&writer, "number", numbers[i]);
      hearth_json_writer_end_object (&writer);
      g_assert_true (json_parser_load_from_data (parser, text->str, -1, NULL));
      object = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpint (json_object_get_int_member (object, "number"), ==, numbers[i]);
    }
}

static void
test_numbers (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HearthJsonWriter writer;

  hearth_json_writer_init (&writer, text);
  hearth_json_writer_begin_array (&writer, NULL);
  hearth_json_writer_add_number (&writer, NULL, 0.1);
  hearth_json_writer_add_number (&writer, NULL, -2);
  hearth_json_writer_add_number (&writer, NULL, 1e300);
  hearth_json_writer_add_number (&writer, NULL, G_MAXDOUBLE * 10);
  hearth_json_writer_end_array (&writer);
  g_assert_cmpstr (text->str, ==, "[0.1,-2,1e+300,null]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-writer/structure", test_structure);
  g_test_add_func ("/json-writer/lines", test_lines);
  g_test_add_func ("/json-writer/flush", test_flush);
  g_test_add_func ("/json-writer/escapes", test_escapes);
  g_test_add_func ("/json-writer/read-back", test_read_back);
  g_test_add_func ("/json-writer/integers", test_integers);
  g_test_add_func ("/json-writer/numbers", test_numbers);

  return g_test_run ();
}
