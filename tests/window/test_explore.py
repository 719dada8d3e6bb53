# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person meets on the pages of Explore. The computer is a network namespace."""

import contextlib
import socket

import pytest
from desktop import Hearth, has_state, is_seen, read, text_of, wait_for, walk

import network
from network import ip


@pytest.fixture
def hearth():
    hearth = Hearth()
    hearth.keys("alt+4")
    hearth.wait_until_says("What Is Localhost?")
    yield hearth
    hearth.kill()
    network.restore()


@contextlib.contextmanager
def listening(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, port), family=family):
        yield


def open_page(hearth, row, says):
    """By its row: the first thing of the page that has the name."""
    press_row(hearth, row)
    hearth.wait_until_says(says)


def press_row(hearth, name):
    """As a keyboard does it."""
    focus(hearth, name)
    hearth.keys("Return")


def focus(hearth, name):
    """Tab by Tab, to the row or the button with that name."""
    wait_for(f"the row “{name}”", lambda: any(text_of(n) == name for n in walk(hearth.application)))
    wait_for(f"the focus on “{name}”", lambda: focused(hearth) == name or hearth.keys("Tab"), limit_s=60)


def focused(hearth):
    """The name of what has the focus."""
    return read(lambda: next((text_of(n) for n in walk(hearth.application)
                              if has_state(n, "FOCUSED")), None))


def wait_for_toast(hearth, text):
    """It is the last thing in the window, and goes before a long page is read to its end."""
    wait_for(f"the toast “{text}”",
             lambda: any(text_of(n) == text for n in walk_back(hearth.application)))


def walk_back(node):
    for i in reversed(range(node.get_child_count())):
        yield from walk_back(node.get_child_at_index(i))
        yield node.get_child_at_index(i)


# Check-up


def checks(hearth):
    """The state of each check by its title: the rows are called “title: state”."""
    names = [text_of(n) for n in hearth.nodes("list item")]
    return dict(n.rsplit(": ", 1) for n in names if ": " in n)


def open_check_up(hearth):
    open_page(hearth, "Check-Up", "Run Again")
    wait_for("the end of the run",
             lambda: checks(hearth) and not {"Running", "Waiting"} & set(checks(hearth).values()))
    wait_for("the headline", lambda: not hearth.says("Checking…"))


def test_check_up_runs_when_it_is_opened(hearth):
    open_check_up(hearth)
    hearth.wait_until_says("Localhost Works")
    found = checks(hearth)
    assert found["Loopback is switched on"] == "Good"
    assert found["TCP goes there and back at 127.0.0.1"] == "Good"
    assert found["The alias 127.0.0.2 can be used"] == "Good"
    assert "Not right" not in found.values()


def test_check_up_says_what_is_wrong_and_what_to_do(hearth):
    ip("addr", "del", "127.0.0.1/8", "dev", "lo")
    open_check_up(hearth)
    assert checks(hearth)["127.0.0.1 is there"] == "Not right"
    assert hearth.says("Thing Is Wrong") or hearth.says("Things Are Wrong")
    assert hearth.says("What to Do") and hearth.find("button", "Copy Remedy")
    hearth.wait_until_says("ip address add 127.0.0.1/8 dev lo")


def test_check_up_runs_again(hearth):
    ip("addr", "del", "127.0.0.1/8", "dev", "lo")
    open_check_up(hearth)
    assert checks(hearth)["127.0.0.1 is there"] == "Not right"
    network.restore()
    hearth.press("button", "Run Again")
    wait_for("it to be right", lambda: checks(hearth)["127.0.0.1 is there"] == "Good")
    hearth.wait_until_says("Localhost Works")
    assert not hearth.says("What to Do")


def test_check_up_copies_the_remedy(hearth):
    ip("addr", "del", "127.0.0.1/8", "dev", "lo")
    open_check_up(hearth)
    hearth.press("button", "Copy Remedy")
    wait_for_toast(hearth, "Copied ip address add 127.0.0.1/8 dev lo")


# Who can reach it?


def ask(hearth, text):
    open_page(hearth, "Who Can Reach It?", "For example:")
    wait_for("the entry with the focus", lambda: any(
        has_state(n, "FOCUSED") and has_state(n, "EDITABLE") for n in walk(hearth.application)))
    hearth.type(text)


def test_nothing_is_said_of_nothing(hearth):
    open_page(hearth, "Who Can Reach It?", "Nothing of it leaves this computer.")
    assert not hearth.says("Who Answers There Now")


def test_what_leads_to_this_computer(hearth):
    ask(hearth, "")
    for text in ["127.1", "0x7f.1", "2130706433", "localhost", "::ffff:127.0.0.1", "[::1]:3000"]:
        hearth.wait_until_says("Nothing of it leaves this computer.")
        hearth.type(text)
        hearth.wait_until_says("Only this computer")
        hearth.wait_until_says("Nothing listens there.")
        assert hearth.says("Where It Leads") and hearth.says("This computer")
        assert hearth.says("::1" if text == "[::1]:3000" else "127.0.0.1")
        hearth.keys("ctrl+a", "BackSpace")


