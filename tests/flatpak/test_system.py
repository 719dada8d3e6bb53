# SPDX-License-Identifier: GPL-3.0-or-later
"""Aliases from the sandbox: through the helper of the computer, through its NetworkManager, or with neither. The
sandbox is an ordinary user's; polkit and all services are the real ones."""

import json

import pytest

import helper_service
import networkmanager
import polkit
from helper_service import Helper
from network import ip
from system_bus import SystemBus

# What polkit says of an active user by the defaults of both; nobody here has a seat.
ORDINARY = """polkit.addRule(function(action, subject) {
  if (subject.user == "alice" && (action.id == "org.freedesktop.NetworkManager.network-control" ||
                                  action.id == "io.github.hearthapp.Hearth.change-loopback"))
    return "yes";
});"""


@pytest.fixture
def helper(tmp_path):
    tmp_path.chmod(0o755)
    helper = Helper(tmp_path)
    with SystemBus(
        [polkit.POLICY, helper_service.bus_policy()], helper.service(), helper.environment()
    ) as bus:
        helper.bus = bus
        helper.polkit = polkit.Polkitd(bus, [helper_service.polkit_policy()], ORDINARY)
        yield helper
        print(helper.polkit.log.read_text()[-2000:], helper.output()[-2000:])
        helper.clean_up()
        helper.polkit.stop()


@pytest.fixture
def nm():
    with SystemBus([networkmanager.POLICY, polkit.POLICY]) as bus:
        daemon = polkit.Polkitd(bus, [networkmanager.ACTIONS], ORDINARY)
        nm = networkmanager.NetworkManager(bus)
        yield nm
        print(daemon.log.read_text()[-2000:], nm.log.read_text()[-4000:])
        nm.remove()
        daemon.stop()


def addresses():
    return {a["local"] for a in json.loads(ip("-j", "addr", "show", "dev", "lo"))[0]["addr_info"]}


def authority(sandbox):
    return json.loads(sandbox.run("hearthctl", "authority", "--json").stdout)


def test_through_the_helper(alice, helper):
    assert authority(alice)["authority"] == "helper"
    result = alice.run("hearthctl", "add", "127.0.0.7-9")
    assert result.returncode == 0, result.stderr
    assert set(helper_service.on_lo()) == {"127.0.0.7/32", "127.0.0.8/32", "127.0.0.9/32"}
    assert alice.run("hearthctl", "remove", "127.0.0.7-8").returncode == 0
    assert set(helper_service.on_lo()) == {"127.0.0.9/32"}


def test_the_helper_asks_polkit_about_the_sandbox(alice, helper):
    """What needs an administrator is not had from inside either."""
    result = alice.run("hearthctl", "add", "10.55.0.77")
    assert result.returncode == 3, (result.stdout, result.stderr)
    helper.polkit.set_rules("")
    assert alice.run("hearthctl", "add", "127.0.0.7").returncode == 3
    assert helper_service.on_lo() == {}


def test_through_networkmanager(alice, nm):
    assert authority(alice)["authority"] == "networkmanager"
    result = alice.run("hearthctl", "add", "127.0.0.7", "10.55.0.77")
    assert result.returncode == 0, result.stderr
    assert networkmanager.added() == {"127.0.0.7/32", "10.55.0.77/32"}
    result = alice.run("hearthctl", "add", "127.0.0.8", "--for", "always")
    assert result.returncode == 3, (result.stdout, result.stderr)
    assert networkmanager.added() == {"127.0.0.7/32", "10.55.0.77/32"}


def test_with_neither_it_says_why_and_what_to_type(alice, bus):
    found = authority(alice)
    assert found["authority"] == "none"
    assert all(not way["available"] and way["reason"] for way in found["available"])
    result = alice.run("hearthctl", "add", "127.0.0.7")
    assert result.returncode == 4, (result.stdout, result.stderr)
    assert "ip addr add 127.0.0.7/32" in alice.run("hearthctl", "commands", "127.0.0.7").stdout
    assert "127.0.0.7" not in addresses()
