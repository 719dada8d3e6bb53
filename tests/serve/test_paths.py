# SPDX-License-Identifier: GPL-3.0-or-later
"""Targets: decoded once, never outside, and a Location that cannot be led astray."""

import re

import pytest

from exchange import ask, get, refused
from served_folder import write
from server import WINDOWS

NOTHING = (400, 404)
REDIRECTED = 308


@pytest.fixture(scope="module")
def site(site):
    for name in ("a\\b.txt", "C:\\x.txt", "CON", "a:b", "A~1", "x y.txt", "%2e", "a%00b", "plus+plus.txt"):
        write(site / name, f"this is {name}")
    for name in ("\\host", "host", "javascript:x", "q?x", "a\r\nX-Made: up", "ümlaut", "@", "a b"):
        write(site / name / "index.html", f"this is {name}")
    write(site / "deep" / "a" / "b" / "c.txt", "deep\n")
    write(site / ".well-known" / "security.txt", "yes\n")
    return site


def escaped(name):
    return "".join(f"%{byte:02x}" for byte in name.encode())


@pytest.mark.parametrize(
    "path",
    [
        "/../x",
        "/../secret.txt",
        "/../outside/secret.txt",
        "/a/../../x",
        "/a/../../outside/secret.txt",
        "/%2e%2e/outside/secret.txt",
        "/%2E%2e/x",
        "/.%2e/outside/secret.txt",
        "/..%2foutside%2fsecret.txt",
        "/%2e%2e%2foutside%2fsecret.txt",
        "/dir/..%2f..%2foutside/secret.txt",
        "/dir/../../outside/secret.txt",
        "/dir/./../.././outside/secret.txt",
        "//../outside/secret.txt",
        "/dir//../..//../outside/secret.txt",
        "/../../../../../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..",
        "/../",
        "/%2e%2e",
        "/dir/../..",
        "/etc/passwd",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/..\\outside\\secret.txt",
        "/..%5coutside%5csecret.txt",
        "/dir\\..\\..\\outside\\secret.txt",
    ],
)
def test_nothing_outside(server, path):
    assert get(server, path).status in NOTHING


@pytest.mark.parametrize(
    "path, canonical, body",
    [
        ("/dir/../f.txt", "/f.txt", b"0123456789"),
        ("/./f.txt", "/f.txt", b"0123456789"),
        ("//f.txt", "/f.txt", b"0123456789"),
        ("/dir/%2e%2e/f.txt", "/f.txt", b"0123456789"),
        ("/%2e/f.txt", "/f.txt", b"0123456789"),
        ("/deep//a/b///c.txt", "/deep/a/b/c.txt", b"deep\n"),
        ("/deep/a/b/../../../f.txt", "/f.txt", b"0123456789"),
    ],
)
def test_inside_after_all(server, path, canonical, body):
    """Served, or redirected to its canonical form."""
    answer = get(server, path)
    if answer.status != 200:
        assert (answer.status, answer.get("location")) == (REDIRECTED, canonical)
        answer = get(server, canonical)
    assert (answer.status, answer.body) == (200, body)


@pytest.mark.parametrize(
    "path",
    [
        "/%252e%252e/outside/secret.txt",
        "/%252e%252e%252foutside",
        "/f%252etxt",
        "/%2566.txt",
        "/%c0%ae%c0%ae/outside/secret.txt",
        "/%c0%af",
        "/%e0%80%ae%e0%80%ae/outside/secret.txt",
        "/%f0%80%80%ae/x",
        "/%c0%afetc%c0%afpasswd",
        "/..;/x",
        "/..;/outside/secret.txt",
        "/.;/f.txt",
        "/...//x",
        "/.../x",
        "/....//....//outside/secret.txt",
        "/dir;x/inner.txt",
        "/dir%2finner.txt",
        "/dir%2Finner.txt",
        "/f.txt%20",
        "/f.txt.",
        "/f.txt/",
        "/f.txt/x",
        "/f.txt/../f.txt/x",
        "/f.txt//",
        "/F.TXT",
        "/a/%0d%0aSet-Cookie:%20a=b",
        "/%0d%0a",
        "/x%0aX-Made:%20up",
        "/x%0d",
        "/" + "n" * 256,
        "/" + "n" * 4000,
        "/dir/" + "n" * 256 + "/x",
        "/" + "d/" * 2500 + "x",
        "/" + "%61" * 256,
    ],
)
def test_nothing_there(server, path):
    answer = get(server, path)
    assert answer.status == 404
    assert not any(name in ("set-cookie", "x-made") for name, _ in answer.headers)


