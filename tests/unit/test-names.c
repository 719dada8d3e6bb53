/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of localhost and of the computer's own name, and whom the C library would ask for
 * them. */

#include <gio/gio.h>
#include <string.h>

#include "hearth-hosts-file.h"
#include "hearth-name-sources.h"
#include "hearth-names-judge.h"
#include "hearth-platform-fake.h"

/* Whom the C library would ask */

#define DEBIAN "hosts:          files mdns4_minimal [NOTFOUND=return] dns\n"
#define FEDORA "hosts:      files myhostname resolve [!UNAVAIL=return] dns\n"

static const struct {
  const char *nsswitch;
  gboolean in_hosts, is_here, has_myhostname;
  gboolean asks_others;
} sources_cases[] = {
  { DEBIAN, TRUE, FALSE, FALSE, FALSE },
  { DEBIAN, FALSE, FALSE, FALSE, TRUE },
  { DEBIAN, FALSE, TRUE, FALSE, FALSE },
  { FEDORA, FALSE, FALSE, TRUE, FALSE },
  { FEDORA, FALSE, FALSE, FALSE, TRUE },
  /* The line may be missing, or the file. */
  { NULL, FALSE, FALSE, TRUE, TRUE },
  { NULL, TRUE, FALSE, FALSE, FALSE },
  { "passwd: files\n#hosts: files\n", FALSE, FALSE, FALSE, TRUE },
  { "passwd: files\n hosts:files # dns\n", FALSE, FALSE, FALSE, FALSE },
  { "hosts: files", FALSE, FALSE, FALSE, FALSE },
  { "hosts:", FALSE, FALSE, FALSE, FALSE },
  /* The order. */
  { "hosts: dns files\n", TRUE, FALSE, TRUE, TRUE },
  { "hosts: dns files\n", TRUE, TRUE, TRUE, FALSE },
  { "hosts: myhostname files dns\n", FALSE, FALSE, TRUE, FALSE },
  { "hosts: dns[NOTFOUND=return]files\n", TRUE, FALSE, FALSE, TRUE },
  /* What is found does not end it. */
  { "hosts: files [SUCCESS=merge] dns\n", TRUE, FALSE, FALSE, TRUE },
  { "hosts: files [success=continue notfound=return] dns\n", TRUE, FALSE, FALSE, TRUE },
  { "hosts: files [SUCCESS=return] dns\n", TRUE, FALSE, FALSE, FALSE },
  { "hosts: files [SUCCESS=merge", TRUE, FALSE, FALSE, FALSE },
  /* What nobody here knows. */
  { "hosts: wins files\n", TRUE, TRUE, TRUE, TRUE },
  { "hosts: files ldap\n", FALSE, TRUE, FALSE, TRUE },
  { "hosts: files mdns\n", FALSE, TRUE, FALSE, TRUE },
};

static void
test_sources (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources_cases); i++)
    {
      const HearthNameSources sources = {
        .nsswitch = sources_cases[i].nsswitch,
        .in_hosts = sources_cases[i].in_hosts,
        .is_here = sources_cases[i].is_here,
        .has_myhostname = sources_cases[i].has_myhostname,
      };

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, sources.nsswitch);
      g_assert_cmpint (hearth_name_sources_ask_others (&sources), ==, sources_cases[i].asks_others);
    }
}

/* Whether the name servers keep such a name to themselves. */
static void
test_is_here (void)
{
  static const struct {
    const char *resolv_conf;
    const char *host_name;
    gboolean is_here;
  } rows[] = {
    { "nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch .\n", "box", TRUE },
    { "# search lan\nnameserver 127.0.0.53", NULL, TRUE },
    { "searches lan\nnameserver 127.0.0.53\n", "box", TRUE },
    { "nameserver 127.0.0.53\n", "box.lan", FALSE },
    { "nameserver 127.0.0.53\nsearch lan\n", "box", FALSE },
    { "search\t. lan\r\nnameserver 127.0.0.53\n", "box", FALSE },
    { "domain lan\nnameserver 127.0.0.53\n", "box", FALSE },
    { "nameserver 127.0.0.53\nsearch lan", "box", FALSE },
    /* They forward. */
    { "nameserver 127.0.0.1\n", "box", FALSE },
    { "nameserver 127.0.0.54\n", "box", FALSE },
    { "nameserver ::1\n", "box", FALSE },
    { "nameserver 127.0.0.53\nnameserver 192.0.2.53\n", "box", FALSE },
    /* Without a name server it is 127.0.0.1. */
    { "", "box", FALSE },
    { NULL, "box", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].resolv_conf);
      g_assert_cmpint (hearth_name_sources_is_here (rows[i].resolv_conf, rows[i].host_name), ==,
                       rows[i].is_here);
    }
}

