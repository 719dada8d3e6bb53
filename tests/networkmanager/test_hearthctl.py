# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl as an ordinary user's on a desktop without Hearth's helper: through a real NetworkManager, with no
password where its defaults ask for none."""

import json
import os
import shutil
import signal
import subprocess

import pytest

import network
from networkmanager import ACTIONS, POLICY, NetworkManager, added, has, put
from polkit import POLICY as POLKIT_POLICY
from polkit import Polkitd
from system_bus import USERS, SystemBus, become, private_system, wait_until

PROGRAM = "/run/hearthctl"  # where every user can start it, wherever the checkout lies
HOME = "/run/home/alice"

# What polkit says of an active user by NetworkManager's own defaults; nobody here has a seat.
ORDINARY = """polkit.addRule(function(action, subject) {
  if (subject.user != "root" && action.id == "org.freedesktop.NetworkManager.network-control")
    return "yes";
});"""


@pytest.fixture(scope="module")
def bus():
    private_system()
    shutil.copy(os.environ["HEARTHCTL"], PROGRAM)
    os.makedirs(HOME)
    os.chown(HOME, USERS["alice"], USERS["alice"])
    with SystemBus([POLICY, POLKIT_POLICY]) as bus:
        polkit = Polkitd(bus, [ACTIONS], ORDINARY)
        yield bus
        polkit.stop()


@pytest.fixture
def nm(bus):
    network.restore()
    nm = NetworkManager(bus)
    yield nm
    print(nm.log.read_text()[-4000:])
    nm.remove()
    network.restore()


def options():
    homes = {name: f"{HOME}/{name}" for name in ("XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    return {"text": True, "preexec_fn": lambda: become("alice"), "env": {**os.environ, "HOME": HOME, **homes}}


def hearthctl(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=60, **options())


def test_authority(nm):
    found = json.loads(hearthctl("authority", "--json").stdout)
    assert found["authority"] == "networkmanager"
    assert [a["available"] for a in found["available"]] == [False, False, True]


def test_add_and_remove_without_a_password(nm):
    put("10.9.0.1/32")
    put("127.0.0.77/32", "proto", "0x55")
    result = hearthctl("add", "127.0.0.2-4", "--json")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["authority"], found["done"]) == ("networkmanager", True)
    assert added() == {"10.9.0.1/32", "127.0.0.77/32", "127.0.0.2/32", "127.0.0.3/32", "127.0.0.4/32"}
    result = hearthctl("remove", "127.0.0.2-3")
    assert (result.returncode, result.stderr) == (0, "")  # it knows that Hearth added them
    assert added() == {"10.9.0.1/32", "127.0.0.77/32", "127.0.0.4/32"}


def test_what_is_kept_needs_permission(nm):
    result = hearthctl("add", "127.0.0.2", "--for", "always")
    assert result.returncode == 3, (result.returncode, result.stderr)
    assert added() == set() and nm.kept() == set()


def test_session_ends_in_order(nm):
    put("10.9.0.1/32")
    process = subprocess.Popen([PROGRAM, "add", "127.0.0.2-3", "--for", "session"], stdout=subprocess.PIPE, **options())
    assert process.stdout.readline().startswith("Added")
    assert has("127.0.0.2/32", "127.0.0.3/32")
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
    process.stdout.close()
    wait_until(lambda: added() == {"10.9.0.1/32"}, 2)


def test_networkmanager_is_gone(nm):
    nm.stop()
    result = hearthctl("add", "127.0.0.2")
    assert result.returncode == 4 and "NetworkManager" in result.stderr
    assert "  ip addr add 127.0.0.2/32 dev lo" in result.stderr
    nm.start()
