# SPDX-License-Identifier: GPL-3.0-or-later
"""Hearth as the session bus starts it, when somebody on the bus asks it for something."""

import os
import signal
import subprocess
from pathlib import Path

from desktop import ENVIRONMENT, Hearth, wait_for
from gi.repository import Gio, GLib

NAME = "io.github.hearthapp.Hearth"
PATH = "/io/github/hearthapp/Hearth"
SERVICE = Path(os.environ["XDG_DATA_HOME"]) / "dbus-1" / "services" / f"{NAME}.service"


def install():
    """The activation file, with the program of this build and the surroundings of the tests."""
    names = ["GSETTINGS_BACKEND", "GNOTIFICATION_BACKEND", "G_DEBUG", "GSETTINGS_SCHEMA_DIR", "PATH"]
    surroundings = " ".join(f"{name}={ENVIRONMENT[name]}" for name in names if name in ENVIRONMENT)
    SERVICE.write_text(f"[D-BUS Service]\nName={NAME}\n"
                       f"Exec=/usr/bin/env {surroundings} {os.environ['HEARTH']} --gapplication-service\n")
    call_bus("ReloadConfig")


def call_bus(method, *arguments):
    signature = "(" + "s" * len(arguments) + ")"
    return bus().call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                           GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 20000, None)


def bus():
    return Gio.bus_get_sync(Gio.BusType.SESSION)


def call(interface, method, parameters, path=PATH, answer=None):
    """What it answers; the bus starts it where it does not run."""
    result = bus().call_sync(NAME, path, interface, method, parameters,
                             answer and GLib.VariantType(answer), Gio.DBusCallFlags.NONE, 20000, None)
    return result.unpack()


def activate(action, *parameters):
    """As a launcher does it for an action of the desktop entry, and a desktop for that of a notification."""
    call("org.freedesktop.Application", "ActivateAction",
         GLib.Variant("(sava{sv})", (action, list(parameters), {})))


def runs():
    return call_bus("NameHasOwner", NAME)[0]


def pid():
    return call_bus("GetConnectionUnixProcessID", NAME)[0]


class Process:
    """One that is no child of this one."""

    def __init__(self, number):
        self.pid = number

    def poll(self):
        return None if Path(f"/proc/{self.pid}/exe").exists() else 0

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, limit_s=20):
        wait_for(f"the end of {self.pid}", lambda: self.poll() == 0, limit_s)
        return 0


class HearthOfBus(Hearth):
    """The one that has the name on the bus."""

    def __init__(self):
        self.process = Process(pid())
        self.look()


def windows():
    """How many windows of Hearth are on the screen."""
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(pid())]
    return len(subprocess.run(search, capture_output=True, text=True).stdout.split())


def end():
    if runs():
        process = Process(pid())
        process.kill()
        process.wait()
    wait_for("the name to be free", lambda: not runs())
