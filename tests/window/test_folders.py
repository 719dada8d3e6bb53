# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person meets on the Folders page: real folders, the real hearth-serve, real requests."""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from desktop import ENVIRONMENT, Hearth, extents, has_state, read, text_of, wait_for, walk

import network
from network import ip
from notifications import Notifications

HOME = Path(os.environ["HOME"])
SETTINGS = Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0"

# What is kept is kept from one start to the next.
ENVIRONMENT["GSETTINGS_BACKEND"] = "keyfile"
ENVIRONMENT["GNOTIFICATION_BACKEND"] = "freedesktop"


@pytest.fixture
def site():
    return make_site("site")


def make_site(name):
    folder = HOME / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "index.html").write_text(f"<!doctype html><title>{name}</title>Home of {name}")
    (folder / "styles.css").write_text("body { color: teal }")
    (folder / ".env").write_text("PASSWORD=1234")
    return folder


@pytest.fixture
def start():
    started = []

    def start(*arguments):
        started.append(Hearth(*map(str, arguments)))
        return started[-1]

    yield start
    for hearth in started:
        hearth.kill()
    shutil.rmtree(SETTINGS, ignore_errors=True)


@pytest.fixture
def notifications():
    desktop = Notifications()
    yield desktop
    desktop.stop()


# Requests


