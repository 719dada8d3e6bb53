# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person meets on the Addresses page, and around it. The computer is a network namespace."""

import signal
import subprocess

import pytest
from desktop import ENVIRONMENT, Hearth, extents, has_state, is_seen, text_of, wait_for, walk

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
    return f"{address}, only this computer, origin unknown"


def global_alias(address):
    return f"{address}, the local network, origin unknown"


RESTART = "127.0.0.2, only this computer, until restart"


# What is there, and what changes


def test_fresh_computer(hearth):
    hearth.wait_for_rows([IPV4, IPV6])
    hearth.wait_until_says("Loopback: this computer talking to itself")


def test_what_others_change_shows_at_once(hearth):
    hearth.wait_for_row(IPV4)
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    hearth.wait_for_rows([IPV4, IPV6, alias("127.0.0.2")])
    ip("addr", "replace", "127.0.0.2/32", "dev", "lo", "proto", "0x69")
    hearth.wait_for_rows([IPV4, IPV6, RESTART])
    ip("addr", "add", "10.55.0.77/32", "dev", "lo")
    hearth.wait_for_row(global_alias("10.55.0.77"))
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    ip("addr", "del", "10.55.0.77/32", "dev", "lo")
    hearth.wait_for_rows([IPV4, IPV6])


def test_selection_stays(hearth):
    ip("addr", "add", "127.0.0.9/32", "dev", "lo")
    hearth.wait_for_row(alias("127.0.0.9"))
    hearth.keys("Tab", "End")
    wait_for("the last row selected", lambda: selected_rows(hearth) == [alias("127.0.0.9")])
    ip("addr", "add", "10.0.0.1/32", "dev", "lo")
    hearth.wait_for_rows([IPV4, IPV6, global_alias("10.0.0.1"), alias("127.0.0.9")])
    assert selected_rows(hearth) == [alias("127.0.0.9")]


def selected_rows(hearth):
    return [n.get_name() for n in hearth.nodes("list item") if has_state(n, "SELECTED")]


def test_scroll_position_stays(hearth):
    ip(batch="\n".join(f"addr add 10.9.0.{i}/32 dev lo" for i in range(1, 61)))
    hearth.keys("Tab")
    wait_for("the end of the list", lambda: hearth.keys("End") or "10.9.0.60" in rows_in_sight(hearth))
    hearth.keys("Page_Up", "Page_Up")
    wait_for("the middle of the list", lambda: "10.9.0.60" not in rows_in_sight(hearth))
    before = rows_in_sight(hearth)
    assert len(before) > 3 and "10.9.0.1" not in before
    last = max(before, key=before.get)
    ip("addr", "add", "10.0.0.1/32", "dev", "lo")
    ip("addr", "replace", f"{last}/32", "dev", "lo", "proto", "0x69")
    hearth.wait_for_row(f"{last}, the local network, until restart")
    assert rows_in_sight(hearth) == before


def rows_in_sight(hearth):
    """How far down each address is."""
    window = extents(hearth.find("frame", "Hearth"))
    places = {n.get_name().split(",")[0]: extents(n) for n in hearth.nodes("list item")}
    return {address: place.y for address, place in places.items()
            if place.y >= 0 and place.y + place.height <= window.height}


def test_storm_ends_with_what_ip_shows(hearth):
    hearth.wait_for_row(IPV4)
    ip(batch=network.storm(2503, 7))
    expected = [global_alias(f"10.1.0.{i}") for i in range(7)]
    hearth.wait_for_rows([IPV4, IPV6, *expected])


def test_storm_that_overruns_the_socket(hearth):
    hearth.wait_for_row(IPV4)
    hearth.process.send_signal(signal.SIGSTOP)
    ip(batch=network.storm(12000, 7))
    hearth.process.send_signal(signal.SIGCONT)
    expected = [global_alias(f"10.1.0.{i}") for i in range(7)]
    hearth.wait_for_rows([IPV4, IPV6, *expected])


def test_other_interfaces(hearth):
    with veth():
        ip("addr", "add", "192.0.2.1/24", "dev", "h0")
        hearth.wait_for_row("Other interfaces, not shown")
        assert not hearth.says("192.0.2.1")
        hearth.press("check box", "Other Interfaces")
        hearth.wait_for_row(global_alias("192.0.2.1"))
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
    hearth.wait_for_rows([global_alias("10.0.77.1"), alias("127.0.0.77")])
    hearth.type("zzz")
    hearth.wait_until_says("No Results")
    hearth.keys("Escape")
    hearth.wait_for_row(IPV4)


def test_search_finds_what_changes_into_it(hearth):
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    hearth.wait_for_row(alias("127.0.0.2"))
    hearth.keys("ctrl+f")
    hearth.type("until restart")
    hearth.wait_until_says("No Results")
    ip("addr", "replace", "127.0.0.2/32", "dev", "lo", "proto", "0x69")
    hearth.wait_for_rows([RESTART])


def test_search_says_what_it_leaves_out(hearth):
    hearth.wait_for_row(IPV4)
    hearth.keys("ctrl+f")
    hearth.type("zzz")
    hearth.wait_until_says("No address here matches “zzz”.")
    assert not hearth.says("Other interfaces are not searched.")
    with veth():
        hearth.wait_until_says("Other interfaces are not searched.")


