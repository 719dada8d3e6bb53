# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox gives what the manifest asks for, and nothing else."""

import configparser
import json
import os
import pathlib
import socket
import subprocess

import pytest
from gi.repository import Gio, GLib

import manifest
import network
import polkit
from sandbox import ID
from system_bus import SystemBus

HOME = pathlib.Path(os.environ["HOME"])


def test_it_sees_the_loopback_interface_of_the_computer(sandbox):
    network.ip("addr", "add", "10.55.0.77/32", "dev", "lo")
    network.ip("addr", "add", "fd00::77/128", "dev", "lo")
    listed = json.loads(sandbox.run("hearthctl", "list", "--json", "lo").stdout)
    (lo,) = listed["interfaces"]
    assert {(a["address"], a["prefix"]) for a in lo["addresses"]} == network.addresses_of_lo()


def test_it_sees_who_listens_but_no_program(sandbox):
    with socket.create_server(("127.0.0.1", 8123)):
        found = json.loads(sandbox.run("hearthctl", "services", "--json").stdout)
    (service,) = [service for service in found["services"] if service["port"] == 8123]
    print(service)
    assert service["address"] == "127.0.0.1"
    assert "pytest" not in json.dumps(found) and "python" not in json.dumps(found)


def test_permissions_are_those_of_the_manifest():
    shown = configparser.ConfigParser(delimiters="=")
    shown.optionxform = str
    shown.read_string(
        subprocess.run(
            ["flatpak", "info", "--user", "--show-permissions", ID], capture_output=True, text=True, check=True
        ).stdout
    )
    wanted = manifest.read(pathlib.Path(os.environ["HEARTH_MANIFEST"]))["finish-args"]
    found = {
        *(f"--share={name}" for name in listed(shown, "shared")),
        *(f"--socket={name}" for name in listed(shown, "sockets")),
        *(f"--device={name}" for name in listed(shown, "devices")),
        *(f"--system-{policy}-name={name}" for name, policy in shown["System Bus Policy"].items()),
    }
    assert found - {"--socket=x11"} == set(wanted)  # fallback-x11 brings it, where there is no Wayland
    assert set(shown) == {"DEFAULT", "Context", "System Bus Policy"}
    assert set(shown["Context"]) == {"shared", "sockets", "devices"}


def listed(shown, name):
    return [value for value in shown["Context"][name].split(";") if value]


def test_it_opens_no_files_of_the_desktop():
    """They would not get in; but it is in the menu of the desktop like others."""
    location = ["flatpak", "info", "--user", "--show-location", ID]
    folder = pathlib.Path(subprocess.run(location, capture_output=True, text=True, check=True).stdout.strip())
    entry = GLib.KeyFile()
    entry.load_from_file(str(folder / f"export/share/applications/{ID}.desktop"), GLib.KeyFileFlags.NONE)
    keys, _ = entry.get_keys("Desktop Entry")
    assert "DBusActivatable" in keys and "MimeType" not in keys


def test_the_home_folder_is_not_there(sandbox):
    (HOME / "secret").write_text("PASSWORD=1234")
    result = sandbox.run("cat", HOME / "secret")
    assert (result.returncode, result.stdout) == (1, "")
    assert "No such file" in result.stderr
    listing = sandbox.run("ls", "-A", HOME)
    assert set(listing.stdout.split()) <= {".var", ".cache", ".local", ".config"}, listing.stdout
    found = sandbox.run("sh", "-c", "find / -xdev -name secret -not -path '/proc/*' 2>/dev/null")
    assert found.stdout == ""


NEIGHBOUR = "org.test.Neighbour"


@pytest.fixture
def neighbours():
    """Somebody on both buses: what asks him, by bus."""
    session = Gio.DBusConnection.new_for_address_sync(
        os.environ["DBUS_SESSION_BUS_ADDRESS"],
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        None,
        None,
    )
    name = GLib.Variant("(su)", (NEIGHBOUR, 0))
    bus = "org.freedesktop.DBus"
    session.call_sync(bus, "/org/freedesktop/DBus", bus, "RequestName", name, None, 0, 10000, None)
    with SystemBus([polkit.POLICY]) as system:
        mock = polkit.MockPolkit(system)
        ping = ["--object-path", "/", "--method", "org.freedesktop.DBus.Peer.Ping"]
        yield [
            ["gdbus", "call", "--session", "--dest", NEIGHBOUR, *ping],
            ["gdbus", "call", "--system", "--dest", polkit.NAME, *ping],
        ]
        mock.stop()
    session.close_sync(None)


def test_other_names_on_the_buses_are_not_there(sandbox, neighbours):
    for command in neighbours:
        assert subprocess.run(command, capture_output=True, text=True).stdout == "()\n"
        result = sandbox.run(*command)
        assert result.returncode != 0
        assert "org.freedesktop.DBus.Error.ServiceUnknown" in result.stderr, result.stderr


def test_nothing_starts_outside(sandbox):
    result = sandbox.run("sh", "-c", "command -v flatpak-spawn && flatpak-spawn --host touch /tmp/escaped")
    assert result.returncode != 0
    assert not pathlib.Path("/tmp/escaped").exists()


def test_it_cannot_change_addresses_itself(sandbox):
    result = sandbox.run("ip", "address", "add", "10.1.2.3/32", "dev", "lo")
    assert result.returncode != 0 and "Operation not permitted" in result.stderr, result.stderr
    assert "10.1.2.3" not in network.ip("address")
