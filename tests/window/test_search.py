# SPDX-License-Identifier: GPL-3.0-or-later
"""The search of the desktop, asked over the session bus as GNOME Shell asks it."""

import configparser
import os
import shutil
import socket
from pathlib import Path

import pytest
from desktop import ENVIRONMENT, Hearth, has_state, wait_for
from gi.repository import Gio, GLib

import network
import session
from network import ip, veth
from session import HearthOfBus

HOME = Path(os.environ["HOME"])
DATA = Path(os.environ["HEARTH_DATA"])
SETTINGS = Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0"

# What is kept is kept from one start to the next.
ENVIRONMENT["GSETTINGS_BACKEND"] = "keyfile"


def read_ini():
    ini = configparser.ConfigParser(delimiters="=")
    ini.optionxform = str
    ini.read(DATA / f"{session.NAME}.search-provider.ini")
    return dict(ini["Shell Search Provider"])


INI = read_ini()


@pytest.fixture(autouse=True)
def bus():
    session.install()
    yield
    session.end()
    network.restore()
    shutil.rmtree(SETTINGS, ignore_errors=True)


def ask(method, signature, *arguments, answer=None):
    result = session.call("org.gnome.Shell.SearchProvider2", method, GLib.Variant(signature, arguments),
                          INI["ObjectPath"], answer)
    return result[0] if answer else None


def find(*terms):
    return ask("GetInitialResultSet", "(as)", list(terms), answer="(as)")


def find_within(results, *terms):
    return ask("GetSubsearchResultSet", "(asas)", results, list(terms), answer="(as)")


def describe(*ids):
    """What the shell shows: name, description, icon and what it copies of each."""
    metas = ask("GetResultMetas", "(as)", list(ids), answer="(aa{sv})")
    assert [meta["id"] for meta in metas] == list(ids)
    icons = {meta["gicon"] for meta in metas}
    assert all(Gio.icon_new_for_string(icon).to_string() == icon for icon in icons)
    return [(meta["name"], meta["description"], meta["gicon"], meta.get("clipboardText")) for meta in metas]


def activate(id, *terms):
    ask("ActivateResult", "(sasu)", id, list(terms), 0)


def launch(*terms):
    ask("LaunchSearch", "(asu)", list(terms), 0)


def serve(*folders):
    """Leaves a Hearth that ended with folders served, as at the end of a session."""
    for folder in folders:
        (HOME / folder).mkdir(exist_ok=True)
    hearth = Hearth(*(str(HOME / folder) for folder in folders))
    for port, folder in enumerate(folders, 8000):
        hearth.wait_for_row(f"{folder}, served at http://localhost:{port}/, 0 requests")
    return hearth


def quit(hearth):
    hearth.keys("ctrl+q")
    assert hearth.process.wait(20) == 0


def plain(entry):
    """Without the marks that keep an address in order among text from right to left."""
    marks = dict.fromkeys(range(0x2066, 0x206A))
    return tuple(text and text.translate(marks) for text in entry)


# What the shell reads


def test_file_of_the_shell_leads_here():
    assert INI == {"DesktopId": f"{session.NAME}.desktop", "BusName": session.NAME, "Version": "2",
                   "ObjectPath": "/io/github/hearthapp/Hearth/SearchProvider"}


# What is found


def test_addresses():
    ip("addr", "add", "127.0.0.77/32", "dev", "lo", "proto", "0x69")
    [found] = find("0.77")
    assert [plain(e) for e in describe(found)] == [
        ("127.0.0.77", "Only this computer · Hearth · until restart · lo", "network-wired-symbolic",
         "127.0.0.77")]
    assert [describe(i)[0][0] for i in find("localhost")] == ["127.0.0.1", "::1"]
    assert find("127.0.0.78") == [] and find("0") == [] and find("l") == []


def test_address_that_comes_while_typing():
    assert find("127.0.0.9") == []
    ip("addr", "add", "127.0.0.9/32", "dev", "lo")
    wait_for("the address", lambda: len(find_within([], "127.0.0.9")) == 1)
    ip("addr", "del", "127.0.0.9/32", "dev", "lo")
    wait_for("its end", lambda: find("127.0.0.9") == [])


