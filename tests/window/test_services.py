# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person meets on the Services page: real listeners, of the test's own network namespace."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desktop import Hearth, focused_name, has_state, is_seen, text_of, wait_for, walk

import network
from network import ip

# Has the sockets open that it is started with, "tcp 127.0.0.1 48001" or "tcp 0.0.0.0%lo 48001"; with "stubborn" it
# does not let itself be asked to stop, and with "systemd" that is its name.
PROGRAM = """
import signal, socket, sys
held = []
for word in sys.argv[1:]:
    if word == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        continue
    if word == "systemd":
        with open("/proc/self/comm", "w") as comm:
            comm.write(word)
        continue
    protocol, address, port = word.split()
    address, _, link = address.partition("%")
    s = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET,
                      socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if link:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, link.encode())
    s.bind((address, int(port)))
    if protocol == "tcp":
        s.listen()
    held.append(s)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def listen():
    started = []

    def listen(*words):
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, *words], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield listen
    for process in started:
        process.kill()
        process.wait()
    network.restore()


@pytest.fixture
def start():
    started = []

    def start(*arguments):
        started.append(Hearth(*map(str, arguments)))
        return started[-1]

    yield start
    for hearth in started:
        hearth.kill()


@pytest.fixture
def hearth(start):
    return start()


# The drop-downs.
CHOICES = (
    ["All Services", "Only This Computer", "Others Can Reach"],
    ["By Port", "By Name", "By Program", "By Reach"],
)


def row(port, name=None, reach="only this computer", owner="python3 · root"):
    return ", ".join(part for part in (f"Port {port}", name, owner, reach) if part)


def rows(hearth):
    return [name for name in hearth.rows() if name and name.startswith("Port ")]


def open_page(hearth):
    hearth.keys("alt+3")


def wait_for_rows(hearth, expected):
    wait_for(f"the rows {expected}, there are {rows(hearth)}", lambda: rows(hearth) == expected)


def clipboard():
    return subprocess.run(["xclip", "-selection", "clipboard", "-out"], capture_output=True, text=True,
                          timeout=10).stdout


def says_in(node, phrase):
    return any(phrase in text_of(n) and is_seen(n) for n in walk(node))


def press_in(node, role, name):
    button = wait_for(f"{role} “{name}”", lambda: next(
        (n for n in walk(node) if n.get_role_name() == role and text_of(n) == name), None))
    assert button.do_action(0)


# What is there


def test_nobody_listens(hearth):
    open_page(hearth)
    hearth.wait_until_says("Nobody Listens")
    hearth.wait_until_says("Serve a folder, or start a server, and it shows here within a second.")


def test_listeners_come_and_go(hearth, listen):
    open_page(hearth)
    hearth.wait_until_says("Nobody Listens")
    first = listen("tcp 127.0.0.1 48001", "tcp 127.0.0.1 5432", "udp ::1 48002")
    wait_for_rows(hearth, [row(5432, "PostgreSQL"), row(48001), row(48002)])
    listen("tcp 127.0.0.1 3000")
    wait_for_rows(hearth, [row(3000, "Development server"), row(5432, "PostgreSQL"), row(48001), row(48002)])
    first.kill()
    wait_for_rows(hearth, [row(3000, "Development server")])


def test_reach_follows_the_computer(hearth, listen):
    listen("tcp 0.0.0.0 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    hearth.wait_until_says("Only this computer · every IPv4 address · TCP")
    with network.veth():
        ip("addr", "add", "192.168.7.1/24", "dev", "h0")
        ip("link", "set", "h0", "up")
        wait_for_rows(hearth, [row(48001, reach="the local network")])
    wait_for_rows(hearth, [row(48001)])


def test_what_cannot_be_known(hearth, listen):
    """Not its program: that one's owner has no name here."""
    process = subprocess.Popen(
        ["setpriv", "--reuid", "54321", "--clear-groups", sys.executable, "-c", PROGRAM, "tcp 127.0.0.1 48001"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        process.stdout.readline()
        open_page(hearth)
        wait_for_rows(hearth, [row(48001, owner="python3")])
    finally:
        process.kill()
        process.wait()


# Finding


def test_search(hearth, listen):
    listen("tcp 127.0.0.1 48001", "tcp 127.0.0.1 5432", "udp ::1 48002")
    open_page(hearth)
    wait_for_rows(hearth, [row(5432, "PostgreSQL"), row(48001), row(48002)])
    hearth.keys("ctrl+f")
    for text, expected in [
        ("postgres", [row(5432, "PostgreSQL")]),
        ("python3 udp", [row(48002)]),
        ("::1", [row(48002)]),
        ("4800", [row(48001), row(48002)]),
    ]:
        hearth.keys("ctrl+a")
        hearth.type(text)
        wait_for_rows(hearth, expected)
    hearth.keys("ctrl+a")
    hearth.type("nothing such")
    hearth.wait_until_says("No Results")
    hearth.keys("Escape")
    wait_for_rows(hearth, [row(5432, "PostgreSQL"), row(48001), row(48002)])


def test_search_finds_what_comes(hearth, listen):
    listen("tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    hearth.keys("ctrl+f")
    hearth.type("postgres")
    hearth.wait_until_says("No Results")
    listen("tcp 127.0.0.1 5432")
    wait_for_rows(hearth, [row(5432, "PostgreSQL")])


def choose(hearth, chosen, wanted):
    """From a drop-down that says what is chosen now."""
    hearth.press("toggle button", chosen)
    wait_for("the choices", lambda: any(has_state(n, "FOCUSED") for n in hearth.nodes("list item")))
    hearth.keys("Home", *["Down"] * next(choices.index(wanted) for choices in CHOICES if wanted in choices))
    hearth.keys("Return")
    wait_for(f"“{wanted}” to be chosen", lambda: hearth.find("toggle button", wanted))


def test_filter(hearth, listen):
    with network.veth():
        ip("addr", "add", "192.168.7.1/24", "dev", "h0")
        ip("link", "set", "h0", "up")
        listen("tcp 0.0.0.0 48001", "tcp 127.0.0.1 48002")
        both = [row(48001, reach="the local network"), row(48002)]
        open_page(hearth)
        wait_for_rows(hearth, both)
        choose(hearth, "All Services", "Only This Computer")
        wait_for_rows(hearth, both[1:])
        choose(hearth, "Only This Computer", "Others Can Reach")
        wait_for_rows(hearth, both[:1])
        choose(hearth, "Others Can Reach", "All Services")
        wait_for_rows(hearth, both)


def test_order(hearth, listen):
    with network.veth():
        ip("addr", "add", "192.168.7.1/24", "dev", "h0")
        ip("link", "set", "h0", "up")
        listen("tcp 127.0.0.1 3000", "tcp 127.0.0.1 27017", "tcp 0.0.0.0 48001", "tcp 127.0.0.1 631")
        development, mongo, printing = "Development server", "MongoDB", "Printing (CUPS)"
        far = row(48001, reach="the local network")
        by_port = [row(631, printing), row(3000, development), row(27017, mongo), far]
        open_page(hearth)
        wait_for_rows(hearth, by_port)
        choose(hearth, "By Port", "By Name")  # by name; what has none comes last
        wait_for_rows(hearth, [row(3000, development), row(27017, mongo), row(631, printing), far])
        choose(hearth, "By Name", "By Reach")  # by reach, the farthest first
        wait_for_rows(hearth, [far, *by_port[:3]])
        choose(hearth, "By Reach", "By Port")
        wait_for_rows(hearth, by_port)


# What can be done


# The items of the menu of a row have no names for a screen reader but what they show.
OPEN, COPY_ADDRESS, COPY_URL, STOP, DETAILS = range(5)


def press_menu_item(hearth, item):
    hearth.press("toggle button", "More Actions")
    items = wait_for("the menu", lambda: hearth.nodes("menu item"))
    assert len(items) == 5 and items[item].do_action(0)
    wait_for("no menu", lambda: not hearth.nodes("menu item"))


def test_copy(hearth, listen):
    listen("tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    press_menu_item(hearth, COPY_ADDRESS)
    hearth.wait_until_says("Copied 127.0.0.1:48001")
    assert clipboard() == "127.0.0.1:48001"
    press_menu_item(hearth, COPY_URL)
    hearth.wait_until_says("Copied http://localhost:48001/")
    assert clipboard() == "http://localhost:48001/"


def test_what_this_runs(hearth, listen):
    listen("tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    hearth.press("button", "What This Runs")
    dialog = wait_for("the commands", lambda: hearth.find("dialog", "What This Runs"))
    for command in ("ss -tulnp", "lsof -nP -iTCP -sTCP:LISTEN -iUDP", "netstat -ano"):
        assert says_in(dialog, command)
    press_in(dialog, "button", "Copy Command for Linux")
    wait_for("the toast", lambda: says_in(dialog, "Copied ss -tulnp"))
    assert clipboard() == "ss -tulnp"


def open_details(hearth, port):
    focus_row(hearth, port)
    hearth.keys("Return")
    return wait_for("the details", lambda: hearth.find("dialog", "Service Details"))


def focus_row(hearth, port):
    """By the keyboard, as everything is reached."""
    for _ in range(15):
        if any(has_state(n, "FOCUSED") and text_of(n).startswith(f"Port {port},") for n in hearth.nodes("list item")):
            return
        hearth.keys("Tab")
        time.sleep(0.1)
    pytest.fail(f"the row of port {port} has no focus")


def test_details(hearth, listen):
    process = listen("tcp 127.0.0.1 5432")
    open_page(hearth)
    wait_for_rows(hearth, [row(5432, "PostgreSQL")])
    dialog = open_details(hearth, 5432)
    for phrase in ("5432 · TCP", "PostgreSQL", "127.0.0.1", f"python3, process {process.pid}", "root",
                   "Only this computer."):
        assert says_in(dialog, phrase), phrase
    press_in(dialog, "button", "Copy Address")
    wait_for("the toast", lambda: says_in(dialog, "Copied 127.0.0.1:5432"))
    assert clipboard() == "127.0.0.1:5432"


def test_one_interface(hearth, listen):
    """It is not every address of the computer, and localhost may lead past it."""
    listen("tcp 0.0.0.0%lo 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    hearth.wait_until_says("Only this computer · 0.0.0.0 · TCP")
    dialog = open_details(hearth, 48001)
    assert says_in(dialog, "Only this computer. It listens on one interface only.")
    assert not any(text_of(n) == "Open in Browser" and is_seen(n) for n in walk(dialog))


def wait_for_question(hearth, heading):
    return wait_for(f"“{heading}”", lambda: next(
        (n for n in hearth.nodes() if n.get_role_name() in ("alert", "dialog") and text_of(n) == heading), None))


def test_stop(hearth, listen):
    process = listen("tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    press_menu_item(hearth, STOP)
    question = wait_for_question(hearth, "Stop python3?")
    assert says_in(question, f"Process {process.pid} ends, and whatever uses port 48001 gets no answer any more.")
    press_in(question, "button", "Cancel")
    wait_for("no question", lambda: not hearth.says("Stop python3?"))
    assert process.poll() is None

    press_menu_item(hearth, STOP)
    press_in(wait_for_question(hearth, "Stop python3?"), "button", "Stop")
    assert process.wait(20) == -signal.SIGTERM
    hearth.wait_until_says("python3 stopped")
    hearth.wait_until_says("Nobody Listens")


def test_stop_one_that_goes_on(hearth, listen):
    process = listen("stubborn", "tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    press_menu_item(hearth, STOP)
    press_in(wait_for_question(hearth, "Stop python3?"), "button", "Stop")
    question = wait_for_question(hearth, "python3 Goes On")
    assert process.poll() is None
    press_in(question, "button", "Force")
    assert process.wait(20) == -signal.SIGKILL
    hearth.wait_until_says("python3 stopped")


def test_what_came_of_a_stop_outlives_the_details(hearth, listen):
    process = listen("stubborn", "tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    dialog = open_details(hearth, 48001)
    hearth.keys("shift+Tab")
    wait_for("the focus", lambda: focused_name(hearth) == "Stop Program…")
    hearth.keys("Return")
    press_in(wait_for_question(hearth, "Stop python3?"), "button", "Stop")
    press_in(dialog, "button", "Close")
    wait_for("no details", lambda: not hearth.find("dialog", "Service Details"))
    press_in(wait_for_question(hearth, "python3 Goes On"), "button", "Force")
    assert process.wait(20) == -signal.SIGKILL
    hearth.wait_until_says("python3 stopped")


def test_stop_one_that_has_ended(hearth, listen):
    process = listen("tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    press_menu_item(hearth, STOP)
    question = wait_for_question(hearth, "Stop python3?")
    process.kill()
    process.wait()
    press_in(question, "button", "Stop")
    hearth.wait_until_says("python3 has ended already.")


def test_stop_the_server_of_a_folder(start):
    """It is the folder that stops, so it does not start the server again."""
    site = Path(os.environ["HOME"]) / "site"
    site.mkdir()
    hearth = start(site)
    hearth.wait_for_row("site, served at http://localhost:8000/, 0 requests")
    open_page(hearth)
    wait_for("the server", lambda: any(", hearth-serve · root, " in name for name in rows(hearth)))
    press_menu_item(hearth, STOP)
    press_in(wait_for_question(hearth, "Stop hearth-serve?"), "button", "Stop")
    hearth.wait_until_says("hearth-serve stopped")
    hearth.keys("alt+2")
    hearth.wait_for_row("site, stopped")


def test_a_service_manager_is_not_stopped(hearth, listen):
    """It holds the sockets of services that it starts when they are asked for, and all else is its own."""
    listen("systemd", "tcp 127.0.0.1 48001")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001, owner="systemd · root")])
    dialog = open_details(hearth, 48001)
    assert says_in(dialog, "systemd, process ")
    assert not any(text_of(n).startswith("Stop Program") and is_seen(n) for n in walk(dialog))


# Its cost


def count_looks(hearth, seconds):
    """How often it asks the kernel for sockets (sock_diag is netlink's protocol 4) in that time."""
    trace = subprocess.Popen(
        ["strace", "-f", "-qq", "-e", "trace=socket", "-e", "signal=none", "-p", str(hearth.process.pid)],
        stderr=subprocess.PIPE, text=True)
    time.sleep(seconds)
    trace.send_signal(signal.SIGINT)
    output = trace.communicate(timeout=20)[1]
    return output.count("NETLINK_SOCK_DIAG")


def test_nothing_is_read_while_another_page_is_shown(hearth, listen):
    listen("tcp 127.0.0.1 48001")
    assert count_looks(hearth, 3) == 0
    open_page(hearth)
    wait_for_rows(hearth, [row(48001)])
    assert count_looks(hearth, 4) >= 2
    hearth.keys("alt+1")
    wait_for("the addresses", lambda: not rows(hearth))
    assert count_looks(hearth, 3) == 0


def test_every_control_has_a_name(hearth, listen):
    listen("tcp 127.0.0.1 48001", "udp 127.0.0.1 48002")
    open_page(hearth)
    wait_for_rows(hearth, [row(48001), row(48002)])
    for role in ("button", "list item", "toggle button"):
        assert all(text_of(n) for n in hearth.nodes(role)), (role, hearth.names(role))
