# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing aliases through a real NetworkManager, as the ordinary user alice; ip(8) is the witness."""

import os
import signal
import socket
import subprocess
import time

import pytest

import network
from networkmanager import ACTIONS, BASE, NAME, PATH, POLICY, Driver, NetworkManager, added, addresses, has, put, records
from polkit import POLICY as POLKIT_POLICY
from polkit import Agent, Polkitd
from system_bus import SystemBus, private_system, wait_until

MAY = """polkit.addRule(function(action, subject) {
  var rules = %s;
  if (subject.user != "root" && rules[action.id])
    return rules[action.id];
});"""
CONTROL = "org.freedesktop.NetworkManager.network-control"
KEEP = "org.freedesktop.NetworkManager.settings.modify.system"
FREE = {CONTROL: "yes", KEEP: "yes"}
ORDINARY = {CONTROL: "yes", KEEP: "auth_admin_keep"}
UNAVAILABLE = 20  # NM_DEVICE_STATE_UNAVAILABLE: managed, and without a carrier


def rules(answers):
    return MAY % str(answers)


@pytest.fixture(scope="module")
def bus():
    private_system()
    with SystemBus([POLICY, POLKIT_POLICY]) as bus:
        yield bus


@pytest.fixture(scope="module")
def polkit(bus):
    polkit = Polkitd(bus, [ACTIONS])
    yield polkit
    polkit.stop()


@pytest.fixture
def may(polkit):
    """Says what alice may: an answer of polkit's for each action; by default all of it."""

    def set_answers(answers):
        polkit.set_rules(rules(answers))

    set_answers(FREE)
    return set_answers


@pytest.fixture
def nm(bus, may):
    network.restore()
    nm = NetworkManager(bus)
    yield nm
    print(nm.log.read_text()[-4000:])
    nm.remove()
    network.restore()


@pytest.fixture
def drivers():
    subprocess.run(["rm", "-rf", "/run/home"], check=True)
    running = []

    def start(user="alice"):
        running.append(Driver(user))
        return running[-1]

    yield start
    for driver in running:
        if driver.process.poll() is None:
            assert driver.finish() == 0


@pytest.fixture
def driver(nm, drivers):
    driver = drivers()
    assert driver.do("state") == "available"
    return driver


def put_foreign():
    """What others have on lo: with and without tags, labels, lifetimes and short prefixes."""
    put("10.1.1.1/32")
    put("10.1.1.2/32", "proto", "0x69")
    put("10.1.1.3/24", "label", "lo:three")
    put("127.0.0.77/8")
    put("10.1.1.5/32", "valid_lft", "500", "preferred_lft", "400")
    put("fd00:1::1/128")
    put("fd00:1::2/128", "proto", "0x6a")
    return addresses()


def addresses_of_all():
    """But for what the kernel adds to Ethernet by itself."""
    return {
        (link["ifname"], address["local"], address["prefixlen"])
        for link in network.links()
        for address in link["addr_info"]
        if address["scope"] != "link"
    }


# Until restart


def test_until_restart(driver):
    assert driver.do("add restart 127.0.0.2-4 fd00::2") == "done"
    assert added() == {"127.0.0.2/32", "127.0.0.3/32", "127.0.0.4/32", "fd00::2/128"}
    assert driver.do("owner 127.0.0.2/32") == "hearth restart"
    assert driver.do("owner 127.0.0.1/8") == "unknown"
    assert driver.do("owner ::1/128") == "unknown"
    assert driver.do("remove 127.0.0.3 fd00::2") == "done"
    assert added() == {"127.0.0.2/32", "127.0.0.4/32"}
    assert driver.do("remove 127.0.0.2 127.0.0.4") == "done"
    assert addresses() == BASE


