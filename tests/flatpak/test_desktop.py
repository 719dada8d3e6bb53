# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of the computer, handed over by the portal when a person chooses it, and what goes on without a window."""

import contextlib
import json
import os
import pathlib
import shlex
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request

import pytest
from desktop import Hearth, read, wait_for

from gi.repository import Atspi, GLib
from portals import Portals
from sandbox import ID, Sandbox
from system_bus import wait_until

HOME = pathlib.Path(os.environ["HOME"])
AUTOSTART = HOME / ".config/autostart" / f"{ID}.desktop"
BROWSED = HOME / "browsed"
BROWSER = f"""[Desktop Entry]
Type=Application
Name=Browser
Exec=sh -c 'echo "$1" >{BROWSED}' sh %u
MimeType=x-scheme-handler/http;
"""
# The portal shows a folder in the sandbox by FUSE. Where the kernel has none, the folder is shown by an option of
# flatpak(1) instead, and what only the portal does is not proved.
FUSE = os.access("/dev/fuse", os.R_OK | os.W_OK)
LOCALHOST = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class SandboxedHearth(Hearth):
    """Its processes have other numbers in the sandbox, so it is found by its name."""

    def __init__(self, sandbox, *arguments, command=None):
        self.process = sandbox.start_command(command) if command else sandbox.start("hearth", *arguments)
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
def sandbox():
    """One whose settings are kept from one start to the next."""
    sandbox = Sandbox(GSETTINGS_BACKEND="keyfile")
    yield sandbox
    sandbox.stop()
    sandbox.hide()
    shutil.rmtree(HOME / ".var", ignore_errors=True)


@pytest.fixture
def portals():
    applications = HOME / ".local/share/applications"
    applications.mkdir(parents=True, exist_ok=True)
    (applications / "browser.desktop").write_text(BROWSER)
    (applications / "mimeapps.list").write_text("[Default Applications]\nx-scheme-handler/http=browser.desktop\n")
    portals = Portals()
    yield portals
    print(portals.log.read_text()[-3000:], portals.asked)
    portals.stop()
    AUTOSTART.unlink(missing_ok=True)
    shutil.rmtree(HOME / ".local/share/flatpak", ignore_errors=True)  # permissions and documents


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


def choose(sandbox, portals, site):
    """Hearth, serving the folder that a person chose."""
    if FUSE:
        portals.folder = site
        hearth = SandboxedHearth(sandbox)
        hearth.keys("alt+2", "ctrl+o")
    else:
        sandbox.show(site)
        hearth = SandboxedHearth(sandbox, site)
        hearth.keys("alt+2")
    hearth.wait_until_says("http://localhost:8000")
    return hearth


# ./hearth flatpak FOLDER, once it is built.
START = """checkout=$1 newline='
'
say() { echo "$*" >&2; }
. "$1/flatpak/build.sh"
shift
start_flatpak "$@"
"""


def test_started_with_folders(sandbox, portals, site):
    checkout = pathlib.Path(__file__).parents[2]
    other = site.with_name("other")
    other.mkdir()
    (other / "index.html").write_text("The other one")
    (site / "here").symlink_to("../other")
    hearth = SandboxedHearth(sandbox, command=["sh", "-c", START, "sh", checkout, site, site / "here"])
    wait_until(lambda: answers(8000) and answers(8001), 15, "both to be served")
    assert {fetch(port=8000), fetch(port=8001)} == {(site / "index.html").read_text(), "The other one"}
    hearth.keys("alt+2")
    hearth.wait_until_says("~/Sites/a site")
    hearth.wait_until_says("~/Sites/other")
    shutil.rmtree(other)


def start_at_login(hearth):
    hearth.press("toggle button", "Main Menu")
    wait_for("the menu", lambda: hearth.nodes("check menu item"))
    hearth.keys("l")


def test_choose_serve_and_fetch(sandbox, portals, site):
    hearth = choose(sandbox, portals, site)
    if FUSE:
        assert portals.application == ID and portals.options["directory"]
    assert "Home" in fetch()
    # Where it is on the computer, not in the sandbox.
    hearth.wait_until_says("~/Sites/a site")
    assert not hearth.says("/run/user")
    (site / "index.html").write_text("Changed")
    assert fetch() == "Changed"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch("/link")


