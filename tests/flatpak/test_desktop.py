# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of the computer, handed over by the portal when a person chooses it, and what goes on without a window."""

import os
import pathlib
import shutil
import subprocess
import urllib.request

import pytest
from desktop import Hearth, read, wait_for

from gi.repository import Atspi
from portals import Portals
from sandbox import ID
from system_bus import wait_until

HOME = pathlib.Path(os.environ["HOME"])
LOCALHOST = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class SandboxedHearth(Hearth):
    """Its processes have other numbers in the sandbox, so it is found by its name."""

    def __init__(self, sandbox, *arguments):
        self.process = sandbox.start("hearth", *arguments)
        self.application = wait_for("the application", self.find_application)
        wait_for("the window", lambda: self.find("frame", "Hearth"))
        self.keyboard = wait_for("the X window", self.find_x_window)

    def find_application(self):
        desktop = Atspi.get_desktop(0)
        children = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
        return next((child for child in children if child is not None and read(child.get_name) == "hearth"), None)

    def find_x_window(self):
        search = ["xdotool", "search", "--onlyvisible", "--name", "^Hearth$"]
        return subprocess.run(search, capture_output=True, text=True).stdout.split()


@pytest.fixture
def portals():
    portals = Portals()
    yield portals
    print(portals.log.read_text()[-3000:], portals.asked)
    portals.stop()


@pytest.fixture
def site():
    folder = HOME / "Sites" / "a site"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text("<!doctype html><title>Site</title>Home")
    (folder / "link").symlink_to("/etc/passwd")
    yield folder
    shutil.rmtree(folder)


def fetch(path="/", port=8000):
    with LOCALHOST.open(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read().decode()


def test_choose_serve_and_fetch(sandbox, portals, site):
    portals.folder = site
    hearth = SandboxedHearth(sandbox)
    hearth.keys("alt+2")
    hearth.keys("ctrl+o")
    wait_until(lambda: "OpenFile" in portals.asked, 15, "the file chooser")
    assert portals.application == ID and portals.options["directory"]
    hearth.wait_until_says("http://localhost:8000")
    assert "Home" in fetch()
    # Where it is on the computer, not in the sandbox.
    hearth.wait_until_says("~/Sites/a site")
    assert not hearth.says("/run/user") and not hearth.says("/doc/")
