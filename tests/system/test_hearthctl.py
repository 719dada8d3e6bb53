# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl as a user runs it, in a network namespace of its own; ip(8) is the witness."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import time

import pytest

import network
from confined import forbid_netlink
from network import ip, veth

HEARTHCTL = os.environ["HEARTHCTL"]


def hearthctl(*arguments, **options):
    return subprocess.run([HEARTHCTL, *arguments], capture_output=True, text=True, timeout=30, **options)


def listed(*arguments):
    result = hearthctl("list", "--json", *arguments)
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)["interfaces"]


def what_hearthctl_says():
    return {
        (interface["index"], interface["name"], interface["mtu"], interface["up"]): sorted(
            (a["address"], a["prefix"], a["scope"], a["label"]) for a in interface["addresses"]
        )
        for interface in listed()
    }


def what_ip_says():
    return {
        (link["ifindex"], link["ifname"], link["mtu"], "UP" in link["flags"]): sorted(
            (a["local"], a["prefixlen"], a["scope"], a.get("label")) for a in link["addr_info"]
        )
        for link in network.links()
    }


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    network.restore()


# list


def test_list_is_what_ip_says():
    with veth():
        ip("addr", "add", "127.0.0.2/32", "dev", "lo", "label", "lo:two")
        ip("addr", "add", "fd00::2/128", "dev", "lo")
        ip("addr", "add", "192.0.2.1/24", "dev", "h0")
        ip("addr", "add", "fe80::5/64", "dev", "h0")
        ip("link", "set", "h1", "mtu", "1400")
        assert what_hearthctl_says() == what_ip_says()
        assert [i["name"] for i in listed()][0] == "lo"


def test_base_addresses():
    (lo,) = listed()
    assert lo == {
        "index": 1,
        "name": "lo",
        "loopback": True,
        "up": True,
        "mtu": 65536,
        "addresses": [
            {
                "address": "127.0.0.1",
                "prefix": 8,
                "family": "ipv4",
                "scope": "host",
                "label": "lo",
                "reach": "this-computer",
                "owner": "system",
                "lifetime": "always",
            },
            {
                "address": "::1",
                "prefix": 128,
                "family": "ipv6",
                "scope": "host",
                "label": None,
                "reach": "this-computer",
                "owner": "system",
                "lifetime": "always",
            },
        ],
    }


@pytest.mark.parametrize(
    "address, reach",
    [
        ("127.9.9.9/32", "this-computer"),
        ("10.55.0.77/32", "local-network"),
        ("169.254.169.254/32", "local-network"),
        ("8.8.8.8/32", "internet"),
        ("fd00::2/128", "local-network"),
        ("2606:4700::1111/128", "internet"),
    ],
)
def test_reach(address, reach):
    ip("addr", "add", address, "dev", "lo")
    (found,) = [a for a in listed()[0]["addresses"] if a["address"] == address.split("/")[0]]
    assert (found["reach"], found["owner"], found["lifetime"]) == (reach, "unknown", "unknown")


@pytest.mark.parametrize(
    "tag, owner, lifetime",
    [
        ("1", "system", "always"),
        ("2", "system", "unknown"),
        ("3", "system", "unknown"),
        ("0x68", "hearth", "session"),
        ("0x69", "hearth", "restart"),
        ("0x6a", "hearth", "always"),
    ],
)
def test_tags(tag, owner, lifetime):
    ip("addr", "add", "127.0.0.2/32", "dev", "lo", "proto", tag)
    (found,) = [a for a in listed()[0]["addresses"] if a["address"] == "127.0.0.2"]
    assert (found["owner"], found["lifetime"]) == (owner, lifetime)


def test_one_interface():
    with veth():
        assert [i["name"] for i in listed("h0")] == ["h0"]
        text = hearthctl("list", "h0").stdout
        assert text.startswith("h0  Down") and "No addresses" in text and "lo" not in text


def test_text():
    ip("addr", "add", "127.0.0.2/32", "dev", "lo", "proto", "0x69")
    assert hearthctl("list").stdout == (
        "lo  Loopback · up · MTU 65536\n"
        "  127.0.0.1/8   Only this computer · System · always\n"
        "  ::1/128       Only this computer · System · always\n"
        "  127.0.0.2/32  Only this computer · Hearth · until restart\n"
    )


