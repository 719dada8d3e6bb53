# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be opened: regular files of the folder, and nothing that a link or a name makes look like one."""

import os
import re
import socket
import subprocess
import time
import urllib.parse

import pytest
import served_folder
from exchange import SECRET, Connection, ask, get
from served_folder import write
from server import Server

GOOD = ["inside", "chain", "dots"]
BAD = [
    *("out", "absolute-out", "absolute-in", "comes-back", "far", "proc", "proc-cwd", "loop", "loop-a", "dangling"),
    *("through", "out-folder", "out-folder/", "out-folder/secret.txt", "out-folder/nothing", "hop-0"),
    *("proc/etc/passwd", "proc/", "proc-cwd/etc/passwd", "of-folder/../out-folder/secret.txt", "loop/x"),
]


@pytest.fixture(scope="module")
def site(site):
    served_folder.add_links(site)
    served_folder.add_special(site)
    write(site / ".hidden", "hidden")
    write(site / ".git" / "config", "hidden")
    write(site / "dir" / ".env", "hidden")
    write(site / "dir" / ".deep" / "a" / "b.txt", "hidden")
    write(site / ".well-known" / "security.txt", "known")
    write(site / ".well-known" / ".secret", "hidden")
    write(site / "list" / ".dotted", "hidden")
    write(site / "..twodots", "hidden")
    os.symlink("../.hidden", site / "list" / "to-hidden")
    return site


@pytest.mark.parametrize("name", GOOD)
def test_links_that_stay(server, name):
    answer = get(server, f"/links/{name}")
    assert (answer.status, answer.body) == (200, b"0123456789")


def test_link_to_a_folder(server):
    assert get(server, "/links/of-folder/inner.txt").body == b"inner\n"
    assert get(server, "/links/of-folder").get("location") == "/links/of-folder/"
    assert get(server, "/links/of-folder/").body == served_folder.PAGE


def test_forty_links(server):
    """As many as the kernel follows."""
    assert get(server, "/links/hop-10").body == b"0123456789"
    assert get(server, "/links/hop-0").status == 404


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_links_that_leave(server, name, method):
    assert get(server, f"/links/{name}", method=method).status == 404


@pytest.mark.parametrize("name", ["out", "absolute-in", "absolute-out", "comes-back", "out-folder/secret.txt"])
def test_the_event_says_why(server, name):
    path = f"/links/{name}?why"
    assert get(server, path).status == 404
    hint = server.event("request", path=path, status=404).get("hint", "")
    assert "link" in hint and " " in hint, hint


def test_index_that_is_a_link_outside(server):
    answer = get(server, "/linked-index/")
    assert answer.status in (200, 404) and SECRET not in answer.body
    assert get(server, "/linked-index/index.html").status == 404
    # Nor does the listing know of it.
    assert "index.html" not in answer.text


def test_listing_agrees_about_links(server):
    text = get(server, "/links/").text
    names = {urllib.parse.unquote(name) for name in re.findall(r'href="\./([^"]*)"', text)}
    for name in ("inside", "chain", "dots", "of-folder/"):
        assert name in names, name
    for name in BAD:
        assert name not in names and name + "/" not in names, name


# What is no file


