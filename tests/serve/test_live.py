# SPDX-License-Identifier: GPL-3.0-or-later
"""Live reload: one script tag in pages, and a stream that says when something changed."""

import gzip
import os
import re
import time

import h11
import pytest
from exchange import Connection, get
from served_folder import PAGE, write
from server import Server, wait_until

LIVE = "/.hearth/live"


@pytest.fixture(scope="module")
def server(site):
    write(site / "two.html", "<html><body><p>two</p><script src='a.js'></script></body></html>")
    write(site / "bare.html", "just text")
    write(site / "void.html", "")
    write(site / "long.html", b"<p>x</p>" * 200_000)
    write(site / "twin.html", "plain")
    write(site / "twin.html.gz", gzip.compress(b"packed"))
    write(site / "style.css", "p {}")
    write(site / "style.css.gz", gzip.compress(b"p {}"))
    with Server(site, "--live") as server:
        yield server


class Stream:
    """The page's end of it: head first, then what comes."""

    def __init__(self, server, *headers, path=LIVE):
        self.connection = Connection(server)
        self.connection.send(server.request(path, "Accept: text/event-stream", *headers))
        self.witness = h11.Connection(h11.CLIENT)
        self.witness.send(h11.Request(method="GET", target="/", headers=[("Host", "x")]))
        self.witness.send(h11.EndOfMessage())
        self.head = self.next(10)
        self.text = b""

    def next(self, seconds):
        self.connection.socket.settimeout(seconds)
        while True:
            event = self.witness.next_event()
            if event is not h11.NEED_DATA:
                return event
            self.witness.receive_data(self.connection.receive())

    def changed(self, seconds):
        """Whether it said so within that time. Comments and what keeps it alive are no news."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                event = self.next(left)
            except TimeoutError:
                break
            assert isinstance(event, h11.Data), event
            self.text += bytes(event.data)
            *events, self.text = re.split(rb"\r?\n\r?\n", self.text)
            if any(line.startswith(b"data:") for event in events for line in event.splitlines()):
                return True
        return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.socket.close()


@pytest.mark.parametrize("path", ["/", "/dir/", "/two.html", "/bare.html", "/void.html", "/long.html"])
def test_one_script_tag(server, site, path):
    file = site / path.strip("/") / "index.html" if path.endswith("/") else site / path.strip("/")
    data = file.read_bytes()
    answer = get(server, path)
    assert answer.status == 200 and answer.body.count(b"<script") == data.count(b"<script") + 1
    tag = re.search(rb"<script[^>]*>.*?</script>", answer.body.replace(b"<script src='a.js'></script>", b""), re.S)
    assert answer.body.replace(tag.group(), b"").strip() == data.strip(), "the page is otherwise as it is"
    head = get(server, path, method="HEAD")
    assert head.get("content-length") == answer.get("content-length")
    assert head.get("etag") == answer.get("etag")


def test_script_is_there(server):
    """Where the tag names one, it is served, from this origin, as a script."""
    (source,) = re.findall(rb"<script[^>]*\ssrc=[\"']?([^\"' >]+)", get(server, "/").body) or [None]
    if source:
        assert source.startswith(b"/") and not source.startswith(b"//")
        answer = get(server, source)
        assert answer.status == 200 and answer.get("content-type").startswith("text/javascript")


def test_other_files_are_as_they_are(server):
    assert get(server, "/f.txt").body == b"0123456789"
    assert get(server, "/f.txt", "Range: bytes=0-0").status == 206
    assert get(server, "/style.css", "Accept-Encoding: gzip").get("content-encoding") == "gzip"
    assert b"<script" not in get(server, "/nothing").body


def test_pages_have_no_ranges_and_no_twins(server):
    answer = get(server, "/twin.html", "Accept-Encoding: gzip, br")
    assert answer.get("content-encoding") is None and answer.body.startswith(b"plain")
    answer = get(server, "/two.html", "Range: bytes=0-0")
    assert answer.status == 200 and answer.get("accept-ranges") in (None, "none")
    assert get(server, "/two.html", "Range: bytes=99999-").status == 200


def test_etag_of_its_own(server, site):
    with Server(site) as plain:
        before, live = get(plain, "/"), get(server, "/")
        assert before.body == PAGE and before.get("etag") != live.get("etag")
        # What was switched off is not 304.
        assert get(plain, "/", f"If-None-Match: {live.get('etag')}").status == 200
        assert get(server, "/", f"If-None-Match: {before.get('etag')}").status == 200
        assert get(server, "/", f"If-None-Match: {live.get('etag')}").status == 304
        if live.get("last-modified"):
            assert get(plain, "/", f"If-None-Match: {live.get('etag')}", f"If-Modified-Since: {live.get('last-modified')}").status == 200
        else:
            assert get(server, "/", f"If-Modified-Since: {before.get('last-modified')}").status == 200
        assert get(plain, LIVE).status == 404


def test_switched_off_with_a_date_alone(server, site):
    """A browser that kept only Last-Modified must not keep the script either."""
    modified = get(server, "/").get("last-modified")
    if modified:
        with Server(site) as plain:
            assert get(plain, "/", f"If-Modified-Since: {modified}").status == 200


def test_stream(server):
    with Stream(server, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty") as stream:
        headers = {name.decode(): value.decode() for name, value in stream.head.headers}
        assert stream.head.status_code == 200
        assert headers["content-type"].split(";")[0] == "text/event-stream"
        assert headers["cache-control"] in ("no-cache", "no-store")
        assert headers["x-content-type-options"] == "nosniff"


CHANGES = {
    "edited": lambda site: write(site / "f.txt", "0123456789"),
    "new": lambda site: write(site / f"new-{time.time_ns()}.txt", "new"),
    "below": lambda site: write(site / "list" / "sub" / "two.txt", "2"),
    "removed": lambda site: os.unlink(write(site / "gone.txt", "x")),
    "renamed": lambda site: os.rename(write(site / "from.txt", "x"), site / "to.txt"),
    "replaced as editors do": lambda site: os.rename(write(site / ".f.txt.swp", "0123456789"), site / "f.txt"),
    "folder": lambda site: (site / f"folder-{time.time_ns()}").mkdir(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_reaches_the_page(server, site, name):
    """Within 300 ms."""
    with Stream(server) as stream, Stream(server) as other:
        while stream.changed(0.3):  # what the test before did
            pass
        other.changed(0.01)
        CHANGES[name](site)
        assert stream.changed(0.3 * server.slowness), name
        assert other.changed(0.3 * server.slowness), name


def test_a_new_folder_is_watched_too(server, site):
    with Stream(server) as stream:
        write(site / "later" / "deep" / "a.txt", "a")
        assert stream.changed(1)
        while stream.changed(0.3):
            pass
        write(site / "later" / "deep" / "a.txt", "b")
        assert stream.changed(0.3 * server.slowness)


def test_hidden_folders_are_not(server, site):
    write(site / ".git" / "index", "x")
    with Stream(server) as stream:
        while stream.changed(0.3):
            pass
        write(site / ".git" / "index", "y")
        assert not stream.changed(0.5)


def test_nothing_comes_without_a_change(server):
    with Stream(server) as stream:
        while stream.changed(0.3):
            pass
        get(server, "/")
        get(server, "/list/")
        assert not stream.changed(1)


@pytest.mark.parametrize(
    "headers",
    [
        ["Sec-Fetch-Site: cross-site"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
        ["Sec-Fetch-Site: same-site"],
        ["Origin: https://evil.example"],
        ["Origin: null"],
        ["Origin: http://localhost:1"],
        ["Sec-Fetch-Site: same-origin", "Origin: https://evil.example"],
    ],
)
def test_same_origin_only(server, headers):
    assert get(server, LIVE, *headers).status == 403


def test_same_origin(server):
    with Stream(server, f"Origin: http://localhost:{server.port}", "Sec-Fetch-Site: same-origin") as stream:
        assert stream.head.status_code == 200


def test_only_this_path_is_reserved(server):
    for path in ("/.hearth", "/.hearth/", "/.hearth/other", "/.hearth/live/x"):
        assert get(server, path).status == 404, path
    assert get(server, LIVE, method="POST").status == 405


def test_streams_that_end(server):
    """Nothing is left of them."""
    with Connection(server) as connection:
        connection.still_works()
    before = len(server.descriptors())
    streams = [Stream(server) for _ in range(50)]
    for i, stream in enumerate(streams):
        stream.connection.reset() if i % 2 else stream.connection.socket.close()
    wait_until(lambda: len(server.descriptors()) <= before)


def test_streams_end_with_the_server(site):
    with Server(site, "--live") as server:
        stream = Stream(server)
        start = time.monotonic()
        server.stop()
        assert time.monotonic() - start < 5
        stream.connection.cut(5)
