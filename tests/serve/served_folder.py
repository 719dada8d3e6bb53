# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder to serve, and a secret beside it to which many things in it lead."""

import os
import pathlib
import re
import socket

from exchange import SECRET

PAGE = b"<!doctype html><html><head><title>home</title></head><body>home</body></html>\n"


def is_windows_name(name):
    """Whether Windows calls a file by these bytes. Devices and short names are not among what tests ask this of."""
    try:
        text = name.decode()
    except UnicodeDecodeError:
        return False
    return not re.search(r'[\\:*?"<>|\x00-\x1f]|[. ]$', text)


def write(file, data=b""):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def make_folder(parent):
    """parent/site and parent/outside."""
    outside, site = parent / "outside", parent / "site"
    write(outside / "secret.txt", SECRET)
    write(outside / "index.html", SECRET)
    write(site / "index.html", PAGE)
    write(site / "ok.txt", "ok\n")
    write(site / "f.txt", "0123456789")
    write(site / "empty.txt")
    write(site / "dir" / "index.html", PAGE)
    write(site / "dir" / "inner.txt", "inner\n")
    write(site / "list" / "one.txt", "1")
    write(site / "list" / "sub" / "two.txt", "2")
    return site


def add_links(site):
    """Links of every kind; what is in `good` is served."""
    outside = site.parent / "outside"
    links = site / "links"
    links.mkdir()
    good = {"inside": "../f.txt", "of-folder": "../dir", "chain": "inside", "dots": "../dir/../f.txt"}
    bad = {
        "out": "../../outside/secret.txt",
        "out-folder": "../../outside",
        "absolute-out": outside / "secret.txt",
        "absolute-in": site / "f.txt",
        "comes-back": "../../site/f.txt",
        "far": "../../../../../../../../../../../../etc/passwd",
        "proc": "/proc/self/root",
        "proc-cwd": "/proc/self/cwd",
        "loop": "loop",
        "loop-a": "loop-b",
        "loop-b": "loop-a",
        "dangling": "nothing-there",
        "through": "out-folder/secret.txt",
    }
    for name, target in (good | bad).items():
        os.symlink(target, links / name)
    write(site / "linked-index" / "keep.txt")
    os.symlink("../../outside/index.html", site / "linked-index" / "index.html")
    deep = links
    for i in range(45):
        os.symlink(f"hop-{i + 1}" if i < 44 else "inside", deep / f"hop-{i}")
    return good, bad


def add_special(site):
    """{name: what it is} of things that are no files. A device is a mount, as others may not make one."""
    folder = site / "special"
    folder.mkdir()
    os.mkfifo(folder / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(folder)  # its name is too long for an address
        listener.bind("socket")
        os.chdir("/")
    return folder


def make_big(file, size):
    """Sparse, with its offset at a few places."""
    with open(file, "wb") as big:
        big.truncate(size)
        for offset in (0, size // 2, size - 16):
            big.seek(offset)
            big.write(b"%016d" % offset)
    return pathlib.Path(file)
