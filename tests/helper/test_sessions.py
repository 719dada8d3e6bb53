# SPDX-License-Identifier: GPL-3.0-or-later
"""How long an alias stays: until its caller goes, until the computer restarts, always."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest

import network
import system_bus
from helper_service import (
    ALICE,
    BOB,
    NAME,
    PATH,
    RUNTIME,
    STATE,
    TAGS,
    Helper,
    on_lo,
    restart_computer,
)
from network import ip
from system_bus import become, wait_until

CALLER = """
import sys
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SYSTEM, None)
name, path, address = sys.argv[1:]
call = GLib.Variant("(sassa{sv})", ("lo", [address], "session", {}))
bus.call_sync(name, path, name, "Add", call, None, 0, 30000, None)
print(bus.get_unique_name(), flush=True)
GLib.MainLoop().run()
"""


def program_that_adds(address):
    process = subprocess.Popen(
        [sys.executable, "-c", CALLER, NAME, PATH, address],
        preexec_fn=lambda: become("alice"),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().startswith(":")
    return process


def gone_within_2_s(*addresses):
    wait_until(lambda: not set(addresses) & set(on_lo()), 2, addresses)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGABRT])
def test_case_20_the_client_dies(helper, mock, how):
    process = program_that_adds("127.0.0.2")
    assert set(on_lo()) == {"127.0.0.2/32"}
    process.send_signal(how)
    gone_within_2_s("127.0.0.2/32")
    process.wait()
    assert helper.owned() == set()


def test_case_20_only_its_temporary_ones_go(helper, mock, bus, bob):
    alice, other = bus.connect("alice"), bus.connect("alice")
    helper.add(alice, ["127.0.0.2", "fd00::2"], "session")
    helper.add(alice, "127.0.0.3", "restart")
    helper.add(alice, "127.0.0.4", "always")
    helper.add(other, "127.0.0.5", "session")
    helper.add(bob, "127.0.0.6", "session")
    ip("addr", "add", "127.0.0.7/32", "dev", "lo")
    alice.kill()
    gone_within_2_s("127.0.0.2/32", "fd00::2/128")
    time.sleep(0.2)
    assert set(on_lo()) == {f"127.0.0.{i}/32" for i in (3, 4, 5, 6, 7)}
    assert helper.agrees()


def test_case_20_a_hundred_clients_at_once(helper, mock, bus):
    clients = [bus.connect("alice") for _ in range(100)]
    for number, client in enumerate(clients):
        helper.add(client, f"127.0.1.{number + 1}", "session")
    for client in clients[1:]:
        client.kill()
    gone_within_2_s(*(f"127.0.1.{number + 1}/32" for number in range(1, 100)))
    assert helper.agrees() == {"127.0.1.1/32"}


def test_case_20_what_was_taken_over_by_hand_stays(helper, mock, alice):
    """A foreign address of the same name is not the session's, and is left alone."""
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "session")
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    time.sleep(0.1)
    alice.kill()
    gone_within_2_s("127.0.0.3/32")
    time.sleep(0.2)
    assert set(on_lo()) == {"127.0.0.2/32"}


def test_a_session_alias_that_is_kept_stays(helper, mock, alice):
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "session")
    helper.keep(alice, "127.0.0.2")
    alice.kill()
    gone_within_2_s("127.0.0.3/32")
    assert helper.kept() == {("127.0.0.2/32", ALICE)}
    assert helper.agrees() == {"127.0.0.2/32"}


# The helper dies


@pytest.mark.parametrize("start", ["activated", "as systemd"])
def test_case_23_it_comes_back_and_tidies_up(helper, mock, bus, bob, start):
    alice = bus.connect("alice")
    helper.add(alice, ["127.0.0.2", "fd00::2"], "session")
    helper.add(bob, "127.0.0.3", "session")
    helper.add(alice, "127.0.0.4", "restart")
    helper.add(alice, "127.0.0.5", "always")
    owned = helper.owned()
    helper.kill()
    assert len(on_lo()) == 5
    alice.kill()
    if start == "activated":
        helper.start()
    else:
        helper.start_as_systemd()
        bus.wait_for(NAME)
    gone_within_2_s("127.0.0.2/32", "fd00::2/128")
    assert helper.owned() == owned - {("127.0.0.2/32", "session", ALICE), ("fd00::2/128", "session", ALICE)}
    assert helper.agrees() == {"127.0.0.3/32", "127.0.0.4/32", "127.0.0.5/32"}
    bob.kill()
    gone_within_2_s("127.0.0.3/32")
    assert helper.agrees() == {"127.0.0.4/32", "127.0.0.5/32"}


def test_case_23_whose_they_were_is_still_known(helper, mock, bus, alice, bob):
    helper.add(bob, "127.0.0.3", "restart")
    helper.add(bob, "10.3.3.3", "session")
    helper.kill()
    helper.start()
    assert helper.owned() == {("127.0.0.3/32", "restart", BOB), ("10.3.3.3/32", "session", BOB)}


