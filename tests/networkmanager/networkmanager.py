# SPDX-License-Identifier: GPL-3.0-or-later
"""A real NetworkManager on a bus of system_bus.py, which sees the links of this network namespace alone, and
nm-driver, which changes `lo` through it as an ordinary user."""

import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import types

from gi.repository import GLib

import network
from system_bus import POLICIES, USERS, become, end, wait_until

NAME = "org.freedesktop.NetworkManager"
PATH = "/org/freedesktop/NetworkManager"
SETTINGS = PATH + "/Settings"
POLICY = POLICIES / "org.freedesktop.NetworkManager.conf"
ACTIONS = pathlib.Path("/usr/share/polkit-1/actions/org.freedesktop.NetworkManager.policy")
UUID = "5f8e1c9a-7b0d-5c43-9d57-6865617274ff"
EXTERNAL = 0x80

CONFIG = """[main]
plugins=keyfile
dns=none
rc-manager=unmanaged
no-auto-default=*
[keyfile]
path={profiles}
{keyfile}
[device]
wifi.scan-rand-mac-address=no
{device}
"""


class NetworkManager:
    """keyfile: more lines of that section of its configuration; more: whole sections"""

    def __init__(self, bus, keyfile="", more=""):
        self.bus = bus
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nm."))
        self.profiles = self.folder / "profiles"
        self.log = self.folder / "log"
        (self.folder / "nothing").mkdir()
        self.profiles.mkdir(mode=0o700)
        (self.folder / "nm.conf").write_text(
            CONFIG.format(profiles=self.profiles, keyfile=keyfile, device=more)
        )
        self.start()

    def start(self):
        nothing = self.folder / "nothing"
        self.process = subprocess.Popen(
            [
                "NetworkManager",
                "--debug",
                f"--config={self.folder}/nm.conf",
                f"--config-dir={nothing}",
                f"--system-config-dir={nothing}",
                f"--intern-config={self.folder}/intern.conf",
                f"--state-file={self.folder}/state",
                f"--pid-file={self.folder}/pid",
            ],
            stdout=open(self.log, "a"),
            stderr=subprocess.STDOUT,
            env={name: value for name, value in os.environ.items() if name != "G_DEBUG"},
        )
        self.bus.wait_for(NAME)
        wait_until(lambda: self.state() in (10, 100), what="lo activated or unmanaged")

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None and how != signal.SIGKILL:
            self.process.send_signal(signal.SIGCONT)
        end(self.process, how)
        self.bus.wait_for_end_of(NAME)

    def restart(self, how=signal.SIGTERM):
        self.stop(how)
        self.start()

    def restart_computer(self):
        """A fresh lo, and nothing left of what is kept in memory."""
        self.stop()
        self.forget_run()
        network.restore()
        self.start()

    def forget_run(self):
        shutil.rmtree("/run/NetworkManager", ignore_errors=True)

    def remove(self):
        self.stop()
        self.forget_run()
        shutil.rmtree(self.folder)

    def call(self, path, interface, method, signature=None, *arguments):
        variant = GLib.Variant(signature, arguments) if signature else None
        return self.bus.root.call(NAME, path, interface, method, variant)

    def get(self, path, interface, name):
        return self.call(path, "org.freedesktop.DBus.Properties", "Get", "(ss)", interface, name)

    def lo(self):
        return self.device("lo")

    def device(self, link):
        return self.call(PATH, NAME, "GetDeviceByIpIface", "(s)", link)

    def state(self, link="lo"):
        try:
            return self.get(self.device(link), NAME + ".Device", "State")
        except GLib.Error:
            return None

    def active(self):
        """The name of what is active on lo, and whether somebody made it; None while one follows another."""
        active = self.get(self.lo(), NAME + ".Device", "ActiveConnection")
        try:
            flags = self.get(active, NAME + ".Connection.Active", "StateFlags")
            return self.get(active, NAME + ".Connection.Active", "Id"), not flags & EXTERNAL
        except GLib.Error:
            return None

    def applied(self):
        connection, _ = self.call(self.lo(), NAME + ".Device", "GetAppliedConnection", "(u)", 0)
        return {
            f"{entry['address']}/{entry['prefix']}"
            for family in ("ipv4", "ipv6")
            for entry in connection.get(family, {}).get("address-data", [])
        }

    def add_profile(self, name, address, uuid="1e0c0f59-3b7c-4a1e-9b05-2d3c1f6a7b90", prefix=32):
        """Somebody else's, which NetworkManager activates at once."""
        text = GLib.Variant.new_string
        entry = {"address": text(address), "prefix": GLib.Variant("u", prefix)}
        profile = {
            "connection": {
                "id": text(name),
                "uuid": text(uuid),
                "type": text("loopback"),
                "interface-name": text("lo"),
            },
            "loopback": {},
            "ipv4": {"method": text("manual"), "address-data": GLib.Variant("aa{sv}", [entry])},
            "ipv6": {"method": text("auto")},
        }
        path, _ = self.call(
            SETTINGS, NAME + ".Settings", "AddConnection2", "(a{sa{sv}}ua{sv})", profile, 1, {}
        )
        wait_until(lambda: self.active() == (name, True) and has(f"{address}/{prefix}"))
        return path

    def kept(self):
        """What Hearth's profile has on the disk."""
        lines = [
            line.partition("=")
            for path in self.profiles.iterdir()
            if UUID in path.read_text()
            for line in path.read_text().splitlines()
        ]
        return {value for name, _, value in lines if name.startswith("address") and name[7:].isdigit()}


# lo, as ip(8) sees it


def records():
    return {f"{a['local']}/{a['prefixlen']}": a for a in json.loads(network.ip("-j", "-d", "addr", "show", "lo"))[0]["addr_info"]}


def addresses():
    return set(records())


BASE = {"127.0.0.1/8", "::1/128"}


def added():
    return addresses() - BASE


def has(*wanted):
    return set(wanted) <= addresses()


def put(address, *more):
    network.ip("addr", "add", address, "dev", "lo", *more)


# The driver


class Driver:
    """nm-driver as USER, with a state folder that outlives it."""

    def __init__(self, user="alice"):
        home = pathlib.Path("/run/home") / user
        home.mkdir(parents=True, exist_ok=True)
        os.chown(home, USERS[user], USERS[user])
        self.user = user
        self.journals = home / "state" / "hearth"
        program = pathlib.Path("/run/nm-driver")
        if not program.exists():
            shutil.copy(os.environ["NM_DRIVER"], program)
        self.process = subprocess.Popen(
            [program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home / "state")},
            preexec_fn=lambda: become(user),
        )
        assert self.read() == "ready"

    def read(self, seconds=20):
        """The next line of its answers."""
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        assert ready, f"no answer within {seconds} s"
        return self.process.stdout.readline().decode().rstrip("\n")

    def send(self, line):
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def do(self, line, seconds=20):
        self.send(line)
        return self.read(seconds)

    def wait_for_state(self, start, seconds=10):
        return wait_until(lambda: (state := self.do("state")).startswith(start) and state, seconds, start)

    def kill(self):
        end(self.process, signal.SIGKILL)

    def finish(self):
        """Ends it; what it did not clean up stays. Its exit status says what the sanitizers found."""
        self.process.stdin.close()
        try:
            return self.process.wait(20)
        finally:
            end(self.process, signal.SIGKILL)

    def as_client(self, client):
        """What Agent wants to be an agent for: this process, through CLIENT's connection."""
        return types.SimpleNamespace(
            user=self.user, process=self.process.pid, connection=client.connection, call=client.call
        )
