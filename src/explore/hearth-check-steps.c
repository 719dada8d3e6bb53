/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hearth-check-steps.h"

#include <glib/gi18n-lib.h>

#include "hearth-check-containers.h"
#include "hearth-check-echo.h"
#include "hearth-check-hops.h"
#include "hearth-check-link.h"
#include "hearth-check-names.h"
#include "hearth-check-round-trip.h"

/* Longer than a step's own waits, which end with a better sentence. */
#define SOON_MS 5000
#define LATER_MS 8000

#define NONE HEARTH_FAMILY_NONE, FALSE
#define IPV4 HEARTH_FAMILY_IPV4, TRUE
#define IPV6 HEARTH_FAMILY_IPV6, TRUE

/* clang-format off */
static const HearthCheckStep steps[] = {
  { "lo-up", N_ ("Loopback is switched on"), NONE, SOON_MS, hearth_check_link_up },
  { "ipv4-address", N_ ("127.0.0.1 is there"), NONE, SOON_MS, hearth_check_link_ipv4 },
  { "ipv6-address", N_ ("::1 is there"), NONE, SOON_MS, hearth_check_link_ipv6 },
  { "localhost-name", N_ ("The name localhost leads to this computer"), NONE, LATER_MS, hearth_check_names_localhost },
  { "host-name", N_ ("This computer knows its own name"), NONE, LATER_MS, hearth_check_names_host },
  { "echo-ipv4", N_ ("127.0.0.1 answers a ping"), IPV4, LATER_MS, hearth_check_echo },
  { "echo-ipv6", N_ ("::1 answers a ping"), IPV6, LATER_MS, hearth_check_echo },
  { "tcp-ipv4", N_ ("TCP goes there and back at 127.0.0.1"), IPV4, SOON_MS, hearth_check_round_trip_tcp },
  { "tcp-ipv6", N_ ("TCP goes there and back at ::1"), IPV6, SOON_MS, hearth_check_round_trip_tcp },
  { "udp-ipv4", N_ ("UDP goes there and back at 127.0.0.1"), IPV4, SOON_MS, hearth_check_round_trip_udp },
  { "udp-ipv6", N_ ("UDP goes there and back at ::1"), IPV6, SOON_MS, hearth_check_round_trip_udp },
  { "hops-ipv4", N_ ("127.0.0.1 is one hop away"), IPV4, SOON_MS, hearth_check_hops },
  { "hops-ipv6", N_ ("::1 is one hop away"), IPV6, SOON_MS, hearth_check_hops },
  { "alias", N_ ("The alias 127.0.0.2 can be used"), IPV4, SOON_MS, hearth_check_round_trip_alias },
  { "containers", N_ ("Programs with a localhost of their own"), NONE, SOON_MS, hearth_check_containers },
};
/* clang-format on */

const HearthCheckStep *
hearth_check_steps_get (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps);
  return steps;
}
