/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-lesson.h"

#include "hearth-reach.h"
#include "hearth-spelling.h"
#include "hearth-window.h"

static const HearthLesson *
get_lessons (void)
{
  guint n_lessons;
  const HearthLesson *lessons = hearth_lesson_get_all (&n_lessons);

  g_assert_cmpuint (n_lessons, ==, 6);
  return lessons;
}

#define FOR_EACH_LESSON(lesson)                                                                    \
  for (const HearthLesson *lesson = get_lessons (); lesson != NULL;                                \
       lesson = hearth_lesson_get_next (lesson))

/* Text for people: something, a sentence where it is one, and typographic marks. */
static void
assert_says (const char *text, gboolean sentence)
{
  g_assert_nonnull (text);
  g_test_message ("%s", text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), >, 3);
  g_assert_null (strstr (text, "  "));
  g_assert_null (strpbrk (text, "\"'"));
  if (sentence)
    g_assert_true (g_str_has_suffix (text, ".") || g_str_has_suffix (text, ":"));
}

static void
test_six (void)
{
  guint n_seen = 0;

  FOR_EACH_LESSON (lesson)
  {
    g_assert_true (hearth_lesson_find (lesson->id) == lesson);
    n_seen++;
  }
  g_assert_cmpuint (n_seen, ==, 6);
  g_assert_null (hearth_lesson_find ("loop"));
  g_assert_null (hearth_lesson_find (""));
}

/* None is empty, and none is long: a page of it is read in two minutes. */
static void
test_text (void)
{
  FOR_EACH_LESSON (lesson)
  {
    gsize length = 0;

    assert_says (lesson->title, FALSE);
    assert_says (lesson->summary, FALSE);
    assert_says (lesson->source, FALSE);
    g_assert_nonnull (lesson->paragraphs[1]);
    for (guint i = 0; lesson->paragraphs[i] != NULL; i++)
      {
        assert_says (lesson->paragraphs[i], TRUE);
        length += strlen (lesson->paragraphs[i]);
      }
    g_assert_cmpuint (length, <, 1500);
  }
}

static void
test_claims (void)
{
  FOR_EACH_LESSON (lesson)
  {
    g_assert_nonnull (lesson->claims[0].claim);
    for (guint i = 0; lesson->claims[i].claim != NULL; i++)
      {
        const HearthLessonClaim *claim = &lesson->claims[i];

        assert_says (claim->claim, FALSE);
        assert_says (claim->truth, TRUE);
        assert_says (claim->source, FALSE);
        g_assert_true (claim->command == NULL || claim->command[0] != '\0');
        g_assert_cmpuint (i, <, HEARTH_LESSON_MAX_CLAIMS);
      }
  }
}

/* Where there is a proof, it is of an address that never leads out of this computer. */
static void
test_proofs (void)
{
  guint n_proofs = 0;

  FOR_EACH_LESSON (lesson)
  for (guint i = 0; lesson->claims[i].claim != NULL; i++)
    {
      HearthAddress address;
      g_autoptr (GError) error = NULL;

      if (lesson->claims[i].proof == NULL)
        continue;
      hearth_address_parse (lesson->claims[i].proof, &address, &error);
      g_assert_no_error (error);
      g_assert_cmpint (hearth_address_classify (&address).kind, ==, HEARTH_ADDRESS_KIND_LOOPBACK);
      n_proofs++;
    }
  g_assert_cmpuint (n_proofs, >=, 3);
}

/* What articles get wrong, and the documents and uses that the lessons are to name. */
static void
test_says_what_it_must (void)
{
  static const char *const wanted[] = {
    "Only 127.0.0.1 works",
    "Aliases are /8",
    "has priority",
    "always private",
    "lo0",
    "test server is on localhost",
    "--bind 127.0.0.1",
    "RFC 1122",
    "RFC 4291",
    "RFC 6761",
    "RFC 6890",
    "RFC 8375",
    "database",
    "internal service",
    "tunnel",
    "container",
  };
  g_autoptr (GString) all = g_string_new (NULL);

  FOR_EACH_LESSON (lesson)
  {
    g_string_append (all, lesson->source);
    for (guint i = 0; lesson->paragraphs[i] != NULL; i++)
      g_string_append (all, lesson->paragraphs[i]);
    for (guint i = 0; lesson->claims[i].claim != NULL; i++)
      g_string_append_printf (all, "%s%s%s%s", lesson->claims[i].claim, lesson->claims[i].truth,
                              lesson->claims[i].command != NULL ? lesson->claims[i].command : "",
                              lesson->claims[i].source);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s", wanted[i]);
      g_assert_nonnull (strstr (all->str, wanted[i]));
    }
}

/* Things to try */

static const GVariantType *
find_action (GtkWidgetClass *klass, const char *name)
{
  const char *found, *property;
  const GVariantType *type;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &found, &type, &property); i++)
    if (g_str_equal (found, name))
      return type;
  g_test_message ("no action %s", name);
  g_assert_not_reached ();
}

static void
assert_is_page (const char *name)
{
  static const char *const pages[] = { "addresses", "folders", "services", "explore", NULL };

  g_assert_true (g_strv_contains (pages, name));
}

static void
assert_leads_somewhere (const char *name, GVariant *target)
{
  static const char *const tags[] = { "map", "check-up", "traffic", "learn", NULL };
  const char *text = target != NULL ? g_variant_get_string (target, NULL) : NULL;
  g_autoptr (HearthSpelling) spelling = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (name, "win.show-page"))
    assert_is_page (text);
  else if (g_str_equal (name, "explore.show") && g_str_has_prefix (text, "reach:"))
    {
      spelling = hearth_spelling_read (text + strlen ("reach:"), &error);
      g_assert_no_error (error);
    }
  else if (g_str_equal (name, "explore.show"))
    g_assert_true (g_strv_contains (tags, text));
}

static void
assert_exists (GtkWidgetClass *klass, const char *detailed_name)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;
  const GVariantType *type;

  g_action_parse_detailed_name (detailed_name, &name, &target, &error);
  g_assert_no_error (error);
  type = find_action (klass, name);
  g_assert_true ((type == NULL) == (target == NULL));
  if (target != NULL)
    g_assert_true (g_variant_is_of_type (target, type));
  assert_leads_somewhere (name, target);
}

static void
test_tries (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (HEARTH_TYPE_WINDOW);

  FOR_EACH_LESSON (lesson)
  {
    g_assert_nonnull (lesson->tries[0].label);
    for (guint i = 0; lesson->tries[i].label != NULL; i++)
      {
        assert_says (lesson->tries[i].label, FALSE);
        assert_exists (GTK_WIDGET_CLASS (klass), lesson->tries[i].action);
        if (lesson->tries[i].page != NULL)
          assert_is_page (lesson->tries[i].page);
        g_assert_cmpuint (i, <, HEARTH_LESSON_MAX_TRIES);
      }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lesson/six", test_six);
  g_test_add_func ("/lesson/text", test_text);
  g_test_add_func ("/lesson/claims", test_claims);
  g_test_add_func ("/lesson/proofs", test_proofs);
  g_test_add_func ("/lesson/says-what-it-must", test_says_what_it_must);
  g_test_add_func ("/lesson/tries", test_tries);

  return g_test_run ();
}
