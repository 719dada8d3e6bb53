# SPDX-License-Identifier: GPL-3.0-or-later
"""System calls that fail: strace(1) makes the k-th one of a kind fail, of every kind that the server makes.

It then says in a sentence why it does not start, or it goes on: an answer or two may be an error or cut, none is
wrong, and those that follow are right."""

import collections
import concurrent.futures
import itertools
import json
import os
import re
import select
import signal
import subprocess
import time

import h11
import pytest
from exchange import Connection
from served_folder import write
from server import POWERLESS, Server, program, wait_until

# What may be wrong with each. Not here: what the kernel never says of it (brk(2) returns no error at all), what only
# makes a listing shorter (newfstatat of an entry), and what libuv ends the process for (see can_fail).
CALLS = {
    "openat2": "EMFILE ENFILE ENOMEM EIO EINTR EAGAIN EPERM ENOSYS",
    "openat": "EMFILE ENFILE ENOMEM EIO",
    "readlinkat": "EIO ENOMEM EACCES",
    "readlink": "ENOMEM EACCES",
    "fstat": "EIO ENOMEM",
    "fstatfs": "EIO ENOSYS",
    "getdents64": "EIO ENOMEM",
    "pread64": "EIO EINTR ENOMEM",
    "read": "EINTR",
    "fcntl": "EMFILE",
    "sendfile": "EIO EINTR EAGAIN EPIPE ECONNRESET EINVAL ENOSYS ENOMEM",
    "sendto": "EAGAIN EINTR EPIPE ECONNRESET ENOBUFS ENOMEM",
    "recvfrom": "EAGAIN EINTR ECONNRESET ENOMEM",
    "write": "EINTR",
    "accept4": "EMFILE ENFILE ENOMEM ENOBUFS EINTR EAGAIN ECONNABORTED EPERM",
    "shutdown": "ENOTCONN",
    "socket": "EMFILE ENFILE ENOMEM ENOBUFS EPERM",
    "setsockopt": "ENOMEM ENOBUFS",
    "bind": "EADDRINUSE EACCES ENOMEM",
    "listen": "EADDRINUSE ENOMEM",
    "getsockname": "ENOBUFS",
    "epoll_create1": "EMFILE ENFILE ENOMEM",
    "epoll_ctl": "ENOMEM ENOSPC",
    "epoll_wait": "EINTR",
    "epoll_pwait": "EINTR",
    "eventfd2": "EMFILE ENFILE ENOMEM",
    "pipe2": "EMFILE ENFILE ENOMEM",
    "inotify_init1": "EMFILE ENFILE ENOMEM ENOSYS",
    "inotify_add_watch": "ENOSPC ENOMEM EACCES",
    "mmap": "ENOMEM",
    "prlimit64": "EPERM",
    "prctl": "EPERM EINVAL",
    "seccomp": "ENOSYS EINVAL ENOMEM EFAULT",
    "landlock_create_ruleset": "ENOSYS EOPNOTSUPP ENOMEM EMFILE",
    "landlock_add_rule": "ENOMEM EBADFD",
    "landlock_restrict_self": "EPERM E2BIG ENOMEM",
}
MOST_OF_A_KIND = 10
AT_ONCE = 6  # servers beside each other, as most of the time they only wait

BIG = b"".join(b"%07d\n" % i for i in range(40_000))
# Each kind of answer, and what is asked for once more, which is kept open.
PATHS = ["/ok.txt", "/ok.txt", "/", "/ok.txt", "/missing", "/list/", "/big.bin", "/big.bin", "/big.bin", "/linked.txt"]
PATHS += ["/ok.tx", "/dir", "/list/", "/dir/inner.txt"]
FAILURES = {403, 500, 503}


@pytest.fixture(scope="module")
def site(site):
    write(site / "big.bin", BIG)
    (site / "linked.txt").symlink_to("f.txt")
    for i in range(50):
        write(site / "list" / f"{i}.txt", "x")
    return site


