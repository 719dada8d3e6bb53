# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person meets on the Addresses page, and around it. The computer is a network namespace."""

import signal
import subprocess

import pytest
from desktop import ENVIRONMENT, Hearth, wait_for

import network
from confined import forbid_netlink
from network import ip, veth

IPV4 = "127.0.0.1, only this computer, always"
IPV6 = "::1, only this computer, always"


@pytest.fixture
def hearth():
    hearth = Hearth()
    yield hearth
    hearth.kill()
    network.restore()


def alias(address):
    return f"{address}, only this computer, added by another program"


# What is there, and what changes


def test_fresh_computer(hearth):
    hearth.wait_for_rows([IPV4, IPV6])
    assert hearth.says("Loopback: this computer talking to itself")


def test_what_others_change_shows_at_once(hearth):
    hearth.wait_for_row(IPV4)
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    hearth.wait_for_rows([IPV4, IPV6, alias("127.0.0.2")])
    ip("addr", "replace", "127.0.0.2/32", "dev", "lo", "proto", "0x69")
    hearth.wait_for_rows([IPV4, IPV6, "127.0.0.2, only this computer, until restart"])
    ip("addr", "add", "10.55.0.77/32", "dev", "lo")
    hearth.wait_for_row("10.55.0.77, the local network, added by another program")
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    ip("addr", "del", "10.55.0.77/32", "dev", "lo")
    hearth.wait_for_rows([IPV4, IPV6])


def test_selection_stays(hearth):
    hearth.wait_for_row(IPV6)
    hearth.keys("Tab", "Down")
    selected = wait_for("a selected row", lambda: selected_rows(hearth))
    ip("addr", "add", "10.0.0.1/32", "dev", "lo")
    hearth.wait_for_row("10.0.0.1, the local network, added by another program")
    assert selected_rows(hearth) == selected


def selected_rows(hearth):
    from gi.repository import Atspi

    return [
        node.get_name()
        for node in hearth.nodes("list item")
        if node.get_state_set().contains(Atspi.StateType.SELECTED)
    ]


def test_storm_ends_with_what_ip_shows(hearth):
    hearth.wait_for_row(IPV4)
    ip(batch=network.storm(2503, 7))
    expected = [f"10.1.0.{i}, the local network, added by another program" for i in range(7)]
    hearth.wait_for_rows([IPV4, IPV6, *expected])


def test_storm_that_overruns_the_socket(hearth):
    hearth.wait_for_row(IPV4)
    hearth.process.send_signal(signal.SIGSTOP)
    ip(batch=network.storm(12000, 7))
    hearth.process.send_signal(signal.SIGCONT)
    expected = [f"10.1.0.{i}, the local network, added by another program" for i in range(7)]
    hearth.wait_for_rows([IPV4, IPV6, *expected])


def test_other_interfaces(hearth):
    with veth():
        ip("addr", "add", "192.0.2.1/24", "dev", "h0")
        hearth.wait_for_row("Other interfaces, not shown")
        assert not hearth.says("192.0.2.1")
        hearth.press("check box", "Other Interfaces")
        hearth.wait_for_row("192.0.2.1, the local network, added by another program")
        assert any("No addresses" in row for row in hearth.rows()), hearth.rows()
    hearth.wait_for_rows([IPV4, IPV6])


# Search


def test_search(hearth):
    ip("addr", "add", "127.0.0.77/32", "dev", "lo")
    hearth.wait_for_row(alias("127.0.0.77"))
    hearth.keys("ctrl+f")
    hearth.type("0.77")
    hearth.wait_for_rows([alias("127.0.0.77")])
    ip("addr", "add", "10.0.77.1/32", "dev", "lo")
    hearth.wait_for_rows(
        ["10.0.77.1, the local network, added by another program", alias("127.0.0.77")]
    )
    hearth.type("zzz")
    hearth.wait_until_says("No Results")
    hearth.keys("Escape")
    hearth.wait_for_row(IPV4)


