# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl explain as a user runs it: inet_aton(3) is the witness of spellings, connect(2) of who answers, and
a packet socket of that nothing is sent."""

import contextlib
import json
import os
import select
import socket
import subprocess

import pytest

import network
from network import ip, veth

HEARTHCTL = os.environ["HEARTHCTL"]


def hearthctl(*arguments, **options):
    return subprocess.run([HEARTHCTL, *arguments], capture_output=True, text=True, timeout=30, **options)


def explained(text):
    result = hearthctl("explain", "--json", text)
    assert (result.returncode, result.stderr) == (0, ""), text
    return json.loads(result.stdout)


def answers(text):
    return [(a["protocol"], a["address"], a["port"]) for a in explained(text)["answers"]]


@contextlib.contextmanager
def listening(address, port, kind=socket.SOCK_STREAM, only_ipv6=False):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, kind) as listener:
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only_ipv6)
        listener.bind((address, port))
        if kind == socket.SOCK_STREAM:
            listener.listen()
        yield


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    network.restore()


HOSTS = "127.0.0.1 localhost\n# by hand\n127.0.1.1 shop.test shop\n::1 localhost\n"


@pytest.fixture(autouse=True, scope="module")
def hosts(tmp_path_factory):
    """In the mount namespace of the test alone."""
    file = tmp_path_factory.mktemp("hosts") / "hosts"
    file.write_text(HOSTS)
    subprocess.run(["mount", "--bind", file, "/etc/hosts"], check=True)
    yield
    subprocess.run(["umount", "/etc/hosts"], check=True)


def test_json():
    with listening("127.0.0.1", 631):
        assert explained("127.1") == {
            "input": "127.1",
            "kind": "ipv4",
            "address": "127.0.0.1",
            "reach": "this-computer",
            "why": "What is sent to it never leaves this computer, so no other computer can reach it. "
            "See RFC 1122, section 3.2.1.3.",
            "needs_alias": False,
            "answers": [
                {
                    "protocol": "tcp",
                    "port": 631,
                    "address": "127.0.0.1",
                    "reach": "this-computer",
                    "user": "root",
                    "pid": os.getpid(),
                    "program": open("/proc/self/comm").read().rstrip("\n"),
                }
            ],
            "needs_alias_on_macos": False,
            "own": True,
            "place": "this-computer",
            "title": "Loopback address",
            "name": None,
            "port": None,
            "scheme": None,
            "prefix": None,
            "last": None,
            "as_address": None,
            "addresses": ["127.0.0.1"],
            "notes": [
                "Browsers and programs that ask inet_aton, such as ping and curl, read this as 127.0.0.1; "
                "others want four decimal numbers and refuse it (RFC 6943, section 3.1.1)."
            ],
        }


def test_member_order():
    """Those that were promised come first, in their order."""
    result = hearthctl("explain", "127.1", "--json")
    assert list(json.loads(result.stdout))[:7] == [
        "input",
        "kind",
        "address",
        "reach",
        "why",
        "needs_alias",
        "answers",
    ]
    assert result.stdout.count("\n") == 1


SPELLINGS = [
    *("127.0.0.1 127.1 127.0.1 0x7f.1 0X7F.1 0177.0.0.1 0177.1 017700000001 2130706433 0x7f000001").split(),
    *("0 00 0x0 0.0.0.0 0.0 1.2.3.4 1.2.3 1.2 255.255.255.255 4294967295 0xffffffff 037777777777").split(),
    *("127.0.0.010 127.0.0.01 010.010.010.010 0x7f.0377.65535 192.168.257 1.16777215 1.2.65535 3000 65535").split(),
    *("65536 80 8.8.8.8 0x50 127.0x1 0300.0250.1.5 127.00000000000000000001 1.0xffffff 08 0x 127.0.0.08").split(),
    *("256.0.0.1 1.2.3.256 1.2.65536 1.16777216 4294967296 1.2.3.4.5 127..1 .1 1. 127.0.0.1. 0x7g a.1 1.a").split(),
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_inet_aton_is_the_witness(text):
    """What inet_aton() reads is the same here, as an address or as what a port would be as an address."""
    result = hearthctl("explain", "--json", text)
    try:
        expected = socket.inet_ntoa(socket.inet_aton(text))
    except OSError:
        if result.returncode == 0:  # what browsers alone read is said to be so
            found = json.loads(result.stdout)
            assert found["kind"] == "name" or "Browsers read this as" in found["notes"][0]
        else:
            assert result.returncode == 2
        return
    found = json.loads(result.stdout)
    assert expected == (found["as_address"] if found["kind"] == "port" else found["address"])


TEXTS = ["127.0.0.1", "127.0.0.2", "127.1", "localhost", "::1", "192.0.2.1", "192.0.2.2", "0.0.0.0", "::"]
TEXTS += ["::ffff:127.0.0.1", "::ffff:192.0.2.1", "fe80::5%h0"]


def connects(text, port):
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in text else socket.AF_INET)) as client:
        client.settimeout(2)
        address = socket.getaddrinfo(text, port, client.family, socket.SOCK_STREAM)[0][4]
        return client.connect_ex(address) == 0


@pytest.mark.parametrize(
    "address, only_ipv6",
    [("127.0.0.1", False), ("0.0.0.0", False), ("::", False), ("::", True), ("::1", True), ("192.0.2.1", False)],
)
def test_connect_is_the_witness(address, only_ipv6):
    """Who is said to answer at an address of this computer does, and nobody else."""
    with veth():
        ip("link", "set", "h0", "up")
        ip("link", "set", "h1", "up")
        ip("addr", "add", "192.0.2.1/32", "dev", "h0")
        ip("addr", "add", "fe80::5/64", "dev", "h0", "nodad")
        with listening(address, 8000, only_ipv6=only_ipv6):
            for text in TEXTS:
                if text not in ("192.0.2.2", "localhost"):
                    assert (answers(text) == [("tcp", address, 8000)]) == connects(text, 8000), text
            assert (answers("localhost") != []) == (address not in ("192.0.2.1",)), address
            assert answers("192.0.2.2") == []
            assert answers("127.0.0.1:8001") == []
            assert answers(":8000") == answers("8000") == answers("*") == [("tcp", address, 8000)]


def test_udp():
    with listening("127.0.0.53", 53, socket.SOCK_DGRAM), listening("127.0.0.1", 80):
        assert answers("127.0.0.53") == [("udp", "127.0.0.53", 53)]
        assert answers("127.0.0.1") == [("tcp", "127.0.0.1", 80)]
        assert answers("127.0.0.0/8") == [("udp", "127.0.0.53", 53), ("tcp", "127.0.0.1", 80)]


def test_reach_of_every_address():
    """0.0.0.0 reaches as far as this computer does, now."""
    assert explained("0.0.0.0")["reach"] == "this-computer"
    with veth():
        ip("addr", "add", "192.168.1.5/24", "dev", "h0")
        assert explained("0.0.0.0")["reach"] == "this-computer"
        ip("link", "set", "h0", "up")
        assert explained("0.0.0.0")["reach"] == "local-network"
        assert explained("::")["reach"] == "local-network"
        ip("addr", "add", "2606:4700::5/64", "dev", "h0", "nodad")
        assert explained("0.0.0.0")["reach"] == "local-network"
        assert explained("::")["reach"] == "internet"
        found = explained("http://192.168.1.5:3000")
        assert (found["own"], found["place"], found["reach"]) == (True, "this-computer", "local-network")
        found = explained("192.168.1.6")
        assert (found["own"], found["place"], found["needs_alias"]) == (False, "local-network", True)


def test_loopback_down():
    with listening("127.0.0.1", 80):
        ip("link", "set", "lo", "down")
        found = explained("127.0.0.1")
        assert found["answers"] == [] and "does not answer now" in found["notes"][0]


def test_names_of_the_hosts_file():
    found = explained("localhost")
    assert (found["address"], found["addresses"]) == ("127.0.0.1", ["127.0.0.1", "::1"])
    assert [note[:6] for note in found["notes"]] == ["Line 1", "Line 4"]
    found = explained("http://Shop.Test/")
    assert (found["kind"], found["name"], found["address"], found["port"]) == ("name", "shop.test", "127.0.1.1", 80)
    found = explained("other.test")
    assert (found["address"], found["addresses"], found["reach"], found["place"]) == (None, [], None, "nowhere")


def test_own_name():
    found = explained(socket.gethostname())
    assert (found["kind"], found["place"]) == ("name", "this-computer")


@pytest.mark.parametrize(
    "text",
    ["", " ", "127..1", "1.2.3.4.5", "localhost:99999", "[::1", "/etc/hosts", "a b", "x" * 3000, "a\x1b[31mb", "08"],
)
def test_invalid(text):
    for arguments in [(text,), ("--json", text)]:
        result = hearthctl("explain", *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith("hearthctl: ") and result.stderr.endswith(".\n")
        assert result.stderr.count("\n") == 1 and "\x1b" not in result.stderr


def test_usage():
    assert hearthctl("explain").returncode == 2
    assert hearthctl("explain", "a", "b").returncode == 2
    assert hearthctl("explain", "--no-such").returncode == 2
    assert "explain" in hearthctl("--help").stdout
    assert "Nothing is looked up" in hearthctl("explain", "--help").stdout
    assert hearthctl("explain", b"\xff\xfe").returncode == 2


def test_text():
    with listening("127.0.0.1", 8000):
        result = hearthctl("explain", "http://LocalHost:8000/x")
    lines = result.stdout.splitlines()
    assert (result.returncode, result.stderr) == (0, "")
    assert lines[0] == "http://LocalHost:8000/x · Name of loopback"
    assert "  Who can reach it: only this computer" in lines
    assert "  Leads to: This computer" in lines
    (answer,) = [line for line in lines if "Answers there now" in line]
    assert "tcp 8000, Development server, program" in answer and answer.endswith("for only this computer")
    assert "RFC 6761" in result.stdout


def test_many_answer():
    """A screen of them is enough for people, programs get them all."""
    with contextlib.ExitStack() as stack:
        for port in range(8000, 8025):
            stack.enter_context(listening("127.0.0.1", port))
        lines = [line for line in hearthctl("explain", "127.0.0.1").stdout.splitlines() if "Answers" in line]
        assert len(lines) == 21 and "tcp 8019" in lines[19] and "5 more" in lines[20]
        assert len(answers("127.0.0.1")) == 25


def test_nothing_answers():
    text = hearthctl("explain", "127.0.0.2").stdout
    assert "Answers there now: nothing" in text and "on macOS it does" in text


def test_closed_output():
    with open("/dev/full", "w") as full:
        result = subprocess.run([HEARTHCTL, "explain", "127.1"], stdout=full, stderr=subprocess.PIPE, timeout=30)
    assert result.returncode == 1


QUIET = TEXTS + ["example.com", "printer", "printer.local", "x.invalid", "8.8.8.8", "192.0.2.77", "fe80::9%h0"]
QUIET += ["https://example.com/", "224.0.0.251", "192.0.2.255", "192.0.2.0/24", ":53", "shop.localhost", "*"]


def frames(watch):
    found = []
    while select.select([watch], [], [], 0)[0]:
        data, (interface, *_) = watch.recvfrom(65536)
        found.append((interface, data))
    return found


def test_nothing_is_sent():
    """Not to the network, where everything could go, and not through loopback either."""
    packets = socket.htons(3)  # ETH_P_ALL
    with veth(), socket.socket(socket.AF_PACKET, socket.SOCK_RAW, packets) as watch:
        for switch in ("all", "default", "h0", "h1"):
            with open(f"/proc/sys/net/ipv6/conf/{switch}/disable_ipv6", "w") as file:
                file.write("1" if switch.startswith("h") else "0")
        ip("link", "set", "h0", "up")
        ip("link", "set", "h1", "up")
        ip("addr", "add", "192.0.2.1/24", "dev", "h0")
        ip("route", "add", "default", "via", "192.0.2.254")
        frames(watch)
        for text in QUIET:
            explained(text)
        assert frames(watch) == []

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:  # the watch is awake
            sender.sendto(b"x", ("192.0.2.77", 9))
            sender.sendto(b"x", ("127.0.0.1", 9))
        assert {interface for interface, _ in frames(watch)} >= {"lo", "h1"}


def test_no_socket_but_netlink():
    """The same from within: there is no socket that could send."""
    result = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", HEARTHCTL, "explain", "https://example.com"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"},  # what looks for leaks does not work under strace
    )
    sockets = [line for line in result.stderr.splitlines() if "socket(" in line]
    assert result.returncode == 0 and sockets
    assert all("AF_NETLINK" in line or "AF_UNIX" in line for line in sockets), sockets
