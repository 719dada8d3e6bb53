# SPDX-License-Identifier: GPL-3.0-or-later
"""The menu of the window: what is said about Hearth, and the keyboard shortcuts, each of which works."""

import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from desktop import Atspi, Hearth, focused_name, go_to, has_state, text_of, wait_for, walk

import network

DATA = Path(os.environ["HEARTH_DATA"])
METAINFO = ElementTree.parse(DATA / "io.github.hearthapp.Hearth.metainfo.xml.in").getroot()
IPV4 = "127.0.0.1, only this computer, always"


@pytest.fixture
def hearth():
    hearth = Hearth()
    hearth.wait_for_row(IPV4)
    yield hearth
    hearth.kill()
    network.restore()


# About


def open_about(hearth):
    hearth.keys("F10")
    wait_for("the menu", lambda: hearth.nodes("menu item"))
    hearth.keys("a")
    return wait_for("the dialog", lambda: hearth.find("dialog", "About"))


def activate(hearth, name):
    """A row of the dialog, from the first one down."""
    hearth.keys("Tab")
    for _ in range(20):
        before = wait_for("a focus", lambda: focused_name(hearth))
        if before == name:
            hearth.keys("Return")
            return
        hearth.keys("Down")
        wait_for(f"the focus to leave “{before}”", lambda: focused_name(hearth) not in ("", before))
    raise AssertionError(f"Down does not lead to “{name}”")


def test_about_says_all_of_it(hearth):
    open_about(hearth)
    version = METAINFO.find("releases/release").get("version")
    for phrase in ["Hearth", "The Hearth contributors", version]:
        hearth.wait_until_says(phrase)
    for row in ["What’s New", "Details", "Support Questions", "Report an Issue", "Troubleshooting",
                "Credits", "Legal"]:
        assert hearth.says(row), row
    activate(hearth, "Details")
    hearth.wait_until_says("Website")


def test_about_has_the_notes_of_the_release(hearth):
    open_about(hearth)
    activate(hearth, "What’s New")
    notes = METAINFO.find("releases/release/description/p").text
    wait_for("the notes", lambda: any(notes in said(n) for n in hearth.nodes()))


def said(node):
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, text.get_character_count()) if text else text_of(node)


def test_about_helps_who_looks_for_a_fault(hearth):
    open_about(hearth)
    activate(hearth, "Troubleshooting")
    hearth.wait_until_says("Debugging Information")
    go_to(hearth, "Debugging Information")
    hearth.keys("Return")
    wait_for("the text", lambda: any("libadwaita: 1." in said(n) for n in hearth.nodes()))
    text = next(said(n) for n in hearth.nodes() if "libadwaita: 1." in said(n))
    for line in [r"Hearth: \d", r"GTK: 4\.", r"GLib: 2\.", r"Display: GdkX11Display", r"Sandbox: none",
                 r"Addresses are changed by: direct", r"- direct: available", r"- helper: (unavailable|being asked)",
                 r"- networkmanager: (unavailable|being asked)"]:
        assert re.search(rf"^{line}", text, re.MULTILINE), (line, text)


def test_metainfo_shows_pictures_that_are_there():
    images = METAINFO.findall("screenshots/screenshot/image")
    assert len(images) >= 3
    for image in images:
        name = image.text.removeprefix("https://raw.githubusercontent.com/hearthapp/hearth/main/")
        head = (DATA.parent / name).read_bytes()[:24]
        size = [int.from_bytes(head[16:20]), int.from_bytes(head[20:24])]
        assert size == [int(image.get("width")), int(image.get("height"))], name


# Keyboard shortcuts


def read_shortcuts(hearth):
    """The keys that the dialog names; Delete and some others do several things."""
    hearth.keys("ctrl+question")
    dialog = wait_for("the dialog", lambda: hearth.find("dialog", "Keyboard Shortcuts"))
    return {n.get_description() for n in walk(dialog) if n.get_role_name() == "list item"}


def is_page(hearth, name):
    return any(text_of(n) == name and has_state(n, "SELECTED") for n in hearth.nodes("page tab"))


def test_every_shortcut_of_the_dialog_is_tested_here(hearth):
    tested = {keys for keys, _ in SHORTCUTS}
    assert read_shortcuts(hearth) == tested | ELSEWHERE | {"Ctrl+W", "Ctrl+Q"}


def is_typed_into(node):
    return has_state(node, "EDITABLE") and has_state(node, "FOCUSED")


def opens(name):
    return lambda hearth: hearth.find("dialog", name)


def page(name):
    return lambda hearth: is_page(hearth, name)


SHORTCUTS = [
    ("Alt+2", page("Folders")),
    ("Alt+3", page("Services")),
    ("Alt+4", page("Explore")),
    ("Alt+1", page("Addresses")),
    ("Ctrl+F", lambda hearth: any(is_typed_into(n) for n in hearth.nodes())),
    ("Escape", lambda hearth: not any(has_state(n, "EDITABLE") for n in hearth.nodes())),
    ("F10", lambda hearth: hearth.nodes("menu item")),
    ("Ctrl+N", opens("Add Address")),
    ("Ctrl+O", opens("Choose a Folder to Serve")),
    ("Ctrl+?", opens("Keyboard Shortcuts")),
]
# By the tests of their pages.
ELSEWHERE = {"Return", "Delete", "Ctrl+Z", "Ctrl+A", "Ctrl+C"}
NAMES = {"Ctrl+?": "ctrl+question"}


def test_shortcuts_do_what_they_say(hearth):
    for keys, done in SHORTCUTS:
        hearth.keys(NAMES.get(keys, keys.lower().replace("escape", "Escape").replace("f10", "F10")))
        wait_for(f"what {keys} does", lambda: done(hearth))
        if keys in ("F10", "Ctrl+N", "Ctrl+O"):
            subprocess.run(["xdotool", "key", "Escape"], check=True)
            wait_for(f"the end of what {keys} did", lambda: not done(hearth))


@pytest.mark.parametrize("keys", ["ctrl+w", "ctrl+q"])
def test_shortcuts_that_end_it(hearth, keys):
    hearth.keys(keys)
    assert hearth.process.wait(20) == 0
