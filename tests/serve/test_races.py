# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes while it is asked for: names that are swapped, files that are cut, grow or go while they are sent,
and the folder itself."""

import collections
import contextlib
import ctypes
import functools
import os
import shutil
import subprocess
import sys
import threading
import time

import h11
import pytest
import served_folder
from exchange import SECRET, WAIT, Connection, get
from served_folder import PAGE, write
from server import Server, wait_until

MIB = 1024 * 1024
RACE_SECONDS = 10
RENAME_EXCHANGE = 2

# Runs a program where these system calls are missing.
WITHOUT = """
import ctypes, errno, os, sys
calls, *command = sys.argv[1:]
seccomp = ctypes.CDLL("libseccomp.so.2")
seccomp.seccomp_init.restype = ctypes.c_void_p
filter = ctypes.c_void_p(seccomp.seccomp_init(0x7FFF0000))
for call in calls.split():
    number = seccomp.seccomp_syscall_resolve_name(call.encode())
    assert seccomp.seccomp_rule_add(filter, 0x00050000 | errno.ENOSYS, number, 0) == 0
assert seccomp.seccomp_load(filter) == 0
os.execvp(command[0], command)
"""


def without(*calls):
    return [sys.executable, "-c", WITHOUT, " ".join(calls)]


# Without Landlock, which would also keep it inside: this is about what comes before that.
WAYS = {"openat2": without("landlock_create_ruleset"), "walk": without("landlock_create_ruleset", "openat2")}
# Exchanges names pairwise, as fast as can be, until it is killed.
EXCHANGE = """
import ctypes, itertools, os, sys
names = [os.fsencode(name) for name in sys.argv[1:]]
rename = ctypes.CDLL(None).renameat2
pairs = list(zip(names[::2], names[1::2]))
for one, other in itertools.cycle(pairs):
    assert rename(-100, one, -100, other, 2) == 0
"""

LISTED = ["/swapped/listed/", "/swapped/listed/deep/"]

libc = ctypes.CDLL(None, use_errno=True)


def exchange(one, other):
    """Each gets the other's name, at once."""
    result = libc.renameat2(-100, os.fsencode(one), -100, os.fsencode(other), RENAME_EXCHANGE)
    assert result == 0, os.strerror(ctypes.get_errno())


# Names that are swapped while they are asked for


class Race:
    """Threads that do something again and again, until its end; the first that fails is what it tells."""

    def __init__(self):
        self.over = threading.Event()
        self.error = None
        self.threads = []

    def run(self, what):
        thread = threading.Thread(target=self.repeat, args=(what,), daemon=True)
        self.threads.append(thread)
        thread.start()

    def repeat(self, what):
        try:
            while not self.over.is_set():
                what()
        except BaseException as error:
            self.error = self.error or error
            self.over.set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()
        if self.error:
            raise self.error


def swap_by_rename(name, target):
    """What is there, away; a link in its place; and back."""
    kept, link = name.with_name(name.name + ".kept"), name.with_name(name.name + ".link")

    def swap():
        os.symlink(target, link)
        os.rename(name, kept)
        os.rename(link, name)
        os.unlink(name)
        os.rename(kept, name)

    return swap


def link_beside(name, target):
    """(NAME, a link to be exchanged with it): it is never nothing then, now what it is, now the link."""
    link = name.with_name(name.name + ".link")
    os.symlink(target, link)
    return name, link


@contextlib.contextmanager
def exchanging(*pairs):
    """By a process of its own, so that it does not wait for those who ask."""
    names = [name for pair in pairs for name in pair]
    with subprocess.Popen([sys.executable, "-c", EXCHANGE, *names]) as process:
        try:
            yield
            assert process.poll() is None, "the names could not be exchanged"
        finally:
            process.kill()


def swap_over(name, target):
    """A file and a link that are renamed over each other, as editors do."""
    data, new = name.read_bytes(), name.with_name(name.name + ".new")

    def swap():
        write(new, data)
        os.rename(new, name)
        os.symlink(target, new)
        os.rename(new, name)

    return swap


