/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-finding.h"

#include <stdlib.h>
#include <string.h>

#include "hearth-plan-edits.h"
#include "hearth-platform-fake.h"
#include "hearth-surroundings-builder.h"

#define LO 1
#define H0 2

/* A computer at home, 192.168.1.5, whose router is 192.168.1.1 and whose printer is 192.168.1.20.
 */
static HearthSurroundings *
make_home (void)
{
  HearthSurroundingsBuilder *builder = hearth_surroundings_builder_new ();
  HearthAddress router, printer, own, resolver;
  HearthPrefix all, home;

  hearth_prefix_parse ("0.0.0.0/0", &all, NULL);
  hearth_prefix_parse ("192.168.1.0/24", &home, NULL);
  hearth_address_parse ("192.168.1.1", &router, NULL);
  hearth_address_parse ("192.168.1.20", &printer, NULL);
  hearth_address_parse ("192.168.1.5", &own, NULL);
  hearth_address_parse ("9.9.9.9", &resolver, NULL);
  hearth_surroundings_builder_add_route (builder, H0, &all, &router);
  hearth_surroundings_builder_add_route (builder, H0, &home, NULL);
  hearth_surroundings_builder_add_neighbour (builder, &printer);
  hearth_surroundings_builder_add_name_server (builder, &resolver);
  hearth_surroundings_builder_add_own (builder, H0, &own);
  return hearth_surroundings_builder_end (builder);
}

/* "127.0.0.2/32 127.0.0.3/32:105": what is on lo besides the base addresses, with tags. */
static void
put_all (HearthPlatform *platform, const char *texts)
{
  g_auto (GStrv) words = g_strsplit (texts, " ", -1);

  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    {
      HearthLinkAddress address = { .link_index = LO };
      char *colon = strrchr (words[i], '@');

      if (colon != NULL)
        {
          address.protocol = (guint8) atoi (colon + 1);
          *colon = '\0';
        }
      g_assert_true (hearth_prefix_parse (words[i], &address.prefix, NULL));
      hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), &address, 1);
    }
}

static HearthPlatform *
make_platform (const char *there)
{
  HearthPlatform *platform = hearth_platform_fake_new_with_loopback ();
  HearthLink h0 = { .index = H0, .flags = HEARTH_LINK_FLAG_UP, .name = "h0" };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &h0);
  put_all (platform, there);
  g_assert_true (hearth_platform_start (platform, NULL));
  return platform;
}

/* "warning taken 1, note answers-already 2". Every message is a sentence. */
static char *
describe (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const HearthFinding *finding = findings->pdata[i];

      g_assert_nonnull (finding->message);
      g_assert_true (g_str_has_suffix (finding->message, ".") ||
                     strstr (finding->message, "An administrator can run: ") != NULL);
      g_string_append_printf (text, "%s%s %s %u", i > 0 ? ", " : "",
                              hearth_finding_level_to_id (finding->level),
                              hearth_finding_kind_to_id (finding->kind), finding->n_addresses);
    }
  return g_string_free (text, FALSE);
}

static HearthPlan *
make_plan (HearthPlanAction action, const char *spec, const char *interface)
{
  const char *const specs[] = { spec, NULL };
  g_autoptr (GError) error = NULL;
  HearthPlan *plan =
      hearth_plan_new_from_text (action, specs, interface, HEARTH_LIFETIME_RESTART, &error);

  g_assert_no_error (error);
  return plan;
}

typedef struct {
  HearthPlanAction action;
  const char *there;
  const char *spec;
  const char *expected;
  const char *interface; /* NULL for lo */
} Row;

#define ADD HEARTH_PLAN_ADD
#define REMOVE HEARTH_PLAN_REMOVE
#define KEEP HEARTH_PLAN_KEEP
#define FORGET HEARTH_PLAN_FORGET

