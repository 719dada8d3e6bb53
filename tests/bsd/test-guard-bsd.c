/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The guard of macOS and FreeBSD. Its sockets are pipes of the test's own: what it asks the kernel
 * for by ioctl(2) goes there, and their end is its end. */

#include "hearth-guard.h"

#include <errno.h>
#include <net/if.h>
#include <netinet/in_var.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hearth-error.h"
#include "hearth-socket-address-bsd.h"

int fake_socket (int domain, int type, int protocol);
int fake_ioctl (int fd, unsigned long request, ...);
char *fake_if_indextoname (unsigned index, char *name);

typedef struct {
  unsigned long request;
  union {
    struct ifreq ipv4;
    struct in6_ifreq ipv6;
  } what;
} Asked;

static int readers[2] = { -1, -1 };                 /* of IPv4 and IPv6 */
static int made[2][2] = { { -1, -1 }, { -1, -1 } }; /* pipes that were there before, or none */
static gboolean has_ipv6;

int
fake_socket (int domain, int type, int protocol)
{
  int ends[2], *before = made[domain == AF_INET6];

  if (domain == AF_INET6 && !has_ipv6)
    {
      errno = EAFNOSUPPORT;
      return -1;
    }
  if (before[1] >= 0)
    return before[1];
  g_assert_cmpint (pipe (ends), ==, 0);
  readers[domain == AF_INET6] = ends[0];
  return ends[1];
}

int
fake_ioctl (int fd, unsigned long request, ...)
{
  Asked asked = { .request = request };
  va_list arguments;

  va_start (arguments, request);
  memcpy (&asked.what, va_arg (arguments, void *),
          request == SIOCDIFADDR ? sizeof asked.what.ipv4 : sizeof asked.what.ipv6);
  va_end (arguments);
  return write (fd, &asked, sizeof asked) == sizeof asked ? 0 : -1;
}

char *
fake_if_indextoname (unsigned index, char *name)
{
  if (index == 1)
    return strcpy (name, "lo0");
  errno = ENXIO;
  return NULL;
}

/* What it asked for until it ended: "lo0 127.0.0.2 lo0 fd00::2 ". */

static void
append (GString *text, const Asked *asked)
{
  gboolean is_ipv6 = asked->request == SIOCDIFADDR_IN6;
  HearthAddress address;
  char word[HEARTH_ADDRESS_TEXT_SIZE];

  g_assert_true (is_ipv6 || asked->request == SIOCDIFADDR);
  address = is_ipv6 ? hearth_socket_address_bsd_read (&asked->what.ipv6.ifr_ifru.ifru_addr,
                                                      sizeof (struct sockaddr_in6), NULL)
                    : hearth_socket_address_bsd_read (&asked->what.ipv4.ifr_addr,
                                                      sizeof (struct sockaddr), NULL);
  g_string_append_printf (text, "%s %s ",
                          is_ipv6 ? asked->what.ipv6.ifr_name : asked->what.ipv4.ifr_name,
                          hearth_address_print (&address, word));
}

static void
assert_asked (const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Asked asked;

  for (int i = 0; i < 2; i++)
    {
      while (readers[i] >= 0 && read (readers[i], &asked, sizeof asked) == sizeof asked)
        append (text, &asked);
      if (readers[i] >= 0)
        close (readers[i]);
      readers[i] = -1;
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static gboolean
watch (HearthGuard *guard, guint32 link_index, const char *texts, GError **error)
{
  g_auto (GStrv) words = g_strsplit (texts, " ", -1);
  g_autoptr (GPtrArray) addresses =
      g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_link_address_unref);

  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    {
      HearthLinkAddress address = { .link_index = link_index };

      g_assert_true (hearth_prefix_parse (words[i], &address.prefix, NULL));
      g_ptr_array_add (addresses, hearth_link_address_copy (&address));
    }
  return hearth_guard_watch (guard, addresses, error);
}

static HearthGuard *
start (void)
{
  g_autoptr (GError) error = NULL;
  HearthGuard *guard = hearth_guard_new (&error);

  g_assert_no_error (error);
  return guard;
}

/* The last list counts, and nothing is asked for while there is somebody to guard. */
static void
test_let_go (void)
{
  HearthGuard *guard;

  has_ipv6 = TRUE;
  guard = start ();
  g_assert_true (watch (guard, 1, "127.0.0.2/32 fd00::2/128", NULL));
  g_assert_true (watch (guard, 1, "127.0.0.3/32 127.0.0.4/32 fd00::2/128", NULL));
  hearth_guard_free (guard);
  assert_asked ("lo0 127.0.0.3 lo0 127.0.0.4 lo0 fd00::2 ");

  guard = start ();
  g_assert_true (watch (guard, 1, "127.0.0.2/32", NULL));
  g_assert_true (watch (guard, 1, "", NULL));
  hearth_guard_free (guard);
  assert_asked ("");
}

/* A link that is gone cannot be watched; what was watched before still is. */
static void
test_no_link (void)
{
  g_autoptr (GError) error = NULL;
  HearthGuard *guard;

  has_ipv6 = TRUE;
  guard = start ();
  g_assert_true (watch (guard, 1, "127.0.0.2/32", NULL));
  g_assert_false (watch (guard, 9, "127.0.0.3/32", &error));
  g_assert_error (error, HEARTH_ERROR, HEARTH_ERROR_FAILED);
  hearth_guard_free (guard);
  assert_asked ("lo0 127.0.0.2 ");
}

static void
test_no_ipv6 (void)
{
  HearthGuard *guard;

  has_ipv6 = FALSE;
  guard = start ();
  g_assert_true (watch (guard, 1, "127.0.0.2/32", NULL));
  hearth_guard_free (guard);
  assert_asked ("lo0 127.0.0.2 ");
}

/* However the process ends that is guarded. */
static void
test_killed (void)
{
  int ready[2], status;
  pid_t child;

  has_ipv6 = TRUE;
  g_assert_cmpint (pipe (ready), ==, 0);
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (pipe (made[i]), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      HearthGuard *guard = start ();

      if (watch (guard, 1, "127.0.0.2/32 fd00::2/128", NULL) && write (ready[1], "", 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (ready[0], &status, 1), ==, 1);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  for (int i = 0; i < 2; i++)
    {
      close (ready[i]);
      close (made[i][1]);
      readers[i] = made[i][0];
      made[i][1] = -1;
    }
  assert_asked ("lo0 127.0.0.2 lo0 fd00::2 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guard-bsd/let-go", test_let_go);
  g_test_add_func ("/guard-bsd/no-link", test_no_link);
  g_test_add_func ("/guard-bsd/no-ipv6", test_no_ipv6);
  g_test_add_func ("/guard-bsd/killed", test_killed);
  return g_test_run ();
}
