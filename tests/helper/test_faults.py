# SPDX-License-Identifier: GPL-3.0-or-later
"""System calls that fail, and ends in the middle: strace(1) makes the k-th call of a kind fail, or kills there.

Whatever happens, kernel, lists and files tell one story afterwards, also after the next start."""

import collections
import pathlib
import re
import signal

import pytest
from gi.repository import GLib

import helper_service
from helper_service import ALICE, STATE, TAGS, error_name, on_lo
from system_bus import wait_until

# What a change is made of: the kernel is asked by send… and recv…, files are written by the others.
CALLS = {
    "openat": "EMFILE",
    "write": "ENOSPC",
    "fsync": "EIO",
    "fdatasync": "EIO",
    "rename": "EIO",
    "renameat": "EIO",
    "renameat2": "EIO",
    "sendto": "ENOBUFS",
    "sendmsg": "ENOBUFS",
    "recvmsg": "ENOMEM",
    "recvfrom": "ENOMEM",
    "read": "EIO",
    "fchmod": "EPERM",
    "fchown": "EPERM",
    "ftruncate": "EIO",
    "fstat": "EIO",
    "newfstatat": "EIO",
    "socket": "EMFILE",
    "mkdir": "EACCES",
    "mkdirat": "EACCES",
    "unlink": "EACCES",
    "unlinkat": "EACCES",
    "close": "EIO",
    "poll": "EINTR",
    "ppoll": "EINTR",
    "setsockopt": "ENOMEM",
    "bind": "EADDRINUSE",
    "getrandom": "EINTR",
}
CHANGING = {name for name in CALLS if re.match("write|f.*sync|rename|send|unlink|openat|mkdir|ftruncate", name)}
MOST_OF_A_KIND = 8

CHANGES = {
    "add always": lambda helper, client: helper.add(client, ["127.0.0.2", "fd00::2"], "always"),
    "add session": lambda helper, client: helper.add(client, ["127.0.0.2", "fd00::2"], "session"),
    "remove": lambda helper, client: helper.remove(client, ["127.0.0.7", "127.0.0.9"]),
    "keep": lambda helper, client: helper.keep(client, ["127.0.0.8", "127.0.0.9"]),
    "forget": lambda helper, client: helper.keep(client, "127.0.0.7", False),
}
BEFORE = [("127.0.0.7", "always"), ("127.0.0.8", "restart"), ("127.0.0.9", "session")]


def strace(helper, *options):
    helper.set_prefix("strace -f -qq -o {} {}".format(helper.folder / "strace", " ".join(options)))


def calls_so_far(helper):
    """Counted as strace counts: of each kind, by each thread."""
    counted = collections.Counter()
    for line in (helper.folder / "strace").read_text().splitlines():
        if match := re.match(r"(\d+) +(\w+)\(", line):
            counted[match.groups()] += 1
    return counted


@pytest.fixture
def prepared(helper, mock, bus):
    """What a change meets: an always, a restart and a session alias of alice's; and the service ended."""
    client = bus.connect("alice")

    def prepare():
        for address, lifetime in BEFORE:
            helper.add(client, address, lifetime)
        helper.kill(signal.SIGTERM)

    prepare()
    prepared_client = client
    yield prepared_client
    helper.set_prefix("")


def reset(helper, client):
    """Back to BEFORE, with nobody in the way."""
    helper.set_prefix("")
    helper.kill()
    for address in on_lo():
        helper_service.ip("addr", "del", address, "dev", "lo")
    for folder in (STATE, helper_service.RUNTIME):
        helper_service.shutil.rmtree(folder, ignore_errors=True)
    for address, lifetime in BEFORE:
        helper.add(client, address, lifetime)
    helper.kill(signal.SIGTERM)


