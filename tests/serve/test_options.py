# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line, the events, the port, and the end."""

import contextlib
import json
import os
import pathlib
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import network
import pytest
from exchange import Connection, ask, get
from served_folder import make_big, write
from server import CHEAP, END, POWERLESS, SANITIZED, WINDOWS, Server, events_of, named, program, run, start_of, wait_until

OPTIONS = [
    *("--port", "--address", "--name", "--spa", "--cors", "--isolate", "--hidden", "--live", "--no-listing"),
    *("--visible", "--json", "--parent-pipe", "--quiet", "--help", "--version"),
]


@pytest.fixture(autouse=True)
def network_as_it_was():
    yield
    network.restore()


# Help, and what is wrong


def test_help():
    """All options, and which protections there are here."""
    result = run("--help")
    assert (result.returncode, result.stderr) == (0, "")
    for option in OPTIONS:
        assert option in result.stdout, option
    for protection in ("landlock", "seccomp", "new privileges"):
        assert protection in result.stdout.lower().replace("-", " ").replace("no new", "new"), protection


def test_version():
    result = run("--version")
    assert (result.returncode, result.stderr) == (0, "")
    assert re.search(r"\d+\.\d+", result.stdout)


@pytest.mark.parametrize(
    "arguments, word",
    [
        (["--nonsense"], "--nonsense"),
        (["-x"], "-x"),
        (["--port"], "--port"),
        (["--port", "abc"], "abc"),
        (["--port", ""], "port"),
        (["--port", "-1"], "-1"),
        (["--port", "65536"], "65536"),
        (["--port", "99999999999999999999"], "99999999999999999999"),
        (["--port", "80 "], "80"),
        (["--port", "0x50"], "0x50"),
        (["--port", "+80"], "+80"),
        (["--port=8000x"], "8000x"),
        (["--address", "127.1"], "127.1"),
        (["--address", "300.1.1.1"], "300.1.1.1"),
        (["--address", "localhost"], "localhost"),
        (["--address", ""], "address"),
        (["--address"], "--address"),
        (["--address", "127.0.0.1:80"], "127.0.0.1:80"),
        (["--address", "127.0.0.1/8"], "127.0.0.1/8"),
        (["--address", "0x7f.1"], "0x7f.1"),
        (["--name", ""], "name"),
        (["--name"], "--name"),
        (["--name", "a b"], "a b"),
        (["--name", "a/b"], "a/b"),
        (["--name", "a:80"], "a:80"),
        (["--name", "http://a"], "http://a"),
        (["--spa=yes"], "--spa"),
        (["--json=1"], "--json"),
        (["one", "two"], "two"),
        ([item for i in range(17) for item in ("--address", f"127.0.1.{i}")], "16"),
        ([item for i in range(17) for item in ("--name", f"n{i}.test")], "16"),
    ],
)
def test_bad_input(tmp_path, arguments, word):
    """A sentence that says what is wrong, and 2."""
    result = run(*arguments, cwd=tmp_path, seconds=5)
    assert result.returncode == 2, result
    assert word in result.stderr and result.stdout == "", result
    assert re.search(r"[.!]\s*$", result.stderr) or "--help" in result.stderr, result.stderr
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("value", ["\x1b[31mred", "a\nb", "x" * 100_000, "\xff"], ids=["steers", "lines", "long", "odd"])
def test_hostile_input_is_not_echoed_raw(tmp_path, value):
    result = run("--port", value, cwd=tmp_path, seconds=5)
    assert result.returncode == 2 and "\x1b" not in result.stderr and len(result.stderr) < 2000


@pytest.mark.parametrize("what", ["nothing", "file", "fifo", "forbidden"])
def test_no_folder(tmp_path, what):
    """1, a sentence with the name, and an event that says so."""
    path = tmp_path / what
    if what == "file":
        write(path)
    if what == "fifo":
        os.mkfifo(path)
    if what == "forbidden":
        path.mkdir(0)
    result = run("--json", path, seconds=5)
    assert result.returncode == 1, result
    (event,) = events_of(result.stdout)
    assert (event["event"], event["reason"]) == ("stopped", "folder-unusable")
    assert str(path) in event["message"] and event["message"].endswith(".")
    result = run(path, seconds=5)
    assert result.returncode == 1 and str(path) in result.stdout + result.stderr
    assert "{" not in result.stdout + result.stderr


