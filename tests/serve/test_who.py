# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may ask: by which name, from which page, from which computer."""

import contextlib
import os
import socket
import subprocess
import threading

import network
import pytest
from exchange import ask, get, refused
from network import ip
from server import Server, wait_until


def with_host(server, *hosts, path="/f.txt", version="HTTP/1.1"):
    lines = [f"GET {path} {version}", *(f"Host: {host.replace('PORT', str(server.port))}" for host in hosts)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


# Host


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:PORT",
        "localhost:1",
        "localhost:65535",
        "localhost:",
        "LocalHost:PORT",
        "LOCALHOST",
        "localhost.",
        "localhost.:PORT",
        "shop.localhost",
        "SHOP.Localhost.:80",
        "a.b.c.localhost:PORT",
        "127.0.0.1",
        "127.0.0.1:PORT",
        "127.0.0.1:9",
        "[::1]",
        "[::1]:PORT",
    ],
)
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_our_names(server, host, address):
    assert ask(server, with_host(server, host), address=address).body == b"0123456789"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:PORT",
        "localhost.evil.example",
        "evillocalhost",
        "localhost-evil",
        "localhos",
        "localhost.localdomain",
        "127.0.0.1.nip.io",
        "127.0.0.1.evil.example:PORT",
        "127.0.0.2",
        "127.0.0.2:PORT",
        "192.168.1.1",
        "10.0.0.1:PORT",
        "0.0.0.0",
        "0",
        "2130706433",
        "2130706433:PORT",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.01",
        "[::]",
        "[::2]:PORT",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]:PORT",
        "[::127.0.0.1]",
        "[fe80::1]",
        "1.0.0.127.in-addr.arpa",
        "xn--localhost-",
        "localhost,evil.example",
    ],
)
def test_other_names(server, host):
    """421, with a page that says why."""
    answer = ask(server, with_host(server, host))
    assert answer.status == 421
    assert "rebinding" in answer.text.lower()
    name = host.replace(":PORT", "").strip("[]")
    assert name in answer.text, answer.text


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        [" "],
        ["localhost", "localhost"],
        ["localhost", "evil.example"],
        ["evil.example", "localhost"],
        ["localhost", ""],
        ["local host"],
        ["localhost/"],
        ["localhost/x"],
        ["localhost?x"],
        ["localhost#x"],
        ["user@localhost"],
        ["user:pass@localhost"],
        ["http://localhost"],
        ["localhost, localhost"],
        ["localhost:x"],
        ["localhost:-1"],
        ["localhost:+80"],
        ["localhost:80:80"],
        ["localhost:65536"],
        ["localhost:99999999999999999999"],
        ["localhost: 80"],
        [":80"],
        ["[::1"],
        ["::1"],
        ["::1]:80"],
        ["[]"],
        ["[]:80"],
        ["[::1]x"],
        ["[::1]]"],
        ["[[::1]]"],
        ["[::1]:x"],
        ["[:::1]"],
        ["[1::2::3]"],
        ["local\\host"],
        ["<b>localhost"],
        ["localhost\t.x"],
        ["local\x80host"],
    ],
)
def test_malformed(server, hosts):
    refused(server, with_host(server, *hosts), 400)


def test_http_1_0(server):
    """Without Host it is refused; with one it is answered, and closed."""
    refused(server, b"GET /f.txt HTTP/1.0\r\n\r\n", 400, http_1_0=True)
    answer = ask(server, with_host(server, "localhost", version="HTTP/1.0"), http_1_0=True)
    assert answer.status == 200 and not answer.stays and answer.body == b"0123456789"
    assert ask(server, with_host(server, "evil.example", version="HTTP/1.0"), http_1_0=True).status == 421
    answer = ask(server, with_host(server, "localhost", version="HTTP/1.0", path="/list/"), http_1_0=True)
    assert answer.status == 200 and "one.txt" in answer.text


def test_the_name_is_asked_before_anything_is_told(server):
    """Not even whether a file is there."""
    for path in ("/f.txt", "/nothing", "/dir", "/links/out"):
        assert ask(server, with_host(server, "evil.example", path=path)).status == 421


def test_hostile_name_is_escaped(server):
    answer = ask(server, with_host(server, "a'b&c.example"))
    assert answer.status in (400, 421)
    assert "a'b&c" not in answer.text


