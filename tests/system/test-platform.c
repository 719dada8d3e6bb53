/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One source for every backend: each test below runs against each of platform-backends.h. The
 * witness is what somebody else says is there: ip(8) for the kernel. */

#include <gio/gio.h>
#include <string.h>

#include "hearth-edit.h"
#include "platform-backends.h"

#define WAIT_MS 5000

typedef struct {
  HearthPlatform *platform;
  GPtrArray *seen; /* of char *: what `changed` said, a line a record */
  guint n_signals;
} Fixture;

static const PlatformBackend *
get_backend (gconstpointer backend)
{
  return backend;
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char **) a, *(char **) b);
}

char *
platform_backend_join (GPtrArray *texts)
{
  g_ptr_array_sort (texts, compare_text);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **) texts->pdata);
}

static HearthLinkAddress
make_address (const char *text)
{
  HearthLinkAddress address = { .link_index = 1 };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  if (hearth_address_get_bits (&address.prefix.address) == 32 &&
      address.prefix.address.bytes[0] == 127)
    address.scope = HEARTH_SCOPE_HOST;
  return address;
}

static void
on_changed (HearthPlatform *platform, const HearthChanges *changes, Fixture *fixture)
{
  static const char *const words[] = { "added", "removed", "changed" };

  g_assert_cmpuint (changes->n_items, >, 0);
  fixture->n_signals++;
  for (gsize i = 0; i < changes->n_items; i++)
    {
      const HearthChange *change = &changes->items[i];
      char text[HEARTH_PREFIX_TEXT_SIZE];

      g_assert_true ((change->link == NULL) != (change->address == NULL));
      if (change->address != NULL)
        hearth_prefix_print (&change->address->prefix, text);
      g_ptr_array_add (fixture->seen, g_strdup_printf ("%s %s", words[change->kind],
                                                       change->link ? change->link->name : text));
    }
}

static void
set_up (Fixture *fixture, gconstpointer backend)
{
  g_autoptr (GError) error = NULL;

  fixture->platform = get_backend (backend)->make ();
  fixture->seen = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->platform, "changed", G_CALLBACK (on_changed), fixture);
  hearth_platform_start (fixture->platform, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_signals, ==, 0);
}

/* What comes back of a tag. */
static guint8
get_tag (gconstpointer backend, guint8 tag)
{
  return get_backend (backend)->keeps_tags ? tag : HEARTH_PROTOCOL_UNSPECIFIED;
}

/* Leaves the namespace as it was, for the next test. */
static void
tear_down (Fixture *fixture, gconstpointer backend)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (fixture->platform);

  for (guint i = 0; i < addresses->len; i++)
    {
      HearthLinkAddress *address = addresses->pdata[i];
      g_autofree char *text = hearth_prefix_to_string (&address->prefix);

      if (!g_str_equal (text, "127.0.0.1/8") && !g_str_equal (text, "::1/128"))
        hearth_platform_remove_address (fixture->platform, address, NULL);
    }
  g_assert_finalize_object (fixture->platform);
  g_ptr_array_unref (fixture->seen);
}