def test_case_23_after_many_large_changes(helper, mock, alice):
    """What can be undone must not grow until the file of the owners is too large to be read again."""
    many = [f"127.5.{n // 250}.{n % 250 + 1}" for n in range(1000)]
    helper.add(alice, "127.0.0.2", "session")
    for _ in range(35):
        helper.add(alice, many)
        last = helper.remove(alice, many)
    helper.kill()
    assert helper.owned() == {("127.0.0.2/32", "session", ALICE)}
    helper.undo(alice, last)
    assert len(helper.agrees()) == 1001


def test_case_23_what_changed_meanwhile(helper, mock, bus, alice):
    """One is gone already, beside one that never was the session's."""
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "session")
    helper.kill()
    alice.kill()
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    ip("addr", "add", "127.0.0.4/32", "dev", "lo", "proto", "0x68")
    helper.start()
    gone_within_2_s("127.0.0.3/32")
    time.sleep(0.2)
    assert set(on_lo()) == {"127.0.0.4/32"} and helper.owned() == set()


def test_case_23_names_of_another_bus_mean_nothing(helper, mock, bus, tmp_path):
    """After a restart of the bus its unique names begin anew, and somebody else has that of the caller."""
    owner = bus.connect("alice")
    helper.add(owner, "127.0.0.2", "session")
    bus.stop()
    wait_until(lambda: b"hearth-helper" not in running_programs(), 10, "the end of the helper")
    with system_bus.SystemBus(
        policies=list(bus_policies()), services=helper.service(), environment=helper.environment()
    ) as other:
        helper.statuses.unlink()  # without a bus it may say that it failed
        helper.bus = other
        same = wait_until(lambda: next((c for c in [other.connect("bob")] if c.name == owner.name), None))
        assert other.owner(same.name)
        helper.start()
        gone_within_2_s("127.0.0.2/32")
        helper.clean_up()


def bus_policies():
    import helper_service
    import polkit

    return polkit.POLICY, helper_service.bus_policy()


def running_programs():
    programs = b""
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/cmdline", "rb") as file:
                programs += file.read()
        except (FileNotFoundError, ProcessLookupError):
            pass
    return programs


def test_case_23_orderly_end_with_session_aliases(helper, mock, bus, alice, bob):
    helper.add(alice, "127.0.0.2", "session")
    helper.add(bob, "127.0.0.3", "session")
    helper.kill(signal.SIGTERM)
    helper.start()
    assert "127.0.0.3/32" in on_lo() or helper.owned() == set()
    alice.kill()
    gone_within_2_s("127.0.0.2/32")
    assert helper.agrees() <= {"127.0.0.3/32"}


# Restart


def restore(helper):
    """What the unit for the start of the computer does; its process may stay to watch."""
    process = helper.start_as_systemd("--restore")
    wait_until(lambda: process.poll() is not None or on_lo(), 5, "--restore")
    time.sleep(0.1)
    assert process.poll() in (None, 0), helper.output()
    return process


def test_a_restart(helper, mock, alice, bob):
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "always", label="lo:kept")
    helper.add(alice, "fd00::2", "always")
    helper.add(bob, "10.9.9.9", "always")
    helper.add(alice, "127.0.0.4", "restart")
    helper.add(alice, "127.0.0.5", "session")
    helper.keep(alice, "127.0.0.3", False)
    kept = helper.kept()
    helper.kill(signal.SIGTERM)
    alice.kill()
    restart_computer()
    assert on_lo() == {}
    restore(helper)
    assert on_lo() == {
        "127.0.0.2/32": (TAGS["always"], "lo:kept"),
        "fd00::2/128": (TAGS["always"], None),
        "10.9.9.9/32": (TAGS["always"], "lo"),
    }
    assert helper.kept() == kept == {("127.0.0.2/32", ALICE), ("fd00::2/128", ALICE), ("10.9.9.9/32", BOB)}
    assert helper.owned() == {(address, "always", user) for address, user in kept}
    helper.remove(bob, "10.9.9.9")
    assert helper.agrees() == {"127.0.0.2/32", "fd00::2/128"}


def test_a_restart_without_anything_kept(helper, mock, alice):
    helper.add(alice, "127.0.0.4", "restart")
    helper.kill(signal.SIGTERM)
    restart_computer()
    process = restore(helper)
    assert on_lo() == {}
    wait_until(lambda: process.poll() is not None, 5, "the end of --restore, which has nothing to watch")


def test_a_restart_on_a_system_where_nothing_was_ever_kept(helper):
    process = helper.start_as_systemd("--restore")
    wait_until(lambda: process.poll() is not None, 5, "the end of --restore")
    assert process.returncode == 0 and on_lo() == {}


