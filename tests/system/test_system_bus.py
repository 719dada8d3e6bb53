# SPDX-License-Identifier: GPL-3.0-or-later
"""The private system bus that other tests rely on: users are who they are, and polkit really decides."""

import os

import pytest
from gi.repository import GLib

import polkit
import system_bus
from system_bus import SystemBus, error_name

ACTION = "test.dance"
ACTION_FILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<policyconfig>
  <action id="{ACTION}">
    <description>Dance</description>
    <message>Somebody wants to dance</message>
    <defaults><allow_any>auth_admin</allow_any></defaults>
    <annotate key="org.freedesktop.policykit.owner">unix-user:hearth-helper</annotate>
  </action>
</policyconfig>
"""


@pytest.fixture(scope="module", autouse=True)
def system():
    system_bus.private_system()


@pytest.fixture
def bus():
    with SystemBus(policies=[polkit.POLICY]) as bus:
        yield bus


@pytest.fixture
def daemon(bus, tmp_path):
    (tmp_path / "test.policy").write_text(ACTION_FILE)
    daemon = polkit.Polkitd(bus, [tmp_path / "test.policy"])
    yield daemon
    daemon.stop()


def check(asker, client, flags=0):
    subject = ("system-bus-name", {"name": GLib.Variant("s", client.name)})
    question = GLib.Variant("((sa{sv})sa{ss}us)", (subject, ACTION, {}, flags, ""))
    return asker.call(polkit.NAME, polkit.PATH, polkit.INTERFACE, "CheckAuthorization", question)[:2]


def test_clients_are_their_users(bus):
    alice = bus.connect("alice")
    assert bus.root.ask_bus("GetConnectionUnixUser", "(s)", alice.name) == system_bus.USERS["alice"]
    process = bus.root.ask_bus("GetConnectionUnixProcessID", "(s)", alice.name)
    assert os.stat(f"/proc/{process}").st_uid == system_bus.USERS["alice"]
    alice.kill()
    system_bus.wait_until(lambda: not bus.owner(alice.name))


def test_rules_decide(bus, daemon):
    alice, bob, helper = (bus.connect(user) for user in ("alice", "bob", "hearth-helper"))
    assert check(helper, alice) == (False, True)
    daemon.set_rules(f"""polkit.addRule(function(action, subject) {{
        if (action.id == "{ACTION}" && subject.user == "alice") return polkit.Result.YES; }});""")
    assert check(helper, alice) == (True, False)
    assert check(helper, bob) == (False, True)
    with pytest.raises(GLib.Error) as error:
        check(bob, alice)
    assert error_name(error.value).startswith("org.freedesktop.PolicyKit1.Error.")


@pytest.mark.parametrize("answer, allowed", [("yes", True), ("no", False), ("dismissed", False)])
def test_an_agent_is_asked(bus, daemon, answer, allowed):
    alice, helper = bus.connect("alice"), bus.connect("hearth-helper")
    agent = polkit.Agent(daemon, alice, answer)
    assert check(helper, alice, polkit.ASK_A_PERSON)[0] == allowed
    assert [question[:2] for question in agent.asked] == [(ACTION, "Somebody wants to dance")]


def test_a_mock_records(bus):
    mock = polkit.MockPolkit(bus, lambda question: "yes" if question.flags else "no")
    alice = bus.connect("alice")
    assert check(alice, alice) == (False, False)
    assert check(alice, alice, polkit.ASK_A_PERSON) == (True, False)
    assert mock.questions[1] == (("system-bus-name", {"name": alice.name}), ACTION, {}, 1)