static gboolean
on_late (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
find_seen (Fixture *fixture, const char *line)
{
  guint i;

  return g_ptr_array_find_with_equal_func (fixture->seen, line, g_str_equal, &i)
             ? fixture->seen->pdata[i]
             : NULL;
}

static void
wait_for (Fixture *fixture, const char *line)
{
  gboolean late = FALSE;
  guint timeout = g_timeout_add (WAIT_MS, on_late, &late);

  while (!late && find_seen (fixture, line) == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (late)
    g_error ("“%s” was not heard", line);
  g_source_remove (timeout);
}

/* What is on link 1 by the mirror and by the witness, sorted and joined. */

static char *
ask_mirror (Fixture *fixture)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (fixture->platform);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (
        texts, hearth_prefix_to_string (&((HearthLinkAddress *) addresses->pdata[i])->prefix));
  return platform_backend_join (texts);
}

static void
assert_state (Fixture *fixture, gconstpointer backend, const char *expected)
{
  g_autofree char *mirror = ask_mirror (fixture);

  g_assert_cmpstr (mirror, ==, expected);
  if (get_backend (backend)->ask_witness != NULL)
    {
      g_autofree char *witness = get_backend (backend)->ask_witness ();

      g_assert_cmpstr (witness, ==, expected);
    }
}

/* The tests */

static void
test_loopback (Fixture *fixture, gconstpointer backend)
{
  g_autoptr (GPtrArray) links = hearth_platform_list_links (fixture->platform);
  const HearthLink *lo = links->pdata[0];

  g_assert_cmpuint (links->len, ==, 1);
  g_assert_cmpuint (lo->index, ==, 1);
  g_assert_cmpstr (lo->name, ==, get_backend (backend)->loopback);
  g_assert_cmpuint (lo->mtu_bytes, ==, get_backend (backend)->mtu_bytes);
  g_assert_cmpuint (lo->flags, ==, HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK);
  g_assert_true (hearth_platform_get_link (fixture->platform, 1) == lo);
  g_assert_null (hearth_platform_get_link (fixture->platform, 2));
  g_assert_true (hearth_platform_find_link (fixture->platform, lo->name) == lo);
  g_assert_null (hearth_platform_find_link (fixture->platform, "l"));
  assert_state (fixture, backend, "127.0.0.1/8 ::1/128");
}

static void
test_base_records (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress key = make_address ("127.0.0.1/8");
  const HearthLinkAddress *record = hearth_platform_get_address (fixture->platform, &key);

  g_assert_nonnull (record);
  g_assert_cmpuint (record->scope, ==, HEARTH_SCOPE_HOST);
  g_assert_cmpstr (record->label, ==, get_backend (backend)->keeps_labels ? "lo" : "");
  g_assert_cmpuint (record->flags, ==, 0);
  g_assert_cmpint (record->valid_until_s, ==, 0);
  g_assert_cmpuint (record->peer.family, ==, HEARTH_FAMILY_NONE);

  key = make_address ("::1/128");
  record = hearth_platform_get_address (fixture->platform, &key);
  g_assert_nonnull (record);
  g_assert_cmpuint (record->protocol, ==, get_tag (backend, HEARTH_PROTOCOL_KERNEL_LOOPBACK));
  g_assert_cmpstr (record->label, ==, "");
}

static void
test_add_and_remove (Fixture *fixture, gconstpointer backend)
{
  static const char *const texts[] = { "127.0.0.2/32", "10.55.0.77/32", "fd00::2/128" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HearthLinkAddress address = make_address (texts[i]);
      g_autofree char *added = g_strdup_printf ("added %s", texts[i]);

      hearth_platform_add_address (fixture->platform, &address, &error);
      g_assert_no_error (error);
      wait_for (fixture, added);
    }
  assert_state (fixture, backend, "10.55.0.77/32 127.0.0.1/8 127.0.0.2/32 ::1/128 fd00::2/128");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HearthLinkAddress address = make_address (texts[i]);
      g_autofree char *removed = g_strdup_printf ("removed %s", texts[i]);

      hearth_platform_remove_address (fixture->platform, &address, &error);
      g_assert_no_error (error);
      wait_for (fixture, removed);
    }
  assert_state (fixture, backend, "127.0.0.1/8 ::1/128");

  /* An IPv6 address may be tentative for a moment, and is heard to change then. */
  g_ptr_array_remove_fast (fixture->seen, find_seen (fixture, "changed fd00::2/128"));
  g_assert_cmpuint (fixture->seen->len, ==, 2 * G_N_ELEMENTS (texts));
}

static void
test_details_are_kept (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress address = make_address ("127.0.0.9/32");
  const HearthLinkAddress *record;
  g_autoptr (GError) error = NULL;

  address.protocol = HEARTH_PROTOCOL_ALWAYS;
  g_strlcpy (address.label, "lo:hearth", sizeof address.label);
  hearth_platform_add_address (fixture->platform, &address, &error);
  g_assert_no_error (error);
  wait_for (fixture, "added 127.0.0.9/32");

  record = hearth_platform_get_address (fixture->platform, &address);
  g_assert_cmpuint (record->protocol, ==, get_tag (backend, HEARTH_PROTOCOL_ALWAYS));
  g_assert_cmpstr (record->label, ==, get_backend (backend)->keeps_labels ? "lo:hearth" : "");
  g_assert_cmpuint (record->scope, ==, HEARTH_SCOPE_HOST);
}

