/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the Add dialog knows and says, without one. */

#include "hearth-add-draft.h"
#include "hearth-add-proof.h"
#include "hearth-authority-fake.h"
#include "hearth-platform-fake.h"
#include "hearth-surroundings-builder.h"

#define LIMIT_S 10

/* An authority that cannot keep anything, as the direct one. */

typedef struct {
  HearthAuthority parent_instance;
} Forgetful;

typedef struct {
  HearthAuthorityClass parent_class;
} ForgetfulClass;

GType forgetful_get_type (void);
G_DEFINE_TYPE (Forgetful, forgetful, HEARTH_TYPE_AUTHORITY)

static void
forgetful_start (HearthAuthority *authority)
{
  hearth_authority_set_state (authority, HEARTH_AUTHORITY_AVAILABLE, NULL);
}

static gboolean
forgetful_can (HearthAuthority *authority, const HearthPlan *plan, GError **error)
{
  if (hearth_plan_get_lifetime (plan) != HEARTH_LIFETIME_ALWAYS)
    return TRUE;
  g_set_error_literal (error, HEARTH_ERROR, HEARTH_ERROR_NOT_SUPPORTED, "It keeps nothing.");
  return FALSE;
}

static void
forgetful_class_init (ForgetfulClass *klass)
{
  HEARTH_AUTHORITY_CLASS (klass)->kind = HEARTH_AUTHORITY_NETWORKMANAGER;
  HEARTH_AUTHORITY_CLASS (klass)->start = forgetful_start;
  HEARTH_AUTHORITY_CLASS (klass)->can = forgetful_can;
}

static void
forgetful_init (Forgetful *self)
{
}

/* Fixture */

typedef struct {
  HearthPlatform *platform;
  HearthInterfaces *interfaces;
  HearthAuthority *authority;
  HearthAuthorities *authorities;
  HearthAddDraft *draft;
  guint n_changed;
} Fixture;

static void
count (guint *n)
{
  (*n)++;
}

static void
set_up_with (Fixture *fixture, HearthAuthority *authority)
{
  fixture->authority = authority;
  fixture->authorities = hearth_authorities_new_with (&authority, 1);
  fixture->draft = hearth_add_draft_new (fixture->interfaces, fixture->authorities);
  g_signal_connect_swapped (fixture->draft, "changed", G_CALLBACK (count), &fixture->n_changed);
}

static void
set_up (Fixture *fixture, gconstpointer forgetful)
{
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  fixture->interfaces = hearth_interfaces_new (fixture->platform);
  set_up_with (fixture, forgetful != NULL ? g_object_new (forgetful_get_type (), NULL)
                                          : hearth_authority_fake_new (fixture->platform));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->draft);
  g_assert_finalize_object (fixture->authorities);
  g_assert_finalize_object (fixture->authority);
  g_assert_finalize_object (fixture->interfaces);
  g_assert_finalize_object (fixture->platform);
}

