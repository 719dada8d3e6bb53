# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl as an ordinary user's, through the real hearth-helper: one question a change, and what is added
for a session goes with it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess

import pytest

from helper_service import NAME, TAGS, on_lo
from network import ip
from system_bus import become, wait_until

PROGRAM = "/run/hearthctl"  # where every user can start it, wherever the checkout lies
SESSION = 20  # more than one, so that half of them would show


@pytest.fixture(autouse=True)
def installed(system):
    shutil.copy(os.environ["HEARTHCTL"], PROGRAM)


def hearthctl(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60,
                          preexec_fn=lambda: become("alice"))


def succeeds(*arguments):
    result = hearthctl(*arguments)
    assert result.returncode == 0, result.stderr
    return result


def root(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=True)


def tags():
    return {address: tag for address, (tag, _) in on_lo().items()}


def test_authority_follows_the_helper(bus, mock):
    found = json.loads(succeeds("authority", "--json").stdout)
    assert found["authority"] == "helper"
    assert found["available"][1] == {"id": "helper", "available": True, "reason": None}
    assert bus.owner(NAME) is None  # asking has not started it


def test_one_question_for_many(mock):
    result = succeeds("add", "127.0.0.2-200")
    assert result.stdout == "Added to lo: 127.0.0.2, 127.0.0.3, 127.0.0.4 and 196 more (until restart)\n"
    assert len(mock.questions) == 1
    assert tags() == {f"127.0.0.{i}/32": TAGS["restart"] for i in range(2, 201)}


def test_json(mock):
    found = json.loads(succeeds("add", "127.0.0.2", "--for", "always", "--json").stdout)
    assert (found["authority"], found["done"]) == ("helper", True)
    found = json.loads(succeeds("remove", "127.0.0.2", "--dry-run", "--json").stdout)
    assert found["authority"] == "helper" and "done" not in found
    assert tags() == {"127.0.0.2/32": TAGS["always"]}


def test_keep_forget_remove(mock):
    succeeds("add", "127.0.0.2-3")
    assert succeeds("keep", "127.0.0.2").stdout == "Comes back after a restart on lo from now on: 127.0.0.2\n"
    assert tags() == {"127.0.0.2/32": TAGS["always"], "127.0.0.3/32": TAGS["restart"]}
    succeeds("forget", "127.0.0.2")
    assert tags() == {"127.0.0.2/32": TAGS["restart"], "127.0.0.3/32": TAGS["restart"]}
    succeeds("remove", "127.0.0.2-3")
    assert tags() == {}


def test_root_keeps_through_the_helper(mock):
    """Directly it cannot; what only one of them can do, that one does."""
    found = json.loads(root("add", "127.0.0.2", "--for", "always", "--json").stdout)
    assert found["authority"] == "helper" and tags() == {"127.0.0.2/32": TAGS["always"]}
    assert json.loads(root("remove", "127.0.0.2", "--json").stdout)["authority"] == "helper"
    assert json.loads(root("add", "127.0.0.2", "--json").stdout)["authority"] == "direct"


@pytest.mark.parametrize("answer", ["no", "dismissed", "challenge"])
def test_without_permission(mock, answer):
    mock.answer = answer
    result = hearthctl("add", "10.55.0.77")
    assert (result.returncode, result.stdout) == (3, "")
    assert tags() == {}
    assert ("An administrator can run:\n  ip addr add 10.55.0.77/32 dev lo\n" in result.stderr) == (answer != "dismissed")


def test_helper_has_the_last_word(mock):
    """What comes between the plan and the change is the helper's to see: another one was faster."""
    mock.answer = "late"
    process = subprocess.Popen([PROGRAM, "add", "127.0.0.2-3"], stderr=subprocess.PIPE, text=True,
                               preexec_fn=lambda: become("alice"))
    wait_until(lambda: mock.waiting)
    ip("addr", "add", "127.0.0.3/32", "dev", "lo")
    mock.finish("yes")
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 1 and "127.0.0.3" in errors
    assert tags() == {"127.0.0.3/32": None}


# Sessions


@contextlib.contextmanager
def session(count=SESSION):
    process = subprocess.Popen([PROGRAM, "add", f"127.0.0.2-{count + 1}", "--for", "session"], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: become("alice"))
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_session_ends_in_order(mock, how):
    with session() as process:
        assert process.stdout.readline().startswith("Added")
        assert process.stdout.readline().startswith("Waiting")
        assert set(tags().values()) == {TAGS["session"]} and len(tags()) == SESSION
        process.send_signal(how)
        assert process.wait(10) == 0
        assert tags() == {}


def test_session_is_killed(mock):
    with session() as process:
        assert process.stdout.readline().startswith("Added")
        process.kill()
        wait_until(lambda: not tags(), 2)


def test_interrupted_while_asked(mock):
    """Ctrl+C ends it, though a person has not answered yet; whatever the answer is then, nothing is left."""
    mock.answer = "late"
    with session() as process:
        wait_until(lambda: mock.waiting)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 1
        mock.finish("yes")
        wait_until(lambda: not tags(), 2)


def test_helper_is_killed_meanwhile(bus, mock):
    """It comes back with the next caller, and still watches who was there."""
    with session() as process:
        assert process.stdout.readline().startswith("Added")
        os.kill(bus.process_of(NAME), signal.SIGKILL)
        bus.wait_for_end_of(NAME)
        succeeds("add", "127.0.1.1")
        process.kill()
        wait_until(lambda: set(tags()) == {"127.0.1.1/32"}, 4)