static const Row rows[] = {
  { ADD, "", "127.0.0.2", "note answers-already 1" },
  { ADD, "", "127.0.0.2-20", "note answers-already 19" },
  { ADD, "", "fd00::2", "warning reachable 1" },
  { ADD, "", "127.0.0.2", "error no-interface 0", "nowhere" },
  { ADD, "", "127.0.0.2", "error not-loopback 0", "h0" },
  { REMOVE, "", "127.0.0.2", "error not-loopback 0", "h0" },

  { ADD, "127.0.0.2/32", "127.0.0.2", "error taken 1" },
  { ADD, "127.0.0.2/8", "127.0.0.2", "error taken 1" },
  { ADD, "fd00::2/64", "fd00::2", "error taken 1" },
  { ADD, "127.0.0.2/32", "127.0.0.2-4", "warning taken 1, note answers-already 2" },
  { ADD, "127.0.0.2/32 127.0.0.3/32", "127.0.0.2-3", "error taken 2" },

  { ADD, "", "10.55.0.77", "warning reachable 1" },
  { ADD, "", "192.168.1.20", "warning reachable 1, warning hides-host 1" },
  { ADD, "", "192.168.1.77", "warning reachable 1, warning hides-host 1" },
  { ADD, "", "8.8.8.8", "warning reachable 1, warning hides-host 1" },
  { ADD, "", "192.0.2.1", "warning reachable 1" },
  { ADD, "", "192.168.1.1", "error not-allowed 1, warning reachable 1" },
  { ADD, "", "9.9.9.9", "error not-allowed 1, warning reachable 1, warning hides-host 1" },
  { ADD, "", "192.168.1.5", "error not-allowed 1, warning reachable 1" },
  { ADD, "", "192.168.1.0/32,192.168.1.20,8.8.8.8,127.0.0.5",
    "warning reachable 3, warning hides-host 3, note answers-already 1" },

  { REMOVE, "127.0.0.2/32@105", "127.0.0.2", "" },
  { REMOVE, "127.0.0.2/32@104", "127.0.0.2", "" },
  { REMOVE, "127.0.0.2/32@106", "127.0.0.2", "" },
  { REMOVE, "127.0.0.2/32", "127.0.0.2", "warning foreign 1" },
  { REMOVE, "127.0.0.2/32@105 127.0.0.3/32", "127.0.0.2-3", "warning foreign 1" },
  { REMOVE, "127.0.0.2/8@105", "127.0.0.2", "error not-there 1" },
  { REMOVE, "127.0.0.2/8@105", "127.0.0.2/8", "" },
  { REMOVE, "", "127.0.0.2-3", "error not-there 2" },
  { REMOVE, "127.0.0.2/32@105", "127.0.0.2-3", "warning not-there 1" },
  { REMOVE, "", "127.0.0.1", "error protected 1" },
  { REMOVE, "", "127.0.0.1/8", "error protected 1" },
  { REMOVE, "", "::1", "error protected 1" },
  { REMOVE, "", "127.0.0.1-2", "error protected 1, error not-there 1" },
  { REMOVE, "127.0.0.2/32@105", "127.0.0.0-2", "error protected 1, warning not-there 1" },

  { KEEP, "127.0.0.2/32@105", "127.0.0.2", "" },
  { KEEP, "127.0.0.2/32", "127.0.0.2", "" },
  { KEEP, "127.0.0.2/8", "127.0.0.2/8", "error not-allowed 1" },
  { KEEP, "192.168.1.1/32", "192.168.1.1", "error not-allowed 1" },
  { KEEP, "fe80::5/128", "fe80::5", "error not-allowed 1" },
  { KEEP, "", "127.0.0.1/8", "error protected 1" },
  { KEEP, "", "127.0.0.2", "error not-there 1" },
  { FORGET, "127.0.0.2/32@106", "127.0.0.2", "" },
  { FORGET, "", "127.0.0.2", "error not-there 1" },
  { FORGET, "", "::1", "error protected 1" },
};

static void
test_rows (void)
{
  g_autoptr (HearthSurroundings) home = make_home ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HearthPlatform) platform = make_platform (rows[i].there);
      g_autoptr (HearthInterfaces) interfaces = hearth_interfaces_new (platform);
      g_autoptr (HearthPlan) plan = make_plan (rows[i].action, rows[i].spec, rows[i].interface);
      g_autoptr (GPtrArray) findings = hearth_plan_find (plan, interfaces, home);
      g_autofree char *text = describe (findings);

      if (!g_str_equal (text, rows[i].expected))
        g_error ("%s with “%s” there: “%s”, not “%s”", rows[i].spec, rows[i].there, text,
                 rows[i].expected);
      g_assert_cmpint (hearth_findings_get_error (findings) != NULL, ==,
                       strstr (rows[i].expected, "error") != NULL);
    }
}

static char *
find (HearthPlatform *platform, HearthPlan *plan, const HearthSurroundings *surroundings)
{
  g_autoptr (HearthInterfaces) interfaces = hearth_interfaces_new (platform);
  g_autoptr (GPtrArray) findings = hearth_plan_find (plan, interfaces, surroundings);

  return describe (findings);
}

