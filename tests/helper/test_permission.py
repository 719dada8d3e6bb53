# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what: what polkit is asked, and that its answer holds."""

import re
import time
import xml.etree.ElementTree as ElementTree

import pytest
from gi.repository import GLib

import helper_service
import polkit
from helper_service import (
    ACTION,
    ALICE,
    BOB,
    DENIED,
    DISMISSED,
    EXISTS,
    INVALID,
    NAME,
    NOT_FOUND,
    PATH,
    error_name,
    on_lo,
    refused,
)
from network import ip
from system_bus import wait_until

LOOPBACK, OTHER, KEEP, FOREIGN = (
    ACTION + name for name in ("change-loopback", "change-other", "keep", "remove-foreign")
)


def but(*refused_actions):
    """An answer for the mock: yes to everything but these."""
    return lambda question: "no" if question.action in refused_actions else "yes"


def every_verb(helper, client, **options):
    """Each method that changes something, once and rightly; what is there before: 127.0.0.2 of the client."""
    token = helper.add(client, "127.0.0.3", **options)
    helper.undo(client, token, **options)
    helper.add(client, ["127.0.0.4", "10.9.9.9"], "always", **options)
    helper.keep(client, "127.0.0.2", **options)
    helper.keep(client, "127.0.0.2", False, **options)
    helper.remove(client, "127.0.0.2", **options)
    ip("addr", "add", "127.0.0.77/32", "dev", "lo")
    helper.remove(client, "127.0.0.77", **options)


# What is asked


def test_case_01_the_question_is_about_the_sender(helper, mock, alice):
    helper.add(alice, "127.0.0.2")
    every_verb(helper, alice)
    assert len(mock.questions) >= 7
    for question in mock.questions:
        assert question.subject == ("system-bus-name", {"name": alice.name})


def test_case_02_actions_of_the_code_and_of_the_policy_file(helper, mock, alice):
    helper.add(alice, "127.0.0.2")
    every_verb(helper, alice)
    policy = ElementTree.parse(helper_service.polkit_policy()).getroot()
    in_file = {action.get("id") for action in policy.iter("action")}
    assert in_file == {LOOPBACK, OTHER, KEEP, FOREIGN}
    assert {question.action for question in mock.questions} == in_file
    program = open(helper_service.BUILT, "rb").read()
    in_code = re.findall(rb"io\.github\.hearthapp\.Hearth\.[a-z]+[a-z-]*(?=\0)", program)
    assert {action.decode() for action in in_code} <= in_file


def test_case_02_every_action_has_its_owner_and_its_defaults():
    policy = ElementTree.parse(helper_service.polkit_policy()).getroot()
    assert "policyconfig-1.dtd" in helper_service.polkit_policy().read_text()
    allowed = {"no", "yes", "auth_self", "auth_admin", "auth_self_keep", "auth_admin_keep"}
    children = {"vendor", "vendor_url", "icon_name", "description", "message", "defaults", "annotate"}
    assert {child.tag for child in policy} <= {"vendor", "vendor_url", "icon_name", "action"}
    for action in policy.iter("action"):
        assert {child.tag for child in action} <= children
        owners = [a.text for a in action.iter("annotate") if a.get("key") == "org.freedesktop.policykit.owner"]
        assert owners == ["unix-user:hearth-helper"]
        defaults = {default.tag: default.text for default in action.find("defaults")}
        assert set(defaults.values()) <= allowed
        active = "yes" if action.get("id") == LOOPBACK else "auth_admin_keep"
        assert defaults == {"allow_any": "auth_admin", "allow_inactive": "auth_admin", "allow_active": active}


def test_case_02_the_real_polkitd_lists_them(polkitd, bus):
    listed = polkitd.call(bus.root, "EnumerateActions", GLib.Variant("(s)", ("C",)))
    assert {action[0] for action in listed} == {LOOPBACK, OTHER, KEEP, FOREIGN}
    assert all(action[1] and action[2] for action in listed)


# Default deny


