# SPDX-License-Identifier: GPL-3.0-or-later
"""Hearth as a desktop starts it: by its entry, by its actions, over the session bus."""

import configparser
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from desktop import ENVIRONMENT, Hearth, has_state, wait_for
from gi.repository import GLib

import session
from notifications import Notifications
from session import HearthOfBus

HOME = Path(os.environ["HOME"])
BUILD = Path(os.environ["HEARTH_BUILD"])
DATA = Path(os.environ["HEARTH_DATA"])
SETTINGS = Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0"
IPV4 = "127.0.0.1, only this computer, always"

# What is kept is kept from one start to the next.
ENVIRONMENT["GSETTINGS_BACKEND"] = "keyfile"
ENVIRONMENT["GNOTIFICATION_BACKEND"] = "freedesktop"


@pytest.fixture(autouse=True)
def bus():
    session.install()
    yield
    session.end()
    shutil.rmtree(SETTINGS, ignore_errors=True)


@pytest.fixture
def site():
    folder = HOME / "site"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text("Home of site")
    return folder


@pytest.fixture
def notifications():
    desktop = Notifications()
    yield desktop
    desktop.stop()


def read_entry():
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str
    entry.read(BUILD / "data" / f"{session.NAME}.desktop")
    return entry


def served(hearth, name, port=8000):
    hearth.wait_for_row(f"{name}, served at http://localhost:{port}/, 0 requests")


def start(*arguments):
    assert subprocess.run([os.environ["HEARTH"], *map(str, arguments)], env=ENVIRONMENT,
                          timeout=20).returncode == 0


def test_files_carry_the_name_of_the_application():
    entry = read_entry()["Desktop Entry"]
    assert entry["Icon"] == session.NAME and entry["DBusActivatable"] == "true"
    assert "inode/directory" in entry["MimeType"].split(";")
    service = (BUILD / "data" / f"{session.NAME}.service").read_text()
    assert f"Name={session.NAME}\n" in service and service.endswith("/hearth --gapplication-service\n")
    assert (DATA / "icons" / f"{session.NAME}.svg").exists()


def test_activation_opens_one_window():
    for _ in range(2):
        session.call("org.freedesktop.Application", "Activate", GLib.Variant("(a{sv})", ({},)))
        HearthOfBus().wait_for_row(IPV4)
    assert session.windows() == 1


def test_opens_a_folder_as_files_does(site):
    session.call("org.freedesktop.Application", "Open", GLib.Variant("(asa{sv})", ([site.as_uri()], {})))
    served(HearthOfBus(), "site")


def test_takes_uris_and_hands_them_over(site):
    hearth = Hearth(site.as_uri())
    served(hearth, "site")
    (HOME / "music").mkdir(exist_ok=True)
    start((HOME / "music").as_uri())
    served(hearth, "music", 8001)
    assert session.pid() == hearth.process.pid


def test_every_action_of_the_entry_does_something():
    entry = read_entry()
    actions = [a for a in entry["Desktop Entry"]["Actions"].split(";") if a]
    assert actions == ["serve", "add"]
    for action in actions:
        assert entry[f"Desktop Action {action}"]["Exec"] == f"hearth --{action}"


@pytest.mark.parametrize("action, dialog", [("serve", "Choose a Folder to Serve"), ("add", "Add Address")])
def test_action_over_the_bus(action, dialog):
    session.activate(action)
    hearth = HearthOfBus()
    wait_for(dialog, lambda: hearth.find("dialog", dialog))


@pytest.mark.parametrize("action, dialog", [("serve", "Choose a Folder to Serve"), ("add", "Add Address")])
def test_action_as_an_option(action, dialog):
    hearth = Hearth(f"--{action}")
    wait_for(dialog, lambda: hearth.find("dialog", dialog))
    hearth.kill()
    hearth = Hearth()
    hearth.wait_for_row(IPV4)
    start(f"--{action}")
    wait_for(dialog, lambda: hearth.find("dialog", dialog))


def test_pages_stay_behind_a_dialog():
    hearth = Hearth("--add")
    wait_for("the dialog", lambda: hearth.find("dialog", "Add Address"))
    session.activate("show-folder", GLib.Variant("s", (HOME / "site").as_uri()))
    hearth.keys("alt+3", "Escape")
    wait_for("its end", lambda: not hearth.find("dialog", "Add Address"))
    hearth.wait_for_row(IPV4)


