# SPDX-License-Identifier: GPL-3.0-or-later
"""Hearth on a screen of its own, seen and used as through a screen reader and a keyboard."""

import os
import subprocess
import time

# Warnings are fatal to Hearth, not to what looks at it: a row may go while it is read.
ENVIRONMENT = dict(os.environ)
os.environ.pop("G_DEBUG", None)

import gi  # noqa: E402

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LIMIT_S = 20


def wait_for(what, condition, limit_s=LIMIT_S):
    """What `condition` returns when it is true at last; a node may go while it is read."""
    deadline = time.monotonic() + limit_s
    while not (result := read(condition)):
        assert time.monotonic() < deadline, f"waited {limit_s} s for {what}"
        time.sleep(0.02)
    return result


def read(question):
    """The answer, or None where the node has gone."""
    try:
        return question()
    except GLib.Error:
        return None


def walk(node):
    """All of the tree below `node` that is on the screen now."""
    try:
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None and child.get_state_set().contains(Atspi.StateType.SHOWING):
                yield child
                yield from walk(child)
    except GLib.Error:
        return  # it went while it was read


def text_of(node):
    """Its name, without the marks that keep an address in order among text from right to left."""
    return (node.get_name() or "").translate(dict.fromkeys(range(0x2066, 0x206A)))


def extents(node):
    """Where it is in its window."""
    return node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)


def is_seen(node):
    """What was folded away, as a banner is, has no height."""
    return node.get_component_iface() is None or extents(node).height > 0


def has_state(node, name):
    return node.get_state_set().contains(getattr(Atspi.StateType, name))


class Hearth:
    """A running Hearth. Every question is asked of what is on the screen at that moment."""

    def __init__(self, *arguments, **options):
        self.process = subprocess.Popen([os.environ["HEARTH"], *arguments], env=ENVIRONMENT, **options)
        self.look()

    def look(self):
        self.application = wait_for("the application", self.find_application)
        wait_for("the window", lambda: self.find("frame", "Hearth"))
        self.keyboard = wait_for("the X window", self.find_x_window)

    def find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def find_x_window(self):
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)]
        return subprocess.run(search, capture_output=True, text=True).stdout.split()

    def nodes(self, role=None):
        return [n for n in walk(self.application) if role is None or read(n.get_role_name) == role]

    def find(self, role, name):
        return next((n for n in self.nodes(role) if read(n.get_name) == name), None)

    def names(self, role):
        return [read(n.get_name) for n in self.nodes(role)]

    def rows(self):
        return self.names("list item")

    def says(self, phrase):
        """Whether some text on the screen has the phrase in it."""
        return any(phrase in text_of(n) and is_seen(n) for n in self.nodes())

    def wait_for_row(self, name):
        return wait_for(f"the row “{name}”, there are {self.rows()}",
                        lambda: self.find("list item", name))

    def wait_for_rows(self, names):
        wait_for(f"the rows {names}, there are {self.rows()}", lambda: self.rows() == names)

    def wait_until_says(self, phrase):
        wait_for(f"“{phrase}” on the screen", lambda: self.says(phrase))

    def press(self, role, name):
        node = wait_for(f"{role} “{name}”", lambda: self.find(role, name))
        assert node.do_action(0), f"{role} “{name}” does nothing"

    def keys(self, *keys):
        subprocess.run(["xdotool", "windowfocus", "--sync", self.keyboard[-1]], check=True)
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "30", text], check=True)

    def resize(self, width, height):
        subprocess.run(["xdotool", "windowsize", self.keyboard[-1], str(width), str(height)], check=True)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def focused_name(hearth):
    return next((text_of(n) for n in hearth.nodes() if has_state(n, "FOCUSED")), "")


def go_to(hearth, name):
    """Tab by Tab, each when the one before has arrived."""
    for _ in range(60):
        before = wait_for("a focus", lambda: focused_name(hearth) or hearth.keys("Tab"))
        if before == name:
            return
        hearth.keys("Tab")
        wait_for(f"the focus to leave “{before}”", lambda: focused_name(hearth) not in ("", before))
    raise AssertionError(f"nothing is called “{name}”; the focus is at “{before}”")