def which_calls(helper, client, change):
    """[(kind, k)] of the calls that CHANGE makes, after a start."""
    strace(helper, "-e", "trace=" + ",".join(CALLS))
    helper.start()
    helper.owned()
    before = calls_so_far(helper)
    change(helper, client)
    after = calls_so_far(helper)
    points = set()
    for (thread, kind), count in after.items():
        new = range(before[(thread, kind)] + 1, count + 1)
        step = max(1, len(new) // MOST_OF_A_KIND)
        points |= {(kind, k) for k in new[::step]}
    assert {kind for kind, _ in points} & {"fsync", "fdatasync"}
    return sorted(points)


def story(helper):
    return on_lo(), helper.owned(), helper.kept()


@pytest.mark.parametrize("name", CHANGES)
def test_case_17_the_kth_call_fails(helper, prepared, name):
    change = CHANGES[name]
    points = which_calls(helper, prepared, change)
    done = story(helper)
    reset(helper, prepared)
    untouched = story(helper)
    wrong = []
    for kind, k in points:
        reset(helper, prepared)
        strace(helper, "-e", f"trace={kind}", "-e", f"inject={kind}:error={CALLS[kind]}:when={k}")
        outcome = attempt(helper, prepared, change)
        wrong += judge(helper, f"{name}: {kind} {k}: {outcome}", outcome, untouched, done)
    statuses = helper.statuses.read_text() if helper.statuses.exists() else ""
    helper.statuses.write_text("")  # it may end of what no program survives
    assert not wrong, "\n".join(wrong)
    assert "134" not in statuses and "139" not in statuses, "it crashed"


def attempt(helper, client, change):
    """How the change ended, as its caller hears it."""
    try:
        helper.owned()
        change(helper, client)
        return "done"
    except GLib.Error as error:
        return f"{error_name(error)}: {error.message.split(': ', 1)[-1]}"


def judge(helper, what, outcome, untouched, done):
    """What is wrong; nothing, it is hoped. Now, and after the service was killed and started again."""
    wrong = []
    for when in ("at once", "after the next start"):
        try:
            now = story(helper)
            helper.agrees()
        except (AssertionError, GLib.Error) as error:
            if when == "at once" and not helper.is_running():
                continue  # it ended; the next start counts
            wrong.append(f"{what}, {when}: {type(error).__name__} {error}")
            continue
        wanted = [done] if outcome == "done" else [untouched]
        lost_its_reply = "NoReply" in outcome or "Disconnected" in outcome
        if now not in (wanted if not lost_its_reply else [untouched, done]) and not admits(outcome):
            wrong.append(f"{what}, {when}: {now}")
        if when == "at once":
            helper.set_prefix("")
            helper.kill()
    return wrong


def admits(outcome):
    """Its error says which of them are changed."""
    return re.search(r"127\.0\.0\.\d+|fd00::2", outcome) and "Failed" in outcome


@pytest.mark.parametrize("name", CHANGES)
def test_case_15_killed_anywhere(helper, prepared, name):
    """kill -9 at the k-th call of every kind that changes something: old or new, never half."""
    change = CHANGES[name]
    points = [(kind, k) for kind, k in which_calls(helper, prepared, change) if kind in CHANGING]
    done = story(helper)
    reset(helper, prepared)
    untouched = story(helper)
    wrong = []
    for kind, k in points:
        reset(helper, prepared)
        strace(helper, "-e", f"trace={kind}", "-e", f"inject={kind}:signal=KILL:when={k}")
        outcome = attempt(helper, prepared, change)
        wait_until(lambda: outcome == "done" or not helper.is_running(), 5, f"{kind} {k}: {outcome}")
        helper.set_prefix("")
        helper.kill()
        now = story(helper)
        try:
            helper.agrees()
        except AssertionError as error:
            wrong.append(f"{name}: {kind} {k}: {error}")
        if now not in (untouched, done) or outcome == "done" and now != done:
            wrong.append(f"{name}: {kind} {k}: {outcome}: {now}")
    helper.statuses.write_text("")
    assert not wrong, "\n".join(wrong)


def test_case_15_written_flushed_renamed(helper, mock, alice):
    """In this order, and the folder flushed after it; else a power cut leaves a file of nothing."""
    kinds = "openat,open,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2"
    strace(helper, "-y", "-e", f"trace={kinds}")
    helper.start()
    helper.owned()
    helper.add(alice, "127.0.0.2", "always")
    lines = [
        re.sub(r"^\d+ +", "", line)
        for line in (helper.folder / "strace").read_text().splitlines()
        if str(STATE) in line
    ]
    kinds = [line.split("(")[0] for line in lines]
    renamed = max(i for i, kind in enumerate(kinds) if kind.startswith("rename"))
    flushed = [i for i, kind in enumerate(kinds) if kind in ("fsync", "fdatasync")]
    written = max(i for i, kind in enumerate(kinds) if kind in ("write", "pwrite64") and i < renamed)
    assert any(written < i < renamed for i in flushed), lines
    assert any(i > renamed and f"<{STATE}>" in lines[i] for i in flushed), lines


def test_case_18_killed_by_a_signal_it_cannot_know(helper, mock, alice):
    helper.add(alice, ["127.0.0.2"], "always")
    helper.add(alice, ["127.0.0.3"], "session")
    for how in (signal.SIGKILL, signal.SIGKILL):
        helper.kill(how)
        assert helper.owned() == {("127.0.0.2/32", "always", ALICE), ("127.0.0.3/32", "session", ALICE)}
        assert {tag for tag, _ in on_lo().values()} == {TAGS["always"], TAGS["session"]}
    assert pathlib.Path(STATE).is_dir()