def make_swapped(site):
    """(pairs to exchange, other swaps, {path: what is in it while it is inside}), of last and middle components."""
    outside = site.parent / "outside"
    swapped = site / "swapped"
    write(outside / "sub" / "secret.txt", SECRET)
    write(outside / "listed" / f"{SECRET.decode()}.txt", b"x")
    write(outside / "listed" / "deep" / f"{SECRET.decode()}.txt", b"x")
    for name in ("exchanged.txt", "renamed.txt", "over.txt"):
        write(swapped / name, f"inside {name}\n")
    for name in ("folder", "folder-renamed", "of-proc"):
        write(swapped / name / "secret.txt", f"inside {name}\n")
        write(swapped / name / "sub" / "secret.txt", f"inside the sub of {name}\n")
    write(swapped / "index" / "index.html", "inside index\n")
    write(swapped / "listed" / "inside.txt", "x")
    write(swapped / "listed" / "deep" / "inside.txt", "x")
    pairs = [
        link_beside(swapped / "exchanged.txt", "../../outside/secret.txt"),
        link_beside(swapped / "folder", "../../outside"),
        link_beside(swapped / "of-proc", "/proc/self/cwd"),
        link_beside(swapped / "index" / "index.html", "../../../outside/index.html"),
        link_beside(swapped / "listed", "../../outside/listed"),
    ]
    swaps = [
        swap_by_rename(swapped / "renamed.txt", outside / "secret.txt"),
        swap_over(swapped / "over.txt", "../../outside/secret.txt"),
        swap_by_rename(swapped / "folder-renamed", outside),
    ]
    inside = {f"/swapped/{name}": f"inside {name}\n" for name in ("exchanged.txt", "renamed.txt", "over.txt")}
    for name in ("folder", "folder-renamed", "of-proc"):
        inside[f"/swapped/{name}/secret.txt"] = f"inside {name}\n"
        inside[f"/swapped/{name}/sub/secret.txt"] = f"inside the sub of {name}\n"
    inside["/swapped/index/"] = "inside index\n"
    return pairs, swaps, inside


def answers(server, paths):
    """To these paths, on a connection that stays."""
    connection = Connection(server)

    def ask():
        connection.send(b"".join(server.request(path) for path in paths))
        for path in paths:
            yield path, connection.answer()

    return ask


def listings(server, paths):
    """Each on a connection of its own: one that cannot be read after its head went out ends without its end."""

    def ask():
        for path in paths:
            with Connection(server) as connection:
                connection.send(server.request(path, "Connection: close"))
                _, data = connection.cut(WAIT)
                yield path, data

    return ask


@pytest.mark.parametrize("way", WAYS)
def test_swapped_for_a_link_outside(own_site, way):
    """What is served is what is inside, or nothing, whatever a name is at which moment."""
    pairs, swaps, inside = make_swapped(own_site)
    seen = {path: collections.Counter() for path in [*inside, *LISTED]}

    def swap_all():
        for swap in swaps:
            swap()

    def judge_all(ask):
        for path, answer in ask():
            seen[path][answer.status] += 1
            assert answer.stays and answer.status in (200, 404), f"{path}: {answer}"
            assert answer.status != 200 or answer.text == inside[path], f"{path}: {answer}"

    def judge_listings(ask):
        for path, data in ask():
            seen[path][200 if b"inside.txt" in data else 404] += 1
            assert data.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 404 ")) and SECRET not in data, f"{path}: {data}"

    with Server(own_site, "--quiet", before=WAYS[way]) as server:
        assert "landlock" not in server.listening["protections"]
        with exchanging(*pairs), Race() as race:
            race.run(swap_all)
            for paths in (list(inside), list(inside)[::-1]):
                race.run(functools.partial(judge_all, answers(server, paths)))
            race.run(functools.partial(judge_listings, listings(server, LISTED)))
            race.over.wait(RACE_SECONDS)
        assert get(server, "/ok.txt").status == 200
    for path, statuses in seen.items():
        assert statuses[200] and statuses[404], f"{path} was no race: {statuses}"


def test_size_of_what_is_outside_is_not_told(own_site):
    """A listing says nothing of a file outside, its size neither."""
    outside, folder = own_site.parent / "outside", own_site / "sizes"
    write(outside / "secret.txt", SECRET * 50_000)
    write(folder / "swapped.txt", "x" * 123)
    pair = link_beside(folder / "swapped.txt", "../../outside/secret.txt")
    seen = collections.Counter()

    def judge(ask):
        for _, data in ask():
            assert b" MB" not in data, data
            seen[b'"./swapped.txt"' in data] += 1

    with Server(own_site, "--quiet") as server:
        write(folder / "large.txt", SECRET * 50_000)
        assert b" MB" in get(server, "/sizes/").body
        (folder / "large.txt").unlink()
        with exchanging(pair), Race() as race:
            race.run(functools.partial(judge, listings(server, ["/sizes/"])))
            race.over.wait(RACE_SECONDS / 5)
    assert seen[True] and seen[False], seen