def introspected(bus, interface):
    xml = bus.root.call(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect")
    node = ElementTree.fromstring(xml)
    assert not node.findall("node")
    (found,) = [i for i in node.iter("interface") if i.get("name") == interface]
    return found


def arguments_for(method, token):
    return {
        "Add": ("(sassa{sv})", "lo", ["127.0.0.9"], "restart", {}),
        "Remove": ("(sas)", "lo", ["127.0.0.2"]),
        "Keep": ("(sasb)", "lo", ["127.0.0.2"], True),
        "Undo": ("(s)", token),
    }[method]


@pytest.mark.parametrize("answer", ["no", "challenge", "error", "dismissed"])
def test_case_03_every_method_is_denied(helper, mock, alice, bus, answer):
    token = helper.add(alice, "127.0.0.2")
    methods = [method.get("name") for method in introspected(bus, NAME).iter("method")]
    assert sorted(methods) == ["Add", "Keep", "Remove", "Undo"]
    mock.answer = answer
    for method in methods:
        with helper.unchanged(), refused(DENIED, *([DISMISSED] if answer == "dismissed" else [])):
            helper.call(alice, method, *arguments_for(method, token))
    mock.answer = "yes"
    helper.undo(alice, token)
    assert on_lo() == {}


def test_case_03_no_property_can_be_written(helper, mock, alice, bus):
    helper.add(alice, "127.0.0.2", "always")
    properties = introspected(bus, NAME).findall("property")
    types = {p.get("name"): p.get("type") for p in properties}
    assert types == {"Owned": "a(sssu)", "Kept": "a(ssu)", "Version": "s"}
    assert {p.get("access") for p in properties} == {"read"}
    for name, value in [
        ("Owned", GLib.Variant("a(sssu)", [])),
        ("Kept", GLib.Variant("a(ssu)", [])),
        ("Version", GLib.Variant("s", "9")),
    ]:
        with helper.unchanged(), pytest.raises(GLib.Error):
            alice.call(
                NAME, PATH, "org.freedesktop.DBus.Properties", "Set", GLib.Variant("(ssv)", (NAME, name, value))
            )


def test_case_03_other_objects_and_interfaces_do_nothing(helper, mock, alice):
    helper.start()
    call = GLib.Variant("(sassa{sv})", ("lo", ["127.0.0.9"], "restart", {}))
    for path, interface, method in [
        ("/", NAME, "Add"),
        (PATH + "/x", NAME, "Add"),
        (PATH, NAME + "x", "Add"),
        (PATH, NAME, "add"),
        (PATH, NAME, "Restore"),
    ]:
        with helper.unchanged(), pytest.raises(GLib.Error):
            alice.call(NAME, path, interface, method, call)
    alice.call(NAME, PATH, "org.freedesktop.DBus.Peer", "Ping")


# While polkit thinks


def test_case_04_the_caller_vanishes(helper, mock, alice, bob):
    helper.start()
    mock.answer = "late"
    with helper.unchanged():
        helper.start_add(alice, "127.0.0.9", "session")
        helper.start_add(alice, "127.0.0.10", "always")
        wait_until(lambda: mock.waiting)
        alice.kill()
        while mock.waiting:
            mock.finish("yes")
        wait_until(lambda: not helper.owned())
    mock.answer = "yes"
    helper.add(bob, "127.0.0.9")


def test_case_04_polkit_hangs_and_others_are_served(helper, mock, alice, bob):
    helper.start()
    mock.answer = lambda question: "never" if question.subject[1]["name"] == alice.name else "yes"
    hanging = helper.start_add(alice, "127.0.0.9", interactive=True)
    wait_until(lambda: mock.questions)
    helper.add(bob, "127.0.0.10", timeout=2)
    assert set(on_lo()) == {"127.0.0.10/32"} and not hanging.done()
    with helper.unchanged():
        mock.stop()  # and goes
        with refused(DENIED):
            hanging.result(30)


def test_case_04_no_polkit(helper, alice):
    with helper.unchanged(), refused(DENIED):
        helper.add(alice, "127.0.0.9", timeout=40)


def test_case_04_polkit_comes_later(helper, bus, alice):
    with refused(DENIED):
        helper.add(alice, "127.0.0.9")
    mock = polkit.MockPolkit(bus)
    helper.add(alice, "127.0.0.9")
    mock.stop()


@pytest.mark.parametrize("lifetime", ["session", "restart", "always"])
@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.9"], ["127.255.255.254"], ["10.9.9.9"], ["8.8.8.8"], ["fd00::9"], ["127.0.0.9", "fd00::9"]],
)
def test_case_06_the_check_comes_first(helper, mock, alice, bus, addresses, lifetime):
    mock.answer = "no"
    helper.start()
    for client in (alice, bus.root, bus.connect("hearth-helper")):
        with helper.unchanged(), refused(DENIED):
            helper.add(client, addresses, lifetime)
        assert mock.asked()