/* What is said */

typedef struct {
  const char *hosts; /* NULL: no file */
  const char
      *addresses; /* what the C library says; NULL: nothing, by the error below, or not asked */
  int error;
  HearthCheckState state;
  const char *result;
  const char *remedy_command;
} Case;

#define NOT_ASKED (-1)

static GArray *
parse_addresses (const char *text)
{
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (HearthAddress));
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (gsize i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    {
      HearthAddress address;

      g_assert_true (hearth_address_parse (words[i], &address, NULL));
      g_array_append_val (addresses, address);
    }
  return addresses;
}

static HearthCheckFacts *
make_facts (gboolean ipv6)
{
  g_autoptr (HearthPlatform) platform = hearth_platform_fake_new_with_loopback ();
  HearthLinkAddress address = { .link_index = 1 };

  g_assert_true (hearth_platform_start (platform, NULL));
  g_assert_true (hearth_prefix_parse ("::1/128", &address.prefix, NULL));
  if (!ipv6)
    g_assert_true (hearth_platform_remove_address (platform, &address, NULL));
  g_assert_true (hearth_prefix_parse ("192.168.1.7/24", &address.prefix, NULL));
  g_assert_true (hearth_platform_add_address (platform, &address, NULL));
  return hearth_check_facts_new (platform);
}

static void
check_case (const Case *c, const char *name, gboolean ipv6, HearthNamesFunc judge)
{
  g_autoptr (HearthCheckFacts) facts = make_facts (ipv6);
  g_autoptr (HearthHostsFile) hosts = hearth_hosts_file_parse (
      c->hosts != NULL ? c->hosts : "", c->hosts != NULL ? strlen (c->hosts) : 0);
  g_autoptr (GPtrArray) lines = hearth_hosts_file_find (hosts, name);
  g_autoptr (GArray) servers = parse_addresses ("192.0.2.53");
  g_autoptr (GArray) addresses = c->addresses != NULL ? parse_addresses (c->addresses) : NULL;
  g_autoptr (GError) error = c->addresses == NULL && c->error != NOT_ASKED
                                 ? g_error_new_literal (G_IO_ERROR, c->error, "why")
                                 : NULL;
  const HearthNamesKnown known = {
    .name = name,
    .facts = facts,
    .lines = lines,
    .has_file = c->hosts != NULL,
    .servers = servers,
    .asks_others = c->error == NOT_ASKED,
    .addresses = addresses,
    .error = error,
  };
  g_autoptr (HearthCheckVerdict) verdict = judge (&known);

  g_assert_cmpstr (verdict->result, ==, c->result);
  g_assert_cmpint (verdict->state, ==, c->state);
  g_assert_cmpstr (verdict->remedy_command, ==, c->remedy_command);
  g_assert_true (verdict->remedy != NULL || verdict->state == HEARTH_CHECK_PASSED);
}

#define ADD_BOTH "printf '\\n127.0.0.1 localhost\\n::1 localhost\\n' >> /etc/hosts"
#define ADD_IPV4 "printf '\\n127.0.0.1 localhost\\n' >> /etc/hosts"
#define ADD_IPV6 "printf '\\n::1 localhost\\n' >> /etc/hosts"
#define COMMENT(lines) "text=$(sed '" lines "' /etc/hosts) && printf '%s\\n' \"$text\" > /etc/hosts"