def test_folder_is_where_one_is(site):
    with Server(".", cwd=site) as server:
        assert server.listening["folder"] == named(site)
        assert get(server, "/f.txt").status == 200
    process = subprocess.Popen(start_of("--json", "--port=0"), cwd=site, stdout=subprocess.PIPE)
    assert json.loads(process.stdout.readline())["folder"] == named(site)
    process.send_signal(END)
    assert process.wait(5) == 0


def test_folder_by_a_link(site, tmp_path):
    (tmp_path / "link").symlink_to(site)
    with Server(tmp_path / "link") as server:
        assert get(server, "/f.txt").status == 200


def test_folder_that_looks_like_an_option(tmp_path):
    write(tmp_path / "--spa" / "f.txt", "x")
    write(tmp_path / "--spa" / "ok.txt", "ok\n")
    with Server("--spa", cwd=tmp_path) as server:
        assert get(server, "/f.txt").body == b"x"
        assert get(server, "/missing").status == 404


# Where it listens


def listeners():
    """(address, port) of all there are here, as ss(8) tells."""
    lines = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout.splitlines()
    return {tuple(line.split()[3].rsplit(":", 1)) for line in lines}


def both(port):
    return {("127.0.0.1", str(port)), ("[::1]", str(port))}


def test_default(site):
    with Server(site, port=None) as server:
        assert listeners() == both(8000)
        event = server.listening
        assert (event["port"], event["addresses"]) == (8000, ["127.0.0.1", "::1"])
        assert event["urls"] == ["http://localhost:8000/"]
        assert event["folder"] == named(site)
        assert "taken" not in event and "without_ipv6" not in event and "dropped" not in event
        assert get(server, "/f.txt", address="::1").status == 200


def test_protections(site):
    with Server(site) as server:
        on = set(server.listening["protections"])
        if WINDOWS:
            assert on == set(), "there are none, so none is claimed"
            return
        assert on <= {"no-new-privileges", "landlock", "landlock-network", "seccomp"}
        status = server.proc("status").read_text()
        assert ("no-new-privileges" in on) == ("NoNewPrivs:\t1" in status)
        assert ("seccomp" in on) == ("Seccomp:\t2" in status)
        assert "no-new-privileges" in on
        assert SANITIZED or "seccomp" in on


class Holder:
    """Another program of the same user's that listens there. Wine knows of its own programs alone who they are, and
    counts them by itself: .name is None of others."""

    def __init__(self, addresses, port):
        self.of_windows = WINDOWS and not {"0.0.0.0", "::", "::ffff:127.0.0.1"} & set(addresses)
        self.name = pathlib.Path(program()).name if self.of_windows else None if WINDOWS else "python3"
        command = start_of("--json", "--port", port, *(f"--address={address}" for address in addresses))
        if not self.of_windows:
            command = [*POWERLESS, sys.executable, "-c", self.code(addresses, port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        assert line == b"ready\n" or b"listening" in line, line

    def code(self, addresses, port):
        code = "import socket, sys, time\n"
        code += "made = []\n"
        for address in addresses:
            family = "AF_INET6" if ":" in address else "AF_INET"
            code += f"made.append(s := socket.socket(socket.{family}))\n"
            code += "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n"
            if address == "::1":
                code += "s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)\n"
            code += f"s.bind(({address!r}, {port})); s.listen()\n"
        return code + "print('ready', flush=True); time.sleep(1000)"

    def is_in(self, event):
        """Whether EVENT says who it is, as far as anybody can know."""
        if self.name is None:
            return "pid" not in event and "holder" not in event
        return self.name in event["holder"] and (event["pid"] > 0 if self.of_windows else event["pid"] == self.process.pid)

    def is_told(self, text):
        """The same in words."""
        return self.name is None or (self.name in text and (self.of_windows or str(self.process.pid) in text))

    def stop(self):
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def holder(*addresses, port):
    holder = Holder(addresses, port)
    try:
        yield holder
    finally:
        holder.stop()


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["::1"], ["127.0.0.1", "::1"], ["0.0.0.0"], ["::"]])
def test_the_next_free_port(site, addresses):
    """A port is free only if every address could be bound; and it is said aloud who has the first."""
    with holder(*addresses, port=8000) as other:
        with Server(site, port=None) as server:
            assert server.port == 8001 and listeners() >= both(8001)
            assert server.listening["urls"] == ["http://localhost:8001/"]
            taken = server.listening["taken"]
            assert taken["port"] == 8000 and other.is_in(taken)
            assert get(server, "/f.txt").status == 200


