# SPDX-License-Identifier: GPL-3.0-or-later
"""The map in Explore, as a screen reader and a keyboard have it. The computer is a network namespace."""

import os
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest
from desktop import Hearth, focused_name, go_to, read, wait_for

import network
from network import ip, veth

HOME = Path(os.environ["HOME"])
IPV4 = "127.0.0.1, a door of lo: nothing behind it, only this computer"
IPV6 = "::1, a door of lo: nothing behind it, only this computer"


@pytest.fixture
def sockets():
    with ExitStack() as stack:
        yield lambda *arguments: stack.enter_context(listen(*arguments))
    network.restore()


def listen(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.create_server((address, port), family=family)
    return listener


@pytest.fixture
def start():
    started = []

    def start(*arguments):
        hearth = Hearth(*map(str, arguments))
        started.append(hearth)
        open_map(hearth)
        return hearth

    yield start
    for hearth in started:
        hearth.kill()


MAP = "This computer, its doors, and what is behind them"


def open_map(hearth):
    """By keyboard: the page of Explore, and on it the row of the map."""
    hearth.press("page tab", "Explore")
    go_to(hearth, "Map")
    hearth.keys("Return")
    wait_for("the map", lambda: hearth.find("grouping", MAP))


def places(hearth):
    """The sentences of all doors and things, in the order of a screen reader."""
    return [name for name in map(read, (n.get_name for n in hearth.nodes("button"))) if name and
            ("door of" in name or "doors of" in name or "behind" in name)]


def wait_for_places(hearth, expected):
    wait_for(f"the places {expected}", lambda: places(hearth) == expected)


def test_fresh_computer(start):
    wait_for_places(start(), [IPV4, IPV6])


def test_what_comes_shows_and_what_goes_goes(start, sockets):
    hearth = start()
    wait_for_places(hearth, [IPV4, IPV6])
    database = sockets("127.0.0.1", 5432)
    wait_for_places(hearth, ["127.0.0.1, a door of lo: 1 service behind it, only this computer",
                             "PostgreSQL, port 5432, behind 127.0.0.1: only this computer", IPV6])
    ip("addr", "add", "127.0.0.7/32", "dev", "lo")
    sockets("127.0.0.7", 3000)
    wait_for("the alias", lambda: "Development server, port 3000, behind 127.0.0.7: only this computer" in
             places(hearth))
    database.close()
    ip("addr", "del", "127.0.0.7/32", "dev", "lo")
    wait_for("the database to go", lambda: IPV4 in places(hearth))


def test_every_address(start, sockets):
    with veth():
        ip("addr", "add", "192.168.7.1/24", "dev", "h0")
        ip("link", "set", "h0", "up")
        sockets("0.0.0.0", 3000)
        hearth = start()
        wait_for("the door in the wall of the house", lambda: "Every address, a door of this computer: 1 service "
                 "behind it, the local network" in places(hearth))
        assert "192.168.7.1, a door of h0: nothing behind it, the local network" in places(hearth)


def test_enter_opens_details(start, sockets):
    sockets("127.0.0.1", 5432)
    hearth = start()
    door = "127.0.0.1, a door of lo: 1 service behind it, only this computer"
    go_to(hearth, door)
    hearth.keys("Return")
    hearth.wait_until_says("Loopback address")
    hearth.keys("Escape")
    go_to(hearth, "PostgreSQL, port 5432, behind 127.0.0.1: only this computer")
    hearth.keys("Return")
    hearth.wait_until_says("database")


def test_focus_stays_where_it_is(start, sockets):
    hearth = start()
    go_to(hearth, IPV6)
    sockets("127.0.0.1", 5432)
    wait_for("the service", lambda: len(places(hearth)) == 3)
    assert focused_name(hearth) == IPV6


def test_crowd_is_grouped(start, sockets):
    ip(batch="\n".join(f"addr add 127.9.{i // 250}.{i % 250 + 1}/32 dev lo" for i in range(1000)))
    hearth = start()
    wait_for("the group", lambda: "995 more doors of lo: nothing behind them" in places(hearth))
    assert len(places(hearth)) == 8
    hearth.press("button", "995 more doors of lo: nothing behind them")
    hearth.wait_for_row("127.9.0.1, only this computer, origin unknown")


def test_folder(start):
    folder = HOME / "site"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text("Home")
    hearth = start(folder)
    name = "The folder site, port 8000, behind 127.0.0.1: only this computer"
    wait_for("the folder", lambda: name in places(hearth))
    hearth.press("button", name)
    hearth.wait_until_says("http://localhost:8000/")
