/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table itself is looked at too, which nobody else can see. */
/* NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "hearth-port-note.c"

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      HearthAddress address;

      g_test_message ("%u %s", notes[i].port, notes[i].name);
      g_assert_cmpuint (notes[i].port, >, 0);
      g_assert_true (notes[i].tcp || notes[i].udp);
      g_assert_true (notes[i].tcp || !notes[i].is_web);
      g_assert_cmpstr (notes[i].name, !=, "");
      g_assert_true (g_str_has_suffix (notes[i].note, "."));
      g_assert_true (g_utf8_validate (notes[i].name, -1, NULL) &&
                     g_utf8_validate (notes[i].note, -1, NULL));
      if (notes[i].address != NULL)
        g_assert_true (hearth_address_parse_canonical (notes[i].address, &address, NULL));
    }
}

static void
test_order (void)
{
  for (gsize i = 1; i < G_N_ELEMENTS (notes); i++)
    {
      const HearthPortNote *before = &notes[i - 1], *note = &notes[i];

      g_assert_cmpuint (before->port, <=, note->port);
      if (before->port == note->port)
        g_assert_true (before->address != NULL || (before->tcp && note->udp) ||
                       (before->udp && note->tcp));
    }
}

/* Each row is reached by what it is for, and no row hides another. */
static void
test_each_is_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      HearthAddress address;
      const HearthAddress *where = NULL;

      if (notes[i].address != NULL &&
          hearth_address_parse_canonical (notes[i].address, &address, NULL))
        where = &address;
      if (notes[i].tcp)
        g_assert_true (hearth_port_note_find (HEARTH_TRANSPORT_TCP, notes[i].port, where) ==
                       &notes[i]);
      if (notes[i].udp)
        g_assert_true (hearth_port_note_find (HEARTH_TRANSPORT_UDP, notes[i].port, where) ==
                       &notes[i]);
    }
}

static void
test_look_up (void)
{
  static const struct {
    HearthTransport transport;
    guint16 port;
    const char *address;
    const char *name;
  } rows[] = {
    { HEARTH_TRANSPORT_TCP, 3000, NULL, "Development server" },
    { HEARTH_TRANSPORT_UDP, 3000, NULL, NULL },
    { HEARTH_TRANSPORT_TCP, 5432, "127.0.0.1", "PostgreSQL" },
    { HEARTH_TRANSPORT_TCP, 631, "::1", "Printing (CUPS)" },
    { HEARTH_TRANSPORT_TCP, 27017, NULL, "MongoDB" },
    { HEARTH_TRANSPORT_UDP, 53, "127.0.0.53", "Names (systemd-resolved)" },
    { HEARTH_TRANSPORT_TCP, 53, "127.0.0.1", "Names (DNS)" },
    { HEARTH_TRANSPORT_TCP, 53, NULL, "Names (DNS)" },
    { HEARTH_TRANSPORT_TCP, 0, NULL, NULL },
    { HEARTH_TRANSPORT_TCP, 65535, NULL, NULL },
    { HEARTH_TRANSPORT_UDP, 22, NULL, NULL },
  };
  /* What the issue names must be there. */
  static const guint16 ports[] = { 3000, 5000, 5173, 5432, 8080, 27017, 631 };
  const HearthPortNote *airplay;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HearthAddress address;
      const HearthPortNote *note;

      if (rows[i].address != NULL)
        g_assert_true (hearth_address_parse_canonical (rows[i].address, &address, NULL));
      note = hearth_port_note_find (rows[i].transport, rows[i].port,
                                    rows[i].address != NULL ? &address : NULL);
      g_assert_cmpstr (note != NULL ? note->name : NULL, ==, rows[i].name);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    g_assert_nonnull (hearth_port_note_find (HEARTH_TRANSPORT_TCP, ports[i], NULL));
  airplay = hearth_port_note_find (HEARTH_TRANSPORT_TCP, 5000, NULL);
  g_assert_true (airplay != NULL && strstr (airplay->note, "AirPlay") != NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/port-note/table", test_table);
  g_test_add_func ("/port-note/order", test_order);
  g_test_add_func ("/port-note/each-is-found", test_each_is_found);
  g_test_add_func ("/port-note/look-up", test_look_up);

  return g_test_run ();
}
