# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking back: once, by who made the change, while nothing has touched it, with the same permission."""

import pytest

from helper_service import ACTION, ALICE, BOB, DENIED, FAILED, INVALID, NOT_FOUND, TAGS, on_lo, refused
from network import ip

ANY_REFUSAL = (NOT_FOUND, DENIED, FAILED, INVALID)


@pytest.mark.parametrize("lifetime", TAGS)
def test_undo_of_adding(helper, mock, alice, lifetime):
    token = helper.add(alice, ["127.0.0.2", "fd00::2"], lifetime)
    helper.undo(alice, token)
    assert (on_lo(), helper.owned(), helper.kept()) == ({}, set(), set())


@pytest.mark.parametrize("lifetime", TAGS)
def test_undo_of_removing(helper, mock, alice, lifetime):
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], lifetime, label="lo:two")
    helper.add(alice, "fd00::2", lifetime)
    before = helper.all()[:3]
    token = helper.remove(alice, ["127.0.0.3", "fd00::2"])
    assert set(on_lo()) == {"127.0.0.2/32"}
    helper.undo(alice, token)
    assert helper.all()[:3] == before


def test_undo_of_removing_what_others_added(helper, mock, alice, bob):
    helper.add(bob, "127.0.0.3", "restart")
    ip("addr", "add", "127.0.0.4/32", "dev", "lo", "label", "lo:mine")
    ip("addr", "add", "10.5.5.5/24", "dev", "lo")
    before = on_lo()
    token = helper.remove(alice, ["127.0.0.3", "127.0.0.4", "10.5.5.5/24"])
    helper.undo(alice, token)
    assert on_lo() == before
    assert helper.owned() == {("127.0.0.3/32", "restart", BOB)}


def test_undo_of_keeping(helper, mock, alice):
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "session")
    before = helper.all()[:3]
    token = helper.keep(alice, ["127.0.0.2"])
    assert helper.kept() == {("127.0.0.2/32", ALICE)}
    assert helper.owned() == {("127.0.0.2/32", "always", ALICE), ("127.0.0.3/32", "session", ALICE)}
    assert on_lo()["127.0.0.2/32"][0] == TAGS["always"]
    helper.undo(alice, token)
    assert helper.all()[:3] == before


def test_undo_of_keeping_no_longer(helper, mock, alice):
    helper.add(alice, ["127.0.0.2", "127.0.0.3"], "always", label="lo:two")
    before = helper.all()[:3]
    token = helper.keep(alice, ["127.0.0.2"], False)
    assert helper.kept() == {("127.0.0.3/32", ALICE)}
    assert on_lo()["127.0.0.2/32"] == (TAGS["restart"], "lo:two")
    helper.undo(alice, token)
    assert helper.all()[:3] == before


def test_undo_of_what_changed_nothing(helper, mock, alice):
    helper.add(alice, "127.0.0.2", "always")
    token = helper.keep(alice, "127.0.0.2")
    with helper.unchanged():
        mock.answer = "no"
        with refused(DENIED):
            helper.undo(alice, token, timeout=10)
    mock.answer = "yes"
    helper.undo(alice, token, timeout=10)
    with refused(NOT_FOUND):
        helper.undo(alice, token, timeout=10)


def test_undo_of_undo_in_turn(helper, mock, alice):
    first = helper.add(alice, "127.0.0.2")
    second = helper.add(alice, "127.0.0.3")
    third = helper.remove(alice, "127.0.0.2")
    helper.undo(alice, third)
    helper.undo(alice, second)
    helper.undo(alice, first)
    assert on_lo() == {}


def test_case_22_by_somebody_else(helper, mock, bus, alice, bob):
    token = helper.add(alice, "127.0.0.2", "always")
    for other in (bob, bus.connect("alice"), bus.root):
        with helper.unchanged(), refused(*ANY_REFUSAL):
            helper.undo(other, token)
    helper.undo(alice, token)


def test_case_22_twice(helper, mock, alice):
    token = helper.add(alice, "127.0.0.2")
    helper.undo(alice, token)
    with helper.unchanged(), refused(NOT_FOUND):
        helper.undo(alice, token)
    helper.add(alice, "127.0.0.2")
    with helper.unchanged(), refused(NOT_FOUND):
        helper.undo(alice, token)


def test_case_22_after_something_touched_it(helper, mock, alice, bob):
    added = helper.add(alice, ["127.0.0.2", "127.0.0.3"])
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    with helper.unchanged(), refused(*ANY_REFUSAL):
        helper.undo(alice, added)
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")  # by hand: it is not what was added
    with helper.unchanged(), refused(*ANY_REFUSAL):
        helper.undo(alice, added)
    removed = helper.remove(alice, "127.0.0.3")
    helper.add(bob, "127.0.0.3")
    with helper.unchanged(), refused(*ANY_REFUSAL):
        helper.undo(alice, removed)


def test_case_22_after_another_change_of_the_same(helper, mock, alice):
    added = helper.add(alice, "127.0.0.2")
    helper.keep(alice, "127.0.0.2")
    with helper.unchanged(), refused(*ANY_REFUSAL):
        helper.undo(alice, added)
    removed = helper.remove(alice, "127.0.0.2")
    readded = helper.add(alice, "127.0.0.2", "session")
    with helper.unchanged(), refused(*ANY_REFUSAL):
        helper.undo(alice, removed)
    helper.undo(alice, readded)


def test_case_22_removed_and_added_alike_again(helper, mock, alice):
    """It looks the same, but is another change."""
    added = helper.add(alice, "127.0.0.2")
    helper.remove(alice, "127.0.0.2")
    helper.add(alice, "127.0.0.2")
    with helper.unchanged(), refused(*ANY_REFUSAL):
        helper.undo(alice, added)


@pytest.mark.parametrize(
    "action, before, change",
    [
        ("change-loopback", None, lambda h, c: h.add(c, "127.0.0.2")),
        ("change-other", None, lambda h, c: h.add(c, "10.9.9.9")),
        ("keep", None, lambda h, c: h.add(c, "127.0.0.2", "always")),
        ("change-loopback", "restart", lambda h, c: h.remove(c, "127.0.0.7")),
        ("keep", "always", lambda h, c: h.remove(c, "127.0.0.7")),
        ("keep", "restart", lambda h, c: h.keep(c, "127.0.0.7")),
        ("keep", "always", lambda h, c: h.keep(c, "127.0.0.7", False)),
    ],
)
def test_case_22_polkit_is_asked_for_the_inverse(helper, mock, alice, action, before, change):
    if before:
        helper.add(alice, "127.0.0.7", before)
    token = change(helper, alice)
    mock.answer = lambda question: "no" if question.action == ACTION + action else "yes"
    with helper.unchanged(), refused(DENIED):
        helper.undo(alice, token)
    mock.answer = "yes"
    helper.undo(alice, token)


def test_case_22_tokens_cannot_be_guessed(helper, mock, alice):
    tokens = [helper.add(alice, f"127.0.0.{i}") for i in range(2, 12)]
    assert len(set(tokens)) == 10 and min(len(token) for token in tokens) >= 16


def test_case_22_a_token_dies_with_its_sender(helper, mock, bus, alice):
    token = helper.add(alice, "127.0.0.2")
    alice.kill()
    again = bus.connect("alice")
    with helper.unchanged(), refused(*ANY_REFUSAL):
        helper.undo(again, token)