def test_the_server_locks_itself_up_in_there_too(sandbox, portals, site):
    choose(sandbox, portals, site)
    (folder,) = sandbox.run("sh", "-c", "ls -d /run/user/0/doc/*/*").stdout.splitlines() if FUSE else (site,)
    server = sandbox.start("hearth-serve", "--json", "--live", folder, stdout=subprocess.PIPE)
    said = json.loads(server.stdout.readline())
    assert said["protections"] == ["no-new-privileges", "landlock", "landlock-network", "seccomp"]
    with LOCALHOST.open(f"http://127.0.0.1:{said['port']}/.hearth/live", timeout=20) as stream:
        assert stream.readline().startswith(b"retry:")
        before = next_event(stream)
        with edited(site / "index.html"):
            assert next_event(stream) != before


@contextlib.contextmanager
def edited(file):
    """By a program of the computer, again and again: what comes before the first walk through it is not told."""
    done = threading.Event()

    def edit():
        edits = 1
        file.write_text("Edited")
        while not done.wait(1):
            edits += 1
            file.write_text(f"Edited {edits} times")

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        yield
    finally:
        done.set()
        editor.join()


def next_event(stream):
    while not (line := stream.readline()).startswith(b"data:"):
        pass
    return line


def test_it_asks_to_go_on_without_a_window(sandbox, portals, site):
    hearth = choose(sandbox, portals, site)
    assert portals.may_run_without_a_window(ID) is None
    close(hearth)
    wait_until(lambda: portals.may_run_without_a_window(ID), 10, "Hearth to ask")
    assert "Home" in fetch()
    assert not AUTOSTART.exists()


def test_start_at_login(sandbox, portals, site):
    hearth = choose(sandbox, portals, site)
    start_at_login(hearth)
    wait_until(AUTOSTART.exists, 10, "the desktop to be asked")
    close(hearth)
    assert "Home" in fetch()
    sandbox.stop()
    wait_until(lambda: not answers(8000), 10, "its end")
    # Another day: the desktop starts what it was told to.
    entry = GLib.KeyFile()
    entry.load_from_file(str(AUTOSTART), GLib.KeyFileFlags.NONE)
    sandbox.start_command(shlex.split(entry.get_string("Desktop Entry", "Exec")))
    wait_until(lambda: answers(8000), 15, "the folder to be served again")
    assert "Home" in fetch()
    assert not hearth.find_x_window()


def test_a_refusal_is_shown(sandbox, portals, site):
    hearth = choose(sandbox, portals, site)
    portals.forbid_to_run_without_a_window(ID)
    start_at_login(hearth)
    settings = HOME / ".var/app" / ID / "config/glib-2.0/settings/keyfile"
    wait_until(lambda: "start-at-login=false" in settings.read_text(), 10, "the setting to be off")
    assert not AUTOSTART.exists()


def close(hearth):
    hearth.keys("ctrl+w")
    wait_for("the window to close", lambda: not hearth.find_x_window())


def answers(port):
    with socket.socket() as peer:
        return peer.connect_ex(("127.0.0.1", port)) == 0


def test_the_browser_of_the_computer_opens_it(sandbox, portals, site):
    hearth = choose(sandbox, portals, site)
    hearth.press("button", "Open in Browser")
    wait_until(lambda: BROWSED.exists() and BROWSED.read_text(), 15, "the browser")
    assert BROWSED.read_text() == "http://localhost:8000/\n"


def test_with_neither_the_page_says_why_not(sandbox, portals):
    hearth = SandboxedHearth(sandbox)
    hearth.keys("ctrl+n")
    hearth.wait_until_says("Nothing here can change addresses.")
    hearth.wait_until_says("Hearth’s helper cannot be asked, because the system bus cannot be reached")
    hearth.wait_until_says("There is no system bus on which NetworkManager could be found.")
    hearth.wait_until_says("An administrator can run the command instead.")
    assert hearth.find("button", "Copy Command")
    hearth.keys("Escape")
    hearth.wait_until_says("Read-only: nothing here can change addresses")