def test_others_stay(driver):
    before = put_foreign()
    old = records()
    for line in ("add restart 127.0.0.2 fd00::2", "add session 127.0.0.3", "add always 127.0.0.4",
                 "remove 127.0.0.2", "forget 127.0.0.4", "remove 127.0.0.3 127.0.0.4 fd00::2"):
        assert driver.do(line) == "done", line
        assert addresses() >= before, line
    assert addresses() == before
    new = records()
    for address in ("10.1.1.1/32", "10.1.1.2/32", "10.1.1.3/24", "127.0.0.77/8", "127.0.0.1/8"):
        assert new[address] == old[address]
    assert 300 < new["10.1.1.5/32"]["valid_life_time"] <= 500


def test_what_others_removed_stays_removed(driver):
    put("10.1.1.1/32")
    assert driver.do("add restart 127.0.0.2-3") == "done"
    network.ip("addr", "del", "10.1.1.1/32", "dev", "lo")
    network.ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    assert driver.do("add restart 127.0.0.9") == "done"
    assert added() == {"127.0.0.3/32", "127.0.0.9/32"}


def test_others_are_not_removed(driver):
    put_foreign()
    for address in ("10.1.1.1", "10.1.1.2", "fd00:1::1"):
        answer = driver.do(f"can remove {address}")
        assert answer.startswith("not-supported: NetworkManager cannot remove " + address), answer
        assert f"ip addr del {address}/" in answer
        assert driver.do(f"remove {address}") == answer
    driver.do("add restart 127.0.0.2")
    assert driver.do("can remove 10.1.1.1").startswith("not-supported")
    assert driver.do("can remove 127.0.0.2 10.1.1.1").startswith("not-supported")
    assert driver.do("owner 10.1.1.1/32") == "unknown"
    assert driver.do("owner 10.1.1.2/32") == "unknown"


def test_base_addresses_and_other_interfaces_cannot_be_touched(nm, driver):
    with network.veth():
        # A link that is new to NetworkManager is emptied by it, and not again.
        wait_until(lambda: (nm.state("h0") or 0) >= UNAVAILABLE, what="h0 managed")
        network.ip("addr", "add", "192.0.2.9/24", "dev", "h0")
        before = addresses_of_all()
        for line in ("remove 127.0.0.1", "remove ::1", "keep 127.0.0.1", "keep ::1", "forget 127.0.0.1",
                     "add restart 127.0.0.1", "add always ::1", "remove 127.0.0.1/8", "remove 192.0.2.9",
                     "keep 192.0.2.9", "remove 127.0.0.2 127.0.0.1"):
            assert not driver.do(line).startswith("done"), line
        assert addresses_of_all() == before


def test_what_is_there_and_what_is_not(driver):
    put("10.1.1.1/32")
    assert driver.do("add restart 10.1.1.1").startswith("exists: 10.1.1.1 is on")
    assert driver.do("add restart 127.0.0.2 10.1.1.1").startswith("exists: ")
    assert driver.do("remove 127.0.0.2").startswith("not-found: 127.0.0.2 is not on")
    assert driver.do("forget 127.0.0.2").startswith("not-found: NetworkManager does not keep 127.0.0.2")
    assert added() == {"10.1.1.1/32"}


