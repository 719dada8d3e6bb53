/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A change from its request to kernel, memory and files, with the fake for a kernel; and what is
 * made true again at the next start. */

#include <glib/gstdio.h>

#include "hearth-error.h"
#include "hearth-helper-state.h"
#include "hearth-platform-fake.h"

#define ALICE 1000
#define BOB 1001

static const HearthHelperCaller alice = { ":1.10", ALICE };
static const HearthHelperCaller bob = { ":1.11", BOB };

typedef struct {
  char *folder;
  HearthHelperStore *store;
  HearthPlatform *platform;
  HearthHelperState *state;
} Fixture;

/* As after a start: a new state, from the files, on a bus with only @name on it. */
static void
start_again (Fixture *fixture, const char *bus, const char *name)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->state, hearth_helper_state_free);
  fixture->state = hearth_helper_state_new (fixture->platform, fixture->store);
  if (name != NULL)
    g_hash_table_add (names, (gpointer) name);
  hearth_helper_state_load (fixture->state, bus, names, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("state.XXXXXX", NULL);
  fixture->store = hearth_helper_store_new (fixture->folder, fixture->folder);
  fixture->platform = hearth_platform_fake_new_with_loopback ();
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  start_again (fixture, "bus", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hearth_helper_state_free (fixture->state);
  g_assert_finalize_object (fixture->platform);
  hearth_helper_store_free (fixture->store);
  g_free (fixture->folder);
}

/* What is on lo besides the base addresses: "127.0.0.2/32=69 …" */
static char *
describe_kernel (Fixture *fixture)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (fixture->platform);
  g_autoptr (GString) text = g_string_new (NULL);
  char prefix[HEARTH_PREFIX_TEXT_SIZE];

  for (guint i = 2; i < addresses->len; i++)
    {
      const HearthLinkAddress *address = addresses->pdata[i];

      g_string_append_printf (text, "%s%s=%02x", text->len > 0 ? " " : "",
                              hearth_prefix_print (&address->prefix, prefix), address->protocol);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What Hearth says that it added: "127.0.0.2/32=restart …" */
static char *
describe_records (Fixture *fixture)
{
  g_autoptr (GPtrArray) records =
      hearth_helper_records_list (hearth_helper_state_get_records (fixture->state));
  g_autoptr (GString) text = g_string_new (NULL);
  char prefix[HEARTH_PREFIX_TEXT_SIZE];

  for (guint i = 0; i < records->len; i++)
    {
      const HearthHelperRecord *record = records->pdata[i];

      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "",
                              hearth_prefix_print (&record->prefix, prefix),
                              hearth_helper_lifetime_to_id (record->lifetime));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_state (Fixture *fixture, const char *kernel, const char *records)
{
  g_autofree char *kernel_now = describe_kernel (fixture);
  g_autofree char *records_now = describe_records (fixture);

  g_assert_cmpstr (kernel_now, ==, kernel);
  g_assert_cmpstr (records_now, ==, records);
}

static HearthHelperRequest *
make_request (HearthHelperVerb verb, const char *text, const char *lifetime)
{
  g_auto (GStrv) addresses = g_strsplit (text, " ", -1);
  g_autoptr (GError) error = NULL;
  HearthHelperRequest *request;

  switch (verb)
    {
    case HEARTH_HELPER_ADD:
      request = hearth_helper_request_new_add ("lo", (const char *const *) addresses, lifetime,
                                               NULL, &error);
      break;
    case HEARTH_HELPER_REMOVE:
      request = hearth_helper_request_new_remove ("lo", (const char *const *) addresses, &error);
      break;
    default:
      request = hearth_helper_request_new_keep ("lo", (const char *const *) addresses,
                                                verb == HEARTH_HELPER_KEEP, &error);
    }
  g_assert_no_error (error);
  return request;
}

static char *
change (Fixture *fixture,
        const HearthHelperCaller *caller,
        HearthHelperVerb verb,
        const char *text,
        const char *lifetime,
        GError **error)
{
  g_autoptr (HearthHelperRequest) request = make_request (verb, text, lifetime);
  HearthHelperWorld world = hearth_helper_state_get_world (fixture->state);
  g_autoptr (HearthHelperChange) made = hearth_helper_planner_make (&world, request, caller, error);
  const char *token = NULL;

  if (made == NULL ||
      !hearth_helper_state_commit (fixture->state, made, caller, NULL, &token, error))
    return NULL;
  g_assert_nonnull (token);
  return g_strdup (token);
}

static void
must_change (Fixture *fixture,
             const HearthHelperCaller *caller,
             HearthHelperVerb verb,
             const char *text,
             const char *lifetime)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = change (fixture, caller, verb, text, lifetime, &error);

  g_assert_no_error (error);
}

static gboolean
undo (Fixture *fixture, const HearthHelperCaller *caller, const char *token, GError **error)
{
  HearthHelperWorld world = hearth_helper_state_get_world (fixture->state);
  HearthHelperTokens *tokens = hearth_helper_state_get_tokens (fixture->state);
  HearthHelperChange *done = hearth_helper_tokens_find (tokens, token, caller->sender);
  g_autoptr (HearthHelperChange) inverse = NULL;

  g_assert_nonnull (done);
  inverse = hearth_helper_change_invert (done);
  return hearth_helper_planner_check_undo (&world, inverse, error) &&
         hearth_helper_state_commit (fixture->state, inverse, NULL, token, NULL, error);
}

static HearthLinkAddress
make_address (const char *text, guint8 protocol)
{
  HearthLinkAddress address = { .link_index = 1, .protocol = protocol };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  return address;
}

static void
add_by_hand (Fixture *fixture, const char *text, guint8 protocol)
{
  HearthLinkAddress address = make_address (text, protocol);

  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
}

static void
remove_by_hand (Fixture *fixture, const char *text)
{
  HearthLinkAddress address = make_address (text, 0);

  g_assert_true (hearth_platform_remove_address (fixture->platform, &address, NULL));
}

/* The tests */

static void
test_verbs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2 fd00::2", "restart");
  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.3", "session");
  assert_state (fixture, "127.0.0.2/32=69 127.0.0.3/32=68 fd00::2/128=69",
                "127.0.0.2/32=restart 127.0.0.3/32=session fd00::2/128=restart");
  must_change (fixture, &alice, HEARTH_HELPER_KEEP, "127.0.0.2 127.0.0.3", NULL);
  assert_state (fixture, "127.0.0.2/32=6a 127.0.0.3/32=6a fd00::2/128=69",
                "127.0.0.2/32=always 127.0.0.3/32=always fd00::2/128=restart");
  must_change (fixture, &alice, HEARTH_HELPER_FORGET, "127.0.0.2", NULL);
  must_change (fixture, &alice, HEARTH_HELPER_REMOVE, "127.0.0.3 fd00::2", NULL);
  assert_state (fixture, "127.0.0.2/32=69", "127.0.0.2/32=restart");

  g_assert_null (
      change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.4 127.0.0.2", "restart", &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (
      change (fixture, &alice, HEARTH_HELPER_REMOVE, "127.0.0.2 127.0.0.9", NULL, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND);
  assert_state (fixture, "127.0.0.2/32=69", "127.0.0.2/32=restart");
}

static void
test_nothing_is_left_in_the_files (Fixture *fixture, gconstpointer data)
{
  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2", "always");
  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.3", "session");
  g_assert_true (hearth_helper_store_has_files (fixture->store));
  must_change (fixture, &alice, HEARTH_HELPER_REMOVE, "127.0.0.2", NULL);
  hearth_helper_state_drop_owner (fixture->state, alice.sender);
  assert_state (fixture, "", "");
  g_assert_false (hearth_helper_store_has_files (fixture->store));
}

static void
test_start_again (Fixture *fixture, gconstpointer data)
{
  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2", "session");
  must_change (fixture, &bob, HEARTH_HELPER_ADD, "127.0.0.3", "session");
  must_change (fixture, &bob, HEARTH_HELPER_ADD, "127.0.0.4 127.0.0.5", "restart");
  must_change (fixture, &bob, HEARTH_HELPER_ADD, "127.0.0.6 127.0.0.7", "always");
  remove_by_hand (fixture, "127.0.0.5/32");
  remove_by_hand (fixture, "127.0.0.7/32");

  start_again (fixture, "bus", alice.sender);
  assert_state (
      fixture, "127.0.0.2/32=68 127.0.0.4/32=69 127.0.0.6/32=6a",
      "127.0.0.2/32=session 127.0.0.4/32=restart 127.0.0.6/32=always 127.0.0.7/32=always");
  start_again (fixture, "another bus", alice.sender);
  assert_state (fixture, "127.0.0.4/32=69 127.0.0.6/32=6a",
                "127.0.0.4/32=restart 127.0.0.6/32=always 127.0.0.7/32=always");
}

/* What somebody else put in the place of a session alias is theirs. */
static void
test_taken_over (Fixture *fixture, gconstpointer data)
{
  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2 127.0.0.3", "session");
  add_by_hand (fixture, "127.0.0.2/32", 0x10);
  add_by_hand (fixture, "127.0.0.3/32", HEARTH_PROTOCOL_UNSPECIFIED);
  g_assert_true (hearth_helper_state_drop_owner (fixture->state, alice.sender));
  assert_state (fixture, "127.0.0.2/32=10", "");
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *added =
      change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2 127.0.0.3", "restart", NULL);
  g_autofree char *kept = change (fixture, &alice, HEARTH_HELPER_KEEP, "127.0.0.2", NULL, NULL);
  HearthHelperTokens *tokens = hearth_helper_state_get_tokens (fixture->state);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (added), ==, 32);
  g_assert_null (hearth_helper_tokens_find (tokens, added, bob.sender));
  g_assert_true (hearth_helper_tokens_is_covered (tokens, added));

  start_again (fixture, "bus", alice.sender);
  tokens = hearth_helper_state_get_tokens (fixture->state);
  g_assert_true (hearth_helper_tokens_is_covered (tokens, added));
  g_assert_true (undo (fixture, &alice, kept, &error));
  g_assert_null (hearth_helper_tokens_find (tokens, kept, alice.sender));
  g_assert_false (hearth_helper_tokens_is_covered (tokens, added));

  remove_by_hand (fixture, "127.0.0.3/32");
  g_assert_false (undo (fixture, &alice, added, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  g_clear_error (&error);
  add_by_hand (fixture, "127.0.0.3/32", HEARTH_PROTOCOL_RESTART);
  g_assert_true (undo (fixture, &alice, added, &error));
  assert_state (fixture, "", "");
}

static void
test_tokens_are_bounded (Fixture *fixture, gconstpointer data)
{
  HearthHelperTokens *tokens = hearth_helper_state_get_tokens (fixture->state);
  g_autofree char *first =
      change (fixture, &alice, HEARTH_HELPER_ADD, "127.1.0.1", "restart", NULL);
  g_autofree char *bobs = change (fixture, &bob, HEARTH_HELPER_ADD, "127.2.0.1", "restart", NULL);

  for (guint i = 0; i < HEARTH_HELPER_MAX_TOKENS; i++)
    {
      g_autofree char *text = g_strdup_printf ("127.1.1.%u", i + 1);

      must_change (fixture, &alice, HEARTH_HELPER_ADD, text, "restart");
    }
  g_assert_cmpuint (hearth_helper_tokens_count (tokens), ==, HEARTH_HELPER_MAX_TOKENS + 1);
  g_assert_null (hearth_helper_tokens_find (tokens, first, alice.sender));
  g_assert_nonnull (hearth_helper_tokens_find (tokens, bobs, bob.sender));
}

/* Whoever starts next knows what was lost, also where the end of a caller was written down first.
 */
static void
test_lost_stays_written (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "owned.json", NULL);
  static const char owned[] =
      "{\"version\":1,\"bus\":\"bus\",\"owned\":[{\"interface\":\"lo\",\"address\":\"127.0.0.2/"
      "32\","
      "\"lifetime\":\"session\",\"uid\":1000,\"owner\":\":1.10\"},{\"interface\":\"lo\","
      "\"address\":"
      "\"fd00::2/128\",\"lifetime\":\"restart\",\"uid\":1000}],\"lost\":[{\"interface\":\"lo\","
      "\"address\":\"fd00::2/128\",\"lifetime\":\"restart\",\"uid\":1000}],\"tokens\":[]}";

  add_by_hand (fixture, "127.0.0.2/32", HEARTH_PROTOCOL_SESSION);
  g_assert_true (g_file_set_contents_full (path, owned, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  for (int i = 0; i < 2; i++)
    {
      start_again (fixture, "bus", NULL);
      assert_state (fixture, "", "fd00::2/128=restart");
      g_assert_cmpuint (g_hash_table_size (hearth_helper_state_get_lost (fixture->state)), ==, 1);
    }
}

/* The folder of the files is in the way: nothing may have changed. */
static void
test_files_cannot_be_written (Fixture *fixture, gconstpointer name)
{
  g_autofree char *new_path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  /* A file with nothing in it is not written, but removed. */
  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2 127.0.0.5", "always");
  g_assert_cmpint (g_mkdir (new_path, 0700), ==, 0);
  for (int verb = HEARTH_HELPER_ADD; verb <= HEARTH_HELPER_FORGET; verb++)
    {
      if (verb == HEARTH_HELPER_KEEP)
        continue;
      g_assert_null (change (fixture, &alice, (HearthHelperVerb) verb,
                             verb == HEARTH_HELPER_ADD ? "127.0.0.3" : "127.0.0.2", "always",
                             &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
      g_assert_null (strstr (error->message, "still there"));
      g_clear_error (&error);
      assert_state (fixture, "127.0.0.2/32=6a 127.0.0.5/32=6a",
                    "127.0.0.2/32=always 127.0.0.5/32=always");
    }
  g_assert_cmpint (g_rmdir (new_path), ==, 0);
  start_again (fixture, "bus", alice.sender);
  assert_state (fixture, "127.0.0.2/32=6a 127.0.0.5/32=6a",
                "127.0.0.2/32=always 127.0.0.5/32=always");
}

static void
test_kernel_refuses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  hearth_platform_fake_set_permitted (HEARTH_PLATFORM_FAKE (fixture->platform), FALSE);
  g_assert_null (change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2", "always", &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_PERMITTED);
  assert_state (fixture, "", "");
  g_assert_false (hearth_helper_store_has_files (fixture->store));
}

/* The helper was killed between the kernel and the files, or after kept.json. */
static void
test_pending (Fixture *fixture, gconstpointer with_kept)
{
  g_autofree char *path = g_build_filename (fixture->folder, "owned.json", NULL);
  g_autofree char *kept = g_build_filename (fixture->folder, "kept.json", NULL);
  static const char pending[] =
      "{\"version\":1,\"bus\":\"bus\",\"owned\":[{\"interface\":\"lo\",\"address\":\"127.0.0.2/"
      "32\","
      "\"lifetime\":\"restart\",\"uid\":1000,\"scope\":254}],\"lost\":[],\"tokens\":[],\"pending\":"
      "{"
      "\"interface\":\"lo\",\"steps\":[{\"address\":\"127.0.0.2/32\",\"before\":[{\"tag\":105,"
      "\"scope\":254},{\"lifetime\":\"restart\",\"uid\":1000,\"scope\":254}],\"after\":[{\"tag\":"
      "106,"
      "\"scope\":254},{\"lifetime\":\"always\",\"uid\":1000,\"scope\":254}]},{\"address\":"
      "\"127.0.0.3/"
      "32\",\"before\":[null],\"after\":[{\"tag\":106},{\"lifetime\":\"always\",\"uid\":"
      "1000}]},{\"address\":\"127.0.0.4/"
      "32\",\"before\":[{\"tag\":16,\"scope\":254}],\"after\":[null]}"
      "]}}";
  static const char half_kept[] =
      "{\"version\":1,\"kept\":[{\"interface\":\"lo\",\"address\":\"127.0.0.2/32\",\"lifetime\":"
      "\"always\",\"uid\":1000,\"scope\":254},{\"interface\":\"lo\",\"address\":\"127.0.0.3/32\","
      "\"lifetime\":\"always\",\"uid\":1000}]}";

  add_by_hand (fixture, "127.0.0.2/32", HEARTH_PROTOCOL_ALWAYS);
  add_by_hand (fixture, "127.0.0.3/32", HEARTH_PROTOCOL_ALWAYS);
  g_assert_true (
      g_file_set_contents_full (path, pending, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  if (with_kept != NULL)
    g_assert_true (
        g_file_set_contents_full (kept, half_kept, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));

  start_again (fixture, "bus", NULL);
  assert_state (fixture, "127.0.0.2/32=69 127.0.0.4/32=10", "127.0.0.2/32=restart");
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  start_again (fixture, "bus", NULL);
  assert_state (fixture, "127.0.0.2/32=69 127.0.0.4/32=10", "127.0.0.2/32=restart");
}

/* The same where the kernel keeps no tags: what is there is what was added. */
static void
test_pending_without_tags (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "owned.json", NULL);
  static const char pending[] =
      "{\"version\":1,\"bus\":\"bus\",\"owned\":[],\"lost\":[],\"tokens\":[],\"pending\":{"
      "\"interface\":\"lo\",\"steps\":[{\"address\":\"127.0.0.3/32\",\"before\":[null],\"after\":["
      "{\"tag\":105,\"scope\":254},{\"lifetime\":\"restart\",\"uid\":1000,\"scope\":254}]}]}}";

  hearth_platform_fake_keep_no_tags (HEARTH_PLATFORM_FAKE (fixture->platform));
  add_by_hand (fixture, "127.0.0.3/32", HEARTH_PROTOCOL_RESTART);
  g_assert_true (
      g_file_set_contents_full (path, pending, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  start_again (fixture, "bus", NULL);
  assert_state (fixture, "", "");
}

static void
test_broken_files_are_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = g_build_filename (fixture->folder, "kept.json", NULL);
  g_autofree char *broken = g_build_filename (fixture->folder, "kept.json.broken", NULL);

  g_assert_true (g_file_set_contents_full (
      kept,
      "{\"version\":1,\"kept\":[{\"interface\":\"lo\",\"address\":\"127.0.0.1/32\",\"lifetime\":"
      "\"always\",\"uid\":0},{\"interface\":\"lo\",\"address\":\"127.0.0.2/"
      "32\",\"lifetime\":\"always\","
      "\"uid\":0}]}",
      -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  start_again (fixture, "bus", NULL);
  assert_state (fixture, "", "127.0.0.2/32=always");
  g_assert_true (g_file_test (broken, G_FILE_TEST_IS_REGULAR));
  start_again (fixture, "bus", NULL);
  assert_state (fixture, "", "127.0.0.2/32=always");
}

/* Actions and limits */

static HearthHelperActions
get_actions (Fixture *fixture,
             const HearthHelperCaller *caller,
             HearthHelperVerb verb,
             const char *text,
             const char *lifetime)
{
  g_autoptr (HearthHelperRequest) request = make_request (verb, text, lifetime);
  HearthHelperWorld world = hearth_helper_state_get_world (fixture->state);

  return hearth_helper_planner_get_actions (&world, request, caller);
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  static const int loopback = HEARTH_HELPER_CHANGE_LOOPBACK, other = HEARTH_HELPER_CHANGE_OTHER,
                   kept = HEARTH_HELPER_CHANGE_KEPT, foreign = HEARTH_HELPER_REMOVE_FOREIGN;
  static const struct {
    const HearthHelperCaller *caller;
    HearthHelperVerb verb;
    const char *addresses;
    const char *lifetime;
    int actions;
  } rows[] = {
    { &alice, HEARTH_HELPER_ADD, "127.0.0.9", "session", loopback },
    { &alice, HEARTH_HELPER_ADD, "127.0.0.9", "restart", loopback },
    { &alice, HEARTH_HELPER_ADD, "127.0.0.9", "always", kept },
    { &alice, HEARTH_HELPER_ADD, "10.0.0.9", "session", other },
    { &alice, HEARTH_HELPER_ADD, "fd00::9", "always", other | kept },
    { &alice, HEARTH_HELPER_ADD, "127.0.0.9 fd00::9", "restart", loopback | other },
    /* There already, whosever it is: it will fail with that. */
    { &bob, HEARTH_HELPER_ADD, "127.0.0.2", "restart", loopback },
    { &alice, HEARTH_HELPER_REMOVE, "127.0.0.2", NULL, loopback },
    { &bob, HEARTH_HELPER_REMOVE, "127.0.0.2", NULL, loopback | foreign },
    { &alice, HEARTH_HELPER_REMOVE, "127.0.0.3", NULL, kept },
    { &alice, HEARTH_HELPER_REMOVE, "127.0.0.5", NULL, loopback | foreign }, /* by hand */
    { &alice, HEARTH_HELPER_REMOVE, "127.0.0.6", NULL, loopback | foreign }, /* a tag alone */
    { &alice, HEARTH_HELPER_REMOVE, "127.0.0.7/8", NULL, loopback | foreign },
    { &alice, HEARTH_HELPER_REMOVE, "10.0.0.1/8", NULL, other | foreign },
    { &alice, HEARTH_HELPER_REMOVE, "127.0.0.99", NULL, loopback }, /* nothing is there */
    { &alice, HEARTH_HELPER_KEEP, "127.0.0.2", NULL, kept },
    { &bob, HEARTH_HELPER_KEEP, "127.0.0.2", NULL, kept | foreign },
    { &alice, HEARTH_HELPER_KEEP, "127.0.0.5", NULL, kept | foreign },
    { &alice, HEARTH_HELPER_FORGET, "127.0.0.3", NULL, kept },
    { &bob, HEARTH_HELPER_FORGET, "127.0.0.3", NULL, kept | foreign },
  };

  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.2", "restart");
  must_change (fixture, &alice, HEARTH_HELPER_ADD, "127.0.0.3", "always");
  add_by_hand (fixture, "127.0.0.5/32", 0);
  add_by_hand (fixture, "127.0.0.6/32", HEARTH_PROTOCOL_RESTART);
  add_by_hand (fixture, "127.0.0.7/8", 0);
  add_by_hand (fixture, "10.0.0.1/8", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s, verb %d", rows[i].addresses, rows[i].verb);
      g_assert_cmpint (
          get_actions (fixture, rows[i].caller, rows[i].verb, rows[i].addresses, rows[i].lifetime),
          ==, rows[i].actions);
    }
}

static void
add_many (Fixture *fixture, const HearthHelperCaller *caller, guint block, guint n, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *token = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s127.%u.%u.%u", i > 0 ? " " : "", block, i / 250, i % 250 + 1);
  token = change (fixture, caller, HEARTH_HELPER_ADD, text->str, "restart", error);
}

static void
test_limits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_many (fixture, &alice, 10, 1000, &error);
  g_assert_no_error (error);
  add_many (fixture, &alice, 11, 25, &error);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED);
  g_clear_error (&error);
  add_many (fixture, &alice, 11, 24, &error);
  g_assert_no_error (error);
  add_many (fixture, &bob, 12, 1, &error);
  g_assert_no_error (error);
  start_again (fixture, "bus", alice.sender);
  g_assert_cmpuint (hearth_helper_records_count (hearth_helper_state_get_records (fixture->state)),
                    ==, 1025);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
    const char *data;
  } tests[] = {
    { "/helper-state/verbs", test_verbs, NULL },
    { "/helper-state/nothing-left", test_nothing_is_left_in_the_files, NULL },
    { "/helper-state/start-again", test_start_again, NULL },
    { "/helper-state/taken-over", test_taken_over, NULL },
    { "/helper-state/undo", test_undo, NULL },
    { "/helper-state/tokens-bounded", test_tokens_are_bounded, NULL },
    { "/helper-state/owned-unwritable", test_files_cannot_be_written, "owned.json.new" },
    { "/helper-state/kept-unwritable", test_files_cannot_be_written, "kept.json.new" },
    { "/helper-state/kernel-refuses", test_kernel_refuses, NULL },
    { "/helper-state/pending", test_pending, NULL },
    { "/helper-state/pending-kept", test_pending, "kept" },
    { "/helper-state/pending-without-tags", test_pending_without_tags, NULL },
    { "/helper-state/lost-stays-written", test_lost_stays_written, NULL },
    { "/helper-state/set-aside", test_broken_files_are_set_aside, NULL },
    { "/helper-state/actions", test_actions, NULL },
    { "/helper-state/limits", test_limits, NULL },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].data, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