def test_search_again(hearth):
    hearth.wait_for_row(IPV6)
    hearth.keys("ctrl+f")
    hearth.type("127")
    hearth.wait_for_rows([IPV4])
    hearth.keys("Tab")
    wait_for("the focus in the list", lambda: focused_role(hearth) == "list item")
    hearth.keys("ctrl+f")
    wait_for("the focus in the entry", lambda: focused_role(hearth) == "entry")
    hearth.type("::1")
    hearth.wait_for_rows([IPV6])


def focused_role(hearth):
    return next((n.get_role_name() for n in hearth.nodes() if has_state(n, "FOCUSED")), None)


# Details


def test_details_follow_an_address_that_comes_again(hearth):
    dialog = open_details(hearth, "127.0.0.2")
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    wait_for("that it is gone", lambda: says_in(dialog, "This address is no longer there"))
    ip("addr", "add", "127.0.0.2/32", "dev", "lo", "proto", "0x69")
    wait_for("that it is back", lambda: not says_in(dialog, "This address is no longer there"))
    assert says_in(dialog, "Until restart")
    ip("addr", "replace", "127.0.0.2/32", "dev", "lo", "proto", "0x6a")
    wait_for("what it is now", lambda: not says_in(dialog, "Until restart"))


def test_details_copy(hearth):
    dialog = open_details(hearth, "127.0.0.2")
    button = next(n for n in walk(dialog) if n.get_name() == "Copy Address")
    assert button.do_action(0)
    wait_for("the toast", lambda: says_in(dialog, "Copied 127.0.0.2"))
    assert clipboard() == "127.0.0.2"


def open_details(hearth, address):
    ip("addr", "add", f"{address}/32", "dev", "lo")
    hearth.wait_for_row(alias(address))
    hearth.keys("Tab", "End", "Return")
    return wait_for("the details", lambda: hearth.find("dialog", "Address Details"))


def says_in(node, phrase):
    return any(phrase in text_of(n) and is_seen(n) for n in walk(node))


# Copying


def test_copy_address(hearth):
    row = hearth.wait_for_row(IPV4)
    buttons = {text_of(n): n for n in hearth.nodes("button") if text_of(n).startswith("Copy ")}
    assert list(buttons) == ["Copy 127.0.0.1", "Copy ::1"] and row is not None
    assert buttons["Copy 127.0.0.1"].do_action(0)
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
    hearth.wait_until_says("ip link set lo up")
    ip("link", "set", "lo", "up")
    wait_for("all to be well again", lambda: not hearth.says("lo is switched off"))


def test_ipv6_off(hearth):
    hearth.wait_for_row(IPV6)
    network.switch_ipv6(False)
    hearth.wait_until_says("lo has no ::1 (IPv6 may be switched off), so localhost answers on 127.0.0.1")
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
        assert hearth.says("allow it sockets of the family AF_NETLINK")
        assert hearth.find("button", "Try Again") is not None  # what it does: test-try-again.c
    finally:
        hearth.kill()


# Getting around


@pytest.mark.parametrize(
    "key, page, phrase",
    [
        ("alt+2", "Folders", "Serve a Folder on Localhost"),
        ("alt+3", "Services", "Nobody Listens"),
        ("alt+4", "Explore", "What Is Localhost?"),
    ],
)
def test_other_pages(hearth, key, page, phrase):
    hearth.wait_for_row(IPV4)
    hearth.keys(key)
    hearth.wait_until_says(phrase)
    hearth.keys("alt+1")
    hearth.wait_for_row(IPV4)


def test_shortcuts(hearth):
    hearth.wait_for_row(IPV4)
    hearth.keys("ctrl+question")
    hearth.wait_until_says("Copy Selected Addresses")
    keys = {row.get_name(): row.get_description() for row in hearth.nodes("list item")}
    assert keys["Search"] == "Ctrl+F" and keys["Folders"] == "Alt+2" and keys["Select All"] == "Ctrl+A"
    hearth.keys("Escape")
    wait_for("the dialog to close", lambda: not hearth.says("Copy Selected Addresses"))


def test_narrow(hearth):
    hearth.wait_for_row(IPV4)
    hearth.resize(360, 294)
    wait_for("the width", lambda: extents(hearth.find("frame", "Hearth")).width == 360)
    wait_for("the switcher at the bottom", lambda: lies_low(hearth, hearth.find("page tab", "Addresses")))
    hearth.wait_for_row(IPV4)


def lies_low(hearth, node):
    return node is not None and extents(node).y > extents(hearth.find("frame", "Hearth")).height / 2


def test_every_control_has_a_name(hearth):
    hearth.wait_for_row(IPV4)
    hearth.keys("ctrl+f")
    with veth():
        hearth.press("check box", "Other Interfaces")
        wait_for("all rows", lambda: len(hearth.rows()) > 3)
        for role in ("button", "check box", "list item", "page tab", "entry", "toggle button"):
            names = hearth.names(role)
            assert names and all(names), (role, names)


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+w"])
def test_quit(hearth, key):
    hearth.wait_for_row(IPV4)
    hearth.keys(key)
    assert hearth.process.wait(10) == 0


def test_second_start_shows_the_window_of_the_first(hearth):
    hearth.wait_for_row(IPV4)
    assert subprocess.run(hearth.process.args, env=ENVIRONMENT, timeout=20).returncode == 0
    assert hearth.process.poll() is None