OTHERS_ON_WINDOWS = ("a\\b.txt", "C:\\x.txt", "CON", "a:b", "A~1")


@pytest.mark.parametrize("name", ["a\\b.txt", "C:\\x.txt", "CON", "a:b", "A~1", "x y.txt", "%2e", "a%00b"])
def test_ordinary_bytes(server, name):
    """A backslash, and what Windows makes of a name, mean nothing but there, where they are no names at all."""
    answer = get(server, "/" + escaped(name))
    if WINDOWS and name in OTHERS_ON_WINDOWS:
        assert answer.status == 404
    else:
        assert answer.text == f"this is {name}"


def test_plain_backslash_and_plus(server):
    assert get(server, "/plus+plus.txt").text == "this is plus+plus.txt"
    for path in ("/a\\b.txt", "/a%5Cb.txt"):
        answer = get(server, path)
        assert answer.status == 404 if WINDOWS else answer.text == "this is a\\b.txt"


@pytest.mark.parametrize("byte", [0, 1, 7, 8, 9, 11, 12, 14, 27, 31, 127])
def test_raw_control_bytes(server, byte):
    for path in (b"/f%c.txt", b"/%cf.txt", b"/f.txt%c", b"/f.txt?a%cb"):
        refused(server, server.request(path % byte), 400)


@pytest.mark.parametrize("byte", [0x80, 0xA0, 0xC3, 0xFF])
def test_raw_bytes_that_are_no_ascii(server, byte):
    assert get(server, b"/f%c.txt" % byte).status == 400


@pytest.mark.parametrize("path", ["/%00", "/f.txt%00", "/f.txt%00.html", "/%00/../f.txt", "/a%00b", "/dir/%00"])
def test_nul(server, path):
    refused(server, server.request(path), 400)


@pytest.mark.parametrize("path", ["/%", "/%1", "/%zz", "/f.txt%", "/f.txt%2", "/%u0041", "/%-1", "/%g1", "/%%"])
def test_wrong_escapes(server, path):
    assert get(server, path).status == 400


def test_fragment(server):
    assert get(server, "/f.txt#x").status == 400


@pytest.mark.parametrize(
    "path",
    [
        "//host",
        "//host/",
        "//host/x",
        "///host",
        "////host/..",
        "/\\host",
        "/\\host/x",
        "/%5chost",
        "/%5Chost",
        "/%2fhost",
        "//%5chost",
        "/.//host",
        "/dir/..//host",
        "/dir/%2e%2e//host",
        "//evil.example/%2e%2e",
        "//host/..",
        "/\\/host",
        "/..//host",
        "//@",
        "//javascript:x",
        "/javascript:x",
        "/@",
        "//?//host",
    ],
)
def test_location_stays_here(server, path):
    """The witness sees to it that it starts with one slash."""
    answer = get(server, path)
    assert answer.status in (200, REDIRECTED, *NOTHING)
    if answer.status == REDIRECTED:
        assert answer.body == b"" or answer.get("content-security-policy")
        followed = get(server, answer.get("location"))
        assert followed.status in (200, 404), followed


