# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages: methods, bodies and their framing, line ends, versions. Whatever is odd gets one answer and an end."""

import socket
import threading

import pytest
from exchange import Connection, ask, get, refused
from server import Server

SMUGGLED = b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
BODY = b"0123456789"


def message(first, *lines, body=b""):
    lines = [line.encode("latin-1") if isinstance(line, str) else line for line in (first, *lines)]
    return b"\r\n".join([*lines, b"", b""]) + body


def plain(*lines, method="GET", path="/f.txt", version="HTTP/1.1", body=b""):
    return message(f"{method} {path} {version}", "Host: localhost", *lines, body=body)


# Methods


@pytest.mark.parametrize("path", ["/f.txt", "/", "/list/", "/nothing", "/dir", "/empty.txt", "/%zz", "/links"])
def test_head_is_get_without_a_body(server, path):
    got, head = get(server, path), get(server, path, method="HEAD")
    unlike = {"date", "connection"}
    headers = [[h for h in answer.headers if h[0] not in unlike] for answer in (got, head)]
    assert head.status == got.status and head.body == b""
    assert sorted(headers[0]) == sorted(headers[1])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "MKCOL", "LOCK", "REPORT", "LINK"])
@pytest.mark.parametrize("path", ["/f.txt", "/nothing"])
def test_other_methods(server, method, path):
    answer = ask(server, plain(method=method, path=path), method)
    assert (answer.status, answer.get("allow")) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("method", ["FOO", "get", "Get", "GETX", "GE", "X-Y_Z.1", "!#$%&'*+-.^_`|~", "A" * 100])
def test_unknown_methods(server, method):
    assert ask(server, plain(method=method)).status == 501