def test_a_restart_where_some_are_there_already(helper, mock, alice):
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "always")
    helper.kill(signal.SIGTERM)
    restart_computer()
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    restore(helper)
    wait_until(lambda: "127.0.0.3/32" in on_lo())
    assert set(on_lo()) == {"127.0.0.2/32", "127.0.0.3/32"}


def test_restore_twice_changes_nothing(helper, mock, alice):
    helper.add(alice, ["127.0.0.2", "fd00::2"], "always")
    helper.kill(signal.SIGTERM)
    restart_computer()
    restore(helper)
    before = on_lo()
    restore(helper)
    assert on_lo() == before and len(before) == 2


def test_restore_before_lo_is_up(helper, mock, alice):
    helper.add(alice, ["127.0.0.2", "fd00::2"], "always")
    helper.kill(signal.SIGTERM)
    ip("link", "set", "lo", "down")
    restart_computer()
    helper.start_as_systemd("--restore")
    time.sleep(0.2)
    ip("link", "set", "lo", "up")
    wait_until(lambda: set(on_lo()) == {"127.0.0.2/32", "fd00::2/128"}, 3, "the kept ones")


# lo down and up, IPv6 off and on


def lo_down_and_up():
    ip("link", "set", "lo", "down")
    time.sleep(0.05)
    ip("link", "set", "lo", "up")


def ipv6_off_and_on():
    network.switch_ipv6(False)
    time.sleep(0.05)
    network.switch_ipv6(True)


@pytest.mark.parametrize("disturb", [lo_down_and_up, ipv6_off_and_on])
@pytest.mark.parametrize("who", ["restore", "helper"])
def test_ours_come_back(helper, mock, bus, alice, who, disturb):
    helper.add(alice, ["127.0.0.2", "fd00::2", "fd00::3"], "always")
    if who == "helper":
        holder = bus.connect("bob")
        helper.add(holder, ["127.0.0.4", "fd00::4"], "session")
        helper.add(holder, "fd00::5", "restart")
    else:
        helper.kill(signal.SIGTERM)
        restart_computer()
        restore(helper)
    wait_until(lambda: "fd00::2/128" in on_lo())
    ip("addr", "del", "fd00::3/128", "dev", "lo")  # by hand: never comes back
    ip("addr", "add", "fd00::77/128", "dev", "lo")  # a foreign one: not ours to put back
    time.sleep(0.2)
    before = set(on_lo())
    wanted = before - {"fd00::77/128"}
    for _ in range(2):
        disturb()
        with contextlib.suppress(AssertionError):
            wait_until(lambda: set(on_lo()) == wanted, 2)
        assert set(on_lo()) == wanted
        time.sleep(0.2)
        assert set(on_lo()) == wanted
    assert system_bus.wait_until(lambda: "::1/128" in ip("addr", "show", "dev", "lo"))


@pytest.mark.parametrize("who", ["restore", "helper"])
def test_deleted_by_hand_while_lo_is_up_stays_deleted(helper, mock, bus, alice, who):
    helper.add(alice, ["127.0.0.2", "127.0.0.3", "fd00::2"], "always")
    holder = bus.connect("bob")
    if who == "helper":
        helper.add(holder, ["127.0.0.4"], "session")
    else:
        helper.kill(signal.SIGTERM)
        restart_computer()
        restore(helper)
        wait_until(lambda: len(on_lo()) == 3)
    for address in ("127.0.0.2/32", "fd00::2/128"):
        ip("addr", "del", address, "dev", "lo")
    time.sleep(0.5)
    assert set(on_lo()) - {"127.0.0.4/32"} == {"127.0.0.3/32"}
    assert ("127.0.0.2/32", "always", ALICE) not in helper.owned()


def test_removed_through_the_helper_while_restore_watches(helper, mock, bus, alice):
    """Two processes, one truth: what is removed or added in one is known to the other."""
    helper.add(alice, ["127.0.0.2", "fd00::2"], "always")
    helper.kill(signal.SIGTERM)
    restart_computer()
    restore(helper)
    helper.remove(alice, "fd00::2")
    helper.add(alice, "fd00::8", "always")
    lo_down_and_up()
    wait_until(lambda: "fd00::8/128" in on_lo(), 2, "what was kept later")
    time.sleep(0.3)
    assert helper.agrees() == {"127.0.0.2/32", "fd00::8/128"}


def test_the_files_are_nobody_else_s(helper, mock, alice):
    helper.add(alice, "127.0.0.2", "always")
    helper.add(alice, "127.0.0.3", "session")
    user = system_bus.USERS["hearth-helper"]
    for folder in (STATE, RUNTIME):
        assert folder.stat().st_uid == user and not folder.stat().st_mode & 0o022
        for file in folder.rglob("*"):
            assert file.lstat().st_uid == user and not file.lstat().st_mode & 0o022
    assert isinstance(helper, Helper)