static const Case localhost_cases[] = {
  { "127.0.0.1 localhost\n::1 localhost\n", "::1 127.0.0.1", 0, HEARTH_CHECK_PASSED,
    "localhost is ::1, 127.0.0.1; lines 1, 2 of /etc/hosts say so.", NULL },
  { "", "::1 127.0.0.1", 0, HEARTH_CHECK_PASSED,
    "localhost is ::1, 127.0.0.1; no line of /etc/hosts says so, another source does.", NULL },
  { "# us\n127.0.0.1 localhost\n", "127.0.0.1", 0, HEARTH_CHECK_WARNING,
    "localhost is only 127.0.0.1, not ::1; line 2 of /etc/hosts says so.", ADD_IPV6 },
  { "::1 localhost\n", "::1", 0, HEARTH_CHECK_FAILED,
    "localhost is only ::1, not 127.0.0.1; line 1 of /etc/hosts says so.", ADD_IPV4 },
  { "127.0.0.1 localhost\n::1 localhost\n", "127.0.0.1", 0, HEARTH_CHECK_WARNING,
    "localhost is only 127.0.0.1, not ::1, which /etc/hosts has too.",
    "printf '\\nmulti on\\n' >> /etc/host.conf" },
  { "192.0.2.1 localhost\n", "192.0.2.1", 0, HEARTH_CHECK_FAILED,
    "localhost leads to 192.0.2.1, which is not this computer: line 1 of /etc/hosts says so.",
    COMMENT ("1s/^/# /") " && " ADD_BOTH },
  /* Other lines are right, and so only the wrong ones go. */
  { "127.0.0.1 localhost\n192.0.2.1 localhost\n::1 localhost\n10.0.0.1 LOCALHOST\n",
    "127.0.0.1 192.0.2.1 ::1 10.0.0.1", 0, HEARTH_CHECK_FAILED,
    "localhost leads to 192.0.2.1, 10.0.0.1, which is not this computer: lines 2, 4 of /etc/hosts "
    "say so.",
    COMMENT ("2s/^/# /; 4s/^/# /") },
  /* Even where the C library keeps to the first. */
  { "127.0.0.1 localhost\n192.0.2.1 localhost\n", "127.0.0.1", 0, HEARTH_CHECK_FAILED,
    "localhost leads to 192.0.2.1, which is not this computer: line 2 of /etc/hosts says so.",
    COMMENT ("2s/^/# /") " && " ADD_IPV6 },
  { "", "192.0.2.1", 0, HEARTH_CHECK_FAILED,
    "localhost leads to 192.0.2.1, which is not this computer: no line of /etc/hosts says so, "
    "another "
    "source does.",
    ADD_BOTH },
  { "", NULL, G_IO_ERROR_NOT_FOUND, HEARTH_CHECK_FAILED,
    "No line of /etc/hosts has localhost, and nobody else knows it: why.", ADD_BOTH },
  { NULL, NULL, G_IO_ERROR_NOT_FOUND, HEARTH_CHECK_FAILED,
    "There is no file /etc/hosts, and nobody else knows it: why.", ADD_BOTH },
  { "", NULL, G_IO_ERROR_TIMED_OUT, HEARTH_CHECK_FAILED,
    "No line of /etc/hosts has localhost, and whoever is asked then did not answer in time: the "
    "name "
    "server 192.0.2.53.",
    ADD_BOTH },
  { "", NULL, NOT_ASKED, HEARTH_CHECK_FAILED,
    "No line of /etc/hosts has localhost, so other computers are asked for it (the name server "
    "192.0.2.53). It was not done here.",
    ADD_BOTH },
  /* The file is right, the order of the sources is not. */
  { "127.0.0.1 localhost\n", NULL, NOT_ASKED, HEARTH_CHECK_FAILED,
    "Other computers are asked for localhost (the name server 192.0.2.53) before /etc/hosts is "
    "looked "
    "at. It was not done here.",
    NULL },
  { "127.0.0.1 localhost\n", NULL, G_IO_ERROR_TIMED_OUT, HEARTH_CHECK_FAILED,
    "No answer came in time from the name server 192.0.2.53, which is asked for localhost before "
    "/etc/hosts is looked at.",
    NULL },
};