@pytest.mark.parametrize("method", ["G@T", "GET/", "(GET)", "G\xc3T", "G:T", '"GET"', "[GET]", "GET,HEAD", "G\0T", "{}", "\x80"])
def test_no_method(server, method):
    refused(server, message(f"{method} /f.txt HTTP/1.1", "Host: localhost"), 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "FOO", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("size", [10, 100000, 10_000_000])
def test_methods_that_announce_a_body(server, method, size):
    """Closed, whatever of it comes; and the answer is not lost in a reset."""
    statuses = {"FOO": (501,), "OPTIONS": (204, 400, 413)}.get(method, (405,))
    head = plain(f"Content-Length: {size}", method=method)
    refused(server, head, *statuses, method=method)
    refused(server, head + SMUGGLED, *statuses, method=method)
    with Connection(server) as connection:
        sent = threading.Thread(target=send_all, args=(connection, head + b"x" * size + SMUGGLED))
        sent.start()
        answer = connection.answer(method)
        assert answer.status in statuses and not answer.stays
        if size <= 100000:  # else it may give up reading
            assert connection.ended()
        sent.join()


def send_all(connection, data):
    try:
        connection.send(data)
    except OSError:
        pass  # it may stop reading


def test_methods_that_announce_none(server):
    answer = ask(server, plain("Content-Length: 0", method="POST"), "POST")
    assert answer.status == 405


def test_connect(server):
    for target in ("localhost:80", "a:1", "/f.txt"):
        answer = ask(server, message(f"CONNECT {target} HTTP/1.1", "Host: localhost"), "GET")
        assert answer.status in (400, 405), answer


# Bodies


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("body", [b"", BODY, SMUGGLED, SMUGGLED * 20, b"\r\n", b"\0" * 100])
def test_get_with_a_body(server, method, body):
    """Its bytes are never read as a request, whether they come with the head or after the answer."""
    head = plain(f"Content-Length: {len(body) or 100}", method=method)
    refused(server, head + body, 400, 413, method=method)
    with Connection(server) as connection:
        connection.send(head)
        answer = connection.answer(method)
        assert answer.status in (400, 413) and not answer.stays
        send_all(connection, body)
        _, rest = connection.cut(5)
        assert rest == b""


def test_get_with_a_body_of_nothing(server):
    assert ask(server, plain("Content-Length: 0")).body == BODY


@pytest.mark.parametrize(
    "lines",
    [
        ["Transfer-Encoding: chunked"],
        ["Transfer-Encoding: Chunked"],
        ["transfer-encoding:chunked"],
        ["Transfer-Encoding: chunked", "Content-Length: 5"],
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Content-Length: 0", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked, chunked"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
        ["Transfer-Encoding: identity"],
        ["Transfer-Encoding: identity, chunked"],
        ["Transfer-Encoding: chunked, identity"],
        ["Transfer-Encoding: gzip"],
        ["Transfer-Encoding: gzip, chunked"],
        ["Transfer-Encoding: chunked, gzip"],
        ["Transfer-Encoding: xchunked"],
        ["Transfer-Encoding: chunkedx"],
        ["Transfer-Encoding: chunked;x=y"],
        ["Transfer-Encoding: 'chunked'"],
        ['Transfer-Encoding: "chunked"'],
        ["Transfer-Encoding: \x0bchunked"],
        ["Transfer-Encoding: chunked\x0b"],
        ["Transfer-Encoding:\tchunked"],
        ["Transfer-Encoding: ,chunked"],
        ["Transfer-Encoding: "],
        ["Transfer-Encoding: cow"],
        ["Transfer-Encoding : chunked"],
        ["Transfer-Encoding\t: chunked"],
        ["Transfer-Encoding: chun\xffked"],
        ["Transfer-Encoding: chunked", "Host: localhost"],
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_transfer_encoding(server, lines, method):
    statuses = (400, 413, 501) if method == "GET" else (400, 405, 413, 501)
    for body in (b"", b"0\r\n\r\n", b"0\r\n\r\n" + SMUGGLED, b"5\r\nhello\r\n0\r\n\r\n" + SMUGGLED, SMUGGLED):
        refused(server, plain(*lines, method=method, body=body), *statuses, method=method)


@pytest.mark.parametrize("version", ["HTTP/1.0", "HTTP/1.1"])
def test_transfer_encoding_of_1_0(server, version):
    data = plain("Transfer-Encoding: chunked", "Connection: keep-alive", version=version, body=b"0\r\n\r\n" + SMUGGLED)
    refused(server, data, 400, 413, 501, http_1_0=version == "HTTP/1.0")


@pytest.mark.parametrize(
    "lines",
    [
        ["Content-Length: 5", "Content-Length: 5"],
        ["Content-Length: 5", "Content-Length: 6"],
        ["Content-Length: 0", "Content-Length: 0"],
        ["Content-Length: 0", "Content-Length: 5"],
        ["Content-Length: +5"],
        ["Content-Length: -5"],
        ["Content-Length: +0"],
        ["Content-Length: -0"],
        ["Content-Length: 0x5"],
        ["Content-Length: 5, 5"],
        ["Content-Length: 0, 0"],
        ["Content-Length: 5,6"],
        ["Content-Length: 5 5"],
        ["Content-Length: 5;"],
        ["Content-Length: 5."],
        ["Content-Length: 5.0"],
        ["Content-Length: 1e1"],
        ["Content-Length: 1_0"],
        ["Content-Length: five"],
        ["Content-Length: "],
        ["Content-Length:"],
        ["Content-Length: '5'"],
        ['Content-Length: "5"'],
        ["Content-Length: 0\x0b"],
        ["Content-Length: \xb2"],
        ["Content-Length: \xd9\xa5"],
        ["Content-Length: 9223372036854775808"],
        ["Content-Length: 18446744073709551615"],
        ["Content-Length: 18446744073709551616"],
        ["Content-Length: 18446744073709551621"],
        ["Content-Length: 99999999999999999999999999"],
        ["Content-Length : 5"],
        ["Content-Length\t: 5"],
        [" Content-Length: 5"],
        ["Content-Length: 0 ", "Transfer-Encoding: chunked"],
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_content_length(server, lines, method):
    statuses = (400, 413, 501) if method != "POST" else (400, 405, 413, 501)
    for body in (b"", b"hello", b"hello" + SMUGGLED, SMUGGLED):
        refused(server, plain(*lines, method=method, body=body), *statuses, method=method)


def test_content_length_that_is_right(server):
    for line in ("Content-Length: 00", "Content-Length:0", "Content-Length:  0  ", "content-length: 0", "CONTENT-LENGTH:\t0"):
        answer = ask(server, plain(line))
        assert answer.status in ((200, 400) if "00" in line else (200,)), line


# Lines


@pytest.mark.parametrize(
    "data",
    [
        b"GET /f.txt HTTP/1.1\nHost: localhost\n\n",
        b"GET /f.txt HTTP/1.1\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\n\n",
        b"GET /f.txt HTTP/1.1\r\nA: b\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\rA: b\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\rHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\rHost: localhost\r\r",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n\rX",
        b"GET /f.txt\r HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\n\rHost: localhost\n\r\n\r",
        b"GET\t/f.txt\tHTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET\t/f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt\tHTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET  /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt  HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        b" GET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\t\r\nHost: localhost\r\n\r\n",
        b"GET /f .txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1 x\r\nHost: localhost\r\n\r\n",
        b"GET\x0b/f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET\x0c/f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET\xa0/f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET/f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\n Host: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA: b\r\n\tc\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA: b\r\n \r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n:\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nnocolon\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA B: c\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA : c\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost\t: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA\x00: c\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA(: c\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA\xe9: c\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\nA/B: c\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2,
        b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03",
        b"\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x05\x01\x00",
        b"\x04\x01\x00\x50\x7f\x00\x00\x01\x00",
        b"\0\0\0\0",
        b"\xff" * 100,
        b"{}\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET \r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"Host: localhost\r\n\r\n",
        b"\n\nGET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\nGET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\rGET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\r\r\nGET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\r\n\r\nGET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\r\n\nGET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\r\n\r\n\r\n\r\n",
        b" \r\nGET /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_lines(server, data):
    """Within a second, though some of these are no whole message."""
    refused(server, data, 400, 405, 501, 505, seconds=1)
    if b"SSH" not in data and b"HTTP/1.1 200" not in data:
        refused(server, data, 400, 505, seconds=1)


@pytest.mark.parametrize("byte", [*range(0, 9), 11, 12, *range(14, 32), 127])
def test_control_bytes(server, byte):
    for line in (b"A: x%cy", b"A%c: x", b"A: %cx", b"A: x%c", b"%cA: x"):
        refused(server, plain(line % byte), 400)
    if byte != 13:
        refused(server, message(b"GE%cT / HTTP/1.1" % byte, "Host: localhost"), 400)
        refused(server, message(b"GET / HTTP%c/1.1" % byte, "Host: localhost"), 400)


def test_values_that_are_odd_but_right(server):
    for line in (b"A:", b"A: ", b"A:\t", b"A: \xff\x80", b"A: a\tb", b"A:b", b"!#$%&'*+-.^_`|~1a: x", b"A: :", b"A: \"", b"A: " + b"x" * 8000):
        assert ask(server, plain(line)).body == BODY, line


@pytest.mark.parametrize(
    "line, statuses",
    [
        ("GET /f.txt HTTP/2.0", (505,)),
        ("GET /f.txt HTTP/9.9", (505,)),
        ("GET /f.txt HTTP/0.9", (400, 505)),
        ("GET /f.txt HTTP/1.2", (400, 505)),
        ("GET /f.txt HTTP/1.9", (400, 505)),
        ("GET /f.txt HTTP/3.0", (400, 505)),
        ("GET /f.txt HTTP/0.0", (400, 505)),
        ("GET /f.txt HTTP/2.1", (400, 505)),
        ("PRI * HTTP/2.0", (400, 505)),
        ("GET /f.txt HTTP/1.10", (400,)),
        ("GET /f.txt HTTP/1.11", (400,)),
        ("GET /f.txt HTTP/11.1", (400,)),
        ("GET /f.txt HTTP/01.1", (400,)),
        ("GET /f.txt HTTP/1", (400,)),
        ("GET /f.txt HTTP/1.", (400,)),
        ("GET /f.txt HTTP/.1", (400,)),
        ("GET /f.txt HTTP/1.1.1", (400,)),
        ("GET /f.txt HTTP/1,1", (400,)),
        ("GET /f.txt HTTP/1.x", (400,)),
        ("GET /f.txt HTTP/-1.1", (400,)),
        ("GET /f.txt HTTP/1.1x", (400,)),
        ("GET /f.txt HTTP 1.1", (400,)),
        ("GET /f.txt http/1.1", (400,)),
        ("GET /f.txt Http/1.1", (400,)),
        ("GET /f.txt HTTPS/1.1", (400,)),
        ("GET /f.txt XHTTP/1.1", (400,)),
        ("GET /f.txt HTTP/", (400,)),
        ("GET /f.txt HTTP", (400,)),
        ("GET /f.txt H", (400,)),
        ("GET /f.txt ", (400,)),
        ("GET /f.txt RTSP/1.0", (400, 505)),
        ("GET /f.txt ICE/1.0", (400, 505)),
        ("DESCRIBE /f.txt RTSP/1.0", (400, 505)),
        ("SETUP rtsp://localhost/f.txt RTSP/1.0", (400, 505)),
        ("SOURCE /f.txt ICE/1.0", (400, 505)),
        ("SOURCE /f.txt HTTP/9.1", (400, 505)),
    ],
)
def test_versions(server, line, statuses):
    refused(server, message(line, "Host: localhost"), *statuses, seconds=1)


def test_http_0_9(server):
    for data in (b"GET /f.txt\r\n", b"GET /f.txt\r\n\r\n", b"GET /\r\n", b"GET /f.txt\n"):
        refused(server, data, 400, 505, seconds=1)


@pytest.mark.parametrize("method", ["DESCRIBE", "SETUP", "PLAY", "ANNOUNCE", "SOURCE", "FLUSH", "PRI", "QUERY"])
def test_methods_of_other_protocols(server, method):
    answer = ask(server, plain(method=method), method)
    assert answer.status in (400, 405, 501), answer


# Packets


def test_leading_empty_line(server):
    assert ask(server, b"\r\n" + plain()).body == BODY


def test_leading_empty_line_between_requests(server):
    with Connection(server) as connection:
        connection.send(plain() + b"\r\n" + plain())
        assert connection.answer().body == BODY
        assert connection.answer().body == BODY
        connection.still_works()


def test_two_requests_in_one_packet(server):
    with Connection(server) as connection:
        connection.send(plain() + plain(path="/ok.txt"))
        assert connection.answer().body == BODY
        assert connection.answer().body == b"ok\n"
        connection.still_works()


def test_many_requests_in_one_packet(server):
    """Of every kind, answered in order."""
    wanted = [("/f.txt", 200), ("/nothing", 404), ("/dir", 308), ("/list/", 200), ("/ok.txt", 200), ("/.hidden", 404)] * 20
    with Connection(server) as connection:
        sender = threading.Thread(
            target=connection.send, args=(b"".join(plain(path=path) for path, _ in wanted),)
        )
        sender.start()
        assert [connection.answer().status for _ in wanted] == [status for _, status in wanted]
        sender.join()
        connection.still_works()


@pytest.mark.parametrize("bad", [b"GET  / HTTP/1.1\r\n", plain("Content-Length: 5"), plain(version="HTTP/2.0"), b"\n"])
def test_bad_after_good(server, bad):
    """What was asked before is answered, what comes after is not."""
    with Connection(server) as connection:
        connection.send(plain() + plain(path="/ok.txt") + bad + SMUGGLED)
        assert connection.answer().body == BODY
        assert connection.answer().body == b"ok\n"
        answer = connection.answer()
        assert answer.status in (400, 413, 505) and not answer.stays
        assert connection.ended()


def one_at_a_time(server, data, method="GET"):
    with Connection(server) as connection:
        try:
            for i in range(len(data)):
                connection.send(data[i : i + 1])
        except OSError:
            pass  # refused before its end
        answer = connection.answer(method)
        if answer.stays:
            connection.still_works()
        return answer


@pytest.mark.parametrize(
    "data",
    [
        plain(),
        plain("Range: bytes=1-3"),
        plain(path="/dir?x"),
        plain(path="/list/"),
        plain(path="/nothing"),
        plain(method="HEAD"),
        plain(method="FOO"),
        plain(method="POST"),
        plain(version="HTTP/1.0"),
        b"\r\n" + plain(),
        plain("A: " + "x" * 3000),
    ],
)
def test_one_byte_at_a_time(server, data):
    method = data.split()[0].decode()
    version = b"HTTP/1.0" in data
    whole = ask(server, data, method, http_1_0=version)
    assert one_at_a_time(server, data, method).without_date() == whole.without_date()


@pytest.mark.parametrize(
    "data",
    [
        plain(version="HTTP/2.0"),
        plain("Transfer-Encoding: chunked"),
        plain("Content-Length: +5"),
        plain("A : b"),
        plain(path="/%00"),
        b"GET /f.txt HTTP/1.1\nHost: localhost\n\n",
        b"GET  /f.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /f.txt HTTP/1.1\r\nHost: localhost\r\n x\r\n\r\n",
        b"\r\n\r\n",
        b"\x16\x03\x01\x00\xa5",
    ],
)
def test_bad_one_byte_at_a_time(server, data):
    """The same status; a reset may eat it where bytes still came, so it is read beside the sending."""
    whole = ask(server, data)
    with Connection(server) as connection:
        for i in range(len(data)):
            try:
                connection.socket.send(data[i : i + 1])
            except OSError:
                break
        try:
            answer = connection.answer()
        except ConnectionResetError:
            pytest.fail("a reset ate the answer")
        assert (answer.status, answer.stays) == (whole.status, False)


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_two_packets(server, cut):
    with Connection(server) as connection:
        data = plain() + plain(path="/ok.txt")
        connection.send(data[:cut])
        connection.send(data[cut:])
        assert connection.answer().body == BODY
        assert connection.answer().body == b"ok\n"


# Connections


def test_connection_header(server):
    for line in ("Connection: close", "connection: CLOSE", "Connection: x, close", "Connection: keep-alive, close", "Connection:close"):
        answer = ask(server, plain(line))
        assert answer.status == 200 and not answer.stays, line
    for line in ("Connection: keep-alive", "Connection: x", "Connection: closed", "X: close"):
        assert ask(server, plain(line)).stays, line


def test_keep_alive_of_1_0(server):
    answer = ask(server, plain("Connection: keep-alive", version="HTTP/1.0"), http_1_0=True)
    assert answer.status == 200
    assert not answer.stays or (answer.get("connection") or "").lower() == "keep-alive"


def test_nothing_after_close(server):
    """What comes after a request that closes is not answered."""
    with Connection(server) as connection:
        connection.send(plain("Connection: close") + SMUGGLED)
        answer = connection.answer()
        assert answer.status == 200 and not answer.stays
        assert connection.ended()


def test_half_closed(server):
    """A client that says no more still gets its answers."""
    with Connection(server) as connection:
        connection.send(plain() + plain(path="/ok.txt"))
        connection.socket.shutdown(socket.SHUT_WR)
        assert connection.answer().body == BODY
        assert connection.answer().body == b"ok\n"
        assert connection.ended()
    with Connection(server) as connection:
        connection.send(b"GET /f.t")
        connection.socket.shutdown(socket.SHUT_WR)
        _, data = connection.cut(5)
        assert data == b"" or data.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("lines", [["Connection: Upgrade", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA"], ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"], ["Upgrade: TLS/1.0", "Connection: upgrade, keep-alive"], ["Upgrade: x"]])
def test_upgrade_is_ignored(server, lines):
    assert ask(server, plain(*lines)).body == BODY
    with Connection(server) as connection:
        connection.send(plain(*lines) + plain(path="/ok.txt"))
        assert connection.answer().body == BODY
        assert connection.answer().body == b"ok\n"


def test_expect(server):
    """Answered without waiting, and without a 100 before it."""
    for line in ("Expect: 100-continue", "expect: 100-Continue"):
        assert ask(server, plain(line)).body == BODY
    for line in ("Expect: 200-ok", "Expect: x", "Expect: 100-continue, x"):
        assert ask(server, plain(line)).status == 417, line
    refused(server, plain("Expect: 100-continue", "Content-Length: 5"), 400, 413, 417)
    refused(server, plain("Expect: 100-continue", "Content-Length: 5", method="PUT"), 405, 413, 417, method="PUT")


def test_events_of_messages(site):
    """What there was no request to speak of is an event too."""
    with Server(site) as server:
        refused(server, b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 400)
        event = server.event("request", status=400)
        assert (event["method"], event["path"]) == ("", "")
        assert event["peer"] == "127.0.0.1"
        get(server, "/f.txt?a=%22b", method="HEAD")
        event = server.event("request", status=200, path="/f.txt?a=%22b")
        assert (event["method"], event["bytes"]) == ("HEAD", 0)
