# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing addresses with the keyboard and a screen reader. The computer is a network namespace whose root
this is, so the changes are made directly, and ip(8) is the witness."""

import signal
import time

import pytest
from desktop import Hearth, extents, has_state, text_of, wait_for, walk

import network
from network import addresses_of_lo, ip

IPV4 = "127.0.0.1, only this computer, always"
IPV6 = "::1, only this computer, always"
BASE = {("127.0.0.1", 8), ("::1", 128)}
CLEANED_UP_S = 2  # after the last process that could is gone


@pytest.fixture
def hearth():
    hearth = Hearth()
    hearth.wait_for_rows([IPV4, IPV6])
    yield hearth
    hearth.kill()
    network.restore()


def restart(address):
    return f"{address}, only this computer, until restart"


def open_dialog(hearth, text=None):
    hearth.keys("ctrl+n")
    dialog = wait_for("the dialog", lambda: hearth.find("dialog", "Add Address"))
    wait_for("the focus in its entry", lambda: any(
        n.get_role_name() in ("text", "entry") and has_state(n, "FOCUSED") for n in walk(dialog)))
    if text is not None:
        hearth.type(text)
    return dialog


def button(hearth, name):
    """One of the dialog, not one behind it."""
    dialog = hearth.find("dialog", "Add Address")
    return next(n for n in walk(dialog) if (n.get_role_name(), n.get_name()) == ("button", name))


def focused(node):
    return next((n.get_name() for n in walk(node) if has_state(n, "FOCUSED")), None)


def wait_for_lo(expected):
    wait_for(f"{expected} on lo, there is {addresses_of_lo()}", lambda: addresses_of_lo() == expected)


# Adding


def test_add_what_is_suggested_and_undo(hearth):
    open_dialog(hearth)
    hearth.wait_until_says("Adds 127.0.0.2 to lo until this computer restarts.")
    hearth.wait_until_says("Tested just now: 127.0.0.2 answered in")
    hearth.keys("Return")
    hearth.wait_for_row(restart("127.0.0.2"))
    hearth.wait_until_says("Added 127.0.0.2")
    wait_for_lo(BASE | {("127.0.0.2", 32)})
    hearth.keys("ctrl+z")
    hearth.wait_for_rows([IPV4, IPV6])
    wait_for_lo(BASE)


def test_add_a_range_and_undo_from_the_toast(hearth):
    open_dialog(hearth, "127.0.0.8-10")
    hearth.wait_until_says("Adds 3 addresses (127.0.0.8-127.0.0.10) to lo until this computer restarts.")
    hearth.keys("Return")
    hearth.wait_until_says("Added 3 addresses")
    wait_for_lo(BASE | {(f"127.0.0.{i}", 32) for i in (8, 9, 10)})
    hearth.press("button", "Undo")
    wait_for_lo(BASE)


def test_wrong_text(hearth):
    open_dialog(hearth, "127.0.0.256")
    hearth.wait_until_says("“127.0.0.256” is not an address.")
    assert not has_state(button(hearth, "Add"), "SENSITIVE")
    hearth.keys("Return")
    time.sleep(0.5)
    assert addresses_of_lo() == BASE and hearth.find("dialog", "Add Address")
    hearth.keys("BackSpace")
    hearth.wait_until_says("Adds 127.0.0.25 to lo")
    assert has_state(button(hearth, "Add"), "SENSITIVE")


def test_somebody_else_adds_it_meanwhile(hearth):
    open_dialog(hearth, "127.0.0.5")
    hearth.wait_until_says("Adds 127.0.0.5 to lo")
    ip("addr", "add", "127.0.0.5/32", "dev", "lo")
    wait_for("that it is taken", lambda: not has_state(button(hearth, "Add"), "SENSITIVE"))


def test_escape_cancels(hearth):
    open_dialog(hearth)
    hearth.keys("Escape")
    wait_for("the dialog to close", lambda: not hearth.find("dialog", "Add Address"))
    assert addresses_of_lo() == BASE


def test_what_cannot_be_done_says_why(hearth):
    dialog = open_dialog(hearth)
    choices = {n.get_name(): n for n in walk(dialog) if n.get_role_name() == "radio button"}
    assert list(choices) == ["While Hearth is open", "Until restart", "Always"]
    assert has_state(choices["Until restart"], "CHECKED")
    assert not has_state(choices["Always"], "SENSITIVE")
    assert has_state(choices["While Hearth is open"], "SENSITIVE")


def test_every_control_has_a_name(hearth):
    dialog = open_dialog(hearth, "127.0.0.3-90")
    wait_for("the focus on the commands", lambda: focused(dialog) == "What This Runs" or hearth.keys("Tab"))
    hearth.keys("space")
    hearth.wait_until_says("… and 85 more")
    roles = ("button", "radio button", "list item", "text", "entry")
    nodes = [n for n in walk(dialog) if n.get_role_name() in roles and has_state(n, "FOCUSABLE")]
    assert len(nodes) > 8
    assert all(n.get_name() for n in nodes), [(n.get_role_name(), n.get_name()) for n in nodes]


def test_smallest_window(hearth):
    hearth.resize(360, 294)
    wait_for("the width", lambda: extents(hearth.find("frame", "Hearth")).width == 360)
    open_dialog(hearth, "127.0.0.6")
    window = extents(hearth.find("frame", "Hearth"))
    for name in ("Add", "Cancel"):
        place = extents(button(hearth, name))
        assert place.y >= 0 and place.y + place.height <= window.height, name
    hearth.keys("Return")
    wait_for_lo(BASE | {("127.0.0.6", 32)})


# For as long as the window is open


def add_for_the_session(hearth):
    open_dialog(hearth)
    hearth.keys("Tab", "space")
    hearth.wait_until_says("Adds 127.0.0.2 to lo while Hearth is open.")
    assert button(hearth, "Add").do_action(0)
    hearth.wait_for_row("127.0.0.2, only this computer, while Hearth is open")
    wait_for_lo(BASE | {("127.0.0.2", 32)})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_session_ends_with_a_signal(hearth, number):
    add_for_the_session(hearth)
    hearth.process.send_signal(number)
    assert hearth.process.wait(10) == 0
    assert addresses_of_lo() == BASE


def test_session_ends_with_a_dialog_open(hearth):
    add_for_the_session(hearth)
    open_dialog(hearth)
    hearth.process.send_signal(signal.SIGTERM)
    assert hearth.process.wait(10) == 0
    assert addresses_of_lo() == BASE


def test_session_ends_with_the_window(hearth):
    add_for_the_session(hearth)
    hearth.keys("ctrl+w")
    assert hearth.process.wait(10) == 0
    assert addresses_of_lo() == BASE


def test_session_ends_with_a_kill(hearth):
    add_for_the_session(hearth)
    hearth.process.kill()
    hearth.process.wait()
    wait_for("the guard to clean up", lambda: addresses_of_lo() == BASE, CLEANED_UP_S)


def test_until_restart_outlives_the_window(hearth):
    open_dialog(hearth)
    hearth.keys("Return")
    hearth.wait_for_row(restart("127.0.0.2"))
    hearth.keys("ctrl+q")
    assert hearth.process.wait(10) == 0
    assert addresses_of_lo() == BASE | {("127.0.0.2", 32)}


# Removing


def test_remove_the_selection_and_undo(hearth):
    ip("addr", "add", "127.0.0.2/32", "dev", "lo", "proto", "0x69")
    ip("addr", "add", "127.0.0.3/32", "dev", "lo")
    hearth.wait_for_row(restart("127.0.0.2"))
    hearth.wait_for_row("127.0.0.3, only this computer, origin unknown")
    hearth.keys("Tab", "ctrl+a", "Delete")
    hearth.wait_until_says("Removed 2 addresses")
    wait_for_lo(BASE)
    hearth.keys("ctrl+z")
    hearth.wait_for_rows([IPV4, IPV6, restart("127.0.0.2"), "127.0.0.3, only this computer, origin unknown"])
    wait_for_lo(BASE | {("127.0.0.2", 32), ("127.0.0.3", 32)})


def test_remove_from_the_menu(hearth):
    ip("addr", "add", "10.55.0.77/32", "dev", "lo")
    row = hearth.wait_for_row("10.55.0.77, the local network, origin unknown")
    menu = next(n for n in walk(row) if n.get_name() == "More Actions")
    toggle = menu if menu.get_n_actions() else next(n for n in walk(menu) if n.get_n_actions())
    assert toggle.do_action(0)
    items = wait_for("the menu", lambda: hearth.nodes("menu item"))
    assert len(items) == 6  # to copy the address, a URL and commands, Serve, Remove, Details
    hearth.keys("Down", "Down", "Down", "Down", "Return")
    hearth.wait_for_rows([IPV4, IPV6])
    wait_for_lo(BASE)


def test_base_addresses_stay(hearth):
    hearth.keys("Tab", "ctrl+a", "Delete")
    hearth.wait_until_says("These addresses belong to the system, so they stay")
    assert addresses_of_lo() == BASE


def test_undo_in_an_entry_is_of_its_text(hearth):
    open_dialog(hearth)
    hearth.keys("Return")
    hearth.wait_for_row(restart("127.0.0.2"))
    hearth.keys("ctrl+f")
    hearth.type("127")
    hearth.wait_for_rows([IPV4, restart("127.0.0.2")])
    hearth.keys("ctrl+z")
    hearth.wait_for_rows([IPV4, IPV6, restart("127.0.0.2")])


def test_shortcuts_are_listed(hearth):
    hearth.keys("ctrl+question")
    hearth.wait_until_says("Remove Selected Addresses")
    keys = {row.get_name(): row.get_description() for row in hearth.nodes("list item")}
    assert (keys["Add"], keys["Undo Last Change"]) == ("Ctrl+N", "Ctrl+Z")


def test_who_changes_addresses_is_said(hearth):
    hearth.wait_until_says("Changes are made directly, with the rights of an administrator")
    open_dialog(hearth)
    hearth.wait_until_says("Directly: Hearth has the rights of an administrator.")
    assert any(text_of(n).startswith("Goes when this window is closed") for n in hearth.nodes())