static void
test_localhost (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (localhost_cases); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      check_case (&localhost_cases[i], "localhost", TRUE, hearth_names_judge_localhost);
    }
}

/* Without ::1, nothing is missing. */
static void
test_localhost_without_ipv6 (void)
{
  const Case good = { "127.0.0.1 localhost\n",
                      "127.0.0.1",
                      0,
                      HEARTH_CHECK_PASSED,
                      "localhost is 127.0.0.1; line 1 of /etc/hosts says so.",
                      NULL };
  const Case bad = { "",
                     NULL,
                     G_IO_ERROR_NOT_FOUND,
                     HEARTH_CHECK_FAILED,
                     "No line of /etc/hosts has localhost, and nobody else knows it: why.",
                     ADD_IPV4 };

  check_case (&good, "localhost", FALSE, hearth_names_judge_localhost);
  check_case (&bad, "localhost", FALSE, hearth_names_judge_localhost);
}

#define ADD_HOST "printf '\\n127.0.1.1 box\\n' >> /etc/hosts"

static const Case host_cases[] = {
  { "127.0.1.1 box\n", "127.0.1.1", 0, HEARTH_CHECK_PASSED,
    "This computer is called “box”, which is 127.0.1.1; line 1 of /etc/hosts says so.", NULL },
  { "", "192.168.1.7", 0, HEARTH_CHECK_PASSED,
    "This computer is called “box”, which is 192.168.1.7; no line of /etc/hosts says so, another "
    "source "
    "does.",
    NULL },
  { "192.168.1.8 box\n", "192.168.1.8", 0, HEARTH_CHECK_WARNING,
    "“box” leads to 192.168.1.8, which is no address of this computer now: line 1 of /etc/hosts "
    "says "
    "so.",
    COMMENT ("1s/^/# /") " && " ADD_HOST },
  { "127.0.1.1 box\n192.168.1.8 box\n", "127.0.1.1 192.168.1.8", 0, HEARTH_CHECK_WARNING,
    "“box” leads to 192.168.1.8, which is no address of this computer now: line 2 of /etc/hosts "
    "says "
    "so.",
    COMMENT ("2s/^/# /") },
  { "", NULL, G_IO_ERROR_NOT_FOUND, HEARTH_CHECK_WARNING,
    "No line of /etc/hosts has “box”, and nobody else knows it: why.", ADD_HOST },
  { "", NULL, NOT_ASKED, HEARTH_CHECK_WARNING,
    "No line of /etc/hosts has “box”, so other computers are asked for it (the name server "
    "192.0.2.53). "
    "It was not done here.",
    ADD_HOST },
};

static void
test_host (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (host_cases); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      check_case (&host_cases[i], "box", TRUE, hearth_names_judge_host);
    }
}

/* A name that a shell or a terminal would obey is not put into a command. */
static void
test_strange_host (void)
{
  const Case shell = { "",
                       NULL,
                       G_IO_ERROR_NOT_FOUND,
                       HEARTH_CHECK_WARNING,
                       "No line of /etc/hosts has “a';reboot;'”, and nobody else knows it: why.",
                       NULL };
  const Case terminal = { "",
                          NULL,
                          G_IO_ERROR_NOT_FOUND,
                          HEARTH_CHECK_WARNING,
                          "No line of /etc/hosts has “a\\x1b[2J”, and nobody else knows it: why.",
                          NULL };

  check_case (&shell, "a';reboot;'", TRUE, hearth_names_judge_host);
  check_case (&terminal, "a\033[2J", TRUE, hearth_names_judge_host);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/names/sources", test_sources);
  g_test_add_func ("/names/is-here", test_is_here);
  g_test_add_func ("/names/localhost", test_localhost);
  g_test_add_func ("/names/localhost-without-ipv6", test_localhost_without_ipv6);
  g_test_add_func ("/names/host", test_host);
  g_test_add_func ("/names/strange-host", test_strange_host);

  return g_test_run ();
}
