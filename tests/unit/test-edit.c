/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A change of addresses is carried out as a whole or not at all, whichever of its steps fails, and
 * never touches what localhost needs. */

#include "hearth-edit.h"

#include <string.h>

#include "hearth-platform-fake.h"

#define LO 1
#define H0 2

typedef struct {
  HearthPlatform *platform;
} Fixture;

static HearthLinkAddress
make_address (const char *text, guint8 protocol)
{
  HearthLinkAddress address = { .link_index = LO, .protocol = protocol };

  g_assert_true (hearth_prefix_parse (text, &address.prefix, NULL));
  return address;
}

static void
put (Fixture *fixture, const char *text, guint8 protocol, guint32 flags)
{
  HearthLinkAddress address = make_address (text, protocol);

  address.flags = flags;
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  HearthLink h0 = { .index = H0, .flags = HEARTH_LINK_FLAG_UP, .name = "h0" };

  fixture->platform = hearth_platform_fake_new_with_loopback ();
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (fixture->platform), &h0);
  g_assert_true (hearth_platform_start (fixture->platform, NULL));
  put (fixture, "127.0.0.8/32", HEARTH_PROTOCOL_SESSION, 0);
  put (fixture, "127.0.0.9/32", HEARTH_PROTOCOL_RESTART, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->platform);
}

/* What is there, with tags: "127.0.0.1/8:0 127.0.0.8/32:104 …". */
static char *
describe (Fixture *fixture)
{
  g_autoptr (GPtrArray) addresses = hearth_platform_list_addresses (fixture->platform);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < addresses->len; i++)
    {
      const HearthLinkAddress *address = addresses->pdata[i];
      char prefix[HEARTH_PREFIX_TEXT_SIZE];

      g_string_append_printf (text, "%s%s:%u", i > 0 ? " " : "",
                              hearth_prefix_print (&address->prefix, prefix), address->protocol);
    }
  return g_string_free (text, FALSE);
}

static void
assert_state (Fixture *fixture, const char *expected)
{
  g_autofree char *text = describe (fixture);

  g_assert_cmpstr (text, ==, expected);
}

#define BEFORE "127.0.0.1/8:0 ::1/128:1 127.0.0.8/32:104 127.0.0.9/32:105"
#define AFTER "127.0.0.1/8:0 ::1/128:1 127.0.0.2/32:105 127.0.0.3/32:105 127.0.0.9/32:106"
#define N_STEPS 4

static HearthLinkAddress *
make_record (const char *text, guint8 protocol)
{
  HearthLinkAddress address = make_address (text, protocol);

  return hearth_link_address_copy (&address);
}

/* NULL is none. */
static void
add (GArray *edits, const char *before, guint8 tag_before, const char *after, guint8 tag_after)
{
  g_autoptr (HearthLinkAddress) from = before ? make_record (before, tag_before) : NULL;
  g_autoptr (HearthLinkAddress) to = after ? make_record (after, tag_after) : NULL;

  hearth_edits_add (edits, from, to);
}

/* Two that come, one that goes, one that is given another tag. */
static GArray *
make_edits (void)
{
  GArray *edits = hearth_edits_new ();

  add (edits, NULL, 0, "127.0.0.2/32", HEARTH_PROTOCOL_RESTART);
  add (edits, "127.0.0.8/32", HEARTH_PROTOCOL_SESSION, NULL, 0);
  add (edits, "127.0.0.9/32", HEARTH_PROTOCOL_RESTART, "127.0.0.9/32", HEARTH_PROTOCOL_ALWAYS);
  add (edits, NULL, 0, "127.0.0.3/32", HEARTH_PROTOCOL_RESTART);
  return edits;
}

static void
test_apply_and_invert (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GArray) edits = make_edits ();
  g_autoptr (GArray) inverse = hearth_edits_invert (edits);
  g_autoptr (GError) error = NULL;

  hearth_platform_apply (fixture->platform, edits, &error);
  g_assert_no_error (error);
  assert_state (fixture, AFTER);
  hearth_platform_apply (fixture->platform, inverse, &error);
  g_assert_no_error (error);
  assert_state (fixture, BEFORE);
}

