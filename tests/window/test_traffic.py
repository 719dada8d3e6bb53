# SPDX-License-Identifier: GPL-3.0-or-later
"""Traffic and Speed in Explore, with real traffic through the loopback of a network namespace."""

import re
import socket

import pytest
from desktop import Hearth, go_to, text_of, wait_for

import network
from network import ip


@pytest.fixture
def hearth():
    hearth = Hearth()
    hearth.press("page tab", "Explore")
    go_to(hearth, "Traffic and Speed")
    hearth.keys("Return")
    hearth.wait_until_says("How Fast Is It?")
    yield hearth
    hearth.kill()
    network.restore()


def rate(hearth):
    """What a screen reader says of the plot."""
    return next((text_of(n) for n in hearth.nodes() if text_of(n).startswith("Data through loopback now")), "")


def send(n_bytes):
    """Through loopback, once."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        peer, _ = server.accept()
        for _ in range(n_bytes // 65536):
            client.sendall(bytes(65536))
            left = 65536
            while left:
                left -= len(peer.recv(left))
        peer.close()


def test_traffic_is_seen(hearth):
    wait_for("no traffic", lambda: rate(hearth).startswith("Data through loopback now: 0"))
    wait_for("traffic", lambda: send(4 * 65536) or not rate(hearth).startswith("Data through loopback now: 0"))
    assert re.search(r"At most [\d.]+.[kMG]B/s in the last two minutes", rate(hearth)), rate(hearth)
    wait_for("no traffic any more", lambda: rate(hearth).startswith("Data through loopback now: 0"))


def test_speed(hearth):
    hearth.press("button", "Measure")
    hearth.wait_until_says("Stop")
    hearth.wait_until_says("A film of 4 GB would be here in")
    hearth.wait_until_says("per second")
    wait_for("a button to measure again", lambda: hearth.find("button", "Measure"))


def test_stopped(hearth):
    hearth.press("button", "Measure")
    hearth.press("button", "Stop")
    wait_for("a button to measure again", lambda: hearth.find("button", "Measure"))
    assert hearth.says("Not Measured Yet")
    assert not hearth.says("per second")


def test_lo_is_down(hearth):
    ip("link", "set", "lo", "down")
    hearth.press("button", "Measure")
    hearth.wait_until_says("This computer cannot reach itself")


def test_commands(hearth):
    hearth.press("button", "What This Runs")
    hearth.wait_until_says("ip -s link show lo")
    hearth.wait_until_says("netsh interface ipv4 show subinterfaces")
