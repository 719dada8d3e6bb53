/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The platform of the BSDs on a fake of its system, which is its own witness. */

#include "platform-backends.h"

#include "fake-bsd.h"
#include "hearth-platform-bsd.h"

static HearthPlatform *
make (void)
{
  fake_bsd_reset ();
  return hearth_platform_bsd_new (&fake_bsd);
}

const PlatformBackend platform_backends[] = {
  { .name = "bsd",
    .make = make,
    .ask_witness = fake_bsd_list_addresses,
    .loopback = "lo0",
    .mtu_bytes = 16384 },
};
const gsize n_platform_backends = G_N_ELEMENTS (platform_backends);
