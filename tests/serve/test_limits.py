# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits: how long, how many, how much. Those of time run beside each other, as all of them only wait."""

import contextlib
import signal
import socket
import threading
import time

import pytest
from exchange import Connection, get, refused
from served_folder import make_big
from server import CHEAP, SANITIZED, SLOWNESS, Server, wait_until

KIB, MIB = 1024, 1024 * 1024
ROOM = 8 if SANITIZED else 1  # what a sanitizer adds to memory


@pytest.fixture(scope="module")
def site(site):
    make_big(site / "big.bin", 64 * MIB)
    make_big(site / "gib.bin", 1024 * MIB)
    return site


# A head


def head(server, *lines):
    return server.request("/f.txt", *lines)


def test_header_lines(server):
    """100 of them, Host among them."""
    lines = [f"X-{i}: y" for i in range(99)]
    assert get(server, "/f.txt", *lines).status == 200
    refused(server, head(server, *lines, "One: more"), 431)
    refused(server, head(server, *(lines * 20)), 431)


def block_of(server, size):
    """Lines that make the header block, with their line ends or without, close to this long."""
    own = len(f"Host: localhost:{server.port}")
    lines = ["A: " + "x" * 4000] * (size // 4100)
    rest = size - own - sum(map(len, lines)) - 2 * len(lines)
    return [*lines, "B: " + "y" * (rest - 5)]


def test_header_block(server):
    """32 KiB; whether line ends count is a matter of 20 bytes."""
    assert get(server, "/f.txt", *block_of(server, 32 * KIB - 40)).status == 200
    refused(server, head(server, *block_of(server, 32 * KIB + 40)), 431)
    refused(server, head(server, *block_of(server, 64 * KIB)), 431)
    refused(server, head(server, "A: " + "x" * 33 * KIB), 431)
    refused(server, head(server, "x" * 33 * KIB), 400, 431)
    refused(server, head(server, "A" * 33 * KIB + ": x"), 400, 431)


def test_endless_header_block(server):
    """It is refused long before its end."""
    start = b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n"
    refused(server, start + b"A: " + b"x" * 40 * KIB, 431)
    refused(server, start + b"A: b\r\n" * 200, 431)


def test_largest_head(server):
    """All limits reached at once."""
    rest = len("GET  HTTP/1.1")
    path = "/f.txt?" + "q" * (8 * KIB - rest - 7)
    lines = [f"X-{i:02d}: {'y' * 300}" for i in range(98)]
    assert get(server, path, *lines).status == 200


# Time


class Wait(threading.Thread):
    """One that only waits, beside others; .result is what came of it."""

    def __init__(self, name, what):
        super().__init__(daemon=True)
        self.name, self.what, self.error = name, what, None
        self.start()

    def run(self):
        try:
            self.what()
        except BaseException as error:
            self.error = f"{self.name}: {type(error).__name__}: {error}"


def within(low, high, seconds):
    assert low <= seconds <= high * 1.2, f"{seconds:.1f} s, not {low} to {high}"


def nothing_said(server):
    """10 s of connecting."""
    with Connection(server) as connection:
        seconds, data = connection.cut(30)
        within(9, 12.5, seconds)
        assert data == b"" or data.startswith(b"HTTP/1.1 408")


def half_a_head(server):
    with Connection(server) as connection:
        connection.send(b"GET /f.txt HTTP/1.1\r\nHost: loc")
        seconds, data = connection.cut(30)
        within(9, 12.5, seconds)
        assert data == b"" or data.startswith(b"HTTP/1.1 408")


def byte_by_byte(server):
    """A byte a second is no way to stay."""
    start = time.monotonic()
    with Connection(server) as connection:
        connection.socket.settimeout(1)
        connection.send(b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA: ")
        for _ in range(25):
            with contextlib.suppress(TimeoutError):
                if not connection.receive():
                    break
                continue  # it says why
            try:
                connection.send(b"x")
            except ConnectionError:
                break
        within(9, 13, time.monotonic() - start)


def idle(server):
    """15 s after an answer."""
    with Connection(server) as connection:
        connection.still_works()
        seconds, data = connection.cut(30)
        within(14, 17.5, seconds)
        assert data == b""


def idle_and_busy(server):
    """A request in between starts the 15 s anew."""
    with Connection(server) as connection:
        connection.still_works()
        time.sleep(9)
        connection.still_works()
        time.sleep(9)
        connection.still_works()
        within(14, 17.5, connection.cut(30)[0])


def second_head_half(server):
    """Of a second request too the head is to be whole within 10 s of its first byte."""
    with Connection(server) as connection:
        connection.still_works()
        time.sleep(8)
        connection.send(b"GET /f")
        seconds, data = connection.cut(30)
        within(9, 12.5, seconds)
        assert data == b"" or data.startswith(b"HTTP/1.1 408")


def second_head_slow_but_whole(server):
    """The first byte comes late, the rest within its 10 s."""
    with Connection(server) as connection:
        connection.still_works()
        time.sleep(12)
        data = head(server)
        connection.send(data[:10])
        time.sleep(7)
        connection.send(data[10:])
        assert connection.answer().body == b"0123456789"


def head_slow_but_whole(server):
    with Connection(server) as connection:
        data = head(server)
        for i in range(8):
            connection.send(data[i : i + 1])
            time.sleep(1)
        connection.send(data[8:])
        assert connection.answer().body == b"0123456789"


def stalled_reader(server):
    """30 s, and the event says that it was no whole answer."""
    with Connection(server, receive_buffer=4096) as connection:
        connection.send(server.request("/big.bin?stalled"))
        start = time.monotonic()
        event = server.event("request", path="/big.bin?stalled", seconds=45)
        within(28, 34, time.monotonic() - start)
        assert event["status"] == 200 and event["bytes"] < 64 * MIB
        _, data = connection.cut(10)
        assert len(data) < 64 * MIB


def stalled_after_a_while(server):
    """It reads at first, then stops."""
    with Connection(server, receive_buffer=4096) as connection:
        connection.send(server.request("/big.bin?after-a-while"))
        for _ in range(6):
            assert connection.receive(32 * KIB)
            time.sleep(1)
        start = time.monotonic()
        server.event("request", path="/big.bin?after-a-while", seconds=45)
        within(26, 34, time.monotonic() - start)


def slow_reader(server):
    """Slow is not stalled: 40 s, with a little now and then."""
    with Connection(server, receive_buffer=4096) as connection:
        connection.send(server.request("/big.bin?slow"))
        end = time.monotonic() + 40
        while time.monotonic() < end:
            got = 0
            while got < 256 * KIB:
                piece = connection.receive()
                assert piece, "a slow reader was cut"
                got += len(piece)
            time.sleep(4)
        assert not [event for event in server.requests() if event["path"] == "/big.bin?slow"]


def many_pipelined_without_reading(server):
    """Answers that nobody takes hold no memory, and end as a stalled reader does."""
    with Connection(server, receive_buffer=4096) as connection:
        connection.socket.settimeout(45)
        start = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - start < 45:
                connection.send(head(server) * 100)
        within(1, 40, time.monotonic() - start)


def sends_for_ever(server):
    """After a refusal what still comes is read for a while only."""
    with Connection(server) as connection:
        connection.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n")
        start = time.monotonic()
        with contextlib.suppress(ConnectionError):
            while time.monotonic() - start < 35:
                connection.send(b"x" * 1000)
                time.sleep(0.05)
        assert time.monotonic() - start < 32


def drips_after_a_refusal(server):
    with Connection(server) as connection:
        connection.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n")
        start = time.monotonic()
        with contextlib.suppress(ConnectionError):
            while time.monotonic() - start < 35:
                connection.send(b"x")
                time.sleep(1)
        assert time.monotonic() - start < 32


WAITS = [
    *(nothing_said, half_a_head, byte_by_byte, idle, idle_and_busy, second_head_half, second_head_slow_but_whole),
    *(head_slow_but_whole, stalled_reader, stalled_after_a_while, slow_reader, many_pipelined_without_reading),
    *(sends_for_ever, drips_after_a_refusal),
]


@pytest.fixture(scope="module")
def waits(site):
    """All of them beside each other, on one server, while it answers others; each then is a test of its own."""
    with Server(site) as server:
        running = {what.__name__: Wait(what.__name__, lambda what=what: what(server)) for what in WAITS}
        while any(wait.is_alive() for wait in running.values()):
            assert get(server, "/ok.txt").body == b"ok\n"
            time.sleep(0.2)
        before = server.kinds()["socket"]
        yield running
        assert before < 16, "connections are left"


@pytest.mark.parametrize("name", [what.__name__ for what in WAITS])
def test_time(waits, name):
    assert waits[name].error is None, waits[name].error


# Number


def connections(server, n, **how):
    """N of them, as far as the server lets them in."""
    made = []
    for _ in range(n):
        with contextlib.suppress(OSError):
            made.append(Connection(server, **how))
    return made


def spoken(server, n, speak=Connection.still_works):
    """N of them. Each speaks before the next one comes: the server waits 10 s for a first word, and there are
    computers on which the last of hundreds would come later than that."""
    made = []
    for _ in range(n):
        made.append(Connection(server))
        speak(made[-1])
    return made


def close_all(made):
    for connection in made:
        connection.socket.close()


def test_512_connections(site):
    """All are answered; further ones wait or are refused until one of them goes."""
    with Server(site) as server:
        at_rest = server.kinds()["socket"]
        made = spoken(server, 512)
        assert server.kinds()["socket"] - at_rest <= 512
        more = connections(server, 20)
        for connection in more:
            with contextlib.suppress(OSError):
                connection.send(server.request("/ok.txt"))
        time.sleep(0.5)
        assert server.kinds()["socket"] - at_rest <= 512
        for connection in made[100:]:  # those there are still answered, but for idle ones that made room
            with contextlib.suppress(OSError, Exception):
                connection.still_works()
        close_all(made + more)
        wait_until(lambda: server.kinds()["socket"] <= at_rest)
        assert get(server, "/ok.txt").status == 200


def test_a_full_house_empties(site):
    """512 idle ones do not keep others out for longer than they may be idle."""
    with Server(site) as server:
        made = spoken(server, 512)
        start = time.monotonic()
        with Connection(server) as connection:
            connection.socket.settimeout(25)
            connection.still_works()
        assert time.monotonic() - start < 17 * 1.2
        close_all(made)


def test_64_waiting_for_a_header(site):
    """Of many that say nothing no more than 64 are held, and they keep nobody out for longer than 10 s."""
    with Server(site) as server:
        at_rest = server.kinds()["socket"]
        silent = connections(server, 300)
        time.sleep(0.5)
        assert server.kinds()["socket"] - at_rest <= 65
        start = time.monotonic()
        with Connection(server) as connection:
            connection.socket.settimeout(55)
            connection.still_works()
        assert time.monotonic() - start < 12 * SLOWNESS, "they keep others out"
        close_all(silent)


def test_those_at_work_are_not_those_waiting(site):
    """64 that say nothing do not end those that are answered."""
    with Server(site) as server:
        working = [Connection(server, receive_buffer=4096) for _ in range(20)]
        for connection in working:
            connection.send(server.request("/big.bin"))
        idle = connections(server, 50)
        for connection in idle:
            connection.still_works()
        silent = connections(server, 64)
        time.sleep(0.5)
        for connection in working:
            assert connection.receive()
        for connection in idle:
            connection.still_works()
        close_all(working + idle + silent)


@pytest.mark.parametrize("limit", [24, 40, 64])
def test_out_of_descriptors(site, limit):
    """New connections wait or are refused; files may be 503; and serving goes on when there are some again."""
    with Server(site, before=["prlimit", f"--nofile={limit}"]) as server:
        at_rest = len(server.descriptors())
        for round in range(3):
            made = connections(server, 150)
            for connection in made:
                with contextlib.suppress(OSError):
                    connection.send(server.request("/f.txt"))
            time.sleep(0.2)
            answered = 0
            for connection in made:
                connection.socket.settimeout(0.02)
                with contextlib.suppress(TimeoutError, ConnectionError):
                    answer = connection.answer()
                    assert answer.status in (200, 503), answer
                    answered += answer.status == 200
            assert server.lives()
            spent = server.proc("stat").read_text().split()
            time.sleep(0.5)
            now = server.proc("stat").read_text().split()
            used = sum(int(b) - int(a) for a, b in zip(spent[13:15], now[13:15], strict=True))
            assert used < 40, "it spins while it has no descriptors"  # of 50 ticks
            close_all(made)
            wait_until(lambda: len(server.descriptors()) <= at_rest + 1)
            assert get(server, "/f.txt").status == 200, round
            assert get(server, "/list/").status == 200, round


def test_reserve_of_descriptors(site):
    """Whoever is let in can be answered, even when others took all there is: not one in four is 503."""
    with Server(site, before=["prlimit", "--nofile=40"]) as server:
        made = connections(server, 60)
        statuses = []
        for connection in made:
            connection.socket.settimeout(0.3)
            with contextlib.suppress(TimeoutError, ConnectionError):
                statuses.append(connection.get("/f.txt").status)
                connection.socket.close()
        assert statuses.count(200) > len(made) // 2, statuses
        close_all(made)


# Coming and going


def test_10_000_connects(site):
    with Server(site) as server:
        get(server, "/ok.txt")
        descriptors, memory = len(server.descriptors()), server.memory()

        def come_and_go(n, how):
            for i in range(n):
                with contextlib.suppress(ConnectionError), Connection(server) as connection:
                    how(i, connection)

        def nothing(i, connection):
            connection.reset() if i % 3 == 0 else None

        def half(i, connection):
            connection.send(b"GET /f.txt HT")
            connection.reset() if i % 2 else None

        def unread(i, connection):
            connection.send(server.request("/f.txt"))
            connection.reset() if i % 2 else None

        def whole(i, connection):
            connection.still_works()

        threads = [threading.Thread(target=come_and_go, args=(2500, how)) for how in (nothing, half, unread, whole)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wait_until(lambda: len(server.descriptors()) <= descriptors)
        assert get(server, "/ok.txt").status == 200
        assert server.memory() - memory < ROOM * 2 * MIB


def aborted_of(server, more_than):
    aborted = [event for event in server.requests() if event.get("aborted")]
    return aborted if len(aborted) > more_than else None


def test_reset_in_the_middle_of_an_answer(site):
    with Server(site) as server:
        get(server, "/ok.txt")
        descriptors = len(server.descriptors())
        for i in range(100):
            with contextlib.suppress(ConnectionError), Connection(server, receive_buffer=4096) as connection:
                connection.send(server.request("/big.bin", "Connection: close") if i % 2 else server.request("/big.bin"))
                if i % 3:
                    connection.receive(1 + i * 1000)
                connection.reset() if i % 4 else connection.socket.shutdown(socket.SHUT_RDWR)
        aborted = wait_until(lambda: aborted_of(server, 50), what="the word of those that went")
        assert all(event["bytes"] < 64 * MIB for event in aborted)
        wait_until(lambda: len(server.descriptors()) <= descriptors)
        assert get(server, "/big.bin", method="HEAD").status == 200


def test_reset_between_many_requests(site):
    with Server(site) as server:
        for i in range(200):
            with contextlib.suppress(ConnectionError), Connection(server) as connection:
                connection.send(server.request("/f.txt") * 20 + server.request("/list/") * (i % 5))
                connection.receive(1 + i)
                connection.reset()
        assert get(server, "/ok.txt").status == 200


# Memory


def test_memory_at_rest(site):
    with Server(site) as server:
        get(server, "/f.txt")
        assert server.memory("RssAnon") < ROOM * 6 * MIB
        assert SANITIZED or server.memory() < 9 * MIB, "that of shared libraries is in it"


def test_memory_of_a_connection(site):
    """At most 16 KiB while idle, whatever was asked before, and none of it stays."""

    def ask_for_much(connection):
        assert connection.get("/f.txt", "A: " + "x" * 20_000, "B: " + "y" * 10_000).status == 200
        assert connection.get("/list/").status == 200

    with Server(site) as server:
        close_all(spoken(server, 100))
        time.sleep(0.2)
        before = server.memory()
        made = spoken(server, 400, ask_for_much)
        grown = server.memory() - before
        close_all(made)
        assert grown / 400 <= ROOM * 16 * KIB, grown / 400


def test_memory_of_waiting_connections(site):
    """A head of 32 KiB that is not whole yet is held, and no more of it."""
    with Server(site) as server:
        get(server, "/ok.txt")
        before = server.memory()
        made = connections(server, 60)
        for connection in made:
            connection.send(b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA: " + b"x" * 30_000)
        time.sleep(0.3)
        assert server.memory() - before < ROOM * 60 * 48 * KIB
        close_all(made)


def test_memory_is_flat_while_a_gib_goes_out(site):
    with Server(site) as server:
        get(server, "/f.txt")
        before = server.memory()
        with Connection(server) as connection:
            connection.send(server.request("/gib.bin", "Connection: close"))
            total, most = 0, 0
            buffer = bytearray(MIB)
            while size := connection.socket.recv_into(buffer):
                total += size
                if total % 64 < 8:
                    most = max(most, server.memory())
        assert total > 1024 * MIB
        assert most - before < ROOM * MIB


def test_memory_of_pipelining(site):
    """Thousands of requests in one go are answered one after the other, from constant memory."""
    with Server(site) as server, Connection(server) as connection:
        connection.still_works()
        before = server.memory()
        n = 20_000 // SLOWNESS
        path, _, end = CHEAP
        sender = threading.Thread(target=connection.send, args=(server.request(path) * n,))
        sender.start()
        received, tail = 0, b""
        while received < n:
            # A body can come in two pieces.
            piece = tail + connection.receive()
            received += piece.count(end)
            tail = piece[1 - len(end):]
        sender.join()
        assert server.memory() - before < ROOM * MIB


def test_stopped_and_gone_on(site):
    """A computer that sleeps: nobody is cut for the time it slept, unless the limit was reached before."""
    with Server(site) as server, Connection(server) as connection:
        connection.still_works()
        server.process.send_signal(signal.SIGSTOP)
        time.sleep(0.5)
        connection.send(server.request("/f.txt"))
        server.process.send_signal(signal.SIGCONT)
        assert connection.answer().status == 200
