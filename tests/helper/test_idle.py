# SPDX-License-Identifier: GPL-3.0-or-later
"""It goes when nobody needs it: after 30 seconds. That is why these tests take a minute; they wait."""

import time

from helper_service import is_gone, on_lo
from polkit import ASK_A_PERSON
from system_bus import wait_until

IDLE_SECONDS = 30


def test_case_18_it_goes_and_calls_that_arrive_then_are_served(helper, mock, bus, alice):
    """Calls from just before until just after its end: each is answered, whoever answers."""
    token = helper.add(alice, "127.0.0.2", "restart")
    process = helper.process
    time.sleep(IDLE_SECONDS - 3)
    assert helper.process == process, "it went too early"
    wait_until(lambda: not helper.is_running(), 6, "its end")
    wait_until(lambda: is_gone(process))
    assert set(on_lo()) == {"127.0.0.2/32"}
    helper.undo(alice, token)  # as long as the caller is there
    assert on_lo() == {}

    last = time.monotonic()
    helper.add(alice, "127.0.0.3")
    calls = []
    time.sleep(IDLE_SECONDS - 0.02 - (time.monotonic() - last))
    for number in range(10, 22):
        calls.append((number, helper.start_add(alice, f"127.0.3.{number}", timeout=20)))
        time.sleep(0.004)
    for number, call in calls:
        call.result(25)
        assert f"127.0.3.{number}/32" in on_lo()
    assert helper.agrees()


def test_it_stays_while_it_watches_a_session_or_a_person_thinks(helper, mock, alice, bob):
    helper.add(alice, "127.0.0.2", "session")
    process = helper.process
    mock.answer = lambda question: "late" if question.flags & ASK_A_PERSON else "challenge"
    asked = helper.start_add(bob, "127.0.0.3", interactive=True, timeout=100)
    time.sleep(IDLE_SECONDS + 4)
    assert helper.process == process and not asked.done()
    mock.finish("yes")
    asked.result(5)
    alice.kill()
    wait_until(lambda: set(on_lo()) == {"127.0.0.3/32"}, 2)