static void
assert_finds (HearthPlatform *platform, const char *spec, const char *expected)
{
  g_autoptr (HearthPlan) plan = make_plan (HEARTH_PLAN_ADD, spec, NULL);
  g_autofree char *text = find (platform, plan, NULL);

  g_assert_cmpstr (text, ==, expected);
}

/* Without surroundings nothing is said of other hosts, but for those of the internet. */
static void
test_without_surroundings (void)
{
  g_autoptr (HearthPlatform) platform = make_platform ("");

  assert_finds (platform, "192.168.1.1", "warning reachable 1");
  assert_finds (platform, "192.168.1.20", "warning reachable 1");
  assert_finds (platform, "8.8.8.8", "warning reachable 1, warning hides-host 1");
}

static void
test_down (void)
{
  g_autoptr (HearthPlatform) platform = make_platform ("");
  HearthLink lo = { .index = LO, .flags = HEARTH_LINK_FLAG_LOOPBACK, .name = "lo" };
  HearthLinkAddress ipv6 = { .link_index = LO };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &lo);
  hearth_prefix_parse ("::1/128", &ipv6.prefix, NULL);
  g_assert_true (hearth_platform_remove_address (platform, &ipv6, NULL));
  assert_finds (platform, "127.0.0.2", "warning interface-down 0, note answers-already 1");
  assert_finds (platform, "fd00::2", "warning interface-down 0, warning reachable 1");
}

static void
test_ipv6_off (void)
{
  g_autoptr (HearthPlatform) platform = make_platform ("");
  HearthLinkAddress base = { .link_index = LO }, other = { .link_index = LO };

  hearth_prefix_parse ("::1/128", &base.prefix, NULL);
  hearth_prefix_parse ("fd00::9/128", &other.prefix, NULL);
  g_assert_true (hearth_platform_remove_address (platform, &base, NULL));
  assert_finds (platform, "fd00::2-3", "error ipv6-off 2, warning reachable 2");
  assert_finds (platform, "127.0.0.2", "note answers-already 1");

  /* Somebody took ::1 alone. */
  g_assert_true (hearth_platform_add_address (platform, &other, NULL));
  assert_finds (platform, "fd00::2-3", "warning reachable 2");
}

/* What nobody named is loopback, whatever it is called: another one is not. */
static void
test_loopback_of_another_name (void)
{
  static const char *const specs[] = { "127.0.0.2", NULL };
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new ();
  HearthLink lo = { .index = 7,
                    .flags = HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK,
                    .name = "Loopback Pseudo-Interface 1" };
  HearthLinkAddress addresses[2] = { { .link_index = 7 }, { .link_index = 7 } };
  HearthLink h0 = { .index = H0, .flags = HEARTH_LINK_FLAG_UP, .name = "h0" };
  g_autoptr (HearthPlan) plan = NULL;
  g_autoptr (GArray) edits = NULL;
  g_autoptr (GError) error = NULL;

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &h0);
  g_assert_true (hearth_platform_start (platform, NULL));
  assert_finds (platform, "127.0.0.2", "error no-interface 0");
  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &lo);
  hearth_prefix_parse ("127.0.0.1/8", &addresses[0].prefix, NULL);
  hearth_prefix_parse ("127.0.0.9/32", &addresses[1].prefix, NULL);
  hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), addresses, 2);
  assert_finds (platform, "127.0.0.2", "note answers-already 1");
  assert_finds (platform, "127.0.0.9", "error taken 1");

  plan = hearth_plan_new_from_text (ADD, specs, NULL, HEARTH_LIFETIME_RESTART, NULL);
  edits = hearth_plan_make_edits (plan, platform, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_array_index (edits, HearthEdit, 0).after->link_index, ==, 7);
}

/* Where 127.0.0.1 has another prefix, or is missing, the others do not answer. */
static void
test_base_is_not_a_network (void)
{
  g_autoptr (HearthPlatform) platform = make_platform ("127.0.0.1/32");
  HearthLinkAddress base = { .link_index = LO };

  hearth_prefix_parse ("127.0.0.1/8", &base.prefix, NULL);
  g_assert_true (hearth_platform_remove_address (platform, &base, NULL));
  assert_finds (platform, "127.0.0.2", "");
}