def test_names_given(site):
    with Server(site, "--name", "shop.test", "--name=Other.Test") as server:
        for host in ("shop.test", "SHOP.TEST.:PORT", "other.test", "Other.Test:PORT", "localhost"):
            assert ask(server, with_host(server, host)).status == 200
        for host in ("a.shop.test", "shop.test.evil.example", "shop", "test"):
            assert ask(server, with_host(server, host)).status == 421
        urls = server.listening["urls"]
        assert urls[0] == f"http://localhost:{server.port}/"
        assert f"http://shop.test:{server.port}/" in urls[1:]


def test_addresses_given(site):
    with Server(site, "--address", "127.0.0.5", "--address", "127.0.0.6") as server:
        assert server.addresses == ["127.0.0.5", "127.0.0.6"]
        for address in server.addresses:
            for host in ("127.0.0.5", "127.0.0.6:PORT", "localhost"):
                assert ask(server, with_host(server, host), address=address).status == 200
            for host in ("127.0.0.1", "[::1]", "127.0.0.7"):
                assert ask(server, with_host(server, host), address=address).status == 421
        with pytest.raises(ConnectionRefusedError):
            get(server, "/f.txt", address="127.0.0.1")


# Pages of other sites


def fetch(site, mode=None, dest=None):
    values = {"Site": site, "Mode": mode, "Dest": dest}
    return [f"Sec-Fetch-{name}: {value}" for name, value in values.items() if value is not None]


