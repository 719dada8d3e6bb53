# SPDX-License-Identifier: GPL-3.0-or-later
"""The network namespace of a test, by ip(8): what changes it, and what it looked like before."""

import contextlib
import json
import subprocess

DISABLE_IPV6 = "/proc/sys/net/ipv6/conf/lo/disable_ipv6"


def ip(*arguments, batch=None):
    command = ["ip", *arguments] if batch is None else ["ip", "-batch", "-"]
    return subprocess.run(command, input=batch, capture_output=True, text=True, check=True).stdout


def links():
    return json.loads(ip("-j", "addr", "show"))


def addresses_of_lo():
    return {(a["local"], a["prefixlen"]) for a in links()[0]["addr_info"]}


def switch_ipv6(on):
    with open(DISABLE_IPV6, "w") as switch:
        switch.write("0" if on else "1")


@contextlib.contextmanager
def veth():
    ip("link", "add", "h0", "type", "veth", "peer", "name", "h1")
    try:
        yield
    finally:
        ip("link", "del", "h0")


def restore():
    """Leaves `lo` as a fresh computer has it."""
    switch_ipv6(True)
    ip("link", "set", "lo", "down")
    ip("addr", "flush", "dev", "lo")
    ip("link", "set", "lo", "up")
    for address in ("127.0.0.1/8", "::1/128"):
        subprocess.run(["ip", "addr", "add", address, "dev", "lo"], capture_output=True)


def storm(n_added, n_left):
    """Lines for `ip -batch`: many addresses come, all but a few go again."""
    texts = [f"10.1.{i // 256}.{i % 256}/32" for i in range(n_added)]
    lines = [f"addr add {text} dev lo" for text in texts]
    lines += [f"addr del {text} dev lo" for text in texts[n_left:]]
    return "\n".join(lines)