def test_services():
    with socket.create_server(("127.0.0.1", 5432)):
        [found] = find("5432")
        [(name, description, icon, copied)] = [plain(e) for e in describe(found)]
        assert name == "Port 5432, PostgreSQL" and icon == "network-server-symbolic" and copied is None
        assert description.startswith("Only this computer · 127.0.0.1 · TCP · python3")
        assert find("postgres") == [found] and find("postgres", "python") == [found]
        assert find("postgres", "ruby") == []
    assert find("5432") == []


def test_folders():
    quit(serve("site", "music"))
    [site] = find("sit")
    assert [plain(e) for e in describe(site)] == [("site", "Stopped · ~/site", "folder-symbolic", None)]
    assert [describe(i)[0][0] for i in find("stopped")] == ["site", "music"]
    assert [describe(i)[0][0] for i in find("8001")] == ["music"]
    assert find("~/site") == [site]
    # And none of them was started for it.
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", 8000), timeout=10)


def test_folder_that_is_served_now():
    serve("site")
    [found] = [i for i in find("site") if i.startswith("folders:")]
    assert [plain(e) for e in describe(found)] == [
        ("site", "Serving · http://localhost:8000/ · ~/site", "folder-symbolic", "http://localhost:8000/")]


def test_what_is_gone_is_not_described():
    ip("addr", "add", "127.0.0.9/32", "dev", "lo")
    [found] = find("127.0.0.9")
    ip("addr", "del", "127.0.0.9/32", "dev", "lo")
    wait_for("it to go", lambda: ask("GetResultMetas", "(as)", [found], answer="(aa{sv})") == [])
    assert ask("GetResultMetas", "(as)", ["nonsense", "nothing:1", "services:x"], answer="(aa{sv})") == []


def test_not_more_than_anybody_reads():
    ip(batch="\n".join(f"addr add 127.0.7.{i}/32 dev lo" for i in range(1, 101)))
    assert len(find("127.0.7")) == 16


# Without a window


def test_it_opens_no_window_and_ends_again():
    find("localhost")
    process = session.Process(session.pid())
    assert session.windows() == 0
    process.wait(40)
    assert not session.runs()


# With one


def selected(hearth):
    return [n.get_name() for n in hearth.nodes("list item") if has_state(n, "SELECTED")]


def test_activating_an_address():
    ip(batch="\n".join(f"addr add 127.0.7.{i}/32 dev lo" for i in range(1, 101)))
    [found] = find("127.0.7.99")
    activate(found, "127.0.7.99")
    hearth = HearthOfBus()
    wait_for("the row", lambda: selected(hearth) == ["127.0.7.99, only this computer, origin unknown"])
    [found] = find("::1")
    hearth.keys("alt+3")
    activate(found, "::1")
    wait_for("another row", lambda: selected(hearth) == ["::1, only this computer, always"])
    assert session.windows() == 1


def test_activating_an_address_that_is_not_shown():
    with veth():
        ip("addr", "add", "192.0.2.1/24", "dev", "h0")
        [found] = find("192.0.2.1")
        activate(found, "192.0.2.1")
        hearth = HearthOfBus()
        wait_for("the row", lambda: selected(hearth) == ["192.0.2.1, the local network, origin unknown"])


def test_activating_a_service():
    with socket.create_server(("127.0.0.1", 5432)):
        activate(find("5432")[0], "5432")
        hearth = HearthOfBus()
        wait_for("its dialog", lambda: hearth.find("dialog", "Service Details"))
        assert hearth.says("5432") and hearth.says("PostgreSQL")


def test_activating_a_folder():
    hearth = serve("site")
    [found] = [i for i in find("site") if i.startswith("folders:")]
    activate(found, "site")
    hearth.wait_until_says("Requests per second")


def test_launching():
    ip("addr", "add", "127.0.0.77/32", "dev", "lo")
    launch("0.77")
    hearth = HearthOfBus()
    hearth.wait_for_rows(["127.0.0.77, only this computer, origin unknown"])
    with socket.create_server(("127.0.0.1", 5432)):
        launch("postgresql", "python3")
        wait_for("the service", lambda: len(hearth.rows()) == 1 and "5432" in hearth.rows()[0])
    launch("nowhere")
    hearth.wait_until_says("No address here matches “nowhere”.")
    assert session.windows() == 1


def test_a_search_while_a_window_is_open_leaves_it_alone():
    hearth = Hearth()
    hearth.wait_for_row("::1, only this computer, always")
    find("localhost")
    assert session.pid() == hearth.process.pid and session.windows() == 1