static void
test_lifetime (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress address = make_address ("127.0.0.10/32");
  gint64 now_s = g_get_monotonic_time () / G_USEC_PER_SEC;
  const HearthLinkAddress *record;
  g_autoptr (GError) error = NULL;

  address.valid_until_s = now_s + 3600;
  hearth_platform_add_address (fixture->platform, &address, &error);
  g_assert_no_error (error);
  wait_for (fixture, "added 127.0.0.10/32");

  record = hearth_platform_get_address (fixture->platform, &address);
  if (get_backend (backend)->keeps_lifetimes)
    g_assert_cmpint (ABS (record->valid_until_s - address.valid_until_s), <=, 2);
  else
    g_assert_cmpint (record->valid_until_s, ==, 0);
}

static void
assert_fails (Fixture *fixture, const char *text, guint32 link_index, gboolean remove, int code)
{
  HearthLinkAddress address = make_address (text);
  g_autoptr (GError) error = NULL;
  gboolean done;

  address.link_index = link_index;
  done = remove ? hearth_platform_remove_address (fixture->platform, &address, &error)
                : hearth_platform_add_address (fixture->platform, &address, &error);
  g_assert_false (done);
  g_assert_error (error, HEARTH_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, ")"));
}

static void
test_refusals (Fixture *fixture, gconstpointer backend)
{
  assert_fails (fixture, "127.0.0.1/8", 1, FALSE, HEARTH_ERROR_EXISTS);
  assert_fails (fixture, "::1/128", 1, FALSE, HEARTH_ERROR_EXISTS);
  assert_fails (fixture, "::1/64", 1, FALSE, HEARTH_ERROR_EXISTS);
  assert_fails (fixture, "127.0.0.2/32", 99, FALSE, HEARTH_ERROR_NOT_FOUND);
  assert_fails (fixture, "127.0.0.2/32", 1, TRUE, HEARTH_ERROR_NOT_FOUND);
  assert_fails (fixture, "127.0.0.2/8", 1, TRUE, HEARTH_ERROR_NOT_FOUND);
  assert_fails (fixture, "127.0.0.1/32", 1, TRUE, HEARTH_ERROR_NOT_FOUND);
  assert_fails (fixture, "fd00::5/128", 1, TRUE, HEARTH_ERROR_NOT_FOUND);
  assert_state (fixture, backend, "127.0.0.1/8 ::1/128");
  g_assert_cmpuint (fixture->n_signals, ==, 0);
}