def test_the_next_free_port_for_all_addresses(site):
    with holder("127.0.0.1", port=8000), holder("::1", port=8001), Server(site, port=None) as server:
        assert server.port == 8002
        assert not {("127.0.0.1", "8001"), ("[::1]", "8000")} & listeners(), "what was tried is left"


def test_the_next_free_port_is_said_to_people(site):
    with holder("127.0.0.1", port=8000) as other:
        process = subprocess.Popen(start_of(site), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        wait_until(lambda: ("127.0.0.1", "8001") in listeners())
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=5)[0]
        assert process.returncode == 0
        assert "8000" in said and "http://localhost:8001/" in said and other.is_told(said)


def test_what_is_wrong_is_an_event_too(site):
    """Who reads events starts it anew where it died without a word: this one would never do."""
    result = run("--json", "--parent-pipe", "--address=nowhere", site, seconds=5)
    (event,) = events_of(result.stdout)
    assert (result.returncode, event["event"], event["reason"]) == (2, "stopped", "failed")
    assert "nowhere" in event["message"] and event["message"] in result.stderr
    assert run("--address=nowhere", site, seconds=5).stdout == ""


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["::1"], ["0.0.0.0"], ["::"], ["::ffff:127.0.0.1"]])
def test_a_port_that_was_given_and_is_busy(site, addresses):
    with holder(*addresses, port=8123) as other:
        result = run("--json", "--port", "8123", site, seconds=5)
        assert result.returncode == 1
        (event,) = events_of(result.stdout)
        assert (event["event"], event["reason"], event["port"]) == ("stopped", "port-busy", 8123)
        assert other.is_in(event)
        assert "8123" in event["message"] and (other.name or "another program") in event["message"]
        result = run("--port", "8123", site, seconds=5)
        said = result.stdout + result.stderr
        assert result.returncode == 1 and "8123" in said and (other.name or "another program") in said


def test_a_port_that_two_others_have(site):
    """All addresses of IPv4 are none of IPv6: it is the other one."""
    with holder("0.0.0.0", port=8123), holder("::1", port=8123) as other:
        result = run("--json", "--port", "8123", "--address", "::1", site, seconds=5)
        (event,) = events_of(result.stdout)
        assert (result.returncode, event["reason"]) == (1, "port-busy") and other.is_in(event)


def test_a_port_of_somebody_unknown(site):
    """Of a program that may not be looked at there is no name; and none is made up."""
    with socket.create_server(("127.0.0.1", 8123)):
        result = run("--json", "--port", "8123", site, seconds=5)
        (event,) = events_of(result.stdout)
        assert (result.returncode, event["reason"]) == (1, "port-busy")
        assert "pid" not in event and "holder" not in event, "it may not know"


def test_a_port_that_needs_rights(site):
    """As below 1024 for ordinary users: a sentence, not another port."""
    result = run("--json", "--port", "80", site, seconds=5)
    (event,) = events_of(result.stdout)
    assert result.returncode == 1 and event["event"] == "stopped" and event["reason"] != "port-busy"
    assert "80" in event["message"]