def test_remedy_for_missing_ipv6():
    """The command that is shown cures both ways to lose ::1."""
    for break_it in (lambda: network.switch_ipv6(False), lambda: ip("addr", "del", "::1/128", "dev", "lo")):
        break_it()
        sentence = next(line for line in hearthctl("list").stdout.splitlines() if "no ::1" in line)
        subprocess.run(["sh", "-e"], input=sentence.split("run: ")[1], text=True, check=True)
        assert ("::1", 128) in network.addresses_of_lo()


def test_names_are_shown_as_text():
    """An interface may be called what a terminal would obey."""
    ip("link", "add", "a\033[31mb", "type", "veth", "peer", "name", "h1")
    try:
        assert "\033" not in hearthctl("list").stdout
        assert "a\033[31mb" in [i["name"] for i in listed()]
    finally:
        ip("link", "del", "h1")


def test_no_such_interface():
    result = hearthctl("list", "nosuch")
    assert (result.returncode, result.stdout) == (1, "")
    assert "There is no network interface “nosuch”" in result.stderr


def test_lo_down():
    ip("link", "set", "lo", "down")
    assert listed()[0]["up"] is False
    text = hearthctl("list").stdout
    assert "lo is switched off, so localhost does not work." in text and "ip link set lo up" in text


def test_ipv6_off():
    network.switch_ipv6(False)
    assert [a["address"] for a in listed()[0]["addresses"]] == ["127.0.0.1"]
    assert "lo has no ::1 (IPv6 may be switched off)" in hearthctl("list").stdout


def test_ordinary_user():
    as_nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps=-all"]
    result = subprocess.run([*as_nobody, HEARTHCTL, "list", "--json"], capture_output=True, text=True)
    assert result.returncode == 0 and json.loads(result.stdout)["interfaces"][0]["name"] == "lo"


@pytest.mark.parametrize("command", ["list", "watch"])
def test_not_permitted(command):
    result = hearthctl(command, preexec_fn=forbid_netlink)
    assert (result.returncode, result.stdout) == (3, "")
    assert "may not ask the kernel" in result.stderr and "AF_NETLINK" in result.stderr


# Usage


@pytest.mark.parametrize(
    "arguments, phrase",
    [
        ([], "say what to do"),
        (["lst"], "there is no command “lst”"),
        (["--nosuch"], "Unknown option"),
        (["list", "--nosuch"], "Unknown option"),
        (["list", "lo", "h0"], "“h0” is one argument too many"),
        (["watch", "lo"], "“lo” is one argument too many"),
    ],
)
def test_usage(arguments, phrase):
    result = hearthctl(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert phrase in result.stderr and "--help" in result.stderr


def test_help():
    for arguments in (["--help"], ["-h"]):
        result = hearthctl(*arguments)
        assert result.returncode == 0 and "list" in result.stdout and "watch" in result.stdout
    assert "hearthctl list [OPTION…] [INTERFACE]" in hearthctl("list", "--help").stdout
    assert hearthctl("--version").stdout.startswith("hearthctl 0.")


def run_on_terminal(environment):
    master, slave = pty.openpty()
    subprocess.run([HEARTHCTL, "list"], stdout=slave, env={**os.environ, **environment}, check=True)
    os.close(slave)
    output = b""
    with contextlib.suppress(OSError):
        while piece := os.read(master, 65536):
            output += piece
    os.close(master)
    return output


def test_colour_on_a_terminal_only():
    assert "\033[" not in hearthctl("list").stdout
    assert b"\033[1mlo\033[0m" in run_on_terminal({"TERM": "xterm-256color"})
    assert b"\033[" not in run_on_terminal({"TERM": "xterm-256color", "NO_COLOR": "1"})


@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["watch"], ["watch", "--json"]])
def test_full_disk_is_a_failure(command):
    with open("/dev/full", "w") as full:
        result = subprocess.run([HEARTHCTL, *command], stdout=full, stderr=subprocess.PIPE, text=True, timeout=10)
    assert result.returncode == 1
    assert "could not be written: No space left on device" in result.stderr


# commands