static void
test_kth_step_fails (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GArray) edits = make_edits ();

  for (int k = 0; k < N_STEPS; k++)
    {
      g_autoptr (GError) error = NULL;

      hearth_platform_fake_fail_after (HEARTH_PLATFORM_FAKE (fixture->platform), k, FALSE);
      g_assert_false (hearth_platform_apply (fixture->platform, edits, &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
      g_assert_cmpstr (error->message, ==, "The system has no memory left.");
      assert_state (fixture, BEFORE);
    }
  hearth_platform_fake_fail_after (HEARTH_PLATFORM_FAKE (fixture->platform), N_STEPS, FALSE);
  g_assert_true (hearth_platform_apply (fixture->platform, edits, NULL));
  assert_state (fixture, AFTER);
}

/* The k-th step fails, and from then on nothing can be changed any more: the error names just what
 * is left changed. */
static void
test_rollback_fails (Fixture *fixture, gconstpointer unused)
{
  static const char *const steps[] = { "127.0.0.2/32", "127.0.0.8/32", "127.0.0.9/32",
                                       "127.0.0.3/32" };
  g_autoptr (GArray) edits = make_edits ();

  for (int k = 1; k < N_STEPS; k++)
    {
      g_autoptr (GError) error = NULL;

      hearth_platform_fake_fail_after (HEARTH_PLATFORM_FAKE (fixture->platform), k, TRUE);
      g_assert_false (hearth_platform_apply (fixture->platform, edits, &error));
      g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
      g_assert_true (g_str_has_suffix (error->message, ". The system has no memory left."));
      for (int i = 0; i < N_STEPS; i++)
        g_assert_cmpint (strstr (error->message, steps[i]) != NULL, ==, i < k);

      hearth_platform_fake_fail_after (HEARTH_PLATFORM_FAKE (fixture->platform), -1, FALSE);
      tear_down (fixture, NULL);
      set_up (fixture, NULL);
    }
}

/* What is refused before anything is touched: the good step in front of it is not carried out
 * either. */
static void
assert_refused (Fixture *fixture, HearthLinkAddress before, HearthLinkAddress after)
{
  g_autoptr (GArray) edits = hearth_edits_new ();
  g_autoptr (HearthLinkAddress) from = hearth_link_address_copy (&before);
  g_autoptr (HearthLinkAddress) to = hearth_link_address_copy (&after);
  g_autofree char *state = describe (fixture);
  g_autoptr (GError) error = NULL;

  add (edits, NULL, 0, "127.0.0.2/32", HEARTH_PROTOCOL_RESTART);
  hearth_edits_add (edits, before.link_index != 0 ? from : NULL, after.link_index != 0 ? to : NULL);
  g_assert_false (hearth_platform_apply (fixture->platform, edits, &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_INVALID);
  assert_state (fixture, state);
}

static void
test_base_addresses (Fixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = { "127.0.0.1/8", "127.0.0.1/32", "127.0.0.1/0", "::1/128",
                                       "::1/64" };
  const HearthLinkAddress none = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HearthLinkAddress base = make_address (texts[i], 0),
                        tagged = make_address (texts[i], HEARTH_PROTOCOL_RESTART);

      assert_refused (fixture, base, none);
      assert_refused (fixture, none, tagged);
      assert_refused (fixture, base, tagged);
    }
}

/* One step is about one address, so that what is looked at is what is changed. */
static void
test_one_address_a_step (Fixture *fixture, gconstpointer unused)
{
  HearthLinkAddress there = make_address ("127.0.0.8/32", HEARTH_PROTOCOL_SESSION),
                    base = make_address ("127.0.0.1/8", HEARTH_PROTOCOL_RESTART), elsewhere = there,
                    with_peer = there;

  elsewhere.link_index = H0;
  g_assert_true (hearth_address_parse ("127.0.0.1", &with_peer.peer, NULL));
  assert_refused (fixture, there, base);
  assert_refused (fixture, there, elsewhere);
  assert_refused (fixture, there, with_peer);
}

static void
test_other_links (Fixture *fixture, gconstpointer unused)
{
  const HearthLinkAddress none = { 0 };
  HearthLinkAddress there = make_address ("192.0.2.1/24", 0);
  static const guint32 links[] = { H0, 99 };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      HearthLinkAddress tagged = there;

      there.link_index = links[i];
      tagged.link_index = links[i];
      tagged.protocol = HEARTH_PROTOCOL_RESTART;
      assert_refused (fixture, there, none);
      assert_refused (fixture, none, there);
      assert_refused (fixture, there, tagged);
    }
}

