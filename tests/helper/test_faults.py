# SPDX-License-Identifier: GPL-3.0-or-later
"""System calls that fail, and ends in the middle: strace(1) makes the k-th call of a kind fail, or kills there.

Whatever happens, kernel, lists and files tell one story afterwards, also after the next start."""

import collections
import pathlib
import re
import shutil
import signal
import subprocess
import time

import pytest
from gi.repository import GLib

from helper_service import ALICE, NAME, NOT_FOUND, RUNTIME, STATE, TAGS, error_name, on_lo, refused
from network import ip
from system_bus import end, wait_until

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
    "setsockopt": "ENOMEM",
    "bind": "EADDRINUSE",
}
CHANGING = {name for name in CALLS if re.match("write|f.*sync|rename|send|unlink|openat|mkdir", name)}
MOST_OF_A_KIND = 8

CHANGES = {
    "add always": lambda helper, client: helper.add(client, ["127.0.0.2", "fd00::2"], "always", timeout=8),
    "add session": lambda helper, client: helper.add(client, ["127.0.0.2", "fd00::2"], "session", timeout=8),
    "remove": lambda helper, client: helper.remove(client, ["127.0.0.7", "127.0.0.9"], timeout=8),
    "keep": lambda helper, client: helper.keep(client, ["127.0.0.8", "127.0.0.9"], timeout=8),
    "forget": lambda helper, client: helper.keep(client, "127.0.0.7", False, timeout=8),
}
BEFORE = [("127.0.0.7", "always"), ("127.0.0.8", "restart"), ("127.0.0.9", "session")]


class Strace:
    """Attached to the thread of the service that does the work, which GDBus does not share."""

    def __init__(self, helper, *options):
        self.log = helper.folder / "strace"
        self.log.unlink(missing_ok=True)
        process = helper.process
        self.process = subprocess.Popen(["strace", "-qq", "-o", self.log, *options, "-p", str(process)])
        status = pathlib.Path(f"/proc/{process}/status")
        wait_until(lambda: f"TracerPid:\t{self.process.pid}\n" in status.read_text())

    def stop(self):
        end(self.process, signal.SIGINT)

    def calls(self):
        """{(kind, file): [k…]} of the calls that are about files and the kernel, not GLib's about itself."""
        counted = collections.Counter()
        calls = collections.defaultdict(list)
        for line in self.log.read_text().splitlines():
            if match := re.match(r"(\w+)\((\d+<[^>]*>)?", line):
                kind, descriptor = match.groups()
                file = re.sub(r"^\d+<|>$", "", descriptor or "") if kind in ("read", "write") else ""
                counted[kind, file] += 1
                if not re.search("eventfd|UNIX|pipe", descriptor or ""):
                    calls[kind, file].append(counted[kind, file])
        return calls


class Point:
    """The k-th call of a kind; of reading and writing, of those of one file."""

    def __init__(self, kind, file, k):
        self.kind, self.file, self.k = kind, file, k

    def __str__(self):
        return f"{self.kind} {self.file} {self.k}"

    def inject(self, helper, what):
        here = ["-P", self.file] if self.file else []
        rule = f"inject={self.kind}:{what}:when={self.k}"
        return Strace(helper, *here, "-e", f"trace={self.kind}", "-e", rule)


@pytest.fixture
def client(helper, mock, bus):
    """Who owns what there is before a change."""
    return bus.connect("alice")


def reset(helper, client):
    """Back to BEFORE; the service runs."""
    helper.kill()
    for address in on_lo():
        ip("addr", "del", address, "dev", "lo")
    for folder in (STATE, RUNTIME):
        shutil.rmtree(folder, ignore_errors=True)
    for address, lifetime in BEFORE:
        helper.add(client, address, lifetime)


def which_calls(helper, client, change):
    """Points among the calls that CHANGE makes: the first and the last of a kind, and some between."""
    strace = Strace(helper, "-yy", "-e", "trace=" + ",".join(CALLS))
    change(helper, client)
    strace.stop()
    points = []
    for (kind, file), calls in sorted(strace.calls().items()):
        chosen = {round(i * (len(calls) - 1) / (MOST_OF_A_KIND - 1)) for i in range(MOST_OF_A_KIND)}
        points += [Point(kind, file, calls[i]) for i in sorted(chosen)]
    kinds = {point.kind for point in points}
    assert kinds & {"fsync", "fdatasync", "rename", "renameat", "renameat2"}, kinds
    return points


def story(helper):
    """Told when it runs, and so has tidied up."""
    owned, kept = helper.owned(), helper.kept()
    return on_lo(), owned, kept


