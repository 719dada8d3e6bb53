# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can be used has a name, on every page and in every dialog, as a screen reader has
it. The computer is a network namespace."""

import os
import urllib.request
from pathlib import Path

import pytest
from desktop import Hearth, go_to, has_state, is_seen, read, text_of, wait_for

# What is around others, and is not used itself.
CONTAINERS = {"application", "frame", "filler", "panel", "grouping", "scroll pane", "viewport", "list",
              "list box", "dialog", "label", "tool bar", "generic", "unknown"}


@pytest.fixture
def hearth():
    folder = Path(os.environ["HOME"]) / "site"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text("hello")
    hearth = Hearth(str(folder))
    yield hearth
    hearth.kill()


def is_choice(node):
    """What a row of a choice shows of it: a list of one in it, which nobody can go to."""
    around = read(node.get_parent)
    while around is not None and read(around.get_role_name) not in ("combo box", "dialog", "frame"):
        around = read(around.get_parent)
    return around is not None and read(around.get_role_name) == "combo box"


def nameless(hearth):
    """What takes the focus and has no name, with what is around it."""
    found = []
    for node in hearth.nodes():
        role = read(node.get_role_name)
        if role in CONTAINERS or not read(lambda: has_state(node, "FOCUSABLE") and is_seen(node)):
            continue
        if not read(lambda: text_of(node).strip()) and not is_choice(node):
            parent = read(node.get_parent)
            found.append(f"{role} in {parent and read(parent.get_role_name)} “{parent and read(parent.get_name)}”")
    return found


def check(hearth, what):
    wait_for(f"names of all on {what}; without: {nameless(hearth)}", lambda: not nameless(hearth), 5)


def test_pages(hearth):
    for page in ("Addresses", "Folders", "Services", "Explore"):
        hearth.press("page tab", page)
        check(hearth, page)


@pytest.mark.parametrize("row, says", [
    ("Check-Up", "127.0.0.1"),
    ("Map", "lo"),
    ("Who Can Reach It?", "Address, Name, Port or URL"),
    ("Traffic and Speed", "Packets"),
    ("Learn", "Loopback"),
])
def test_pages_of_explore(hearth, row, says):
    hearth.press("page tab", "Explore")
    go_to(hearth, row)
    hearth.keys("Return")
    wait_for(row, lambda: hearth.find("button", "Back"))
    hearth.wait_until_says(says)
    check(hearth, row)


def test_drop_downs_say_what_they_are_for(hearth):
    hearth.press("page tab", "Services")
    boxes = wait_for("the drop-downs", lambda: hearth.nodes("combo box"))
    said = [(node.get_name(), node.get_description()) for node in boxes]
    assert said == [("All Services", "Show"), ("By Port", "Order")]


@pytest.mark.parametrize("keys, says", [
    ("ctrl+n", "How Long It Stays"),
    ("ctrl+question", "Keyboard Shortcuts"),
])
def test_dialogs(hearth, keys, says):
    hearth.press("page tab", "Addresses")
    wait_for("the page", lambda: hearth.find("button", "Add Address"))
    hearth.keys(keys)
    hearth.wait_until_says(says)
    check(hearth, keys)


def test_items_of_a_menu(hearth):
    """Those of an address, opened by its key."""
    hearth.press("page tab", "Addresses")
    go_to(hearth, wait_for("a row", lambda: next((r for r in hearth.rows() if "127.0.0.1" in r), None)))
    hearth.keys("shift+F10")
    wait_for("its items", lambda: "Copy as URL" in hearth.names("menu item"))
    check(hearth, "the menu")


def find_row(hearth, beginning):
    """The whole name of the row that begins so."""
    return wait_for(beginning, lambda: next((r for r in hearth.rows() if beginning in r), None))


@pytest.mark.parametrize("page, row, says", [
    ("Addresses", "127.0.0.1", "Address Details"),
    ("Services", "Port 8000, ", "Service Details"),
])
def test_details(hearth, page, row, says):
    hearth.press("page tab", page)
    go_to(hearth, find_row(hearth, row))
    hearth.keys("Return")
    wait_for(says, lambda: hearth.find("dialog", says))
    check(hearth, says)


def test_a_lesson(hearth):
    hearth.press("page tab", "Explore")
    go_to(hearth, "Learn")
    hearth.keys("Return")
    hearth.wait_until_says("Loopback")
    hearth.keys("Tab", "Return")
    hearth.wait_until_says("Try It")
    check(hearth, "a lesson")


def test_a_folder(hearth):
    """Its page, with a request in the log, and its options."""
    hearth.press("page tab", "Folders")
    go_to(hearth, find_row(hearth, "site"))
    hearth.keys("Return")
    wait_for("its page", lambda: hearth.find("button", "Folder Options"))
    urllib.request.urlopen("http://localhost:8000/").read()
    find_row(hearth, "GET /")
    check(hearth, "the page of a folder")
    hearth.press("button", "Folder Options")
    wait_for("its options", lambda: hearth.find("dialog", "Folder Options"))
    check(hearth, "the options of a folder")