/* The kernel drops the others of a network with its first address. */
static void
test_dependents (Fixture *fixture, gconstpointer unused)
{
  const HearthLinkAddress none = { 0 };
  g_autoptr (GArray) both = hearth_edits_new (), wrong = hearth_edits_new ();
  g_autoptr (GError) error = NULL;

  put (fixture, "10.1.0.1/24", 0, 0);
  put (fixture, "10.1.0.2/24", 0, HEARTH_LINK_ADDRESS_FLAG_SECONDARY);
  put (fixture, "10.2.0.2/24", 0, HEARTH_LINK_ADDRESS_FLAG_SECONDARY);
  assert_refused (fixture, make_address ("10.1.0.1/24", 0), none);

  add (wrong, "10.1.0.1/24", 0, NULL, 0);
  add (wrong, "10.1.0.2/24", 0, NULL, 0);
  g_assert_false (hearth_platform_apply (fixture->platform, wrong, NULL));

  add (both, "10.1.0.2/24", 0, NULL, 0);
  add (both, "10.1.0.1/24", 0, NULL, 0);
  hearth_platform_apply (fixture->platform, both, &error);
  g_assert_no_error (error);
  assert_state (fixture, "127.0.0.1/8:0 ::1/128:1 10.2.0.2/24:0 127.0.0.8/32:104 127.0.0.9/32:105");
}

static HearthLinkAddress
put_with_peer (Fixture *fixture, const char *text, const char *peer, guint32 flags)
{
  HearthLinkAddress address = make_address (text, 0);

  address.flags = flags;
  g_assert_true (hearth_address_parse (peer, &address.peer, NULL));
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (fixture->platform), &address, 1);
  return address;
}

/* Its network is that of the other end of a point-to-point link, which may be that of 127.0.0.1. */
static void
test_dependents_of_the_other_end (Fixture *fixture, gconstpointer unused)
{
  const HearthLinkAddress none = { 0 };

  put (fixture, "127.0.0.1/8", 0, HEARTH_LINK_ADDRESS_FLAG_SECONDARY);
  assert_refused (fixture, put_with_peer (fixture, "10.0.0.1/8", "127.0.0.9", 0), none);

  put_with_peer (fixture, "10.1.0.2/32", "10.9.9.9", HEARTH_LINK_ADDRESS_FLAG_SECONDARY);
  assert_refused (fixture, put_with_peer (fixture, "10.1.0.1/32", "10.9.9.9", 0), none);
}

static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GArray) none = hearth_edits_new ();

  g_assert_true (hearth_platform_apply (fixture->platform, none, NULL));
  assert_state (fixture, BEFORE);
}

int
main (int argc, char **argv)
{
#define ADD(name, func) g_test_add ("/edit/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("apply-and-invert", test_apply_and_invert);
  ADD ("kth-step-fails", test_kth_step_fails);
  ADD ("rollback-fails", test_rollback_fails);
  ADD ("base-addresses", test_base_addresses);
  ADD ("one-address-a-step", test_one_address_a_step);
  ADD ("other-links", test_other_links);
  ADD ("dependents", test_dependents);
  ADD ("dependents-of-the-other-end", test_dependents_of_the_other_end);
  ADD ("nothing", test_nothing);
  return g_test_run ();
}