def test_what_is_somewhere_else(hearth):
    ask(hearth, "192.168.1.5")
    hearth.wait_until_says("Private address")
    hearth.wait_until_says("once it was added as an alias")
    hearth.wait_until_says("what you type never leaves it")
    hearth.press("button", "Add…")
    hearth.wait_until_says("Address, Range, or Several")


def test_what_cannot_be_read(hearth):
    ask(hearth, "127.0.0.256")
    hearth.wait_until_says("Error")
    hearth.wait_until_says("each of the four of an IPv4 address goes up to 255")
    assert not hearth.says("Who Answers There Now")


def test_examples_are_tried(hearth):
    open_page(hearth, "Who Can Reach It?", "For example:")
    press = next(n for n in hearth.nodes("button") if text_of(n) == "0.0.0.0")
    assert press.do_action(0)
    hearth.wait_until_says("Who Answers There Now")
    hearth.wait_until_says("It is no address to go to")


def test_who_answers_comes_and_goes(hearth):
    ask(hearth, "localhost:3000")
    hearth.wait_until_says("Nothing listens there.")
    with listening("127.0.0.1", 3000):
        hearth.wait_until_says("Port 3000")
        assert hearth.find("button", "Open in Browser")
        hearth.press("button", "Copy Address")
        wait_for_toast(hearth, "Copied 127.0.0.1:3000")
    hearth.wait_until_says("Nothing listens there.")


def test_the_focus_stays_while_others_come_and_go(hearth):
    with listening("127.0.0.5", 3000):
        ask(hearth, ":3000")
        hearth.wait_until_says("127.0.0.5 ·")
        focus(hearth, "Copy Address")
        with listening("127.0.0.1", 3000), listening("127.0.0.9", 3000):
            hearth.wait_until_says("127.0.0.1 ·")
            hearth.wait_until_says("127.0.0.9 ·")
            assert len([n for n in hearth.names("button") if n == "Copy Address"]) == 3
            assert focused(hearth) == "Copy Address"
        wait_for("the others to go",
                 lambda: len([n for n in hearth.names("button") if n == "Copy Address"]) == 1)
        assert focused(hearth) == "Copy Address"


# Learn


def test_lessons_lead_from_one_to_the_next(hearth):
    open_page(hearth, "Learn", "Six Short Lessons")
    open_page(hearth, "What Loopback Is", "Try It")
    seen = [lesson(hearth)]
    for _ in range(5):
        press_row(hearth, "Next Lesson")
        wait_for("the next lesson", lambda: lesson(hearth) not in (None, seen[-1]))
        seen.append(lesson(hearth))
    assert len(set(seen)) == 6
    assert not hearth.says("Next Lesson")


def lesson(hearth):
    return next((text_of(n) for n in hearth.nodes("heading") if text_of(n) in LESSONS), None)


LESSONS = ["What Loopback Is", "localhost, 127.0.0.1 and ::1", "127.0.0.0/8 and Aliases",
           "Ports and Services", "Who Can Reach a Service", "Containers Have Their Own"]


def open_lesson(hearth, title):
    open_page(hearth, "Learn", "Six Short Lessons")
    open_page(hearth, title, "Often Said, Not Quite True")


def test_what_is_said_wrongly_is_disproved_here(hearth):
    open_lesson(hearth, "127.0.0.0/8 and Aliases")
    hearth.wait_until_says("“Only 127.0.0.1 works.”")
    hearth.wait_until_says("Tested just now: 127.83.21.7 answered in")


def test_a_proof_that_fails_says_so(hearth):
    ip("addr", "del", "::1/128", "dev", "lo")
    open_lesson(hearth, "localhost, 127.0.0.1 and ::1")
    hearth.wait_until_says("Tested just now, without an answer:")


def test_an_alias_is_added_from_the_lesson(hearth):
    open_lesson(hearth, "127.0.0.0/8 and Aliases")
    press_row(hearth, "Add an Alias…")
    hearth.wait_until_says("Address, Range, or Several")


def test_services_are_shown_from_the_lesson(hearth):
    open_lesson(hearth, "Ports and Services")
    with listening("127.0.0.1", 3000):
        press_row(hearth, "See Who Listens")
        wait_for("the service", lambda: any(text_of(n).startswith("Port 3000,")
                                            for n in hearth.nodes("list item")))


def test_the_check_up_is_shown_from_the_lesson(hearth):
    open_lesson(hearth, "What Loopback Is")
    press_row(hearth, "Check That Loopback Works")
    hearth.wait_until_says("Localhost Works")


def test_a_name_is_asked_about_from_the_lesson(hearth):
    open_lesson(hearth, "Who Can Reach a Service")
    press_row(hearth, "Ask About 0.0.0.0")
    hearth.wait_until_says("Who Answers There Now")


def test_it_all_fits_a_phone(hearth):
    hearth.resize(360, 294)
    open_lesson(hearth, "Containers Have Their Own")
    assert is_seen(next(n for n in hearth.nodes("heading")))
