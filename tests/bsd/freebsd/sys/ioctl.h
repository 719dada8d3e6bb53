/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* <sys/ioctl.h>, <sys/ioccom.h> and <sys/sockio.h> of FreeBSD. */

#define HEARTH_IOC(direction, group, number, size) \
  ((unsigned long) (direction) | (((size) &0x1fffUL) << 16) | ((group) << 8) | (number))
#define _IOW(group, number, type) HEARTH_IOC (0x80000000UL, (group), (number), sizeof (type))
#define _IOWR(group, number, type) HEARTH_IOC (0xc0000000UL, (group), (number), sizeof (type))

#define SIOCDIFADDR _IOW ('i', 25, struct ifreq)
#define SIOCAIFADDR _IOW ('i', 43, struct ifaliasreq)

int ioctl (int fd, unsigned long request, ...);