def test_the_same_port_at_once_again(site):
    """What is still closing from before does not keep it."""
    for _ in range(3):
        with Server(site, port=8042) as server:
            get(server, "/f.txt", "Connection: close")


def test_port_0(site):
    with Server(site) as server:
        assert server.port > 1023 and listeners() == both(server.port)


@pytest.fixture
def without_ipv6():
    network.switch_ipv6(False)
    yield
    network.switch_ipv6(True)


def test_without_ipv6(site, without_ipv6):
    """127.0.0.1 alone, said aloud; never all addresses."""
    with Server(site, port=None) as server:
        assert listeners() == {("127.0.0.1", "8000")}
        assert server.addresses == ["127.0.0.1"] and server.listening["without_ipv6"] is True
        assert get(server, "/f.txt").status == 200
    process = subprocess.Popen(start_of(site), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    wait_until(lambda: ("127.0.0.1", "8000") in listeners())
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=5)[0]
    assert "IPv6" in said and "127.0.0.1" in said


def test_ipv6_asked_for_where_there_is_none(site, without_ipv6):
    result = run("--json", "--address", "::1", site, seconds=5)
    (event,) = events_of(result.stdout)
    assert (result.returncode, event["reason"], event["address"]) == (1, "address-unusable", "::1")
    result = run("--json", "--address", "127.0.0.1", "--address", "::1", site, seconds=5)
    assert result.returncode == 1, "what was asked for is not left out silently"


@pytest.mark.parametrize("address", ["192.0.2.1", "10.1.2.3", "2001:db8::1"])
def test_an_address_that_is_not_here(site, address):
    result = run("--json", "--address", address, site, seconds=5)
    (event,) = events_of(result.stdout)
    assert (result.returncode, event["reason"], event["address"]) == (1, "address-unusable", address)
    assert address in event["message"]
    assert listeners() == set()


def test_addresses(site):
    with Server(site, "--address=127.0.0.9", "--address", "::1", "--address", "127.0.0.10", port=8099) as server:
        assert listeners() == {("127.0.0.9", "8099"), ("[::1]", "8099"), ("127.0.0.10", "8099")}
        assert server.listening["urls"] == ["http://localhost:8099/", "http://127.0.0.9:8099/", "http://127.0.0.10:8099/"]
    with Server(site, "--address", "0:0:0:0:0:0:0:1") as server:
        assert server.addresses == ["::1"]
    with Server(site, "--address", "127.0.0.1", "--address", "127.0.0.1") as server:
        assert server.addresses in (["127.0.0.1"], ["127.0.0.1", "127.0.0.1"])


# Its end


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_running_answers_are_finished(site, how):
    """Then 0; new ones are not begun, idle ones are not waited for."""
    make_big(site / "big.bin", 32 * 1024**2)
    with Server(site) as server:
        idle = Connection(server)
        idle.still_works()
        silent = Connection(server)
        with Connection(server, receive_buffer=4096) as connection:
            connection.send(server.request("/big.bin") + server.request("/f.txt"))
            first = connection.receive()
            server.process.send_signal(how)
            idle.ended()
            wait_until(lambda: not listeners())
            with pytest.raises(ConnectionRefusedError):
                Connection(server)
            time.sleep(0.3)
            assert server.lives()
            connection.pending = first
            answer = connection.answer()
            assert len(answer.body) == 32 * 1024**2
        assert server.wait() == 0
        stopped = server.events[-2]
        assert (stopped["event"], stopped["reason"]) == ("stopped", "signal")
        silent.socket.close()


def test_a_second_signal_does_not_wait(site):
    make_big(site / "big.bin", 32 * 1024**2)
    with Server(site) as server, Connection(server, receive_buffer=4096) as connection:
        connection.send(server.request("/big.bin"))
        connection.receive()
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert server.lives()
        server.process.send_signal(signal.SIGINT)
        assert server.wait(3) == 0


def test_it_ends_at_once_when_nothing_runs(site):
    with Server(site) as server:
        get(server, "/f.txt")
        start = time.monotonic()
        server.stop()
        assert time.monotonic() - start < 2 * server.slowness