# Files that change while they are sent

PATTERN = b"".join(b"%07d\n" % i for i in range(MIB))  # 8 MiB, more than the system holds of an answer


class Slow:
    """One that has read the beginning of an answer, and reads on when it is told to."""

    def __init__(self, server, path, times=1):
        self.connection = Connection(server, receive_buffer=4096)
        for _ in range(times - 1):
            assert self.connection.get(path, "Range: bytes=0-0").status == 206
        self.connection.send(server.request(path))
        self.data = b""
        while len(self.data) < 64 * 1024:
            self.data += self.connection.receive(4096)
        head, self.body = self.data.split(b"\r\n\r\n", 1)
        self.announced = int(head.lower().split(b"content-length:")[1].split()[0])

    def whole(self):
        """The answer as it ends when it ends well; and the connection goes on."""
        self.connection.pending = self.data
        answer = self.connection.answer()
        assert answer.status == 200 and len(answer.body) == self.announced and answer.stays
        self.connection.still_works()
        self.connection.socket.close()
        return answer.body

    def cut(self):
        """What came of a body that ends before its end."""
        _, rest = self.connection.cut(WAIT)
        self.connection.socket.close()
        assert len(self.body + rest) < self.announced
        return self.body + rest


# How often it was asked for before: of what is asked for again the server keeps a descriptor.
TIMES = pytest.mark.parametrize("times", [1, 4])


@pytest.fixture
def big(own_site):
    return write(own_site / "big.bin", PATTERN)


@TIMES
@pytest.mark.parametrize("size", [0, 1, 4096, 100_000, 5 * MIB - 1])
def test_truncated_while_it_is_sent(own_site, big, size, times):
    """It ends early, by closing. Bytes of what was cut may be on their way: as they were, or, where the system had
    the page in common, as nothing. Never anything else."""
    with Server(own_site) as server:
        slow = Slow(server, "/big.bin", times)
        os.truncate(big, size)
        body = slow.cut()
        assert body[:size] == PATTERN[:size][: len(body)]
        rest = body[size:].rstrip(b"\0")
        assert all(byte in (0, ours) for byte, ours in zip(rest, PATTERN[size:], strict=False))
        assert server.event("request", path="/big.bin", status=200)["bytes"] == len(body)
        assert get(server, "/big.bin").body == PATTERN[:size]


@TIMES
def test_written_over_while_it_is_sent(own_site, big, times):
    """What is sent is what is there by then, but no more of it than was announced."""
    with Server(own_site) as server:
        slow = Slow(server, "/big.bin", times)
        with open(big, "r+b") as file:
            file.write(b"n" * (len(PATTERN) + 1000))
        body = slow.whole()
        assert set(body[-1000:]) == {ord("n")}
        assert get(server, "/big.bin").body == b"n" * (len(PATTERN) + 1000)


@TIMES
def test_grown_while_it_is_sent(own_site, big, times):
    with Server(own_site) as server:
        slow = Slow(server, "/big.bin", times)
        with open(big, "ab") as file:
            file.write(b"more" * MIB)
        assert slow.whole() == PATTERN
        assert get(server, "/big.bin").body == PATTERN + b"more" * MIB


def replace_by_another(file):
    os.rename(write(file.with_name("new.bin"), b"new"), file)


def replace_by_a_link(file):
    os.symlink("../outside/secret.txt", file.with_name("new.bin"))
    os.rename(file.with_name("new.bin"), file)


def replace_by_a_folder(file):
    file.unlink()
    file.mkdir()


# {what happens: (how, what the path is answered with afterwards)}
GOING = {
    "deleted": (os.unlink, 404),
    "renamed": (lambda file: os.rename(file, file.with_name("elsewhere")), 404),
    "moved out": (lambda file: os.rename(file, file.parent.parent / "outside" / "big.bin"), 404),
    "replaced": (replace_by_another, 200),
    "replaced by a link": (replace_by_a_link, 404),
    "replaced by a folder": (replace_by_a_folder, 308),
    "unreadable": (lambda file: file.chmod(0), 403),
}