@pytest.mark.parametrize(
    "path, location",
    [
        ("/dir", "/dir/"),
        ("/dir?", "/dir/?"),
        ("/dir?a=b&c=%zz", "/dir/?a=b&c=%zz"),
        ("/dir?x=//evil.example", "/dir/?x=//evil.example"),
        ("/deep/a", "/deep/a/"),
        ("/a%20b", "/a%20b/"),
        ("/%71%3fx", "/q%3Fx/"),
        ("/%c3%bcmlaut?%c3", "/%C3%BCmlaut/?%c3"),
        ("/%5chost", "/%5Chost/"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_folder_without_its_slash(server, path, location, method):
    answer = get(server, path, method=method)
    if WINDOWS and re.search("%3f|%5c", path):
        assert answer.status == 404, "there it is no name"
        return
    assert (answer.status, answer.get("location")) == (REDIRECTED, location)
    assert get(server, location).status == 200


def test_location_is_never_made_of_host(server):
    for host in ("localhost", "LOCALHOST.", "shop.localhost", "127.0.0.1"):
        answer = ask(server, server.request("/dir", host=host))
        assert (answer.status, answer.get("location")) == (REDIRECTED, "/dir/")


def test_folder_named_like_a_header(server):
    answer = get(server, "/a%0d%0aX-Made:%20up")
    assert answer.status in (404, REDIRECTED) and answer.get("x-made") is None
    assert "\n" not in (answer.get("location") or "")


# Forms of a target


def absolute(server, target, host):
    data = f"GET {target.format(port=server.port)} HTTP/1.1\r\nHost: {host.format(port=server.port)}\r\n\r\n"
    return ask(server, data.encode())


@pytest.mark.parametrize(
    "target, host",
    [
        ("http://localhost:{port}/f.txt", "localhost:{port}"),
        ("http://LOCALHOST:{port}/f.txt", "localhost:{port}"),
        ("HTTP://localhost:{port}/f.txt", "localhost:{port}"),
        ("http://127.0.0.1:{port}/f.txt", "127.0.0.1:{port}"),
        ("http://[::1]:{port}/f.txt", "[::1]:{port}"),
        ("http://a.localhost/f.txt", "a.localhost"),
        ("http://a.localhost/f.txt?x=/../..", "a.localhost"),
    ],
)
def test_absolute_form_for_us(server, target, host):
    answer = absolute(server, target, host)
    assert (answer.status, answer.body) == (200, b"0123456789")


def test_absolute_form_without_a_path(server):
    assert absolute(server, "http://localhost:{port}", "localhost:{port}").status in (200, REDIRECTED)


@pytest.mark.parametrize("name", ["evil.example", "evil.example:{port}", "127.0.0.2:{port}", "2130706433"])
def test_absolute_form_for_others(server, name):
    assert absolute(server, f"http://{name}/f.txt", name).status == 421


@pytest.mark.parametrize(
    "target, host",
    [
        ("http://localhost:{port}/f.txt", "127.0.0.1:{port}"),
        ("http://localhost:{port}/f.txt", "a.localhost:{port}"),
        ("http://a.localhost:{port}/f.txt", "b.localhost:{port}"),
        ("http://localhost:1/f.txt", "localhost:2"),
        ("http://localhost:{port}/f.txt", "localhost"),
    ],
)
def test_absolute_form_that_disagrees_with_host(server, target, host):
    assert absolute(server, target, host).status == 400


@pytest.mark.parametrize(
    "target, host", [("http://evil.example/f.txt", "localhost:{port}"), ("http://localhost:{port}/f.txt", "evil.example")]
)
def test_absolute_form_half_foreign(server, target, host):
    assert absolute(server, target, host).status in (400, 421)


@pytest.mark.parametrize(
    "target",
    ["http:///f.txt", "http://", "http:/f.txt", "http:f.txt", "http://u:p@localhost/f.txt", "http://localhost:99999/f.txt", "http://local host/"],
)
def test_absolute_form_malformed(server, target):
    assert absolute(server, target, "localhost").status in (400, 421)


@pytest.mark.parametrize(
    "target", ["*", "foo", "a:1", "f.txt", "../x", "?x", "", "\\", "*/", "localhost:80", ":", "%2ff.txt", "%2f"]
)
def test_no_path(server, target):
    refused(server, server.request(target), 400, 405)


def test_too_long(server):
    """8 KiB without its line end."""
    rest = len("GET  HTTP/1.1")
    for length, status in ((8192, 404), (8193, 414), (9000, 414), (20000, 414), (200000, 414)):
        path = "/" + "/".join(["n" * 200] * 1000)
        request = server.request(path[: length - rest])
        if status == 404:
            assert get(server, path[: length - rest]).status == 404
        else:
            refused(server, request, status)
    query = "/f.txt?" + "q" * (8192 - rest - 7)
    assert get(server, query).status == 200
    refused(server, server.request(query + "q"), 414)


def test_endless_request_line(server):
    """It is refused long before its end."""
    refused(server, b"GET /" + b"a" * 9000, 414)
    refused(server, b"A" * 9000, 400, 414, 501)
