# SPDX-License-Identifier: GPL-3.0-or-later
"""Raw bytes to the server and back. h11, as strict client, is the witness of every answer: it says where the answer
ends and whether the connection stays, and nothing may come that it does not expect."""

import contextlib
import socket
import time

import h11

SECRET = b"SECRET-of-the-outside"  # what lies beside the served folder; never in any answer
WAIT = 10  # seconds for what comes at once on any computer

# What every answer has, whatever it says.
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "same-origin",
}


class Answer:
    def __init__(self, response, body, stays):
        self.status = response.status_code
        self.version = response.http_version
        self.headers = [(name.decode(), value.decode("latin-1")) for name, value in response.headers]
        self.body = body
        self.stays = stays  # whether the connection does

    def all(self, name):
        return [value for key, value in self.headers if key == name]

    def get(self, name):
        values = self.all(name.lower())
        assert len(values) < 2, f"{name} came {len(values)} times: {values}"
        return values[0] if values else None

    @property
    def text(self):
        return self.body.decode()

    def __repr__(self):
        return f"<{self.status}{'' if self.stays else ' C'} {self.headers} {self.body[:300]!r}>"

    def without_date(self):
        return self.status, [header for header in self.headers if header[0] != "date"], self.body


def check(answer, cors=False):
    """The rules that every answer keeps."""
    assert answer.version == b"1.1", answer
    for name, value in ALWAYS.items():
        if cors and name == "cross-origin-resource-policy":
            assert answer.get(name) in (None, "cross-origin"), answer
        else:
            assert answer.get(name) == value, f"{name}: {answer}"
    assert not any(c.isdigit() for c in answer.get("server") or ""), answer
    assert answer.get("date"), answer
    assert SECRET not in answer.body, answer
    assert not any(SECRET.decode() in value for _, value in answer.headers), answer
    for name, _ in answer.headers:
        assert cors or not name.startswith("access-control-"), answer
    location = answer.get("location")
    if location is not None:
        assert location.startswith("/") and not location.startswith(("//", "/\\")), location
    if answer.status in (405, 501):
        assert answer.status == 501 or answer.get("allow") == "GET, HEAD, OPTIONS", answer
    if answer.status >= 400:
        check_page(answer)
    for name in ("content-length", "transfer-encoding", "content-type", "etag", "connection", "vary"):
        answer.get(name)


def check_page(answer):
    """One of our own: no script, nothing from elsewhere, nothing unescaped."""
    if answer.body:
        assert answer.get("content-type") == "text/html; charset=utf-8", answer
        assert b"<script" not in answer.body.lower(), answer
        policy = answer.get("content-security-policy")
        assert policy and "default-src 'none'" in policy and "script" not in policy, answer


class Connection:
    def __init__(self, server, address=None, receive_buffer=None, make=socket.socket):
        self.server = server
        address = address or server.addresses[0]
        self.socket = make(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
        self.socket.settimeout(WAIT)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect((address, server.port))
        self.pending = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def get(self, path="/ok.txt", *headers, method="GET"):
        self.send(self.server.request(path, *headers, method=method))
        return self.answer(method)

    def receive(self, size=1 << 16):
        return self.socket.recv(size)

    def answer(self, method="GET", http_1_0=False, cors=None):
        """The next answer, whole. What came after it is kept for the one after."""
        witness = h11.Connection(h11.CLIENT, max_incomplete_event_size=1 << 16)
        witness.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
        witness.send(h11.EndOfMessage())
        response, body = None, bytearray()
        if self.pending:
            witness.receive_data(self.pending)
        while True:
            event = witness.next_event()
            if event is h11.NEED_DATA:
                witness.receive_data(self.receive())
            elif isinstance(event, h11.Response):
                response = event
            elif isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage):
                break
            else:
                raise AssertionError(f"{event!r} instead of an answer")
        self.pending = witness.trailing_data[0]
        answer = Answer(response, bytes(body), witness.their_state is h11.DONE)
        if http_1_0:
            assert answer.get("transfer-encoding") is None, f"HTTP/1.0 has no chunks: {answer}"
        check(answer, cors=self.server.cors if cors is None else cors)
        return answer

    def ended(self, seconds=WAIT):
        """Whether the server closes orderly, with nothing more to say. A reset is none: it eats answers."""
        self.socket.settimeout(seconds)
        assert not self.pending, self.pending
        rest = self.receive()
        self.socket.settimeout(WAIT)
        assert rest == b"", rest
        return True

    def cut(self, seconds):
        """(how long the server let it be, the bytes that came until then)"""
        start, data = time.monotonic(), self.pending
        self.socket.settimeout(seconds)
        with contextlib.suppress(ConnectionError):
            while piece := self.receive():
                data += piece
        return time.monotonic() - start, data

    def still_works(self):
        """Nothing comes that nobody asked for, and the next request is answered."""
        answer = self.get("/ok.txt")
        assert (answer.status, answer.body) == (200, b"ok\n"), answer

    def reset(self):
        """Goes without a word."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.close()


def ask(server, data, method="GET", address=None, http_1_0=False, seconds=WAIT, cors=None, **how):
    """The one answer to these bytes, and the proof that it was one: then the connection is closed, as the answer
    says, or the next request is answered."""
    with Connection(server, address, **how) as connection:
        connection.send(data)
        connection.socket.settimeout(seconds)
        answer = connection.answer(method, http_1_0, cors)
        if answer.stays:
            connection.still_works()
        else:
            connection.ended(seconds)
        return answer


def get(server, path, *headers, method="GET", address=None, **how):
    return ask(server, server.request(path, *headers, method=method), method, address, **how)


def refused(server, data, *statuses, method="GET", seconds=2, **how):
    """Answered once with one of these, at once, and closed."""
    answer = ask(server, data, method, seconds=seconds * server.slowness, **how)
    assert answer.status in statuses and not answer.stays, answer
    return answer