@TIMES
@pytest.mark.parametrize("name", GOING)
def test_gone_while_it_is_sent(own_site, big, name, times):
    """What was begun is sent whole, as it was."""
    go, status = GOING[name]
    with Server(own_site) as server:
        slow = Slow(server, "/big.bin", times)
        go(big)
        answer = get(server, "/big.bin")
        assert answer.status == status and answer.body != PATTERN
        assert slow.whole() == PATTERN
        assert get(server, "/big.bin").status == status
        wait_until(lambda: not any("big.bin" in target for target in server.descriptors().values()))


def test_page_with_a_script_is_cut(own_site):
    """What is added at the end of a page never takes the place of what is missing."""
    page = write(own_site / "big.html", PATTERN)
    with Server(own_site, "--live") as server:
        slow = Slow(server, "/big.html")
        os.truncate(page, 0)
        assert b"script" not in slow.cut()
        answer = get(server, "/big.html")
        assert answer.status == 200 and b"<script" in answer.body


def test_saved_again_and_again(own_site):
    """Small files, asked for while they are written in all the ways: old, new, or cut; never a mixture by length."""
    file = write(own_site / "saved.txt", b"a" * 1000)
    state = {"i": 0}
    seen = collections.Counter()

    def save():
        state["i"] += 1
        data = b"%c" % (97 + state["i"] % 26) * (500 + state["i"] % 7 * 1000)
        if state["i"] % 2:
            os.rename(write(own_site / ".new", data), file)
        else:
            file.write_bytes(data)

    def ask():
        with Connection(server) as connection:
            with contextlib.suppress(ConnectionError, h11.RemoteProtocolError):
                for _ in range(100):
                    answer = connection.get("/saved.txt")
                    seen[answer.status] += 1
                    assert answer.status == 200 and answer.text.isalpha() or not answer.body, answer
                return
            seen["cut"] += 1

    with Server(own_site, "--quiet") as server:
        with Race() as race:
            race.run(save)
            race.run(ask)
            race.run(ask)
            race.over.wait(RACE_SECONDS / 3)
        assert get(server, "/saved.txt").body == file.read_bytes()
    assert seen[200], seen


# The folder itself


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def put_another(site):
    """As it might be: with the same names, and others."""
    write(site / "ok.txt", SECRET)
    write(site / "index.html", SECRET)
    write(site / "secret.txt", SECRET)


def moved(site):
    os.rename(site, site.with_name("elsewhere"))


def moved_and_replaced(site):
    moved(site)
    put_another(site)


def removed_and_replaced(site):
    shutil.rmtree(site)
    put_another(site)


def replaced_at_once(site):
    put_another(site.with_name("other"))
    exchange(site, site.with_name("other"))


def replaced_by_a_link(site):
    moved(site)
    os.symlink("outside", site)


def replaced_by_a_file(site):
    moved(site)
    write(site, SECRET)


def mounted_over(site):
    mount("-t", "tmpfs", "tmpfs", site)
    put_another(site)


def bound_over(site):
    put_another(site.with_name("other"))
    mount("--bind", site.with_name("other"), site)


def above_moved(site):
    """Of this no system tells who watches the folder."""
    os.rename(site.parent, site.parent.with_name(site.parent.name + ".moved"))


def above_replaced(site):
    above_moved(site)
    put_another(site)


GONE = [
    *(shutil.rmtree, moved, moved_and_replaced, removed_and_replaced, replaced_at_once, replaced_by_a_link),
    *(replaced_by_a_file, mounted_over, bound_over, above_moved, above_replaced),
]


@pytest.fixture
def lone_site(tmp_path):
    """A folder in a folder that may be moved, too; what is mounted there does not stay."""
    site = served_folder.make_folder(tmp_path / "above")
    yield site
    while os.path.ismount(site):
        subprocess.run(["umount", site], check=True)


def check_gone(server, connection=None):
    """Everything is 503 now, with a page that says so."""
    with contextlib.nullcontext(connection) if connection else Connection(server) as connection:
        for path in ("/", "/ok.txt", "/secret.txt", "/list/", "/missing", "/dir"):
            answer = connection.get(path)
            assert answer.status == 503 and "folder is gone" in answer.text, f"{path}: {answer}"
            assert connection.get(path, method="HEAD").status == 503


def ask_until_gone(server):
    """Until it is noticed, answers are of the old folder, as far as there still is something in it."""
    with Connection(server) as connection:

        def is_gone():
            answer = connection.get("/ok.txt")
            assert answer.status in (404, 503) or answer.body == b"ok\n", answer
            assert connection.get("/secret.txt").status in (404, 503)
            connection.get("/")  # no secret is in it, as always
            return answer.status == 503

        wait_until(is_gone)