static void
put_many (HearthPlatform *platform, guint n, guint8 protocol)
{
  for (guint i = 0; i < n; i++)
    {
      HearthLinkAddress address = { .link_index = LO, .protocol = protocol };

      address.prefix.length = 32;
      hearth_address_parse ("127.9.0.1", &address.prefix.address, NULL);
      hearth_address_advance (&address.prefix.address, i, &address.prefix.address);
      hearth_platform_fake_put_addresses (HEARTH_PLATFORM_FAKE (platform), &address, 1);
    }
}

static void
test_too_many (void)
{
  g_autoptr (HearthPlatform) of_hearth = make_platform ("");
  g_autoptr (HearthPlatform) of_others = make_platform ("");

  put_many (of_hearth, 1020, HEARTH_PROTOCOL_RESTART);
  assert_finds (of_hearth, "127.0.0.2-5", "note answers-already 4");
  assert_finds (of_hearth, "127.0.0.2-6", "error too-many 0, note answers-already 5");
  assert_finds (of_hearth, "127.9.0.1-127.9.0.100", "error taken 100");

  put_many (of_others, 4090, 0);
  assert_finds (of_others, "127.0.0.2-5", "note answers-already 4");
  assert_finds (of_others, "127.0.0.2-6", "error too-many 0, note answers-already 5");
}

/* The sentences: what they name, and what is the worst */

static const HearthFinding *
get_finding (GPtrArray *findings, HearthFindingKind kind)
{
  for (guint i = 0; i < findings->len; i++)
    if (((HearthFinding *) findings->pdata[i])->kind == kind)
      return findings->pdata[i];
  g_assert_not_reached ();
}

/* macOS and FreeBSD: "lo0", and nothing but what is on the list answers. */
static HearthPlatform *
make_mac (guint n_aliases)
{
  HearthPlatform *platform = hearth_platform_fake_new_with_loopback ();
  HearthLink lo0 = { .index = LO,
                     .flags = HEARTH_LINK_FLAG_UP | HEARTH_LINK_FLAG_LOOPBACK,
                     .name = "lo0" };

  hearth_platform_fake_put_link (HEARTH_PLATFORM_FAKE (platform), &lo0);
  hearth_platform_fake_let_only_listed_answer (HEARTH_PLATFORM_FAKE (platform));
  for (guint i = 0; i < n_aliases; i++)
    {
      g_autofree char *text = g_strdup_printf ("127.0.1.%u/32", i + 1);

      put_all (platform, text);
    }
  g_assert_true (hearth_platform_start (platform, NULL));
  return platform;
}

static void
assert_on_a_mac (guint n_aliases, const char *spec, const char *expected)
{
  g_autoptr (HearthPlatform) platform = make_mac (n_aliases);
  g_autoptr (HearthInterfaces) interfaces = hearth_interfaces_new (platform);
  g_autoptr (HearthPlan) plan = make_plan (ADD, spec, NULL);
  g_autoptr (GPtrArray) findings = hearth_plan_find (plan, interfaces, NULL);
  g_autofree char *found = describe (findings);

  g_assert_cmpstr (found, ==, expected);
}

/* An alias is needed for every address but 127.0.0.1, and with 127.0.0.1 and ::1 there are two
 * more. */
static void
test_only_listed_answer (void)
{
  assert_on_a_mac (0, "127.0.0.2", "note needed 1");
  assert_on_a_mac (0, "127.0.0.2-4,10.1.0.1", "warning reachable 1, note needed 3");
  assert_on_a_mac (0, "127.0.0.2-49", "note needed 48");
  assert_on_a_mac (0, "127.0.0.2-50", "warning many 0, note needed 49");
  assert_on_a_mac (48, "127.0.0.2", "warning many 0, note needed 1");
  assert_on_a_mac (47, "127.0.0.2", "note needed 1");
  assert_on_a_mac (60, "127.0.1.1", "error taken 1");
}

static void
assert_says (HearthPlanAction action,
             const char *there,
             const char *spec,
             HearthFindingKind kind,
             const char *pattern)
{
  g_autoptr (HearthSurroundings) home = make_home ();
  g_autoptr (HearthPlatform) platform = make_platform (there);
  g_autoptr (HearthInterfaces) interfaces = hearth_interfaces_new (platform);
  g_autoptr (HearthPlan) plan = make_plan (action, spec, NULL);
  g_autoptr (GPtrArray) findings = hearth_plan_find (plan, interfaces, home);
  const HearthFinding *finding = get_finding (findings, kind);

  if (!g_pattern_match_simple (pattern, finding->message))
    g_error ("“%s” does not say “%s”", finding->message, pattern);
}