class Traced:
    """A server that is traced from its first call on. Its port is known, whatever it says."""

    ports = itertools.count(20_000)
    cors = False
    addresses = ["127.0.0.1"]
    request, proc, descriptors = Server.request, Server.proc, Server.descriptors

    def __init__(self, site, folder, *options):
        self.port = next(self.ports)
        self.log, errors = folder / f"strace.{self.port}", folder / f"errors.{self.port}"
        trace = ["strace", "-D", "-f", "-qq", "-y", "-o", self.log, *options]
        command = [*POWERLESS, *trace, program(), "--json", "--live", f"--port={self.port}", site]
        self.errors = open(errors, "w+")
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env=os.environ | {"UV_THREADPOOL_SIZE": "1"},
        )
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def lives(self):
        return self.process.poll() is None

    def wait_for_start(self):
        """Until it says that it listens, or has ended."""
        assert select.select([self.process.stdout], [], [], 30)[0], "it neither starts nor ends"
        self.said = ""
        while "listening" not in self.said and (line := self.process.stdout.readline()):
            self.said += line
        if "listening" not in self.said:
            self.process.wait(20)

    def n_descriptors(self):
        """But for the ring that libuv has where it could not be forbidden."""
        return sum("io_uring" not in target for target in self.descriptors().values())

    def end(self):
        """(exit status, its events, what it said beside them)"""
        if self.lives():
            self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        output = self.said + self.process.stdout.read()
        self.errors.seek(0)
        return self.process.returncode, [json.loads(line) for line in output.splitlines()], self.errors.read()


def answers(server):
    """[(path, status, body)], one after the other on one connection."""
    with Connection(server) as connection:
        found = [(path, connection.get(path)) for path in PATHS]
    return [(path, answer.status, answer.body) for path, answer in found]


def judge_answer(path, data, status, body):
    """What is wrong with DATA, where STATUS and BODY would be right; it may be cut, or say that something failed."""
    head, end, got = data.partition(b"\r\n\r\n")
    if not end:
        return None
    told = int(head.split()[1])
    if told in FAILURES:
        return None
    if told != status:
        return f"{path}: {told}"
    if b"chunked" in head:
        got = b"".join(re.split(rb"[0-9a-f]{6,8}\r\n", got)).replace(b"\r\n", b"") if got else got
        body = body.replace(b"\r\n", b"")
        if not data.endswith(b"0\r\n\r\n"):
            return None if body.startswith(got) else f"{path}: other bytes, cut"
        got = got.removesuffix(b"0")
    announced = re.search(rb"(?i)content-length: (\d+)", head)
    whole = not announced or len(got) == int(announced[1])
    return None if got == body or not whole and body.startswith(got) else f"{path}: other bytes"


def ask_while_it_fails(server, expected):
    """What is wrong with the answers; one call of the server's is failing meanwhile."""
    wrong = []
    for path, status, body in expected:
        try:
            with Connection(server) as connection:
                connection.send(server.request(path, "Connection: close"))
                _, data = connection.cut(10)
        except ConnectionError:
            continue
        except TimeoutError:
            wrong.append(f"{path}: it hangs")
            break
        wrong += filter(None, [judge_answer(path, data, status, body)])
    return wrong


class Plain:
    """How it is when nothing fails: (kind, k) of each call that can be made to, the answers, the descriptors."""

    def __init__(self, site, folder, *options):
        kinds = ",".join(CALLS)
        with Traced(site, folder, *options, "-e", f"trace={kinds}") as server:
            server.wait_for_start()
            self.answers = answers(server)
            assert ask_while_it_fails(server, self.answers) == []
            time.sleep(2)
            self.n_descriptors = server.n_descriptors()
            assert server.end()[0] == 0
            self.points = points_of(server.log.read_text().splitlines())


def points_of(lines):
    """{kind: [k…]}: each thread is counted by itself, and before main() it is not the server that calls."""
    counted = collections.Counter()
    before, points = {}, collections.defaultdict(set)
    accepted = False
    for line in lines:
        match = re.match(r"(\d+) +(\w+)\(", line)
        if not match:
            continue
        thread, kind = match.groups()
        counted[thread, kind] += 1
        if not before and kind == "fcntl" and "F_GETFD" in line:
            before = {kind: k for (_, kind), k in counted.items() if kind != "fcntl"}
        if before and can_fail(kind, line, accepted):
            points[kind].add(counted[thread, kind])
        accepted = accepted or kind == "accept4"
    return {kind: sorted(k for k in found if k > before.get(kind, 0)) for kind, found in points.items()}