@pytest.mark.parametrize("go", GONE, ids=[go.__name__ for go in GONE])
@pytest.mark.parametrize("options", [[], ["--live"]], ids=["plain", "live"])
def test_folder_is_gone(lone_site, go, options):
    """503 and one event, and nothing of what came in its place, on old connections neither."""
    page = PAGE if not options else None
    with Server(lone_site, *options) as server, Connection(server) as old:
        for _ in range(3):  # so that it is kept open
            assert old.get("/").status == 200 and (page is None or old.get("/").body == page)
            old.still_works()
        go(lone_site)
        if not options:
            ask_until_gone(server)
        server.event("folder-gone")
        check_gone(server)
        check_gone(server, old)
        assert [event["event"] for event in server.events].count("folder-gone") == 1
        assert server.lives()


def test_folder_that_comes_back(lone_site):
    """It is not served until it is chosen again, though it is the same."""
    with Server(lone_site) as server:
        moved(lone_site)
        server.event("folder-gone")
        os.rename(lone_site.with_name("elsewhere"), lone_site)
        check_gone(server)
    with Server(lone_site) as server:
        assert get(server, "/ok.txt").body == b"ok\n"


def test_unmounted(lone_site):
    """A disk that is taken out while something is open on it."""
    mount("-t", "tmpfs", "tmpfs", lone_site)
    write(lone_site / "ok.txt", "ok\n")
    write(lone_site / "index.html", PAGE)
    with Server(lone_site) as server:
        assert get(server, "/ok.txt").body == b"ok\n"
        subprocess.run(["umount", "--lazy", lone_site], check=True)
        ask_until_gone(server)
        server.event("folder-gone")
        check_gone(server)


def test_folder_chosen_by_a_link(lone_site):
    """It is where the link leads that was chosen."""
    link, new = lone_site.with_name("link"), lone_site.with_name("new")
    link.symlink_to("site")
    with Server(link) as server:
        assert get(server, "/ok.txt").body == b"ok\n"
        new.symlink_to(lone_site)  # the same by another name
        os.rename(new, link)
        time.sleep(2.5)
        assert get(server, "/ok.txt").body == b"ok\n"
        new.symlink_to("../outside")
        os.rename(new, link)
        ask_until_gone(server)
        server.event("folder-gone")
        check_gone(server)


def test_folder_that_only_changes(lone_site):
    """What is done to it and in it is no reason to stop."""
    with Server(lone_site) as server:
        os.utime(lone_site)
        lone_site.chmod(0o700)
        moved_in = lone_site / "elsewhere"
        os.rename(lone_site / "list", moved_in)
        shutil.rmtree(lone_site / "dir")
        write(lone_site.with_name("beside") / "x.txt")
        time.sleep(2.5)
        assert get(server, "/ok.txt").body == b"ok\n"
        assert get(server, "/elsewhere/one.txt").body == b"1"
        assert "folder-gone" not in [event["event"] for event in server.events]


@pytest.mark.parametrize("go", [shutil.rmtree, moved_and_replaced, mounted_over], ids=lambda go: go.__name__)
def test_folder_is_gone_while_a_file_is_sent(lone_site, go):
    """What was begun is sent to its end, and is the old one."""
    write(lone_site / "big.bin", PATTERN)
    with Server(lone_site) as server:
        slow = Slow(server, "/big.bin")
        go(lone_site)
        server.event("folder-gone")
        slow.connection.pending = slow.data
        answer = slow.connection.answer()
        assert answer.status == 200 and answer.body == PATTERN
        assert slow.connection.get("/ok.txt").status == 503
        slow.connection.socket.close()


def test_folder_is_replaced_again_and_again(lone_site):
    """Whatever is there at which moment: the one that was chosen, or an error."""
    put_another(lone_site.with_name("other"))
    seen = collections.Counter()

    def judge(ask):
        for path, answer in ask():
            seen[answer.status] += 1
            assert answer.status == 503 or (path, answer.body) == ("/ok.txt", b"ok\n"), f"{path}: {answer}"

    with Server(lone_site, "--quiet") as server:
        with Race() as race:
            race.run(functools.partial(judge, answers(server, ["/ok.txt"])))
            wait_until(lambda: seen[200])
            race.run(lambda: exchange(lone_site, lone_site.with_name("other")))
            wait_until(lambda: seen[503])
            race.over.wait(1)
        check_gone(server)