# Copying


def test_copy_address(hearth):
    row = hearth.wait_for_row(IPV4)
    buttons = [n for n in hearth.nodes("button") if n.get_name() == "Copy Address"]
    assert len(buttons) == 2 and row is not None
    assert buttons[0].do_action(0)
    hearth.wait_until_says("Copied 127.0.0.1")
    assert clipboard() == "127.0.0.1"


def clipboard():
    return subprocess.run(["xclip", "-selection", "clipboard", "-out"], capture_output=True, text=True,
                          timeout=10).stdout


def test_copy_selected(hearth):
    hearth.wait_for_row(IPV6)
    hearth.keys("Tab", "ctrl+a", "ctrl+c")
    hearth.wait_until_says("Copied 2 addresses")
    assert clipboard() == "127.0.0.1\n::1"


# What can be wrong


def test_lo_down(hearth):
    hearth.wait_for_row(IPV4)
    ip("link", "set", "lo", "down")
    hearth.wait_until_says("lo is switched off, so localhost does not work.")
    assert hearth.says("ip link set lo up")
    ip("link", "set", "lo", "up")
    wait_for("all to be well again", lambda: not hearth.says("lo is switched off"))


def test_ipv6_off(hearth):
    hearth.wait_for_row(IPV6)
    network.switch_ipv6(False)
    hearth.wait_until_says("IPv6 is switched off on lo, so localhost answers on 127.0.0.1 only.")
    hearth.wait_for_rows([IPV4])
    network.switch_ipv6(True)
    hearth.wait_for_rows([IPV4, IPV6])


def test_lo_without_addresses(hearth):
    hearth.wait_for_row(IPV4)
    ip("addr", "flush", "dev", "lo")
    hearth.wait_until_says("127.0.0.1 is missing from lo")
    assert any("No addresses" in row for row in hearth.rows()), hearth.rows()


def test_not_permitted():
    hearth = Hearth(preexec_fn=forbid_netlink)
    try:
        hearth.wait_until_says("Hearth may not ask the kernel for the network interfaces")
        hearth.press("button", "Try Again")
        hearth.wait_until_says("allow it sockets of the family AF_NETLINK")
    finally:
        hearth.kill()


# Getting around


@pytest.mark.parametrize(
    "key, page, phrase",
    [
        ("alt+2", "Folders", "serve a folder on localhost with one click"),
        ("alt+3", "Services", "which programs wait for connections"),
        ("alt+4", "Explore", "a map of what stays inside this computer"),
    ],
)
def test_other_pages_say_what_will_be_there(hearth, key, page, phrase):
    hearth.wait_for_row(IPV4)
    hearth.keys(key)
    hearth.wait_until_says(phrase)
    hearth.keys("alt+1")
    hearth.wait_for_row(IPV4)


def test_shortcuts(hearth):
    hearth.wait_for_row(IPV4)
    hearth.keys("ctrl+question")
    hearth.wait_until_says("Keyboard Shortcuts")
    assert hearth.says("Search")
    hearth.keys("Escape")


def test_narrow(hearth):
    hearth.wait_for_row(IPV4)
    hearth.resize(360, 294)
    wait_for("the switcher at the bottom", lambda: hearth.names("page tab").count("Addresses") == 1)
    hearth.wait_for_row(IPV4)


def test_every_control_has_a_name(hearth):
    hearth.wait_for_row(IPV4)
    for role in ("button", "check box", "list item", "page tab", "text"):
        assert all(hearth.names(role)), role


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+w"])
def test_quit(hearth, key):
    hearth.wait_for_row(IPV4)
    hearth.keys(key)
    assert hearth.process.wait(10) == 0


def test_second_start_shows_the_window_of_the_first(hearth):
    hearth.wait_for_row(IPV4)
    assert subprocess.run(hearth.process.args, env=ENVIRONMENT, timeout=20).returncode == 0
    assert hearth.process.poll() is None
