/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of /proc/net/tcp and tcp6: read in another way, the same sockets listen, and what is no
 * line of such a file is nobody's. */

#include "fuzz.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

#include "serve-proc-net.h"

#define FIELD "[^ ]+ +"
#define HEX "([0-9A-Fa-f]+)"
#define LINE                                                                                       \
  "^ *" FIELD "([0-9A-Fa-f]{8}|[0-9A-Fa-f]{32}):" HEX " +" FIELD HEX " +(?:" FIELD                 \
  "){5}([0-9]+)(?: |$)"

/* The kernel's lines have 150 bytes. */
#define LINE_MAX_BYTES 512

static const char *const asked[] = {
  "0.0.0.0", "127.0.0.1", "192.0.2.7", "::", "::1", "2001:db8::7"
};

typedef struct {
  gboolean is_line;
  char address[INET6_ADDRSTRLEN];
  uint64_t port;
  uint64_t state;
  uint64_t inode;
} Reading;

static gboolean
read_number (GMatchInfo *match, int group, guint base, uint64_t *number)
{
  g_autofree char *text = g_match_info_fetch (match, group);
  guint64 read = 0;
  gboolean is_right = g_ascii_string_to_unsigned (text, base, 0, G_MAXUINT64, &read, NULL);

  *number = read;
  return is_right;
}

/* In the words of the system; an IPv4 address that IPv6 has is an IPv4 address. */
static void
read_address (GMatchInfo *match, char address[INET6_ADDRSTRLEN])
{
  g_autofree char *text = g_match_info_fetch (match, 1);
  gboolean is_ipv6 = strlen (text) == 32;
  uint32_t words[4] = { 0 };

  for (gsize i = 0; i < (is_ipv6 ? 4 : 1); i++)
    {
      g_autofree char *word = g_strndup (text + i * 8, 8);

      words[i] = (uint32_t) g_ascii_strtoull (word, NULL, 16);
    }
  g_assert_nonnull (inet_ntop (is_ipv6 ? AF_INET6 : AF_INET, words, address, INET6_ADDRSTRLEN));
  if (g_str_has_prefix (address, "::ffff:") && strchr (address, '.') != NULL)
    memmove (address, address + strlen ("::ffff:"), strlen (address + strlen ("::ffff:")) + 1);
}

static Reading
read_line (ServeText line)
{
  static GRegex *regex;
  g_autoptr (GMatchInfo) match = NULL;
  Reading reading = { 0 };

  if (regex == NULL)
    regex = g_regex_new (LINE, G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY | G_REGEX_DOTALL, 0, NULL);
  g_assert_nonnull (regex);
  if (line.length == 0 ||
      !g_regex_match_full (regex, line.bytes, (gssize) line.length, 0, 0, &match, NULL))
    return reading;
  read_address (match, reading.address);
  reading.is_line = read_number (match, 2, 16, &reading.port) &&
                    read_number (match, 3, 16, &reading.state) &&
                    read_number (match, 4, 10, &reading.inode);
  return reading;
}

/* Whether who listens there keeps others from @address: `::` may have all there is, and 0.0.0.0 has
 * all of IPv4. */
static gboolean
takes (const Reading *reading, const char *address)
{
  return strcmp (reading->address, address) == 0 || strcmp (reading->address, "::") == 0 ||
         (strcmp (reading->address, "0.0.0.0") == 0 && strchr (address, ':') == NULL);
}

static void
check (ServeText line, const Reading *reading, const char *text, unsigned port)
{
  ServeAddress address;
  uint64_t inode = 0;
  gboolean is_found;

  g_assert_true (serve_address_parse (&address, serve_text (text)));
  is_found = serve_proc_net_find (line, &address, port, &inode);
  g_assert_cmpint (is_found, ==,
                   reading->is_line && reading->state == 10 && reading->port == port &&
                       takes (reading, text));
  if (is_found)
    g_assert_cmpuint (inode, ==, reading->inode);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  ServeText line = { (const char *) data, MIN (size, LINE_MAX_BYTES) };
  Reading reading = read_line (line);

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      check (line, &reading, asked[i], 8000);
      check (line, &reading, asked[i], (unsigned) reading.port & 0xffff);
    }
  return 0;
}