def test_case_06_each_range_and_lifetime_has_its_action(helper, mock, alice):
    for addresses, lifetime, action in [
        ("127.0.0.9", "session", LOOPBACK),
        ("127.0.0.9", "restart", LOOPBACK),
        ("127.0.0.9", "always", KEEP),
        ("10.9.9.9", "session", OTHER),
        ("10.9.9.9", "always", OTHER),
        ("10.9.9.9", "always", KEEP),
        (["127.0.0.9", "fd00::9"], "restart", OTHER),
        (["127.0.0.9", "fd00::9"], "restart", LOOPBACK),
    ]:
        mock.answer = but(action)
        with helper.unchanged(), refused(DENIED):
            helper.add(alice, addresses, lifetime)


def test_case_06_nothing_more_is_asked_for_than_needed(helper, mock, alice):
    mock.answer = but(OTHER, KEEP, FOREIGN)
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "session")
    helper.add(alice, "127.0.0.4", "restart")
    helper.remove(alice, ["127.0.0.2", "127.0.0.4"])
    mock.answer = but(LOOPBACK, KEEP, FOREIGN)
    helper.add(alice, "fd00::9", "restart")
    helper.remove(alice, "fd00::9")
    assert set(on_lo()) == {"127.0.0.3/32"}


def test_case_07_only_the_approved_one_is_applied(helper, mock, alice, bob):
    helper.start()
    mock.answer = "late"
    first = helper.start_add(alice, ["127.0.0.5", "127.0.0.6"])
    wait_until(lambda: len(mock.waiting) == 1)
    second = helper.start_add(alice, "127.0.0.7")
    wait_until(lambda: len(mock.waiting) == 2)
    third = helper.start_add(bob, "127.0.0.8")
    wait_until(lambda: len(mock.waiting) == 3)
    mock.finish("yes", 1)
    assert second.result(5)
    assert set(on_lo()) == {"127.0.0.7/32"}
    mock.finish("no")
    mock.finish("yes")
    assert third.result(5)
    with refused(DENIED):
        first.result(5)
    assert helper.owned() == {("127.0.0.7/32", "restart", ALICE), ("127.0.0.8/32", "restart", BOB)}


def test_case_07_the_same_address_twice(helper, mock, alice, bob):
    helper.start()
    mock.answer = "late"
    calls = [helper.start_add(client, "127.0.0.5") for client in (alice, bob)]
    wait_until(lambda: len(mock.waiting) == 2)
    mock.finish("yes", 1)
    mock.finish("yes")
    outcomes = [call.exception(5) for call in calls]
    names = [outcome and error_name(outcome) for outcome in outcomes]
    assert set(names) == {None, EXISTS}, outcomes
    assert len(helper.owned()) == 1


def test_case_07_what_changed_while_polkit_was_asked(helper, mock, alice):
    helper.add(alice, "127.0.0.2")
    mock.answer = "late"
    adding = helper.start_add(alice, "127.0.0.3")
    removing = helper.start_call(alice, "Remove", "(sas)", "lo", ["127.0.0.2"])
    wait_until(lambda: len(mock.waiting) == 2)
    ip("addr", "add", "127.0.0.3/32", "dev", "lo")
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    mock.finish("yes")
    mock.finish("yes")
    with refused(EXISTS):
        adding.result(5)
    with refused(NOT_FOUND):
        removing.result(5)
    assert on_lo() == {"127.0.0.3/32": (None, "lo")}
    assert helper.owned() == set()


def test_case_07_what_became_foreign_while_polkit_was_asked(helper, mock, alice):
    helper.add(alice, "127.0.0.2")
    mock.answer = lambda question: "no" if question.action == FOREIGN else "late"
    removing = helper.start_call(alice, "Remove", "(sas)", "lo", ["127.0.0.2"])
    wait_until(lambda: mock.waiting)
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    time.sleep(0.1)
    mock.answer = but(FOREIGN)
    mock.finish("yes")
    with refused(DENIED, NOT_FOUND):
        removing.result(5)
    assert set(on_lo()) == {"127.0.0.2/32"}