def test_connections_survive(driver):
    put("10.1.1.1/32")
    pairs = []
    for family, address in ((socket.AF_INET, "10.1.1.1"), (socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        server = socket.create_server((address, 0), family=family)
        client = socket.create_connection(server.getsockname()[:2])
        pairs.append((server, client, server.accept()[0]))
    assert driver.do("add restart 127.0.0.2 fd00::2") == "done"
    assert driver.do("remove 127.0.0.2 fd00::2") == "done"
    for server, client, accepted in pairs:
        client.sendall(b"?")
        assert accepted.recv(1) == b"?"
        socket.create_connection(server.getsockname()[:2]).close()


def test_many(driver):
    """NetworkManager says nothing for seconds while it takes off as many as that."""
    assert driver.do("add restart 127.1.0.1-127.1.1.144", 90) == "done"
    assert len(added()) == 400
    assert driver.do("remove 127.1.0.1-127.1.1.144", 90) == "done"
    assert addresses() == BASE


def test_undo(driver):
    put("10.1.1.1/32")
    assert driver.do("add restart 127.0.0.2-3") == "done"
    assert driver.do("undo") == "done"
    assert added() == {"10.1.1.1/32"}
    assert driver.do("undo").startswith("failed: This change was taken back already")
    driver.do("add session 127.0.0.5")
    assert driver.do("remove 127.0.0.5") == "done"
    assert driver.do("undo") == "done"
    assert has("127.0.0.5/32")
    assert driver.do("owner 127.0.0.5/32") == "hearth session"
    driver.do("add restart 127.0.0.6-7")
    network.ip("addr", "del", "127.0.0.7/32", "dev", "lo")
    assert wait_until(lambda: driver.do("undo")).startswith("failed: These addresses have changed")
    assert added() == {"10.1.1.1/32", "127.0.0.5/32", "127.0.0.6/32"}


# While Hearth is open


def test_session_ends_in_order(driver):
    put("10.1.1.1/32")
    assert driver.do("add session 127.0.0.2 fd00::2") == "done"
    assert driver.do("owner 127.0.0.2/32") == "hearth session"
    assert len(list(driver.journals.glob("networkmanager-session-*"))) == 1
    assert driver.do("close") == "done"
    assert added() == {"10.1.1.1/32"}
    assert not list(driver.journals.glob("networkmanager-session-*"))


def test_session_is_killed(nm, driver, drivers):
    put("10.1.1.1/32")
    driver.do("add session 127.0.0.2-3 fd00::2")
    driver.do("add restart 127.0.0.9")
    living = drivers()
    living.do("add session 127.0.0.5")
    assert living.do("owner 127.0.0.2/32") == "hearth session"
    driver.kill()
    assert has("127.0.0.2/32")
    next_one = drivers()
    wait_until(lambda: added() == {"10.1.1.1/32", "127.0.0.5/32", "127.0.0.9/32"})
    wait_until(lambda: len(list(driver.journals.glob("networkmanager-session-*"))) == 1)
    assert next_one.do("owner 127.0.0.5/32") == "hearth session"
    assert next_one.do("owner 127.0.0.9/32") == "hearth restart"


def test_session_is_killed_while_networkmanager_is_away(nm, driver, drivers):
    driver.do("add session 127.0.0.2")
    nm.stop()
    driver.kill()
    next_one = drivers()
    assert next_one.do("state") == "unavailable: NetworkManager is not running."
    assert has("127.0.0.2/32")
    nm.start()
    next_one.wait_for_state("available")
    wait_until(lambda: addresses() == BASE)


def test_journal_of_another_boot(nm, driver, drivers):
    driver.do("add session 127.0.0.2")
    driver.do("add restart 127.0.0.3")
    (journal,) = driver.journals.glob("networkmanager-session-*")
    driver.kill()
    for path in driver.journals.iterdir():
        path.write_text('{"boot":"0","addresses":["127.0.0.2/32","127.0.0.3/32"]}\n')
    next_one = drivers()
    wait_until(lambda: not journal.exists())
    assert added() == {"127.0.0.2/32", "127.0.0.3/32"}
    assert next_one.do("owner 127.0.0.2/32") == "unknown"
    assert next_one.do("owner 127.0.0.3/32") == "unknown"


def test_journal_is_not_believed(nm, driver, drivers):
    put("10.1.1.1/24")
    driver.do("add session 127.0.0.2")
    (journal,) = driver.journals.glob("networkmanager-session-*")
    driver.kill()
    boot = open("/proc/sys/kernel/random/boot_id").read().strip()
    journal.write_text(
        '{"boot":"%s","addresses":["127.0.0.1/8","127.0.0.1/32","::1/128","10.1.1.1/24",7,null,"127.0.0.2/32"]}\n'
        '{"boot":"%s","addresses":["127.0.0.9' % (boot, boot)
    )
    drivers()
    wait_until(lambda: addresses() == BASE | {"10.1.1.1/24"})


def test_kept_outlives_the_session(driver):
    driver.do("add session 127.0.0.2-3")
    assert driver.do("keep 127.0.0.2") == "done"
    assert driver.do("close") == "done"
    assert added() == {"127.0.0.2/32"}


# Always


def test_always(nm, driver, drivers):
    before = put_foreign()
    assert driver.do("add always 127.0.0.2 fd00::2") == "done"
    assert addresses() == before | {"127.0.0.2/32", "fd00::2/128"}
    assert nm.kept() == {"127.0.0.2/32", "fd00::2/128"}
    assert nm.active() == ("lo", False)
    assert driver.do("owner 127.0.0.2/32") == "hearth always"
    for how in (signal.SIGTERM, signal.SIGKILL):
        nm.restart(how)
        time.sleep(0.5)
        assert addresses() >= before | {"127.0.0.2/32", "fd00::2/128"}
        assert nm.active() == ("lo", False)
    nm.restart_computer()
    wait_until(lambda: added() == {"127.0.0.2/32", "fd00::2/128"})
    assert nm.active() == ("Hearth aliases", True)
    driver.wait_for_state("available")
    assert wait_until(lambda: driver.do("owner 127.0.0.2/32") == "hearth always")


def test_always_on_the_active_profile(nm, driver):
    driver.do("add always 127.0.0.2")
    nm.restart_computer()
    driver.wait_for_state("available")
    before = put_foreign() | {"127.0.0.2/32"}
    assert driver.do("add always 127.0.0.3") == "done"
    assert driver.do("add restart 127.0.0.4") == "done"
    assert addresses() == before | {"127.0.0.3/32", "127.0.0.4/32"}
    nm.restart()
    time.sleep(0.5)
    assert addresses() >= before | {"127.0.0.3/32", "127.0.0.4/32"}
    driver.wait_for_state("available")
    assert driver.do("forget 127.0.0.2") == "done"
    assert nm.kept() == {"127.0.0.3/32"}
    assert driver.do("owner 127.0.0.2/32") == "hearth restart"
    assert driver.do("remove 127.0.0.2-4") == "done"
    assert nm.kept() == set()
    assert addresses() == before - {"127.0.0.2/32"}
    nm.restart_computer()
    time.sleep(0.5)
    assert addresses() == BASE
    assert nm.active() == ("lo", False)


def test_keep_and_forget(nm, driver):
    driver.do("add restart 127.0.0.2-3")
    put("10.1.1.1/32")
    assert driver.do("keep 127.0.0.2 10.1.1.1") == "done"
    assert nm.kept() == {"127.0.0.2/32", "10.1.1.1/32"}
    assert driver.do("undo") == "done"
    assert nm.kept() == set()
    assert driver.do("keep 127.0.0.2-3") == "done"
    assert driver.do("forget 127.0.0.3") == "done"
    assert nm.kept() == {"127.0.0.2/32"}
    assert added() == {"127.0.0.2/32", "127.0.0.3/32", "10.1.1.1/32"}
    assert driver.do("remove 127.0.0.2") == "done"
    assert driver.do("undo") == "done"
    assert nm.kept() == {"127.0.0.2/32"}
    assert has("127.0.0.2/32")


# What stands in the way


def test_a_profile_of_eight_bits_stays(nm, driver):
    """What somebody else's profile brings is theirs, whatever its prefix."""
    nm.add_profile("Work", "10.7.7.7", prefix=8)
    assert wait_until(lambda: driver.do("owner 10.7.7.7/8") == "networkmanager unknown")
    assert driver.do("add restart 127.0.0.2") == "done"
    assert added() == {"10.7.7.7/8", "127.0.0.2/32"}
    put("11.1.1.1/8")
    assert driver.do("remove 127.0.0.2") == "done"
    assert addresses() == BASE | {"10.7.7.7/8", "11.1.1.1/8"}


def test_another_profile_is_active(nm, driver):
    nm.add_profile("Work", "127.0.0.30")
    assert wait_until(lambda: driver.do("owner 127.0.0.30/32") == "networkmanager unknown")
    put("10.1.1.1/32")
    for line in ("add always 127.0.0.2", "keep 127.0.0.30"):
        answer = driver.do(line)
        assert answer.startswith("not-supported: NetworkManager has a loopback profile already, “Work”"), answer
    assert driver.do("add restart 127.0.0.2") == "done"
    assert added() == {"127.0.0.30/32", "10.1.1.1/32", "127.0.0.2/32"}
    assert nm.active() == ("Work", True)
    assert wait_until(lambda: driver.do("owner 10.1.1.1/32") == "unknown")
    assert driver.do("owner 127.0.0.2/32") == "hearth restart"
    assert driver.do("can remove 10.1.1.1").startswith("not-supported")
    assert driver.do("remove 127.0.0.2") == "done"
    assert added() == {"127.0.0.30/32", "10.1.1.1/32"}


@pytest.mark.parametrize(
    "keyfile, more",
    [("unmanaged-devices=interface-name:lo", ""), ("", "[device-lo]\nmatch-device=interface-name:lo\nmanaged=0")],
)
def test_unmanaged(bus, may, drivers, keyfile, more):
    nm = NetworkManager(bus, keyfile, more)
    driver = drivers()
    reason = "NetworkManager is set not to manage the loopback interface."
    assert driver.do("state") == f"unavailable: {reason}"
    assert driver.do("add restart 127.0.0.2") == f"not-supported: {reason}"
    assert addresses() == BASE
    nm.remove()
    assert driver.wait_for_state("unavailable: NetworkManager is not running.")


def test_no_networkmanager(bus, drivers):
    driver = drivers()
    assert driver.do("state") == "unavailable: NetworkManager is not running."
    assert driver.do("add restart 127.0.0.2") == "not-supported: NetworkManager is not running."


def test_networkmanager_comes_and_goes(nm, driver):
    driver.do("add restart 127.0.0.2")
    nm.stop()
    driver.wait_for_state("unavailable: NetworkManager is not running.")
    assert driver.do("owner 127.0.0.2/32") == "hearth restart"
    nm.start()
    driver.wait_for_state("available")
    assert driver.do("remove 127.0.0.2") == "done"
    assert addresses() == BASE


def test_networkmanager_hangs(nm, driver):
    put("10.1.1.1/32")
    nm.process.send_signal(signal.SIGSTOP)
    answer = driver.do("add session 127.0.0.2", 30)
    assert answer.startswith("failed: NetworkManager stopped or does not answer"), answer
    nm.process.send_signal(signal.SIGCONT)
    driver.wait_for_state("available")
    assert driver.do("close") == "done"
    assert added() == {"10.1.1.1/32"}


def test_networkmanager_is_killed_meanwhile(nm, driver):
    before = put_foreign()
    nm.process.send_signal(signal.SIGSTOP)
    driver.send("add restart 127.0.0.2 fd00::2")
    time.sleep(0.2)
    nm.stop(signal.SIGKILL)
    assert driver.read().startswith(("failed: NetworkManager stopped", "not-supported: NetworkManager is not running"))
    assert addresses() == before
    nm.start()
    driver.wait_for_state("available")
    assert driver.do("add restart 127.0.0.2 fd00::2") == "done"
    assert addresses() == before | {"127.0.0.2/32", "fd00::2/128"}


def test_two_at_once(nm, driver, drivers):
    """Each of them reads a list that the other changes; none is lost."""
    other = drivers("bob")
    before = put_foreign()
    for i in range(5):
        driver.send(f"add restart 127.0.1.{i + 1} fd00:2::{i + 1}")
        other.send(f"add restart 127.0.2.{i + 1} fd00:3::{i + 1}")
        assert {driver.read(), other.read()} == {"done"}
    assert addresses() == before | {
        text % (n, i) for i in range(1, 6) for n, text in
        ((1, "127.0.%d.%d/32"), (2, "127.0.%d.%d/32"), (2, "fd00:%d::%d/128"), (3, "fd00:%d::%d/128"))
    }


# Permission


def test_no_password_for_what_is_not_kept(nm, polkit, may, bus, drivers):
    """What an ordinary desktop says: network-control yes, keeping asks for an administrator."""
    may(ORDINARY)
    driver = drivers()
    client = bus.connect("alice")
    agent = Agent(polkit, driver.as_client(client))
    assert driver.do("state") == "available"
    assert driver.do("add restart 127.0.0.2") == "done"
    assert driver.do("add session 127.0.0.3") == "done"
    assert agent.asked == []
    assert driver.do("add always 127.0.0.4") == "done"
    assert [action for action, *_ in agent.asked] == [KEEP]
    assert nm.kept() == {"127.0.0.4/32"}
    client.close()


@pytest.mark.parametrize("answer", ["dismissed", "no one"])
def test_permission_is_not_given(nm, polkit, may, bus, drivers, answer):
    may({CONTROL: "yes", KEEP: "auth_admin"})
    driver = drivers()
    client = bus.connect("alice")
    if answer == "dismissed":
        agent = Agent(polkit, driver.as_client(client), answer)
    put("10.1.1.1/32")
    driver.do("add restart 127.0.0.3")
    reply = driver.do("add always 127.0.0.2")
    assert reply.startswith("not-permitted: NetworkManager was not allowed to keep"), reply
    assert driver.do("keep 127.0.0.3").startswith("not-permitted")
    assert added() == {"10.1.1.1/32", "127.0.0.3/32"}
    assert nm.kept() == set()
    if answer == "dismissed":
        assert {action for action, *_ in agent.asked} == {KEEP}
    client.close()


def test_denied(nm, may, drivers):
    may({CONTROL: "yes", KEEP: "no"})
    driver = drivers()
    assert driver.do("add always 127.0.0.2").startswith("not-supported: NetworkManager is set not to let you keep")
    assert driver.do("add restart 127.0.0.2") == "done"
    assert driver.do("keep 127.0.0.2").startswith("not-supported: NetworkManager is set not to let you keep")
    may({CONTROL: "no", KEEP: "no"})
    reason = "NetworkManager is set not to let you change addresses."
    driver.wait_for_state(f"unavailable: {reason}")
    assert driver.do("remove 127.0.0.2") == f"not-supported: {reason}"
    assert added() == {"127.0.0.2/32"}
    may(FREE)
    driver.wait_for_state("available")


def test_waiting_for_a_password_can_be_cancelled(nm, polkit, may, bus, drivers):
    may(ORDINARY)
    driver = drivers()
    client = bus.connect("alice")
    agent = Agent(polkit, driver.as_client(client), "late")
    driver.send("add always 127.0.0.2")
    wait_until(lambda: agent.asked)
    time.sleep(4)
    driver.send("cancel")
    assert driver.read(5).startswith("cancelled")
    assert addresses() == BASE
    client.close()


@pytest.mark.parametrize("ask", ["auth_admin_keep", "auth_admin"])
def test_one_question(nm, polkit, may, bus, drivers, ask):
    """What NetworkManager's defaults say to somebody who is not at this computer."""
    may({CONTROL: ask, KEEP: "no"})
    driver = drivers()
    client = bus.connect("alice")
    agent = Agent(polkit, driver.as_client(client))
    put("10.1.1.1/32")
    put("fd00:1::1/128", "proto", "0x6a")
    for i, line in enumerate(("add restart 127.0.0.2 fd00::2", "remove 127.0.0.2", "add session 127.0.0.3")):
        assert driver.do(line) == "done", line
        if ask == "auth_admin":
            assert len(agent.asked) == i + 1, line
    assert {action for action, *_ in agent.asked} == {CONTROL}
    assert added() == {"10.1.1.1/32", "fd00:1::1/128", "fd00::2/128", "127.0.0.3/32"}
    client.close()
