# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in an answer: ranges, conditions, types, twins, listings, and the switches for pages."""

import concurrent.futures
import email.utils
import gzip
import html.parser
import os
import time
import urllib.parse

import pytest
import served_folder
from exchange import Connection, ask, get
from served_folder import PAGE, is_windows_name, make_big, write
from server import SANITIZED, WINDOWS, Server

F = b"0123456789"
HUGE = 5 * 1024**3 + 7


@pytest.fixture(scope="module")
def site(site):
    make_big(site / "huge.bin", HUGE)
    make_big(site / "sparse.bin", 64 * 1024**2)
    for size in (1, 1023, 1024, 4095, 4096, 16383, 16384, 65535, 65536, 65537, 300_000, 2_000_003):
        write(site / "sizes" / str(size), pattern(size))
    return site


def pattern(size):
    return (b"%07d\n" * (size // 8 + 1) % tuple(range(size // 8 + 1)))[:size]


# Sizes


@pytest.mark.parametrize("size", [1, 1023, 1024, 4095, 4096, 16383, 16384, 65535, 65536, 65537, 300_000, 2_000_003])
def test_sizes(server, size):
    answer = get(server, f"/sizes/{size}")
    assert answer.body == pattern(size) and answer.get("content-length") == str(size)
    answer = get(server, f"/sizes/{size}", f"Range: bytes={size // 2}-")
    assert (answer.status, answer.body) == (206, pattern(size)[size // 2 :])


def test_empty(server):
    answer = get(server, "/empty.txt")
    assert (answer.status, answer.body, answer.get("content-length")) == (200, b"", "0")
    assert get(server, "/empty.txt", "Range: bytes=0-").status == 416
    assert get(server, "/empty.txt", "Range: bytes=0-").get("content-range") == "bytes */0"


def test_over_4_gib(server):
    assert get(server, "/huge.bin", method="HEAD").get("content-length") == str(HUGE)
    for offset in (0, HUGE // 2, HUGE - 16):
        answer = get(server, "/huge.bin", f"Range: bytes={offset}-{offset + 15}")
        assert answer.status == 206 and answer.body == b"%016d" % offset
        assert answer.get("content-range") == f"bytes {offset}-{offset + 15}/{HUGE}"
    answer = get(server, "/huge.bin", "Range: bytes=-16")
    assert answer.body == b"%016d" % (HUGE - 16)
    assert get(server, "/huge.bin", f"Range: bytes={HUGE}-").get("content-range") == f"bytes */{HUGE}"
    # What a length of 32 bits would make of it.
    with Connection(server) as connection:
        connection.send(server.request("/huge.bin"))
        head = connection.receive()
        assert b"content-length: %d\r\n" % HUGE in head.lower()


def test_sparse(server):
    answer = get(server, "/sparse.bin")
    assert len(answer.body) == 64 * 1024**2
    assert answer.body[1 << 25 : (1 << 25) + 16] == b"%016d" % (1 << 25)


# Ranges


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-9", 0, 9),
        ("bytes=9-9", 9, 9),
        ("bytes=3-5", 3, 5),
        ("bytes=5-", 5, 9),
        ("bytes=0-", 0, 9),
        ("bytes=9-", 9, 9),
        ("bytes=-5", 5, 9),
        ("bytes=-1", 9, 9),
        ("bytes=-10", 0, 9),
        ("bytes=-11", 0, 9),
        ("bytes=-99999999999999999999999", 0, 9),
        ("bytes=5-10", 5, 9),
        ("bytes=5-99999", 5, 9),
        ("bytes=0-18446744073709551615", 0, 9),
        ("bytes=0-18446744073709551616", 0, 9),
        ("bytes=1-99999999999999999999999999", 1, 9),
        ("bytes=00003-00005", 3, 5),
    ],
)
def test_part(server, value, first, last):
    answer = get(server, "/f.txt", f"Range: {value}")
    assert (answer.status, answer.body) == (206, F[first : last + 1])
    assert answer.get("content-range") == f"bytes {first}-{last}/10"
    assert answer.get("content-length") == str(last + 1 - first)
    assert answer.get("etag") == get(server, "/f.txt").get("etag")


@pytest.mark.parametrize(
    "value",
    ["bytes=10-", "bytes=10-10", "bytes=11-20", "bytes=-0", "bytes=18446744073709551616-", "bytes=99999999999999999999-", "bytes=4294967296-"],
)
def test_unsatisfiable(server, value):
    answer = get(server, "/f.txt", f"Range: {value}")
    assert (answer.status, answer.get("content-range")) == (416, "bytes */10")


@pytest.mark.parametrize(
    "value",
    [
        *("bytes=5-3", "bytes=", "bytes", "bytes=-", "bytes=a-b", "bytes=1-b", "bytes=--1", "bytes=1--2", "bytes=+1-2"),
        *("bytes=0x1-0x2", "bytes=1-2x", "bytes=1.0-2", "bytes 1-2", "bytes:1-2", "=1-2", "1-2", "x", "", "bytes=1 -2"),
        *("items=0-1", "seconds=0-1", "byte=0-1", "xbytes=0-1", "bytes=0-1,3-4", "bytes=0-0,-1", "bytes=0-0, 2-2, 4-4"),
        *("bytes=0-9,0-9,0-9", "bytes=" + ",".join(f"{i}-{i}" for i in range(500)), "bytes=0-1;2-3", "bytes=\xb2-"),
        *("none", "bytes=-1-5", "bytes=1-2-3"),
    ],
)
def test_whole(server, value):
    answer = get(server, "/f.txt", f"Range: {value}")
    assert (answer.status, answer.body, answer.get("content-range")) == (200, F, None)


def test_range_of_head(server):
    """Ranges are for GET alone."""
    for value in ("bytes=0-0", "bytes=10-", "bytes=-5"):
        answer = get(server, "/f.txt", f"Range: {value}", method="HEAD")
        assert (answer.status, answer.get("content-length"), answer.get("content-range")) == (200, "10", None)


def test_two_range_headers(server):
    assert get(server, "/f.txt", "Range: bytes=0-0", "Range: bytes=1-1").status == 200


def test_ranges_are_offered(server):
    assert get(server, "/f.txt").get("accept-ranges") == "bytes"


def test_range_of_what_is_no_file(server):
    assert get(server, "/list/", "Range: bytes=0-0").status == 200
    assert get(server, "/nothing", "Range: bytes=0-0").status == 404


# Conditions


def test_etag(server, site):
    file = write(site / "edited.txt", "aaaa")
    seen = set()
    for content in ("bbbb", "cccc", "dddd", "eeee"):
        answer = get(server, "/edited.txt")
        etag = answer.get("etag")
        assert etag.startswith('"') and etag.endswith('"') and etag not in seen
        seen.add(etag)
        assert get(server, "/edited.txt", f"If-None-Match: {etag}").status == 304
        file.write_text(content)  # within the same second, and as long
        now = time.time_ns()
        os.utime(file, ns=(now, now - now % 10**9 + len(seen) * (100 if WINDOWS else 1)))
        assert get(server, "/edited.txt", f"If-None-Match: {etag}").text == content
    same = os.stat(file).st_mtime_ns
    other = write(site / "other.txt", "ffff")
    os.utime(other, ns=(same, same))
    etag = get(server, "/edited.txt").get("etag")
    os.rename(other, file)  # the same size and time, another file
    assert get(server, "/edited.txt").get("etag") != etag


def date(seconds):
    return email.utils.formatdate(seconds, usegmt=True)


def rfc_850(seconds):
    return time.strftime("%A, %d-%b-%y %H:%M:%S GMT", time.gmtime(seconds))


def asctime(seconds):
    return time.asctime(time.gmtime(seconds))


@pytest.fixture(scope="module")
def old(server, site):
    """A file of 2020: its path, ETag and time."""
    file = write(site / "old.txt", F)
    os.utime(file, (1577934245, 1577934245))
    return "/old.txt", get(server, "/old.txt").get("etag"), 1577934245


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "value, status",
    [
        ("TAG", 304),
        ("W/TAG", 304),
        ("*", 304),
        ('"x", TAG', 304),
        ('TAG, "x"', 304),
        ('"x",TAG,"y"', 304),
        ('"x" , W/TAG', 304),
        (', "x",, TAG', 304),
        ('"a,b", TAG', 304),
        ('"x"', 200),
        ('W/"x"', 200),
        ('""', 200),
        ("x", 200),
        ("w/TAG", 200),
    ],
)
def test_if_none_match(server, old, method, value, status):
    path, etag, seconds = old
    answer = get(server, path, f"If-None-Match: {value.replace('TAG', etag)}", method=method)
    assert answer.status == status
    assert answer.get("etag") == etag
    if status == 304:
        assert answer.body == b"" and answer.get("content-range") is None
    # It alone decides.
    answer = get(server, path, f"If-None-Match: {value.replace('TAG', etag)}", f"If-Modified-Since: {date(seconds)}")
    assert answer.status == status or value in ("x", "w/TAG")


@pytest.mark.parametrize("form", [date, rfc_850, asctime])
def test_if_modified_since(server, old, form):
    path, _, seconds = old
    assert get(server, path).get("last-modified") == date(seconds)
    for moved, status in ((0, 304), (1, 304), (86400, 304), (-1, 200), (-86400, 200)):
        for method in ("GET", "HEAD"):
            answer = get(server, path, f"If-Modified-Since: {form(seconds + moved)}", method=method)
            assert answer.status == status, (moved, form(seconds + moved))


def test_if_modified_since_in_the_future(server, old):
    """A date like any other (RFC 9110, 13.1.3)."""
    assert get(server, old[0], f"If-Modified-Since: {date(time.time() + 86400)}").status == 304


@pytest.mark.parametrize(
    "value",
    [
        *("", "x", "0", "1577934245", "yesterday", "Thu, 02 Jan 2020", "Thu, 32 Jan 2030 03:04:05 GMT"),
        *("Thu, 02 Jan 2030 25:04:05 GMT", "Thu, 02 Foo 2030 03:04:05 GMT", "Thu, 02 Jan 2030 03:04:05 +0000"),
        *("Thu, 02 Jan 2030 03:04:05", "2030-01-02T03:04:05Z", "Thu, 30 Feb 2030 03:04:05 GMT", "\xff" * 20),
        *("Thu, 02 Jan 2030 03:04:05 GMT, Thu, 02 Jan 2030 03:04:05 GMT", "Thu,02 Jan 2030 03:04:05 GMT" * 50),
    ],
)
def test_if_modified_since_garbage(server, old, value):
    assert get(server, old[0], f"If-Modified-Since: {value}").status == 200


@pytest.mark.parametrize(
    "value, status",
    [("TAG", 206), ("DATE", 206), ("W/TAG", 200), ('"x"', 200), ("*", 200), ("EARLIER", 200), ("LATER", 200), ("garbage", 200)],
)
def test_if_range(server, old, value, status):
    path, etag, seconds = old
    for word, text in {"TAG": etag, "DATE": date(seconds), "EARLIER": date(seconds - 1), "LATER": date(seconds + 1)}.items():
        value = value.replace(word, text)
    answer = get(server, path, "Range: bytes=2-4", f"If-Range: {value}")
    assert (answer.status, answer.body) == ((206, b"234") if status == 206 else (200, F))
    answer = get(server, path, "Range: bytes=99-", f"If-Range: {value}")
    assert answer.status == (416 if status == 206 else 200)
    assert get(server, path, f"If-Range: {value}").status == 200


def test_if_range_of_a_fresh_file(server, site):
    """A date is no strong validator within the minute."""
    now = write(site / "fresh.txt", F).stat().st_mtime
    assert get(server, "/fresh.txt", "Range: bytes=2-4", f"If-Range: {date(now)}").status == 200


def test_not_modified_comes_before_the_range(server, old):
    path, etag, _ = old
    answer = get(server, path, "Range: bytes=2-4", f"If-None-Match: {etag}")
    assert answer.status == 304
    assert get(server, path, "Range: bytes=2-4", 'If-None-Match: "x"').status == 206


def test_time_in_the_future(server, site):
    """Last-Modified is never later than Date."""
    file = write(site / "future.txt", F)
    os.utime(file, (4102444800, 4102444800))
    answer = get(server, "/future.txt")
    parse = email.utils.parsedate_to_datetime
    assert parse(answer.get("last-modified")) <= parse(answer.get("date"))
    for seconds in (0, -86400 * 365 * 30):
        os.utime(file, (seconds, seconds))
        assert get(server, "/future.txt").get("last-modified") == date(seconds)


# Types

TEXT = "; charset=utf-8"


@pytest.mark.parametrize(
    "name, kind",
    [
        ("a.html", "text/html" + TEXT),
        ("a.htm", "text/html" + TEXT),
        ("A.HTML", "text/html" + TEXT),
        ("a.css", "text/css" + TEXT),
        ("a.js", "text/javascript" + TEXT),
        ("a.mjs", "text/javascript" + TEXT),
        ("a.txt", "text/plain" + TEXT),
        ("a.md", "text/markdown" + TEXT),
        ("a.csv", "text/csv" + TEXT),
        ("a.json", "application/json"),
        ("a.map", "application/json"),
        ("a.wasm", "application/wasm"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.png", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("a.JPEG", "image/jpeg"),
        ("a.gif", "image/gif"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.svg", "image/svg+xml"),
        ("a.mp3", "audio/mpeg"),
        ("a.ogg", "audio/ogg"),
        ("a.mp4", "video/mp4"),
        ("a.webm", "video/webm"),
        ("a.woff", "font/woff"),
        ("a.woff2", "font/woff2"),
        ("a.ttf", "font/ttf"),
        ("a.otf", "font/otf"),
        ("a.pdf", "application/pdf"),
        ("a.zip", "application/zip"),
        ("a.unknown", "application/octet-stream"),
        ("noextension", "application/octet-stream"),
        ("a.", "application/octet-stream"),
        ("a.js.unknown", "application/octet-stream"),
        ("a.html.txt", "text/plain" + TEXT),
        ("html", "application/octet-stream"),
    ],
)
def test_types(server, site, name, kind):
    write(site / "types" / name, "x")
    got = get(server, f"/types/{name}").get("content-type")
    if kind.startswith(("text/", "application/octet", "image/png", "video")):
        assert got == kind
    else:
        assert got.split(";")[0] == kind


def test_other_xml_and_icons(server, site):
    for name, kinds in {
        "a.ico": ("image/x-icon", "image/vnd.microsoft.icon"),
        "a.xml": ("application/xml", "text/xml"),
        "a.wav": ("audio/wav", "audio/x-wav"),
    }.items():
        write(site / "types" / name, "x")
        assert get(server, f"/types/{name}").get("content-type").split(";")[0] in kinds


# Twins


@pytest.fixture(scope="module")
def twins(site):
    folder = site / "twins"
    for name in ("both.js", "gz.css", "br.html", "none.js", "odd.js", "out.js"):
        write(folder / name, f"plain {name}" * 100)
    for name in ("both.js.gz", "gz.css.gz"):
        write(folder / name, gzip.compress(f"plain {name[:-3]}".encode() * 100))
    for name in ("both.js.br", "br.html.br"):
        write(folder / name, f"brotli {name}")
    (folder / "odd.js.gz").mkdir()
    os.symlink("../../outside/secret.txt", folder / "out.js.gz")
    os.mkfifo(folder / "out.js.br")
    return folder


@pytest.mark.parametrize(
    "name, accept, coding",
    [
        ("both.js", None, None),
        ("both.js", "", None),
        ("both.js", "gzip", "gzip"),
        ("both.js", "GZIP", "gzip"),
        ("both.js", "br", "br"),
        ("both.js", "gzip, deflate, br", "br"),
        ("both.js", "br;q=0, gzip", "gzip"),
        ("both.js", "gzip;q=0", None),
        ("both.js", "gzip;q=0.0", None),
        ("both.js", "gzip; q=0.000, br;q=0", None),
        ("both.js", "identity", None),
        ("both.js", "deflate", None),
        ("both.js", "gzipx", None),
        ("both.js", "x-br", None),
        ("both.js", "gzip;q=0, *;q=0, identity", None),
        ("gz.css", "gzip, br", "gzip"),
        ("gz.css", "br", None),
        ("br.html", "br", "br"),
        ("br.html", "gzip", None),
        ("none.js", "gzip, br", None),
        ("odd.js", "gzip, br", None),
        ("out.js", "gzip, br", None),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_twins(server, twins, name, accept, coding, method):
    headers = [] if accept is None else [f"Accept-Encoding: {accept}"]
    answer = get(server, f"/twins/{name}", *headers, method=method)
    plain = (twins / name).read_bytes()
    data = (twins / (name + {"gzip": ".gz", "br": ".br"}[coding])).read_bytes() if coding else plain
    assert (answer.status, answer.get("content-encoding")) == (200, coding)
    assert answer.get("content-length") == str(len(data))
    assert answer.body == (data if method == "GET" else b"")
    kinds = {"js": "text/javascript", "css": "text/css", "html": "text/html"}
    assert answer.get("content-type") == kinds[name.split(".")[1]] + TEXT
    if name in ("both.js", "gz.css", "br.html"):  # whatever came, another could have
        assert "accept-encoding" in (answer.get("vary") or "").lower()


def test_etags_of_twins(server, twins):
    answers = [get(server, "/twins/both.js", f"Accept-Encoding: {coding}") for coding in ("gzip", "br", "identity")]
    etags = [answer.get("etag") for answer in answers]
    assert len(set(etags)) == 3
    for etag, coding in zip(etags, ("gzip", "br", "identity"), strict=True):
        for other in ("gzip", "br", "identity"):
            answer = get(server, "/twins/both.js", f"Accept-Encoding: {other}", f"If-None-Match: {etag}")
            assert answer.status == (304 if other == coding else 200)


def test_range_of_a_twin(server, twins):
    """Of the representation that is sent, or of none."""
    data = (twins / "both.js.gz").read_bytes()
    answer = get(server, "/twins/both.js", "Accept-Encoding: gzip", "Range: bytes=2-5")
    if answer.get("content-encoding") == "gzip" and answer.status == 206:
        assert answer.body == data[2:6] and answer.get("content-range").endswith(f"/{len(data)}")
    else:
        whole = (twins / "both.js").read_bytes()
        assert answer.body in (whole[2:6], whole, data)


def test_twins_asked_for_by_name(server, twins):
    answer = get(server, "/twins/both.js.gz", "Accept-Encoding: gzip")
    assert answer.body == (twins / "both.js.gz").read_bytes()


@pytest.mark.parametrize(
    "name, kind, coding",
    [
        ("game.wasm.gz", "application/wasm", "gzip"),
        ("game.wasm.br", "application/wasm", "br"),
        ("game.data.gz", "application/octet-stream", "gzip"),
        ("game.data.br", "application/octet-stream", "br"),
        ("game.framework.js.gz", "text/javascript" + TEXT, "gzip"),
        ("game.framework.js.br", "text/javascript" + TEXT, "br"),
        ("game.symbols.json.br", "application/json", "br"),
        ("archive.tar.gz", None, None),
        ("x.gz", None, None),
        ("notes.txt.gz", None, None),
    ],
)
def test_game_engines(server, site, name, kind, coding):
    """It comes with its inner type and encoding, whatever the request accepts."""
    write(site / "game" / name, f"packed {name}")
    for headers in ([], ["Accept-Encoding: gzip, br"]):
        answer = get(server, f"/game/{name}", *headers)
        assert (answer.text, answer.get("content-encoding")) == (f"packed {name}", coding)
        got = answer.get("content-type")
        assert got.split(";")[0] == kind.split(";")[0] if kind else "javascript" not in got and "wasm" not in got


# Listings


class Links(html.parser.HTMLParser):
    """(reference, text) of every link to an entry; all text."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.links, self.everything, self.tags, self.attributes = [], [], set(), set()
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        if tag == "a":
            self.inside = True
            self.links.append([dict(attributes).get("href"), ""])

    def handle_endtag(self, tag):
        if tag == "a":
            self.inside = False

    def handle_data(self, data):
        self.everything.append(data)
        if self.inside:
            self.links[-1][1] += data


HOSTILE = [
    b"<script>alert(1)</script>".replace(b"/", b"|"),
    b"<img src=x onerror=alert(1)>",
    b'"quoted"',
    b"'single'",
    b'" onmouseover="alert(1)',
    b"new\nline",
    b"car\rriage",
    b"tab\tbed",
    b"\x1b[31mred",
    b"100%",
    b"%41",
    b"%2e%2e",
    b"what?",
    b"a#b",
    b"back\\slash",
    b"a&amp;b",
    b"&lt;b&gt;",
    "right\u202eto\u202cleft.txt".encode(),
    "\u200fmark".encode(),
    "\u2066isolate\u2069".encode(),
    b"invalid\xff\xfe.txt",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"half\xc3",
    b"javascript:x",
    b"javascript:alert(1)",
    b"data:text|html,x",
    b"http:",
    b"C:",
    b" leading",
    b"trailing ",
    b"a b",
    b"a;b=c",
    b"a+b",
    b"~",
    b"@",
    b"-->",
    b"]]>",
    b"{{7*7}}",
    b"n" * 255,
    "\u00e9".encode() * 127,
    "\U0001f600".encode() * 63,
    b"<" * 255,
    b"\xff" * 255,
    b"\x01" * 255,
    b"'" * 255,
]


@pytest.fixture(scope="module")
def hostile(site):
    folder = site / "hostile"
    for i, name in enumerate(HOSTILE):
        if WINDOWS and not is_windows_name(name):
            continue  # there can be none
        file = os.path.join(os.fsencode(folder), name)
        os.makedirs(os.fsencode(folder), exist_ok=True)
        if i % 2:
            os.mkdir(file)
            write(folder / os.fsdecode(name) / "index.html", b"number %d" % i)
        else:
            with open(file, "wb") as there:
                there.write(b"number %d" % i)
    return folder


def test_hostile_names(server, hostile):
    """Text that is escaped, and a link that works and starts with ./"""
    answer = get(server, "/hostile/")
    assert answer.get("content-type") == "text/html" + TEXT
    page = Links(answer.text)
    assert "script" not in page.tags and "img" not in page.tags and "base" not in page.tags
    assert not any(name.startswith("on") for name in page.attributes)
    entries = dict(link for link in page.links if link[0].startswith("./"))
    listed = {name: b"number %d" % i for i, name in enumerate(HOSTILE) if not WINDOWS or is_windows_name(name)}
    assert len(entries) == len(listed)
    for link in page.links:
        assert link[0].startswith(("./", "../", "/")) and not link[0].startswith("//"), link
    for name in HOSTILE:
        if name not in listed:
            assert get(server, "/hostile/" + urllib.parse.quote(name)).status in (400, 404), name
    for name, body in listed.items():
        escaped = next(link for link in entries if urllib.parse.unquote_to_bytes(link[2:]).rstrip(b"/") == name)
        url = urllib.parse.urljoin("http://localhost/hostile/", escaped)
        assert get(server, url.removeprefix("http://localhost")).body == body, name
        assert not any(c in escaped for c in "<>\"'\\?#&\n\r\t "), escaped
    for character in "\u202e\u202c\u200f\u2066\u2069\x1b\x01\r\0":
        assert character not in "".join(page.everything), repr(character)
    assert not any(text.strip("/").strip() == "" for _, text in page.links)


def test_listing_of_a_hostile_folder(server, site):
    """Its own name is in the page too: title, crumbs."""
    for name in ("<b>bold", '"><i>', "a&b", "x\u202ey", "javascript:x", "50%"):
        write(site / "names" / name / "in.txt", "in")
        answer = get(server, "/names/" + urllib.parse.quote(name) + "/")
        if WINDOWS and not is_windows_name(name.encode()):
            assert answer.status == 404
            continue
        assert answer.status == 200
        page = Links(answer.text)
        assert "b" not in page.tags and "i" not in page.tags
        assert "\u202e" not in answer.text
        assert "./in.txt" in [href for href, _ in page.links]
        for href, _ in page.links:
            assert get(server, urllib.parse.urljoin("/names/" + urllib.parse.quote(name) + "/", href)).status == 200, href


def test_hostile_path_of_an_error(server):
    for path in ("/%3Cscript%3Ealert(1)%3C/script%3E", "/<script>", "/'\"><b>", "/%22%3E%3Cb%3E"):
        answer = get(server, path)
        assert answer.status in (400, 404)
        assert "<script" not in answer.text and "<b>" not in answer.text


def test_listing_is_a_page(server):
    answer = get(server, "/list/")
    assert answer.status == 200 and "default-src 'none'" in answer.get("content-security-policy")
    page = Links(answer.text)
    names = [href for href, _ in page.links if href.startswith("./")]
    assert names == ["./sub/", "./one.txt"]
    assert "script" not in page.tags
    assert get(server, "/list/sub/").status == 200
    assert "index.html" not in get(server, "/").text, "the page itself, not a listing"


def test_no_listing(site):
    with Server(site, "--no-listing") as server:
        answer = get(server, "/list/")
        assert answer.status == 404 and "one.txt" not in answer.text
        assert get(server, "/list/one.txt").body == b"1"
        assert get(server, "/").body == PAGE
        assert get(server, "/list").status in (308, 404)


def test_order(server, site):
    """Folders first; numbers by value, letters in any case."""
    for name in ("b.txt", "A.txt", "a10.txt", "a9.txt", "Z.txt"):
        write(site / "order" / name, "x")
    for name in ("z", "y10", "y9"):
        (site / "order" / name).mkdir()
    names = [href[2:] for href, _ in Links(get(server, "/order/").text).links if href.startswith("./")]
    assert names == ["y9/", "y10/", "z/", "A.txt", "a9.txt", "a10.txt", "b.txt", "Z.txt"]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """100,000 entries."""
    site = served_folder.make_folder(tmp_path_factory.mktemp("crowd"))
    folder = site / "crowd"
    folder.mkdir()
    directory = os.open(folder, os.O_RDONLY)
    for i in range(99_000):
        os.close(os.open(f"file-{i:06d}-{'x' * 20}.txt", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=directory))
    for i in range(1000):
        os.mkdir(f"z-folder-{i:04d}", dir_fd=directory)
    os.close(directory)
    return site


def test_100_000_entries(crowd):
    """Sorted, folders first, within 24 MiB; others are answered meanwhile."""
    with Server(crowd) as server:
        get(server, "/list/")
        before = server.memory()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            listings = [pool.submit(get, server, "/crowd/", seconds=60) for _ in range(1 if WINDOWS else 3)]
            answered = 0
            while not all(listing.done() for listing in listings):
                assert get(server, "/ok.txt").body == b"ok\n"
                answered += 1
        assert answered > 5
        for listing in listings:
            names = [href[2:] for href, _ in Links(listing.result().text).links if href.startswith("./")]
            assert len(names) == 100_000
            assert names[:1000] == [f"z-folder-{i:04d}/" for i in range(1000)]
            assert names[1000:] == sorted(names[1000:])
        grown = server.memory("VmHWM") - before
        assert grown < (3 * 24 + 8) * (8 if SANITIZED else 1) * 1024**2, grown
        assert server.memory() - before < 32 * (8 if SANITIZED else 1) * 1024**2


def test_listing_to_one_who_leaves(crowd):
    """In the middle, many times: nothing is left of it."""
    with Server(crowd) as server:
        get(server, "/crowd/", seconds=60)
        before = len(server.descriptors())
        for i in range(10):
            with Connection(server, receive_buffer=4096) as connection:
                connection.send(server.request("/crowd/"))
                if i % 2:
                    connection.receive(1000)
                connection.reset()
        assert get(server, "/crowd/", seconds=60).status == 200
        end = time.monotonic() + 10
        while len(server.descriptors()) > before and time.monotonic() < end:
            time.sleep(0.05)
        assert len(server.descriptors()) <= before


# Switches


def test_single_page(site):
    write(site / "assets" / "a.js", "a")
    with Server(site, "--spa") as server:
        for path in ("/missing", "/users/7", "/a.b/c", "/deep/er/still?q=a.b", "/missing%20name"):
            answer = get(server, path)
            assert (answer.status, answer.body) == (200, PAGE), path
            assert answer.get("content-type") == "text/html" + TEXT
            assert get(server, path, method="HEAD").get("content-length") == str(len(PAGE))
        for path in ("/missing.js", "/users/app.css", "/assets/b.js", "/missing/x.png"):
            assert get(server, path).status == 404, path
        assert get(server, "/assets/a.js").body == b"a"
        assert get(server, "/f.txt").body == F
        etag = get(server, "/missing").get("etag")
        assert get(server, "/missing", f"If-None-Match: {etag}").status == 304
        for path in ("/.git/config", "/.hidden"):
            assert get(server, path).status == 404, path
        assert get(server, "/../x").status in (400, 404)
        assert ask(server, server.request("/missing", method="POST"), "POST").status == 405
    with Server(site) as server:
        assert get(server, "/missing").status == 404


def test_single_page_without_a_page(own_site):
    (own_site / "index.html").unlink()
    with Server(own_site, "--spa") as server:
        assert get(server, "/missing").status == 404
        os.symlink("../outside/index.html", own_site / "index.html")
        assert get(server, "/missing").status == 404


def test_isolation(site):
    names = ("cross-origin-opener-policy", "cross-origin-embedder-policy")
    with Server(site, "--isolate") as server:
        for path in ("/", "/f.txt", "/list/", "/nothing", "/dir"):
            answer = get(server, path)
            assert [answer.get(name) for name in names] == ["same-origin", "require-corp"], path
    with Server(site) as server:
        assert [get(server, "/").get(name) for name in names] == [None, None]


def test_switches_together(site):
    with Server(site, "--isolate", "--cors", "--spa", "--live", "--hidden", "--no-listing") as server:
        answer = get(server, "/missing", "Origin: https://elsewhere.example")
        assert answer.status == 200 and answer.get("access-control-allow-origin")
        assert answer.get("cross-origin-embedder-policy") == "require-corp"