static void
put (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = { .link_index = 1 };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* All lines, each after the first letter of its level. (transfer full) */
static char *
join_lines (HearthAddDraft *draft)
{
  GPtrArray *lines = hearth_add_draft_get_lines (draft);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const HearthAddLine *line = lines->pdata[i];

      g_string_append_printf (text, "[%c %s]", "EWN"[line->level], line -> text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_says (HearthAddDraft *draft, const char *phrase)
{
  g_autofree char *lines = join_lines (draft);

  if (strstr (lines, phrase) == NULL)
    g_error ("“%s” is not in %s", phrase, lines);
}

static void
test_texts (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    gboolean can_apply;
    guint n; /* how many are left to be added */
    const char *says;
  } rows[] = {
    { "", FALSE, 0, "[N No address is named." },
    { " , ", FALSE, 0, "[N No address is named." },
    { "127.0.0.3", TRUE, 1, "[N This computer answers without an alias already" },
    { "127.0.0.3-20, 127.0.1.1", TRUE, 19, "[N This computer answers" },
    { "127.0.0.2", FALSE, 0, "[E " },
    { "127.0.0.2-4", TRUE, 2, "[W On lo already, and left as it is: 127.0.0.2." },
    { "127.0.0.1", FALSE, 0, "[E " },
    { "127.0.0.256", FALSE, 0, "[E “127.0.0.256” is not an address." },
    { "localhost", FALSE, 0, "[E " },
    { "0.0.0.0", FALSE, 0, "[E " },
    { "224.0.0.1", FALSE, 0, "[E " },
    { "127.0.0.3/8", FALSE, 0, "[E " },
    { "127.0.0.20-3", FALSE, 0, "[E " },
    { "127.0.0.0-127.0.255.255", FALSE, 0, "[E That is more than 1024 addresses." },
    { "10.254.254.254", TRUE, 1, "[W 10.254.254.254: " },
    { "fd00::2", TRUE, 1, "[W fd00::2: " },
    { "8.8.8.8", TRUE, 1, "[W " },
  };

  put (fixture, "127.0.0.2/32");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *intent = NULL;
      const HearthPlan *plan;

      g_test_message ("%s", rows[i].text);
      hearth_add_draft_set_text (fixture->draft, rows[i].text);
      assert_says (fixture->draft, rows[i].says);
      plan = hearth_add_draft_get_plan (fixture->draft);
      intent = hearth_add_draft_dup_intent (fixture->draft);
      g_assert_cmpint (hearth_add_draft_can_apply (fixture->draft), ==, rows[i].can_apply);
      g_assert_cmpint (hearth_add_draft_can_copy (fixture->draft), ==, rows[i].can_apply);
      g_assert_cmpint (intent != NULL, ==, rows[i].can_apply);
      if (rows[i].can_apply)
        g_assert_cmpuint (hearth_plan_get_n_prefixes (plan), ==, rows[i].n);
    }
}

/* Somebody else adds and removes while somebody types. */
static void
test_follows_addresses (Fixture *fixture, gconstpointer data)
{
  HearthLinkAddress address = { .link_index = 1 };
  guint n_changed;

  hearth_add_draft_set_text (fixture->draft, "127.0.0.3");
  g_assert_true (hearth_add_draft_can_apply (fixture->draft));
  n_changed = fixture->n_changed;
  put (fixture, "127.0.0.3/32");
  settle ();
  g_assert_cmpuint (fixture->n_changed, ==, n_changed + 1);
  g_assert_false (hearth_add_draft_can_apply (fixture->draft));
  assert_says (fixture->draft, "[E ");
  g_assert_true (hearth_prefix_parse ("127.0.0.3/32", &address.prefix, NULL));
  g_assert_true (hearth_platform_remove_address (fixture->platform, &address, NULL));
  settle ();
  g_assert_true (hearth_add_draft_can_apply (fixture->draft));
}

static void
test_without_interface (Fixture *fixture, gconstpointer data)
{
  hearth_add_draft_set_text (fixture->draft, "127.0.0.3");
  hearth_platform_fake_drop_link (HEARTH_PLATFORM_FAKE (fixture->platform), 1);
  settle ();
  assert_says (fixture->draft, "[E There is no network interface “lo”.]");
  g_assert_false (hearth_add_draft_can_apply (fixture->draft));
}

static void
test_surroundings (Fixture *fixture, gconstpointer data)
{
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();
  g_autoptr (HearthSurroundings) surroundings = NULL;
  HearthAddress resolver;

  g_assert_true (hearth_address_parse ("9.9.9.9", &resolver, NULL));
  hearth_surroundings_builder_add_name_server (builder, &resolver);
  surroundings = hearth_surroundings_builder_end (builder);
  hearth_add_draft_set_text (fixture->draft, "9.9.9.9");
  g_assert_true (hearth_add_draft_can_apply (fixture->draft));
  hearth_add_draft_set_surroundings (fixture->draft, surroundings);
  g_assert_false (hearth_add_draft_can_apply (fixture->draft));
  assert_says (fixture->draft, "name server");
}

static void
test_lifetimes (Fixture *fixture, gconstpointer forgetful)
{
  g_autofree char *session = NULL;
  g_autofree char *restart = NULL;
  g_autofree char *always = NULL;
  g_autofree char *way = hearth_add_draft_dup_way (fixture->draft);

  hearth_add_draft_set_text (fixture->draft, "127.0.0.3");
  g_assert_cmpint (hearth_add_draft_get_lifetime (fixture->draft), ==, HEARTH_LIFETIME_RESTART);
  g_assert_true (hearth_add_draft_can_last (fixture->draft, HEARTH_LIFETIME_SESSION, &session));
  g_assert_cmpstr (session, ==,
                   "Goes when this window is closed; should Hearth crash, at its next start");
  g_assert_true (hearth_add_draft_can_last (fixture->draft, HEARTH_LIFETIME_RESTART, &restart));
  g_assert_cmpstr (restart, ==, "Goes when this computer restarts");
  g_assert_false (hearth_add_draft_can_last (fixture->draft, HEARTH_LIFETIME_ALWAYS, &always));
  g_assert_cmpstr (always, ==, "It keeps nothing.");
  g_assert_cmpstr (way, ==, "Through NetworkManager. Your password may be asked for.");

  hearth_add_draft_set_lifetime (fixture->draft, HEARTH_LIFETIME_ALWAYS);
  g_assert_false (hearth_add_draft_can_apply (fixture->draft));
  assert_says (fixture->draft, "[E It keeps nothing.]");
  hearth_add_draft_set_lifetime (fixture->draft, HEARTH_LIFETIME_SESSION);
  g_assert_true (hearth_add_draft_can_apply (fixture->draft));
  g_assert_cmpint (hearth_plan_get_lifetime (hearth_add_draft_get_plan (fixture->draft)), ==,
                   HEARTH_LIFETIME_SESSION);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *way = NULL;

  hearth_add_draft_set_text (fixture->draft, "127.0.0.3");
  hearth_authority_fake_set_reason (HEARTH_AUTHORITY_FAKE (fixture->authority), "It is gone.");
  g_assert_true (hearth_add_draft_is_read_only (fixture->draft));
  g_assert_false (hearth_add_draft_can_apply (fixture->draft));
  g_assert_true (hearth_add_draft_can_copy (fixture->draft));
  way = hearth_add_draft_dup_way (fixture->draft);
  g_assert_cmpstr (way, ==,
                   "Nothing here can change addresses. It is gone. An administrator can run the "
                   "command instead.");
  hearth_add_draft_set_text (fixture->draft, "127.0.0.256");
  g_assert_false (hearth_add_draft_can_copy (fixture->draft));
  hearth_authority_fake_set_reason (HEARTH_AUTHORITY_FAKE (fixture->authority), NULL);
  g_assert_false (hearth_add_draft_is_read_only (fixture->draft));
}

static void
test_suggestion (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = hearth_add_draft_suggest (fixture->interfaces);
  g_autofree char *third = NULL;

  g_assert_cmpstr (first, ==, "127.0.0.2");
  put (fixture, "127.0.0.2/32");
  put (fixture, "127.0.0.3/8");
  put (fixture, "127.0.0.5/32");
  third = hearth_add_draft_suggest (fixture->interfaces);
  g_assert_cmpstr (third, ==, "127.0.0.4");
}

/* The proof */

static void
on_time (gpointer over)
{
  *(gboolean *) over = TRUE;
}

static void
wait_for_sentence (HearthAddProof *proof)
{
  gboolean over = FALSE;
  guint limit = g_timeout_add_seconds_once (LIMIT_S, on_time, &over);

  while (!over && hearth_add_proof_get_sentence (proof) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (over);
  g_source_remove (limit);
}

static void
test_proof (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HearthAddProof) proof = hearth_add_proof_new ();
  HearthAddress address;

  hearth_add_draft_set_text (fixture->draft, "10.0.0.1");
  g_assert_false (hearth_add_draft_get_answering (fixture->draft, &address));
  hearth_add_draft_set_text (fixture->draft, "10.0.0.1, 127.3.2.1");
  g_assert_true (hearth_add_draft_get_answering (fixture->draft, &address));
  hearth_add_proof_set_address (proof, &address);
  g_assert_null (hearth_add_proof_get_sentence (proof));
  wait_for_sentence (proof);
  g_assert_true (g_str_has_prefix (hearth_add_proof_get_sentence (proof),
                                   "Tested just now: \u2066127.3.2.1\u2069 answered in "));

  /* Another address, and none, forget it at once. */
  g_assert_true (hearth_address_parse ("192.0.2.77", &address, NULL));
  hearth_add_proof_set_address (proof, &address);
  g_assert_null (hearth_add_proof_get_sentence (proof));
  wait_for_sentence (proof);
  g_assert_true (g_str_has_prefix (hearth_add_proof_get_sentence (proof),
                                   "Tested just now, without an answer: "));
  hearth_add_proof_set_address (proof, NULL);
  g_assert_null (hearth_add_proof_get_sentence (proof));
}

#define ADD_TEST(name, forgetful)                                                                  \
  g_test_add ("/app-draft/" #name, Fixture, forgetful, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST (texts, NULL);
  ADD_TEST (follows_addresses, NULL);
  ADD_TEST (without_interface, NULL);
  ADD_TEST (surroundings, NULL);
  ADD_TEST (lifetimes, "forgetful");
  ADD_TEST (read_only, NULL);
  ADD_TEST (suggestion, NULL);
  ADD_TEST (proof, NULL);
  return g_test_run ();
}