def test_commands():
    assert hearthctl("commands", "127.0.0.2-3", "--os", "linux").stdout == (
        "ip addr add 127.0.0.2/32 dev lo\nip addr add 127.0.0.3/32 dev lo\n"
    )
    everywhere = hearthctl("commands", "fd00::2").stdout
    for heading in ("# linux", "# networkmanager", "# macos", "# windows"):
        assert heading in everywhere


def test_commands_do_what_they_say():
    """What is shown for Linux works when it is pasted."""
    script = hearthctl("commands", "127.0.0.2-4", "10.55.0.77", "fd00::2", "--os", "linux").stdout
    subprocess.run(["sh", "-e"], input=script, text=True, check=True)
    assert network.addresses_of_lo() == {
        ("127.0.0.1", 8), ("::1", 128), ("127.0.0.2", 32), ("127.0.0.3", 32), ("127.0.0.4", 32),
        ("10.55.0.77", 32), ("fd00::2", 128),
    }


@pytest.mark.parametrize(
    "arguments, phrase",
    [
        ([], "No address is named"),
        (["127.0.0.1"], "127.0.0.1"),
        (["127.1"], "127.0.0.1"),
        (["127.0.0.2", "--os", "beos"], "beos"),
        (["10.0.0.0-10.255.255.255"], "more than 1024"),
    ],
)
def test_commands_refuses(arguments, phrase):
    result = hearthctl("commands", *arguments)
    assert (result.returncode, result.stdout) == (2, "") and phrase in result.stderr


# watch


class Watch:
    """hearthctl watch --json, and the list that its events make."""

    def __init__(self):
        self.process = subprocess.Popen([HEARTHCTL, "watch", "--json"], stdout=subprocess.PIPE, text=True)
        self.first = self.read()
        self.addresses = {
            (i["name"], a["address"], a["prefix"]) for i in self.first["interfaces"] for a in i["addresses"]
        }

    def read(self):
        return json.loads(self.process.stdout.readline())

    def apply(self, event):
        if event["event"] == "link":
            return
        address = event["address"]
        key = (event["interface"], address["address"], address["prefix"])
        assert (key in self.addresses) == (event["event"] != "added"), event
        (self.addresses.discard if event["event"] == "removed" else self.addresses.add)(key)

    def finish(self, number=signal.SIGINT):
        self.process.send_signal(number)
        assert self.process.wait(10) == 0


@pytest.fixture
def watch():
    watch = Watch()
    yield watch
    if watch.process.poll() is None:
        watch.process.kill()
        watch.process.wait()


def test_watch_starts_with_a_snapshot(watch):
    assert watch.first == {"event": "snapshot", "interfaces": listed()}
    watch.finish()


def test_watch_addresses(watch):
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    event = watch.read()
    assert (event["event"], event["interface"]) == ("added", "lo")
    assert event["address"]["address"] == "127.0.0.2"
    ip("addr", "replace", "127.0.0.2/32", "dev", "lo", "proto", "0x6a")
    event = watch.read()
    assert (event["event"], event["address"]["lifetime"]) == ("changed", "always")
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    event = watch.read()
    assert (event["event"], event["address"]["owner"]) == ("removed", "hearth")
    watch.finish(signal.SIGTERM)


def test_watch_links(watch):
    ip("link", "set", "lo", "mtu", "1500")
    assert watch.read() == {
        "event": "link",
        "change": "changed",
        "index": 1,
        "name": "lo",
        "loopback": True,
        "up": True,
        "mtu": 1500,
    }
    ip("link", "set", "lo", "mtu", "65536")
    assert watch.read()["mtu"] == 65536
    with veth():
        assert {watch.read()["change"], watch.read()["change"]} == {"added"}
    assert watch.read()["change"] == "removed"
    watch.finish()


def test_watch_ends_when_nobody_reads():
    process = subprocess.Popen([HEARTHCTL, "watch"], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().startswith("lo")
    process.stdout.close()
    assert process.wait(10) == 0


def test_watch_through_a_loss(watch):
    """Stopped while thousands of changes happen, more than its socket holds."""
    watch.process.send_signal(signal.SIGSTOP)
    ip(batch=network.storm(12000, 6000))
    expected = {("lo", *address) for address in network.addresses_of_lo()}
    watch.process.send_signal(signal.SIGCONT)
    deadline = time.monotonic() + 30
    while watch.addresses != expected:
        assert time.monotonic() < deadline
        watch.apply(watch.read())
    watch.finish()