def can_fail(kind, line, accepted):
    """Not: what libuv ends the process for, a thread's stack, a descriptor that epoll_ctl(2) took just before, and
    the pipe by which it locks out signals."""
    if kind == "fcntl":
        return "F_DUPFD" in line
    if kind == "epoll_ctl":
        return "EPOLL_CTL_ADD" in line and "data=0xffffffff" in line and not accepted
    if kind == "pipe2":
        return "O_NONBLOCK" in line
    return "MAP_STACK" not in line


def one_sentence(events, said):
    """Whether it says why it ends."""
    messages = [event["message"] for event in events if event["event"] == "stopped" and event.get("message")]
    text = (messages or [said.strip()])[-1]
    return text.endswith(".") and " " in text and "\n" not in text


def judge(site, folder, plain, rule, *options):
    """What is wrong when RULE makes a call fail."""
    with Traced(site, folder, *options, "-e", f"inject={rule}") as server:
        server.wait_for_start()
        wrong = ask_while_it_fails(server, plain.answers) if server.lives() else []
        if server.lives() and not wrong:
            wrong = judge_afterwards(server, plain)
        status, events, said = server.end()
        is_told = "INJECTED" in server.log.read_text()
    kinds = [event["event"] for event in events]
    if "listening" not in kinds:
        if status != 1 or not one_sentence(events, said):
            wrong.append(f"does not start: {status} {events} {said!r}")
    elif status != 0 or said or kinds[-1] != "stopped":
        wrong.append(f"ends: {status} {kinds[-3:]} {said!r}")
    return is_told, [f"{rule}: {problem}" for problem in wrong]


def judge_afterwards(server, plain):
    """The thread that reads directories counts by itself, so its k-th call may be a later one."""
    for _ in range(3):
        try:
            found = answers(server)
        except (OSError, AssertionError, h11.RemoteProtocolError) as error:
            problem = f"{type(error).__name__} {str(error)[:200]}"
            continue
        different = [told for told, right in zip(found, plain.answers, strict=True) if told != right]
        if not different:
            break
        problem = str(different[0])[:200]
        if different[0][1] not in FAILURES:
            return [f"afterwards {problem}"]
    else:
        return [f"afterwards, again and again: {problem}"]
    try:
        wait_until(lambda: server.n_descriptors() <= plain.n_descriptors)
    except AssertionError:
        return [f"{server.n_descriptors()} descriptors instead of {plain.n_descriptors}"]
    return []


def judge_all(site, folder, plain, rules, *options):
    """Of some servers beside each other; every call is one that really was made to fail."""
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda rule: judge(site, folder, plain, rule, *options), rules))
    wrong = [problem for _, problems in results for problem in problems]
    assert not wrong, "\n".join(wrong)
    assert not results or any(is_told for is_told, _ in results), "nothing failed"


def rules_of(kind, ks):
    """Of the first and the last call, some between, and each error at least once."""
    errors = CALLS[kind].split()
    chosen = {ks[round(i * (len(ks) - 1) / (MOST_OF_A_KIND - 1))] for i in range(MOST_OF_A_KIND)}
    n = max(len(chosen), len(errors))
    pairs = zip(range(n), itertools.cycle(sorted(chosen)), itertools.cycle(errors), strict=False)
    return [f"{kind}:error={error}:when={k}" for _, k, error in pairs]


@pytest.fixture(scope="module")
def plain(site, tmp_path_factory):
    return Plain(site, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("kind", CALLS)
def test_the_kth_call_fails(site, tmp_path, plain, kind):
    ks = plain.points.get(kind, [])
    if ks:
        judge_all(site, tmp_path, plain, rules_of(kind, ks), "-e", f"trace={kind}")