def test_background_serves_without_a_window(site, notifications):
    hearth = Hearth(site)
    served(hearth, "site")
    hearth.keys("ctrl+q")
    assert hearth.process.wait(20) == 0
    process = subprocess.Popen([os.environ["HEARTH"], "--background"], env=ENVIRONMENT)
    try:
        wait_for("the server", answers)
        notifications.wait_for(["Serving 1 folder on localhost"])
        assert session.pid() == process.pid and session.windows() == 0
        session.call("org.freedesktop.Application", "Activate", GLib.Variant("(a{sv})", ({},)))
        hearth = HearthOfBus()
        hearth.keys("alt+2")
        served(hearth, "site")
    finally:
        process.kill()
        process.wait()


def test_background_serves_whatever_closing_does(site, notifications):
    hearth = Hearth(site)
    served(hearth, "site")
    hearth.keys("F10")
    wait_for("the menu", lambda: hearth.nodes("check menu item"))
    hearth.keys("s")  # Keep Serving When Closed
    hearth.keys("ctrl+w")
    assert hearth.process.wait(20) == 0
    process = subprocess.Popen([os.environ["HEARTH"], "--background"], env=ENVIRONMENT)
    try:
        notifications.wait_for(["Serving 1 folder on localhost"])
        session.call("org.freedesktop.Application", "Activate", GLib.Variant("(a{sv})", ({},)))
        hearth = HearthOfBus()
        hearth.keys("alt+2")
        served(hearth, "site")
        hearth.keys("ctrl+w")
        assert process.wait(20) == 0 and not answers()
    finally:
        process.kill()
        process.wait()


def answers(port=8000):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=10).close()
        return True
    except ConnectionRefusedError:
        return False


def test_background_ends_where_there_is_nothing_to_serve():
    process = subprocess.Popen([os.environ["HEARTH"], "--background"], env=ENVIRONMENT)
    assert process.wait(20) == 0


# At login


AUTOSTART = Path(os.environ["XDG_CONFIG_HOME"]) / "autostart" / f"{session.NAME}.desktop"


def read_autostart():
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str
    entry.read(AUTOSTART)
    return entry["Desktop Entry"]["Exec"] if entry.has_section("Desktop Entry") else None


def toggle(hearth):
    hearth.keys("F10")
    wait_for("the menu", lambda: hearth.nodes("check menu item"))
    hearth.keys("l")  # Start at Login
    wait_for("its end", lambda: not hearth.nodes("check menu item"))


def is_on(hearth):
    hearth.keys("F10")
    wait_for("the menu", lambda: len(hearth.nodes("check menu item")) == 2)
    result = has_state(hearth.nodes("check menu item")[1], "CHECKED")
    hearth.keys("Escape")
    wait_for("its end", lambda: not hearth.nodes("check menu item"))
    return result


def test_start_at_login():
    hearth = Hearth()
    hearth.wait_for_row(IPV4)
    assert not is_on(hearth)
    toggle(hearth)
    wait_for("the file", lambda: read_autostart() == f'"{os.environ["HEARTH"]}" --background')
    assert is_on(hearth)
    toggle(hearth)
    wait_for("its end", lambda: not AUTOSTART.exists())
    toggle(hearth)
    wait_for("the file", AUTOSTART.exists)
    hearth.keys("ctrl+q")
    assert hearth.process.wait(20) == 0
    AUTOSTART.unlink()  # as other settings of the desktop do
    hearth = Hearth()
    hearth.wait_for_row(IPV4)
    wait_for("the menu to know", lambda: not is_on(hearth))


@pytest.mark.parametrize("line, on", [("Hidden=true", False), ("X-GNOME-Autostart-enabled=false", False),
                                      ("X-GNOME-Autostart-enabled=true", True)])
def test_start_at_login_is_what_the_file_says(line, on):
    AUTOSTART.parent.mkdir(exist_ok=True)
    AUTOSTART.write_text(f"[Desktop Entry]\nType=Application\nName=Hearth\nExec=hearth --background\n{line}\n")
    hearth = Hearth()
    hearth.wait_for_row(IPV4)
    wait_for("the menu to know", lambda: is_on(hearth) == on)
    toggle(hearth)
    wait_for("the file", lambda: AUTOSTART.exists() != on and (on or line not in AUTOSTART.read_text()))
    AUTOSTART.unlink(missing_ok=True)


def test_start_at_login_where_it_cannot_be():
    shutil.rmtree(AUTOSTART.parent, ignore_errors=True)
    AUTOSTART.parent.write_text("in the way")
    try:
        hearth = Hearth()
        hearth.wait_for_row(IPV4)
        toggle(hearth)
        wait_for("the menu to know", lambda: not is_on(hearth))
    finally:
        AUTOSTART.parent.unlink()