@pytest.mark.parametrize(
    "headers, status",
    [
        (fetch("cross-site"), 403),
        (fetch("cross-site", "no-cors", "script"), 403),
        (fetch("cross-site", "no-cors", "image"), 403),
        (fetch("cross-site", "cors", "empty"), 403),
        (fetch("cross-site", "navigate", "iframe"), 403),
        (fetch("cross-site", "navigate", "embed"), 403),
        (fetch("cross-site", "navigate", "object"), 403),
        (fetch("cross-site", "navigate"), 403),
        (fetch("cross-site", "no-cors", "document"), 403),
        (fetch("cross-site", None, "document"), 403),
        (fetch("cross-site", "websocket", "websocket"), 403),
        (fetch("none") + fetch("cross-site"), 403),
        (fetch("cross-site") + fetch("same-origin"), 403),
        (fetch("something-new", "cors", "empty"), 403),
        (fetch("cross-site", "navigate", "document"), 200),
        (fetch("same-origin", "no-cors", "script"), 200),
        (fetch("same-origin", "cors", "empty"), 200),
        (fetch("same-site", "no-cors", "script"), 200),
        (fetch("none", "navigate", "document"), 200),
        ([], 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_fetch_metadata(server, headers, status, method):
    assert get(server, "/f.txt", *headers, method=method).status == status


def test_cross_site_is_not_told_what_is_there(server):
    for path in ("/f.txt", "/nothing", "/dir"):
        assert get(server, path, *fetch("cross-site", "no-cors", "script")).status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "http://127.0.0.1", "x"])
def test_origin_without_the_switch(server, origin):
    """The witness sees to it that there is no Access-Control-* header."""
    assert get(server, "/f.txt", f"Origin: {origin}").status == 200
    assert get(server, "/f.txt", f"Origin: {origin}", method="HEAD").status == 200
    preflight = [
        f"Origin: {origin}",
        "Access-Control-Request-Method: GET",
        "Access-Control-Request-Headers: x-a",
        "Access-Control-Request-Private-Network: true",
    ]
    answer = get(server, "/f.txt", *preflight, method="OPTIONS")
    assert (answer.status, answer.get("allow"), answer.body) == (204, "GET, HEAD, OPTIONS", b"")


def test_options(server):
    for path in ("/f.txt", "/", "/nothing", "*"):
        answer = get(server, path, method="OPTIONS")
        assert (answer.status, answer.get("allow"), answer.body) == (204, "GET, HEAD, OPTIONS", b"")


def test_cors_switch(site):
    with Server(site, "--cors") as server:
        for headers in (fetch("cross-site", "cors", "empty"), fetch("cross-site", "no-cors", "script"), []):
            answer = get(server, "/f.txt", "Origin: https://elsewhere.example", *headers)
            assert answer.status == 200
            assert answer.get("access-control-allow-origin") in ("*", "https://elsewhere.example")
            assert answer.get("access-control-allow-credentials") is None
            if answer.get("access-control-allow-origin") != "*":
                assert "origin" in (answer.get("vary") or "").lower()
        assert get(server, "/nothing", "Origin: null").get("access-control-allow-origin")
        preflight = [
            "Origin: https://elsewhere.example",
            "Access-Control-Request-Method: GET",
            "Access-Control-Request-Headers: range, x-a",
        ]
        answer = get(server, "/f.txt", *preflight, method="OPTIONS")
        assert answer.status == 204
        assert answer.get("access-control-allow-origin")
        assert "GET" in answer.get("access-control-allow-methods")
        allowed = answer.get("access-control-allow-headers").lower()
        assert allowed == "*" or {"range", "x-a"} <= {name.strip() for name in allowed.split(",")}
        assert ask(server, with_host(server, "evil.example")).status == 421


# Other computers


class Neighbour:
    """Another computer on a cable to this one: 10.77.0.2 and fd77::2; this one is 10.77.0.1 and fd77::1."""

    def __init__(self):
        ip("link", "add", "h0", "type", "veth", "peer", "name", "h1")
        self.process = subprocess.Popen(["unshare", "--net", "sleep", "1000"])
        here = os.stat("/proc/self/ns/net").st_ino
        network_of = f"/proc/{self.process.pid}/ns/net"
        wait_until(lambda: os.stat(network_of).st_ino != here)
        ip("link", "set", "h1", "netns", str(self.process.pid))
        for address in ("10.77.0.1/24", "fd77::1/64"):
            ip("addr", "add", address, "dev", "h0", *(["nodad"] if ":" in address else []))
        ip("link", "set", "h0", "up")
        self.descriptor = os.open(network_of, os.O_RDONLY)
        for address in ("10.77.0.2/24", "fd77::2/64"):
            self.ip("addr", "add", address, "dev", "h1", *(["nodad"] if ":" in address else []))
        self.ip("link", "set", "h1", "up")
        self.ip("link", "set", "lo", "up")

    def ip(self, *arguments):
        command = ["nsenter", f"--net=/proc/{self.process.pid}/ns/net", "ip", *arguments]
        subprocess.run(command, check=True)

    def socket(self, *kind):
        """One of that computer's."""
        made = []

        def make():
            os.setns(self.descriptor, os.CLONE_NEWNET)
            made.append(socket.socket(*kind))

        thread = threading.Thread(target=make)
        thread.start()
        thread.join()
        return made[0]

    def stop(self):
        os.close(self.descriptor)
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(subprocess.CalledProcessError):
            ip("link", "del", "h0")


@pytest.fixture
def neighbour():
    neighbour = Neighbour()
    yield neighbour
    neighbour.stop()
    network.restore()


@pytest.mark.parametrize("address", ["10.77.0.1", "fd77::1"])
def test_other_computers(site, neighbour, address):
    """403 for them, with nothing told; this computer may, by that address too."""
    host = f"[{address}]" if ":" in address else address
    with Server(site, "--address", address) as server:
        for path in ("/f.txt", "/nothing", "/", "/dir"):
            answer = ask(server, with_host(server, host, path=path), make=neighbour.socket)
            assert answer.status == 403, answer
        assert ask(server, with_host(server, host)).body == b"0123456789"
        assert server.event("request", peer=address.replace(".1", ".2").replace("::1", "::2"), status=403)
    with Server(site, "--address", address, "--visible") as server:
        assert ask(server, with_host(server, host), make=neighbour.socket).body == b"0123456789"
        assert ask(server, with_host(server, "evil.example"), make=neighbour.socket).status == 421


def test_alias_on_lo_is_not_private(site, neighbour):
    """A neighbour reaches an address of `lo` that is not in 127/8."""
    ip("addr", "add", "10.55.0.77/32", "dev", "lo")
    neighbour.ip("route", "add", "10.55.0.77/32", "via", "10.77.0.1")
    with Server(site, "--address", "10.55.0.77") as server:
        assert ask(server, with_host(server, "10.55.0.77"), make=neighbour.socket).status == 403
        assert ask(server, with_host(server, "10.55.0.77")).status == 200
    with Server(site, "--address", "10.55.0.77", "--visible") as server:
        assert ask(server, with_host(server, "10.55.0.77"), make=neighbour.socket).status == 200


def test_address_that_comes_and_goes(site, neighbour):
    """Whose address it is is asked at each request of a connection, or at each connection; never once and for all."""
    with Server(site, "--address", "10.77.0.1") as server:
        assert ask(server, with_host(server, "10.77.0.1"), make=neighbour.socket).status == 403
        ip("addr", "add", "10.77.0.9/32", "dev", "lo")

        def from_alias(*kind):
            made = socket.socket(*kind)
            made.bind(("10.77.0.9", 0))
            return made

        assert ask(server, with_host(server, "10.77.0.1"), make=from_alias).status == 200