static void
test_bad_prefix (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress address = make_address ("127.0.0.2/32");
  g_autoptr (GError) error = NULL;

  address.prefix.length = 33;
  g_assert_false (hearth_platform_add_address (fixture->platform, &address, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  assert_state (fixture, backend, "127.0.0.1/8 ::1/128");
}

static void
test_counters (Fixture *fixture, gconstpointer backend)
{
  HearthCounters counters;
  g_autoptr (GError) error = NULL;

  hearth_platform_read_counters (fixture->platform, 1, &counters, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counters.received_bytes, ==, counters.sent_bytes);

  g_assert_false (hearth_platform_read_counters (fixture->platform, 99, &counters, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND);
}

/* Where there are none nothing changes, and giving one is no error. */
static void
wait_for_tag (Fixture *fixture, gconstpointer backend, const char *line)
{
  HearthLinkAddress nobody = make_address ("127.0.0.77/32");
  g_autoptr (GError) error = NULL;

  if (get_backend (backend)->keeps_tags)
    {
      wait_for (fixture, line);
      return;
    }
  g_assert_false (hearth_platform_tag_address (fixture->platform, &nobody, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_NOT_FOUND);
}

/* Another tag, and nothing else: label, scope, lifetime and everything of localhost stay. */
static void
test_tag (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress address = make_address ("127.0.0.9/32");
  g_autoptr (GError) error = NULL;

  g_strlcpy (address.label, "lo:hearth", sizeof address.label);
  address.protocol = HEARTH_PROTOCOL_RESTART;
  address.valid_until_s = g_get_monotonic_time () / G_USEC_PER_SEC + 3600;
  g_assert_true (hearth_platform_add_address (fixture->platform, &address, &error));
  wait_for (fixture, "added 127.0.0.9/32");

  address.protocol = HEARTH_PROTOCOL_ALWAYS;
  hearth_platform_tag_address (fixture->platform, &address, &error);
  g_assert_no_error (error);
  wait_for_tag (fixture, backend, "changed 127.0.0.9/32");
  assert_state (fixture, backend, "127.0.0.1/8 127.0.0.9/32 ::1/128");
  address.protocol = get_tag (backend, address.protocol);
  if (!get_backend (backend)->keeps_labels)
    address.label[0] = '\0';
  if (!get_backend (backend)->keeps_lifetimes)
    address.valid_until_s = 0;
  g_assert_true (hearth_link_address_same_state (
      hearth_platform_get_address (fixture->platform, &address), &address));
  if (get_backend (backend)->ask_details != NULL)
    {
      g_autofree char *witness = get_backend (backend)->ask_details ("127.0.0.9");

      g_assert_nonnull (
          strstr (witness, "inet 127.0.0.9/32 scope host dynamic proto 0x6a lo:hearth"));
    }
}

static void
test_tag_ipv6 (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress address = make_address ("fd00::9/128");
  g_autoptr (GError) error = NULL;

  address.protocol = HEARTH_PROTOCOL_SESSION;
  g_assert_true (hearth_platform_add_address (fixture->platform, &address, &error));
  wait_for (fixture, "added fd00::9/128");
  address.protocol = HEARTH_PROTOCOL_UNSPECIFIED; /* no tag at all */
  hearth_platform_tag_address (fixture->platform, &address, &error);
  g_assert_no_error (error);
  wait_for_tag (fixture, backend, "changed fd00::9/128");
  assert_state (fixture, backend, "127.0.0.1/8 ::1/128 fd00::9/128");
}

/* What stands in front of a step that fails is as it was, down to its tag. */
static void
add_edit (GArray *edits, const char *before, const char *after, guint8 protocol)
{
  HearthLinkAddress from = make_address (before != NULL ? before : after),
                    to = make_address (after != NULL ? after : before);
  g_autoptr (HearthLinkAddress) old = NULL, new = NULL;

  from.protocol = HEARTH_PROTOCOL_RESTART;
  to.protocol = protocol;
  old = before != NULL ? hearth_link_address_copy (&from) : NULL;
  new = after != NULL ? hearth_link_address_copy (&to) : NULL;
  hearth_edits_add (edits, old, new);
}

static void
test_apply_rolls_back (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress two = make_address ("127.0.0.2/32"), last = make_address ("127.0.0.4/32");
  g_autoptr (GArray) edits = hearth_edits_new ();
  g_autoptr (GError) error = NULL;

  two.protocol = HEARTH_PROTOCOL_RESTART;
  g_assert_true (hearth_platform_add_address (fixture->platform, &two, NULL));
  wait_for (fixture, "added 127.0.0.2/32");

  add_edit (edits, "127.0.0.2/32", "127.0.0.2/32", HEARTH_PROTOCOL_ALWAYS);
  add_edit (edits, NULL, "127.0.0.3/32", HEARTH_PROTOCOL_RESTART);
  add_edit (edits, NULL, "fd00::3/128", HEARTH_PROTOCOL_RESTART);
  add_edit (edits, "127.0.0.2/32", NULL, 0);
  add_edit (edits, NULL, "fd00::3/128", HEARTH_PROTOCOL_RESTART); /* is there: fails */
  g_assert_false (hearth_platform_apply (fixture->platform, edits, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS);
  g_assert_true (g_str_has_prefix (error->message, "fd00::3/128") ||
                 g_str_equal (get_backend (backend)->name, "fake"));

  /* All of it may be one batch that ends where it began; what comes after it is heard after it. */
  g_assert_true (hearth_platform_add_address (fixture->platform, &last, NULL));
  wait_for (fixture, "added 127.0.0.4/32");
  assert_state (fixture, backend, "127.0.0.1/8 127.0.0.2/32 127.0.0.4/32 ::1/128");
  g_assert_cmpuint (hearth_platform_get_address (fixture->platform, &two)->protocol, ==,
                    get_tag (backend, HEARTH_PROTOCOL_RESTART));
}

/* More than go at once, and the failure in the middle: what comes after it is not there either. */
static void
test_apply_of_many (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress taken = make_address ("127.0.1.70/32"), last = make_address ("127.0.0.4/32");
  g_autoptr (GArray) edits = hearth_edits_new ();
  g_autoptr (GArray) inverse = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("127.0.1.%u/32", i);

      add_edit (edits, NULL, text, HEARTH_PROTOCOL_RESTART);
    }
  g_assert_true (hearth_platform_add_address (fixture->platform, &taken, NULL));
  g_assert_false (hearth_platform_apply (fixture->platform, edits, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_EXISTS);
  g_assert_true (hearth_platform_add_address (fixture->platform, &last, NULL));
  wait_for (fixture, "added 127.0.0.4/32");
  assert_state (fixture, backend, "127.0.0.1/8 127.0.0.4/32 127.0.1.70/32 ::1/128");

  g_assert_true (hearth_platform_remove_address (fixture->platform, &taken, NULL));
  g_clear_error (&error);
  hearth_platform_apply (fixture->platform, edits, &error);
  g_assert_no_error (error);
  wait_for (fixture, "added 127.0.1.200/32");
  inverse = hearth_edits_invert (edits);
  hearth_platform_apply (fixture->platform, inverse, &error);
  g_assert_no_error (error);
  wait_for (fixture, "removed 127.0.1.1/32");
  assert_state (fixture, backend, "127.0.0.1/8 127.0.0.4/32 ::1/128");
}

/* The kernel's own rule, which hearth_platform_apply() watches: here it would take 10.1.0.2 along.
 */
static void
test_apply_keeps_dependents (Fixture *fixture, gconstpointer backend)
{
  HearthLinkAddress first = make_address ("10.1.0.1/24"), second = make_address ("10.1.0.2/24");
  g_autoptr (GArray) edits = hearth_edits_new ();
  g_autoptr (GError) error = NULL;

  if (get_backend (backend)->has_secondaries)
    second.flags = HEARTH_LINK_ADDRESS_FLAG_SECONDARY; /* the kernel sets it by itself */
  g_assert_true (hearth_platform_add_address (fixture->platform, &first, NULL));
  g_assert_true (hearth_platform_add_address (fixture->platform, &second, NULL));
  wait_for (fixture, "added 10.1.0.2/24");

  hearth_edits_add (edits, hearth_platform_get_address (fixture->platform, &first), NULL);
  if (!get_backend (backend)->has_secondaries)
    {
      hearth_platform_apply (fixture->platform, edits, &error);
      g_assert_no_error (error);
      wait_for (fixture, "removed 10.1.0.1/24");
      assert_state (fixture, backend, "10.1.0.2/24 127.0.0.1/8 ::1/128");
      return;
    }
  g_assert_false (hearth_platform_apply (fixture->platform, edits, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  assert_state (fixture, backend, "10.1.0.1/24 10.1.0.2/24 127.0.0.1/8 ::1/128");
}

typedef struct {
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer backend);
} Test;

static const Test tests[] = {
  { "loopback", test_loopback },
  { "base-records", test_base_records },
  { "add-and-remove", test_add_and_remove },
  { "details-are-kept", test_details_are_kept },
  { "lifetime", test_lifetime },
  { "refusals", test_refusals },
  { "bad-prefix", test_bad_prefix },
  { "counters", test_counters },
  { "tag", test_tag },
  { "tag-ipv6", test_tag_ipv6 },
  { "apply-rolls-back", test_apply_rolls_back },
  { "apply-of-many", test_apply_of_many },
  { "apply-keeps-dependents", test_apply_keeps_dependents },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < n_platform_backends; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path =
            g_strdup_printf ("/platform/%s/%s", platform_backends[i].name, tests[j].name);

        g_test_add (path, Fixture, &platform_backends[i], set_up, tests[j].run, tear_down);
      }
  return g_test_run ();
}
