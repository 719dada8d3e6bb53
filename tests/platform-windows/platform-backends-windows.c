/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The platform of Windows, on the Windows of fake-windows.c, which is its witness too. */

#include "fake-windows.h"
#include "hearth-platform-windows.h"
#include "platform-backends.h"

static HearthPlatform *
make (void)
{
  fake_windows_reset ();
  return hearth_platform_windows_new (fake_windows_get_calls ());
}

static char *
ask_witness (void)
{
  return fake_windows_list (1);
}

const PlatformBackend platform_backends[] = {
  { .name = "windows",
    .make = make,
    .ask_witness = ask_witness,
    .loopback = "Loopback Pseudo-Interface 1",
    .mtu_bytes = G_MAXUINT32,
    .keeps_lifetimes = TRUE },
};
const gsize n_platform_backends = G_N_ELEMENTS (platform_backends);