def test_parent_pipe(site):
    read, write_end = os.pipe()
    with Server(site, "--parent-pipe", stdin=read) as server:
        os.close(read)
        assert get(server, "/f.txt").status == 200
        os.write(write_end, b"what is said does not matter\n" * 100)
        time.sleep(0.2)
        assert get(server, "/f.txt").status == 200
        os.close(write_end)
        assert server.wait(3) == 0
        assert server.events[-2]["reason"] == "parent-gone"


def test_parent_pipe_ends_running_answers(site):
    make_big(site / "big.bin", 32 * 1024**2)
    read, write_end = os.pipe()
    with Server(site, "--parent-pipe", stdin=read) as server, Connection(server, receive_buffer=4096) as connection:
        os.close(read)
        connection.send(server.request("/big.bin"))
        connection.receive()
        os.close(write_end)
        assert server.wait(3) == 0


def test_parent_pipe_from_nothing(site):
    result = run("--json", "--parent-pipe", "--port=0", site, seconds=5)
    assert result.returncode == 0
    assert events_of(result.stdout)[-1]["reason"] == "parent-gone"


def test_closed_input_is_nothing_without_it(site):
    with Server(site) as server:
        time.sleep(0.2)
        assert get(server, "/f.txt").status == 200


@pytest.mark.parametrize("missing", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_without_standard_descriptors(site, missing):
    """No socket or file takes their place, and so gets what was meant for them."""
    command = ["sh", "-c", f'exec "$@" {missing}', "sh", *start_of("--port=8077", site)]
    process = subprocess.Popen(command)
    wait_until(lambda: process.poll() is not None or ("127.0.0.1", "8077") in listeners())
    if process.poll() is None:
        with socket.create_connection(("127.0.0.1", 8077), 5) as client:
            client.sendall(b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            data = b""
            while piece := client.recv(65536):
                data += piece
        assert data.startswith(b"HTTP/1.1 200") and data.endswith(b"0123456789")
        process.send_signal(END)
        process.wait(5)
    assert process.returncode in (0, 1)


# Events


def test_request_events(site):
    with Server(site) as server:
        before = time.time()
        get(server, "/f.txt?a=b", address="::1")
        event = server.event("request", path="/f.txt?a=b")
        assert event.keys() == {"event", "time", "peer", "method", "path", "status", "bytes", "ms"}
        assert before - 1 < event["time"] < time.time() + 1
        assert (event["peer"], event["method"], event["status"], event["bytes"]) == ("::1", "GET", 200, 10)
        assert 0 <= event["ms"] < 10000
        ask(server, server.request("/x", method="FOO"))
        assert server.event("request", status=501)["method"] == "FOO"
        get(server, "/" + "l" * 5000)
        event = server.event("request", status=404)
        assert event["path"] == "/" + "l" * 2047
        get(server, "/dir")
        assert server.event("request", path="/dir", status=308)
        get(server, "/f.txt", f"If-None-Match: {get(server, '/f.txt').get('etag')}")
        assert server.event("request", status=304)["bytes"] == 0


def test_did_you_mean(site):
    for name in ("styles.css", "my page.html"):
        write(site / name, "x")
    with Server(site) as server:
        for path, hint in {
            "/style.css": "styles.css",
            "/Styles.css": "styles.css",
            "/my%20pages.html": "my%20page.html",
            "/dir/inner.tx": "inner.txt",
        }.items():
            assert get(server, path).status == 404
            assert server.event("request", path=path)["hint"] == hint
        get(server, "/nothing-at-all-like-it")
        assert "hint" not in server.event("request", path="/nothing-at-all-like-it")


def test_quiet(site):
    with Server(site, "--quiet") as server:
        get(server, "/f.txt")
        get(server, "/nothing")
        time.sleep(0.2)
        assert server.requests() == []
    assert [event["event"] for event in server.events] == ["listening", "stopped", "end of the events"]


def flood(server, n):
    """That many requests, each answered."""
    path, status, _ = CHEAP
    with Connection(server) as connection:
        for _ in range(n // 100):
            connection.send(server.request(path) * 100)
            for _ in range(100):
                assert connection.answer().status == status


def test_a_slow_reader_of_the_events(site):
    """Never slows an answer; what was lost is counted in the next event, and the sum is right."""
    n = 12000
    with Server(site, read=False) as server:
        flood(server, n)
        start = time.monotonic()
        assert get(server, "/f.txt").status == 200
        assert time.monotonic() - start < 1 * server.slowness
        server.read_events()
        time.sleep(1)
        get(server, "/last")
        server.event("request", path="/last")
        events = server.events
    requests = [event for event in events if event["event"] == "request"]
    dropped = sum(event.get("dropped", 0) for event in events)
    # Two requests and the witness's own beside the flood; /last and its second.
    assert dropped > 0
    assert len(requests) + dropped == n + 4, (len(requests), dropped)


def test_a_reader_who_never_reads(site):
    """Does not keep it from ending, in order."""
    with Server(site, read=False) as server:
        flood(server, 4000)
        server.process.send_signal(signal.SIGINT)
        assert server.wait(5 * server.slowness) == 0


def test_a_reader_who_is_gone(site):
    with Server(site, read=False) as server:
        server.process.stdout.close()
        flood(server, 300)
        time.sleep(0.2)
        assert get(server, "/f.txt").status == 200
        server.process.send_signal(signal.SIGINT)
        assert server.wait(5) == 0
        assert server.said() == ""


def test_output_that_is_full(site):
    with open("/dev/full", "w") as full:
        process = subprocess.Popen(start_of("--json", "--port=8078", site), stdout=full)
        wait_until(lambda: ("127.0.0.1", "8078") in listeners())
        with socket.create_connection(("127.0.0.1", 8078), 5) as client:
            client.sendall(b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert client.recv(100).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 0


def test_output_into_a_file(site, tmp_path):
    with open(tmp_path / "log", "wb") as log:
        with Server(site, read=False, stdout=subprocess.PIPE) as other:
            other.read_events()
            process = subprocess.Popen(start_of("--json", "--port=8079", site), stdout=log)
            wait_until(lambda: ("127.0.0.1", "8079") in listeners())
            with socket.create_connection(("127.0.0.1", 8079), 5) as client:
                client.sendall(b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                client.recv(1000)
            process.send_signal(signal.SIGINT)
            assert process.wait(5) == 0
    assert [event["event"] for event in events_of((tmp_path / "log").read_text())] == ["listening", "request", "stopped"]


def test_output_is_left_blocking(site):
    """Others may share it."""
    read, write_end = os.pipe()
    process = subprocess.Popen(start_of("--json", "--port=8080", site), stdout=write_end)
    wait_until(lambda: ("127.0.0.1", "8080") in listeners())
    assert os.read(read, 100).startswith(b'{"event":"listening"')
    assert os.get_blocking(write_end)
    process.send_signal(signal.SIGINT)
    assert process.wait(5) == 0
    os.close(read)
    os.close(write_end)


def test_at_a_terminal(site):
    """In words, not JSON; hostile targets cannot steer it."""
    master, slave = pty.openpty()
    process = subprocess.Popen(start_of("--port=8081", site), stdout=slave, stderr=slave)
    os.close(slave)
    said = bytearray()

    def read():
        with contextlib.suppress(OSError):
            while data := os.read(master, 65536):
                said.extend(data)

    reader = threading.Thread(target=read)
    reader.start()
    wait_until(lambda: b"http://localhost:8081/" in said)
    for target in (b"/f.txt", b"/nothing", b"/\x1b[31mred", b"/%1b%5b31m"):
        with socket.create_connection(("127.0.0.1", 8081), 5) as client:
            client.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            client.recv(1000)
    wait_until(lambda: b"/nothing" in said and b"404" in said)
    process.send_signal(signal.SIGINT)
    assert process.wait(5) == 0
    reader.join()
    os.close(master)
    assert b"{" not in said and b"\x1b[31mred" not in said
    assert named(site).encode() in said