static void
test_sentences (void)
{
  assert_says (ADD, "127.0.0.2/32", "127.0.0.2-4", HEARTH_FINDING_TAKEN,
               "*left as it is: 127.0.0.2.");
  assert_says (ADD, "127.0.0.2/32 127.0.0.3/32", "127.0.0.2-3", HEARTH_FINDING_TAKEN,
               "*127.0.0.2, 127.0.0.3.");
  assert_says (ADD, "", "192.168.1.77,192.168.1.20,8.8.8.8", HEARTH_FINDING_HIDES_HOST,
               "A device on your network*: 192.168.1.20. It is of a network*: 192.168.1.77. "
               "Somebody on the internet*: 8.8.8.8.");
  assert_says (ADD, "", "10.0.0.1-3,169.254.169.254", HEARTH_FINDING_REACHABLE,
               "10.0.0.1, 10.0.0.2, 10.0.0.3: If a device* 169.254.169.254: *cloud computers*");
  assert_says (ADD, "", "192.168.1.1", HEARTH_FINDING_NOT_ALLOWED, "192.168.1.1 is the gateway*");
  assert_says (ADD, "", "127.0.0.2-4", HEARTH_FINDING_ANSWERS_ALREADY,
               "*127.0.0.2, 127.0.0.3, 127.0.0.4.");
  assert_says (REMOVE, "10.1.0.5/24", "10.1.0.5/24", HEARTH_FINDING_FOREIGN, "*10.1.0.5/24.");
  assert_says (REMOVE, "", "127.0.0.1", HEARTH_FINDING_PROTECTED, "It stays as it is*: 127.0.0.1.");
}

static void
test_ids (void)
{
  for (guint i = 0; i < HEARTH_FINDING_N_KINDS; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (hearth_finding_kind_to_id (i), !=, hearth_finding_kind_to_id (j));
}

/* Without what needs no change */

static void
assert_without_idle (HearthPlanAction action,
                     const char *there,
                     const char *spec,
                     const char *expected)
{
  g_autoptr (HearthPlatform) platform = make_platform (there);
  g_autoptr (HearthInterfaces) interfaces = hearth_interfaces_new (platform);
  g_autoptr (HearthPlan) plan = make_plan (action, spec, NULL);
  g_autoptr (HearthPlan) left = hearth_plan_without_idle (plan, interfaces);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; left != NULL && i < hearth_plan_get_n_prefixes (left); i++)
    {
      char prefix[HEARTH_PREFIX_TEXT_SIZE];

      g_string_append_printf (text, "%s ",
                              hearth_prefix_print (hearth_plan_get_prefix (left, i), prefix));
    }
  g_assert_cmpstr (text->str, ==, expected);
  if (left != NULL)
    g_assert_cmpint (hearth_plan_get_lifetime (left), ==, hearth_plan_get_lifetime (plan));
}

static void
test_without_idle (void)
{
  assert_without_idle (ADD, "127.0.0.3/8", "127.0.0.2-4", "127.0.0.2/32 127.0.0.4/32 ");
  assert_without_idle (ADD, "127.0.0.2/32", "127.0.0.2", "");
  assert_without_idle (REMOVE, "127.0.0.3/32 127.0.0.4/8", "127.0.0.2-4", "127.0.0.3/32 ");
  assert_without_idle (REMOVE, "", "127.0.0.2", "");
  assert_without_idle (REMOVE, "", "127.0.0.1-2", "127.0.0.1/32 ");
  assert_without_idle (KEEP, "127.0.0.2/32@106", "127.0.0.2-3", "127.0.0.2/32 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding/rows", test_rows);
  g_test_add_func ("/finding/without-surroundings", test_without_surroundings);
  g_test_add_func ("/finding/down", test_down);
  g_test_add_func ("/finding/ipv6-off", test_ipv6_off);
  g_test_add_func ("/finding/loopback-of-another-name", test_loopback_of_another_name);
  g_test_add_func ("/finding/base-is-not-a-network", test_base_is_not_a_network);
  g_test_add_func ("/finding/too-many", test_too_many);
  g_test_add_func ("/finding/only-listed-answer", test_only_listed_answer);
  g_test_add_func ("/finding/sentences", test_sentences);
  g_test_add_func ("/finding/ids", test_ids);
  g_test_add_func ("/finding/without-idle", test_without_idle);
  return g_test_run ();
}