def stories(helper, client, change):
    """(points, the story before the change, the story after it)"""
    reset(helper, client)
    untouched = story(helper)
    points = which_calls(helper, client, change)
    return points, untouched, story(helper)


@pytest.mark.parametrize("name", CHANGES)
def test_case_17_the_kth_call_fails(helper, client, name):
    change = CHANGES[name]
    points, untouched, done = stories(helper, client, change)
    wrong = []
    for point in points:
        reset(helper, client)
        strace = point.inject(helper, f"error={CALLS[point.kind]}")
        outcome = attempt(helper, client, change)
        strace.stop()
        wrong += judge(helper, f"{name}: {point} {CALLS[point.kind]}: {outcome}", outcome, untouched, done)
    statuses = helper.statuses.read_text()
    helper.statuses.write_text("")  # it may end of what no program survives
    assert not wrong, "\n".join(wrong)
    assert "134" not in statuses and "139" not in statuses, "it crashed"


def attempt(helper, client, change):
    """How the change ended, as its caller hears it."""
    try:
        change(helper, client)
        return "done"
    except GLib.Error as error:
        return f"{error_name(error)}: {error.message.split(': ', 1)[-1]}"


def judge(helper, what, outcome, untouched, done):
    """What is wrong; nothing, it is hoped. Now, and after the service was killed and started again."""
    wrong = []
    for when in ("at once", "after the next start"):
        wanted = [done] if outcome == "done" else [untouched]
        if "NoReply" in outcome or "Disconnected" in outcome:
            wanted = [untouched, done]
        wrong += [f"{what}, {when}: {problem}" for problem in look(helper, wanted, outcome)]
        helper.kill()
    return wrong


def look(helper, wanted, outcome, seconds=2):
    """What is wrong now. An event of the kernel's that was lost is made up for a moment later."""
    end = time.monotonic() + seconds
    while True:
        try:
            now = story(helper)
            helper.agrees()
            if now in wanted or admits(outcome):
                return []
            problem = str(now)
        except (AssertionError, GLib.Error) as error:
            problem = f"{type(error).__name__} {error}"
        if time.monotonic() > end:
            return [problem]
        time.sleep(0.05)


def admits(outcome):
    """Its error says which of them are changed."""
    return re.search(r"127\.0\.0\.\d+|fd00::2", outcome) and "Failed" in outcome


@pytest.mark.parametrize("name", CHANGES)
def test_case_15_killed_anywhere(helper, client, name):
    """kill -9 at the k-th call of every kind that changes something: old or new, never half."""
    change = CHANGES[name]
    points, untouched, done = stories(helper, client, change)
    wrong = []
    for point in points:
        if point.kind not in CHANGING:
            continue
        reset(helper, client)
        strace = point.inject(helper, "signal=KILL")
        outcome = attempt(helper, client, change)
        if outcome != "done":
            helper.bus.wait_for_end_of(NAME)
        strace.stop()
        helper.kill()
        now = story(helper)
        try:
            helper.agrees()
        except AssertionError as error:
            wrong.append(f"{name}: {point}: {error}")
        if now not in (untouched, done) or outcome == "done" and now != done:
            wrong.append(f"{name}: {point}: {outcome}: {now}")
    assert not wrong, "\n".join(wrong)


def test_undo_of_what_somebody_removes_while_polkit_answers(helper, mock, alice):
    """The kernel tells of it between polkit's answer and the question to a person."""
    token = helper.add(alice, "10.9.9.9")
    process = helper.process
    mock.answer = "challenge"
    mock.asked()
    strace = Strace(helper, "-e", "trace=recvmsg", "-e", "inject=recvmsg:delay_enter=1000000")
    answer = helper.start_call(alice, "Undo", "(s)", token, interactive=True)
    wait_until(lambda: mock.questions, 20, "polkit being asked")
    time.sleep(0.5)  # now it is about to hear the kernel
    ip("addr", "del", "10.9.9.9/32", "dev", "lo")
    with refused(NOT_FOUND):
        answer.result(40)
    strace.stop()
    assert helper.process == process
    assert (on_lo(), helper.owned()) == ({}, set())


def test_case_15_written_flushed_renamed(helper, mock, alice):
    """In this order, and the folder flushed after it; else a power cut leaves a file of nothing."""
    kinds = "openat,open,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2"
    helper.start()
    strace = Strace(helper, "-y", "-e", f"trace={kinds}")
    helper.add(alice, "127.0.0.2", "always")
    strace.stop()
    lines = [line for line in strace.log.read_text().splitlines() if str(STATE) in line]
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