@pytest.mark.parametrize("name", ["fifo", "socket"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_special_files(server, name, method):
    """At once: a FIFO that nobody writes to would hold whoever opens it."""
    start = time.monotonic()
    assert get(server, f"/special/{name}", method=method).status == 404
    assert get(server, f"/special/{name}/", method=method).status == 404
    assert time.monotonic() - start < 2 * server.slowness
    assert name not in get(server, "/special/").text


def test_index_that_is_a_fifo(own_site):
    (own_site / "index.html").unlink()
    os.mkfifo(own_site / "index.html")
    with Server(own_site) as server:
        answer = get(server, "/")
        assert answer.status in (200, 404) and "index.html" not in answer.text


@pytest.mark.parametrize("device", ["null", "zero", "full", "tty"])
def test_devices(own_site, device):
    write(own_site / "device")
    subprocess.run(["mount", "--bind", f"/dev/{device}", own_site / "device"], check=True)
    try:
        with Server(own_site) as server:
            assert get(server, "/device").status == 404
            assert "./device" not in get(server, "/").text
    finally:
        subprocess.run(["umount", own_site / "device"], check=True)


def test_fifo_with_a_writer(own_site):
    os.mkfifo(own_site / "fifo")
    reader = os.open(own_site / "fifo", os.O_RDWR)
    os.write(reader, SECRET)
    with Server(own_site) as server:
        assert get(server, "/fifo").status == 404
    os.set_blocking(reader, False)
    assert os.read(reader, 100) == SECRET, "somebody read it"
    os.close(reader)


def test_socket_is_not_connected_to(own_site):
    os.chdir(own_site)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        listener.listen()
        listener.setblocking(False)
        os.chdir("/")
        with Server(own_site) as server:
            assert get(server, "/socket").status == 404
        with pytest.raises(BlockingIOError):
            listener.accept()


# What cannot be read


def test_unreadable(own_site):
    write(own_site / "closed.txt", "closed").chmod(0)
    write(own_site / "closed" / "in.txt", "closed")
    (own_site / "closed").chmod(0)
    write(own_site / "no-list" / "in.txt", "in")
    (own_site / "no-list").chmod(0o311)
    write(own_site / "no-index" / "index.html", "closed").chmod(0)
    with Server(own_site) as server:
        for path in ("/closed.txt", "/closed/", "/closed/in.txt", "/no-list/", "/no-index/", "/no-index/index.html"):
            assert get(server, path).status == 403, path
            assert get(server, path, method="HEAD").status == 403, path
        (own_site / "closed.txt").chmod(0o644)
        assert get(server, "/closed.txt").body == b"closed"
    (own_site / "closed").chmod(0o755)
    (own_site / "no-list").chmod(0o755)


def test_through_what_cannot_be_listed(own_site):
    write(own_site / "no-list" / "in.txt", "in")
    (own_site / "no-list").chmod(0o311)
    with Server(own_site) as server:
        assert get(server, "/no-list/in.txt").body == b"in"
    (own_site / "no-list").chmod(0o755)


def test_read_error(own_site):
    """A file of sysfs says 4,096 bytes: one of them cannot be read at all, one has fewer."""
    files = {"error": "/sys/class/net/lo/speed", "short": "/sys/class/net/lo/mtu"}
    for name, file in files.items():
        write(own_site / name)
        subprocess.run(["mount", "--bind", file, own_site / name], check=True)
    try:
        with Server(own_site) as server:
            answer = ask(server, server.request("/error"))
            assert answer.status == 500, answer
            with Connection(server) as connection:
                connection.send(server.request("/short"))
                _, data = connection.cut(5)
            assert data.startswith(b"HTTP/1.1 ")
            assert get(server, "/ok.txt").status == 200
    finally:
        for name in files:
            subprocess.run(["umount", own_site / name], check=True)


def test_vanished(own_site):
    with Server(own_site) as server, Connection(server) as connection:
        for i in range(50):
            write(own_site / "now.txt", str(i))
            assert connection.get("/now.txt").text == str(i)
            (own_site / "now.txt").unlink()
            assert connection.get("/now.txt").status == 404
            assert connection.get("/now.txt", method="HEAD").status == 404
        write(own_site / "now.txt" / "index.html", "a folder")
        assert connection.get("/now.txt/").text == "a folder"


# Hidden


@pytest.mark.parametrize(
    "path",
    [
        *("/.hidden", "/%2ehidden", "/%2Ehidden", "/.git", "/.git/", "/.git/config", "/%2egit/config", "/.git/nothing"),
        *("/dir/.env", "/dir/%2eenv", "/dir/.deep/a/b.txt", "/dir/.deep/", "/dir/.deep/a/", "/..twodots", "/%2e.twodots"),
        *("/.well-known/.secret", "/.well-known/../.hidden", "/.git/../.hidden", "/.nothing", "/dir/.nothing/x"),
        *("/.well-knownx", "/.Well-Known/security.txt", "/.git/HEAD", "//.git/config", "/dir//.env"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_hidden(server, path, method):
    answer = get(server, path, method=method)
    if answer.status == 308:  # to the canonical form, which is as hidden
        answer = get(server, answer.get("location"), method=method)
    assert answer.status == 404 and b"hidden" not in answer.body, answer


def test_well_known(server):
    assert get(server, "/.well-known/security.txt").body == b"known"
    assert get(server, "/%2ewell-known/security.txt").body == b"known"
    assert get(server, "/.well-known").get("location") == "/.well-known/"


def names(server, path):
    return {urllib.parse.unquote(name) for name in re.findall(r'href="\./([^"]*)"', get(server, path).text)}


def test_hidden_in_listings(server, site):
    assert names(server, "/list/") >= {"one.txt", "sub/"}
    assert ".dotted" not in names(server, "/list/")
    with Server(site, "--hidden") as server:
        assert names(server, "/list/") >= {"one.txt", "sub/", ".dotted"}
        for path in ("/.hidden", "/.git/config", "/dir/.env", "/dir/.deep/a/b.txt", "/.well-known/.secret", "/..twodots"):
            assert get(server, path).body == b"hidden", path
        assert "config" in names(server, "/.git/")
        # Hidden or not, outside stays outside.
        assert get(server, "/..").status in (400, 404)
        assert get(server, "/../outside/secret.txt").status in (400, 404)
        assert get(server, "/.../x").status == 404


def test_link_to_what_is_hidden(server):
    """The name asked for decides: whoever made the link wanted it seen. But the listing agrees with the answer."""
    listed = "to-hidden" in names(server, "/list/")
    assert (get(server, "/list/to-hidden").status == 200) == listed


def test_listing_agrees_with_answers(server):
    """Every entry that is listed is answered."""
    for folder in ("/list/", "/links/", "/special/", "/linked-index/"):
        for name in names(server, folder):
            assert get(server, folder + urllib.parse.quote(name)).status == 200, folder + name