def ask(path="/", port=8000, address="127.0.0.1", host=None):
    """The status and the body of the answer."""
    with socket.create_connection((address, port), timeout=10) as peer:
        head = f"GET {path} HTTP/1.1\r\nHost: {host or f'localhost:{port}'}\r\nConnection: close\r\n\r\n"
        peer.sendall(head.encode())
        answer = b""
        while chunk := peer.recv(65536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


def answers(port=8000, address="127.0.0.1"):
    try:
        socket.create_connection((address, port), timeout=10).close()
        return True
    except ConnectionRefusedError:
        return False


def servers(hearth):
    """The processes that it has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = stat.read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        if name == "hearth-serve" and int(rest.split()[1]) == hearth.process.pid:
            found.append(int(stat.parent.name))
    return found


def served(name, n_requests=0, port=8000):
    plural = "request" if n_requests == 1 else "requests"
    return f"{name}, served at http://localhost:{port}/, {n_requests} {plural}"


def requests(hearth):
    """The rows of the log, without the time."""
    rows = [text_of(n) for n in hearth.nodes("list item")]
    return [row.split(", at ")[0] + row.partition(", at ")[2][8:] for row in rows if ", at " in row]


def open_page(hearth, name, n_requests=0):
    hearth.wait_for_row(served(name, n_requests))
    hearth.keys("Return")
    hearth.wait_until_says("Requests per second")


# Serving


def test_nothing_is_served_yet(start):
    hearth = start()
    hearth.keys("alt+2")
    hearth.wait_until_says("Serve a Folder on Localhost")
    assert hearth.find("button", "Choose a Folder…") and hearth.find("button", "Serve a Folder")


def test_serves_the_folder_it_is_started_with(start, site):
    hearth = start(site)
    hearth.wait_for_rows([served("site")])
    hearth.wait_until_says("~/site")
    assert [text_of(n) for n in hearth.nodes("link")] == ["http://localhost:8000/"]
    assert ask() == (200, "<!doctype html><title>site</title>Home of site")
    assert ask(address="::1")[0] == 200
    hearth.wait_for_rows([served("site", 2)])


def test_serves_what_a_second_start_is_given(start, site):
    hearth = start()
    start_again(hearth, site)
    hearth.wait_for_rows([served("site")])
    start_again(hearth, site, make_site("music"))
    hearth.wait_for_rows([served("site"), served("music", port=8001)])
    assert ask(port=8001)[1].endswith("Home of music")


def start_again(hearth, *folders):
    assert subprocess.run([os.environ["HEARTH"], *map(str, folders)], env=ENVIRONMENT,
                          timeout=20).returncode == 0


def start_two(start, site):
    """At once: the first has the first port."""
    hearth = start(site, make_site("music"))
    hearth.wait_for_rows([served("site"), served("music", port=8001)])
    return hearth


def test_serves_what_is_chosen(start, site):
    hearth = start()
    hearth.wait_for_row("127.0.0.1, only this computer, always")
    hearth.keys("ctrl+o")
    choose_folder(hearth, site)
    hearth.wait_for_rows([served("site")])


def choose_folder(hearth, folder):
    wait_for("the dialog", lambda: hearth.find("dialog", "Choose a Folder to Serve"))
    hearth.type("/")
    wait_for("the entry of the path", lambda: any(
        has_state(n, "FOCUSED") for n in hearth.nodes("text")))
    # Pasted, because the entry completes what is typed.
    subprocess.run(["xclip", "-selection", "clipboard"], input=str(folder), text=True, check=True,
                   stdout=subprocess.DEVNULL, timeout=10)
    subprocess.run(["xdotool", "key", "--delay", "100", "ctrl+a", "ctrl+v"], check=True)
    hearth.press("button", "Serve")


def test_serves_on_an_alias(start, site):
    ip("addr", "add", "10.0.0.7/32", "dev", "lo")
    try:
        hearth = start()
        row = hearth.wait_for_row("10.0.0.7, the local network, origin unknown")
        toggle = next(n for n in walk(row) if n.get_name() == "More Actions" and n.get_n_actions())
        assert toggle.do_action(0)
        wait_for("the menu", lambda: hearth.nodes("menu item"))
        hearth.keys("Down", "Down", "Down", "Return")  # past what it copies
        choose_folder(hearth, site)
        hearth.wait_for_rows(["site, served at http://10.0.0.7:8000/, 0 requests"])
        assert ask(address="10.0.0.7", host="10.0.0.7:8000")[0] == 200 and not answers()
    finally:
        network.restore()


def test_a_file_is_no_folder(start, site):
    hearth = start(site / "styles.css")
    hearth.wait_until_says("“styles.css” is not a folder. Serve the folder that it is in.")
    assert hearth.says("Serve a Folder on Localhost") and not servers(hearth)


def test_a_folder_that_is_not_there(start):
    hearth = start(HOME / "nowhere")
    hearth.wait_until_says("No such file or directory")
    assert not servers(hearth)


def test_opens_in_the_browser_and_copies(start, site):
    opened = install_browser()
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.press("button", "Open in Browser")
    wait_for("the browser", opened.exists)
    wait_for("the address", lambda: opened.read_text() == "http://localhost:8000/\n")
    hearth.press("button", "Copy Address")
    hearth.wait_until_says("Copied http://localhost:8000/")
    clipboard = subprocess.run(["xclip", "-selection", "clipboard", "-out"], capture_output=True,
                               text=True, timeout=10).stdout
    assert clipboard == "http://localhost:8000/"


def install_browser():
    """One that writes down what it opens, and where it does."""
    program, opened = HOME / "browser", HOME / "opened"
    program.write_text(f'#!/bin/sh\necho "$1" >{opened}\n')
    program.chmod(0o755)
    applications = Path(os.environ["XDG_DATA_HOME"]) / "applications"
    applications.mkdir(parents=True, exist_ok=True)
    (applications / "browser.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Browser\nExec={program} %u\n"
        "MimeType=x-scheme-handler/http;\n")
    (applications / "mimeapps.list").write_text(
        "[Default Applications]\nx-scheme-handler/http=browser.desktop\n")
    return opened


def test_stop_and_start(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.press("button", "Stop")
    hearth.wait_for_rows(["site, stopped"])
    wait_for("nothing to listen", lambda: not answers())
    hearth.press("button", "Start")
    hearth.wait_for_rows([served("site")])
    assert ask()[0] == 200


def test_port_that_is_taken(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.press("button", "Stop")
    hearth.wait_for_rows(["site, stopped"])
    with socket.create_server(("127.0.0.1", 8000)):
        hearth.press("button", "Start")
        hearth.wait_for_rows([served("site", port=8001)])
        hearth.wait_until_says("Port 8000 is used by")
        assert hearth.says("moved to 8001") and ask(port=8001)[0] == 200


def test_server_that_dies_is_started_again(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    [first] = servers(hearth)
    os.kill(first, signal.SIGKILL)
    wait_for("another server", lambda: servers(hearth) not in ([], [first]))
    hearth.wait_for_rows([served("site")])
    assert ask()[0] == 200


def test_folder_that_goes(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    site.rename(HOME / "elsewhere")
    try:
        hearth.wait_for_rows(["site, folder missing"])
    finally:
        shutil.rmtree(HOME / "elsewhere")


def test_remove_and_undo(start, site):
    hearth = start_two(start, site)
    go(hearth, "Up", "site")
    hearth.keys("Delete")
    hearth.wait_for_rows([served("music", port=8001)])
    hearth.wait_until_says("Removed “site”")
    wait_for("nothing to listen", lambda: not answers())
    hearth.press("button", "Undo")
    hearth.wait_for_rows([served("site"), served("music", port=8001)])
    assert ask()[1].endswith("Home of site")


def focused(hearth):
    return next((text_of(n) for n in hearth.nodes() if has_state(n, "FOCUSED")), "")


def go(hearth, key, name):
    """Presses the key until what has the focus begins with that name."""
    for _ in range(20):
        if read(lambda: focused(hearth).startswith(name)):
            return
        hearth.keys(key)
    raise AssertionError(f"{key} does not lead to “{name}”, but to “{focused(hearth)}”")


# One folder


def test_requests_are_listed(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    hearth.wait_until_says("Nothing was asked for yet")
    ask("/styles.css")
    wait_for("the request", lambda: requests(hearth) == ["GET /styles.css, 200, OK"])
    ask("/style.css")
    wait_for("the reason", lambda: requests(hearth) == [
        "GET /style.css, 404, not found: No such file; did you mean styles.css?",
        "GET /styles.css, 200, OK"])
    wait_for("its size", lambda: any(
        n.get_description().startswith("20 bytes, ") for n in hearth.nodes("list item")))
    wait_for("the plot in words", lambda: any(
        text_of(n).startswith("2 requests and ") for n in hearth.nodes()))


def test_the_first_requests_come_together(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    hearth.wait_until_says("Nothing was asked for yet")
    with socket.create_connection(("127.0.0.1", 8000), timeout=10) as peer:
        peer.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5)
        wait_for("all of them", lambda: requests(hearth) == ["HEAD /, 200, OK"] * 5)
    assert not hearth.says("Nothing was asked for yet")


def test_all_requests_are_reached(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    with socket.create_connection(("127.0.0.1", 8000), timeout=10) as peer:
        for i in range(300):
            peer.sendall(f"HEAD /?{i} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            while not peer.recv(65536).endswith(b"\r\n\r\n"):
                pass
    wait_for("the latest", lambda: requests(hearth)[:1] == ["HEAD /?299, 200, OK"])
    hearth.keys("Down", "End")
    wait_for("the first", lambda: requests(hearth)[-1:] == ["HEAD /?0, 200, OK"])
    hearth.keys("Home")
    wait_for("the latest", lambda: requests(hearth)[:1] == ["HEAD /?299, 200, OK"])
    hearth.keys(*["Page_Down"] * 40)
    wait_for("the first", lambda: requests(hearth)[-1:] == ["HEAD /?0, 200, OK"])


def test_requests_are_filtered_and_cleared(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    ask("/")
    ask("/style.css")
    ask("/", host="evil.example")
    wait_for("all requests", lambda: len(requests(hearth)) == 3)
    filter_by(hearth, "Not Found")
    wait_for("one kind", lambda: [r[:20] for r in requests(hearth)] == ["GET /style.css, 404,"])
    filter_by(hearth, "Refused")
    wait_for("another", lambda: ["refused" in r for r in requests(hearth)] == [True])
    filter_by(hearth, "Failed")
    hearth.wait_until_says("No request of this kind")
    filter_by(hearth, "All")
    wait_for("all requests", lambda: len(requests(hearth)) == 3)
    hearth.press("button", "Clear Requests")
    wait_for("no requests", lambda: requests(hearth) == [])
    hearth.wait_until_says("Nothing was asked for yet")


def filter_by(hearth, name):
    hearth.press("radio button", name)


def test_banner_says_what_is_hidden(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    hearth.wait_until_says(".env")
    assert ask("/.env")[0] == 404


def test_purpose(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    assert ask("/missing")[0] == 404
    hearth.press("button", "Folder Options")
    choose(hearth, "Single-Page App")
    wait_for("index.html for what is missing", lambda: answers() and ask("/missing")[0] == 200)
    assert ask("/missing")[1].endswith("Home of site")


def test_hidden_files(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    hearth.press("button", "Folder Options")
    switch(hearth, "Hidden Files")
    wait_for("the hidden file", lambda: answers() and ask("/.env") == (200, "PASSWORD=1234"))


def choose(hearth, name):
    hearth.wait_for_row(name)
    go(hearth, "Down", name)
    hearth.keys("space")


def switch(hearth, name):
    """Both the row and the switch in it have the name; one of them does something."""
    button = wait_for(name, lambda: next((n for n in hearth.nodes("check box")
                                          if n.get_name() == name and n.get_n_actions() > 0), None))
    assert button.do_action(0)


def test_stop_on_its_page(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    hearth.press("button", "Stop")
    wait_for("nothing to listen", lambda: not answers())
    hearth.press("button", "Start")
    wait_for("an answer", answers)


def test_back_and_remove(start, site):
    hearth = start(site)
    open_page(hearth, "site")
    hearth.keys("Escape")
    hearth.wait_for_rows([served("site")])
    open_page(hearth, "site")
    hearth.keys("alt+1")
    hearth.wait_for_row("127.0.0.1, only this computer, always")


# Without a window


def test_serves_on_when_the_window_is_closed(start, site, notifications):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.keys("ctrl+w")
    notifications.wait_for(["Serving 1 folder on localhost"])
    assert ask()[0] == 200
    notifications.press("default")
    hearth.keyboard = wait_for("the window again", hearth.find_x_window)
    hearth.keys("alt+2")
    hearth.wait_for_rows([served("site", 1)])
    notifications.wait_for([])


def test_notification_stops_it(start, site, notifications):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.keys("ctrl+w")
    notifications.wait_for(["Serving 1 folder on localhost"])
    notifications.press("Stop")
    assert hearth.process.wait(20) == 0 and not answers()
    hearth = start()
    hearth.keys("alt+2")
    hearth.wait_for_rows(["site, stopped"])


def close_window(hearth, notifications, n_folders):
    hearth.keys("ctrl+w")
    plural = "folder" if n_folders == 1 else "folders"
    notifications.wait_for([f"Serving {n_folders} {plural} on localhost"])


@pytest.fixture
def elsewhere():
    """Where a folder goes."""
    yield HOME / "elsewhere"
    shutil.rmtree(HOME / "elsewhere", ignore_errors=True)


TROUBLE = "“site” is not served any more"


def test_notification_of_a_folder_that_goes(start, site, elsewhere, notifications):
    hearth = start_two(start, site)
    close_window(hearth, notifications, 2)
    site.rename(elsewhere)
    notifications.wait_for_all(["Serving 1 folder on localhost", TROUBLE])
    notifications.press("Open", TROUBLE)
    hearth.keyboard = wait_for("the window again", hearth.find_x_window)
    hearth.wait_until_says("This folder was removed, renamed or replaced.")
    close_window(hearth, notifications, 1)


@pytest.mark.parametrize("button", ["Open", "Stop"])
def test_notification_of_the_only_folder_that_goes(start, site, elsewhere, notifications, button):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    close_window(hearth, notifications, 1)
    site.rename(elsewhere)
    notifications.wait_for([TROUBLE])
    notifications.press(button)
    if button == "Stop":
        assert hearth.process.wait(20) == 0
    else:
        hearth.keyboard = wait_for("the window again", hearth.find_x_window)
        hearth.wait_until_says("This folder was removed, renamed or replaced.")


def test_notification_goes_when_somebody_looks(start, site, elsewhere, notifications):
    hearth = start_two(start, site)
    close_window(hearth, notifications, 2)
    site.rename(elsewhere)
    notifications.wait_for_all(["Serving 1 folder on localhost", TROUBLE])
    start_again(hearth)
    hearth.keyboard = wait_for("the window again", hearth.find_x_window)
    hearth.keys("alt+2")
    notifications.wait_for([])


def test_notification_of_a_server_that_keeps_dying(start, site, notifications):
    hearth = start_two(start, site)
    close_window(hearth, notifications, 2)
    music = server_of(hearth, "music")
    for i in range(5):
        assert notifications.titles() == ["Serving 2 folders on localhost"]
        [first] = [pid for pid in servers(hearth) if pid != music]
        os.kill(first, signal.SIGKILL)
        if i < 4:
            wait_for("another server", lambda: [p for p in servers(hearth) if p not in (first, music)])
    trouble = "“site” is served with interruptions"
    notifications.wait_for_all(["Serving 2 folders on localhost", trouble])
    notifications.press("Stop", trouble)
    notifications.wait_for(["Serving 1 folder on localhost"])
    assert not answers() and answers(8001)


def test_notification_of_a_server_goes_when_it_is_well_again(start, site, notifications):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    close_window(hearth, notifications, 1)
    last = None
    for _ in range(5):
        [last] = wait_for("another server", lambda: [p for p in servers(hearth) if p != last])
        os.kill(last, signal.SIGKILL)
    serving = "Serving 1 folder on localhost"
    notifications.wait_for_all([serving, "“site” is served with interruptions"])
    wait_for("it to be well", lambda: notifications.titles() == [serving], 60)
    assert answers()


def server_of(hearth, name):
    return next(pid for pid in servers(hearth)
                if Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[-2].endswith(name.encode()))


def test_no_notification_of_what_is_seen(start, site, elsewhere, notifications):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.keys("alt+1", "alt+2")  # it has the keyboard
    site.rename(elsewhere)
    hearth.wait_for_rows(["site, folder missing"])
    assert notifications.last_id == 0


def test_setting_ends_it_with_the_window(start, site, notifications):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.keys("F10")
    wait_for("the menu", lambda: hearth.nodes("check menu item"))
    hearth.keys("s")  # Keep Serving When Closed
    hearth.keys("ctrl+w")
    assert hearth.process.wait(20) == 0 and not answers() and notifications.titles() == []
    hearth = start()
    hearth.keys("alt+2")
    hearth.wait_for_rows([served("site")])
    assert ask()[0] == 200


def test_quit_ends_it_until_the_next_start(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.keys("ctrl+q")
    assert hearth.process.wait(20) == 0
    wait_for("nothing to listen", lambda: not answers())
    hearth = start()
    hearth.keys("alt+2")
    hearth.wait_for_rows([served("site")])


def test_server_ends_with_a_hearth_that_is_killed(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.kill()
    wait_for("nothing to listen", lambda: not answers())


# For everybody


def test_every_control_has_a_name(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    assert_named(hearth, "button", "list item", "page tab", "link")
    open_page(hearth, "site")
    ask("/")
    wait_for("the request", lambda: requests(hearth))
    assert_named(hearth, "button", "list item", "radio button")


def assert_named(hearth, *roles):
    for role in roles:
        names = hearth.names(role)
        assert names and all(names), (role, names)


def test_narrow(start, site):
    hearth = start(site)
    hearth.wait_for_row(served("site"))
    hearth.resize(360, 294)
    wait_for("the width", lambda: extents(hearth.find("frame", "Hearth")).width == 360)
    go(hearth, "Tab", "site")
    open_page(hearth, "site")
    ask("/")
    ask("/style.css")
    go(hearth, "Tab", "All Requests")
    go(hearth, "Right", "Not Found, 404")
    hearth.keys("Tab", "Down")
    wait_for("one kind", lambda: focused(hearth).startswith("GET /style.css, 404, not found"))