def test_case_12_no_dialog_unless_the_message_allows_it(helper, mock, alice):
    helper.add(alice, "127.0.0.2")
    every_verb(helper, alice)
    assert {question.flags for question in mock.questions} == {0}
    mock.asked()
    mock.answer = lambda question: "yes" if question.flags else "challenge"
    with refused(DENIED):
        helper.add(alice, "127.0.0.20")
    helper.add(alice, "127.0.0.20", interactive=True)
    helper.add(alice, ["127.0.0.21", "10.9.9.10"], "always", interactive=True)


# What is not the caller's


def test_case_13_what_hearth_did_not_add(helper, mock, alice):
    mock.answer = but(FOREIGN)
    ip("addr", "add", "127.0.0.50/32", "dev", "lo")
    ip("addr", "add", "127.0.0.51/32", "dev", "lo", "proto", "0x69")  # says that it is Hearth's
    ip("addr", "add", "fd00::50/128", "dev", "lo")
    for address in ("127.0.0.50", "127.0.0.51", "fd00::50"):
        with helper.unchanged(), refused(DENIED):
            helper.remove(alice, address)
        with helper.unchanged(), refused(DENIED):
            helper.keep(alice, address)
    mock.answer = "yes"
    helper.remove(alice, ["127.0.0.50", "127.0.0.51", "fd00::50"])
    assert on_lo() == {}


@pytest.mark.parametrize("lifetime", ["session", "restart", "always"])
def test_case_13_what_another_user_added(helper, mock, alice, bob, lifetime):
    helper.add(bob, "127.0.0.60", lifetime)
    helper.add(alice, "127.0.0.61")
    mock.answer = but(FOREIGN)
    with helper.unchanged(), refused(DENIED):
        helper.remove(alice, "127.0.0.60")
    with helper.unchanged(), refused(DENIED):
        helper.remove(alice, ["127.0.0.61", "127.0.0.60"])
    with helper.unchanged(), refused(DENIED):
        helper.keep(alice, "127.0.0.60", lifetime != "always")
    helper.remove(bob, "127.0.0.60")
    mock.answer = "yes"
    helper.add(bob, "127.0.0.60", lifetime)
    helper.remove(alice, "127.0.0.60")
    assert helper.owned() == {("127.0.0.61/32", "restart", ALICE)}


def test_case_13_the_same_user_from_another_window(helper, mock, bus, alice):
    helper.add(bus.connect("alice"), "127.0.0.2", "session")
    mock.answer = but(FOREIGN)
    helper.remove(alice, "127.0.0.2")
    assert on_lo() == {}


def test_case_13_keeping_needs_keep(helper, mock, alice):
    helper.add(alice, "127.0.0.2")
    helper.add(alice, "127.0.0.3", "always")
    mock.answer = but(KEEP)
    with helper.unchanged(), refused(DENIED):
        helper.keep(alice, "127.0.0.2")
    with helper.unchanged(), refused(DENIED):
        helper.keep(alice, "127.0.0.3", False)
    with helper.unchanged(), refused(DENIED):
        helper.remove(alice, "127.0.0.3")
    with helper.unchanged(), refused(DENIED):
        helper.remove(alice, ["127.0.0.2", "127.0.0.3"])


def test_dismissed_is_an_error_of_its_own(helper, mock, alice):
    mock.answer = "dismissed"
    with helper.unchanged(), refused(DISMISSED):
        helper.add(alice, "127.0.0.2", interactive=True)


def test_wrong_arguments_ask_nobody(helper, mock, alice):
    with helper.unchanged(), refused(INVALID):
        helper.add(alice, "127.0.0.1", interactive=True)
    assert mock.asked() == []


def test_nothing_is_asked_for_reading(helper, mock, alice):
    helper.get("Owned", alice), helper.get("Kept", alice)
    assert re.fullmatch(r"\d+\.\d+\.\d+", helper.get("Version", alice))
    assert mock.asked() == []
