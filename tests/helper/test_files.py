# SPDX-License-Identifier: GPL-3.0-or-later
"""The state file and its folder, as bad luck and bad people leave them.

The tests know nothing of the file's format but that addresses stand in it as text: they let the service
write one and then damage that."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

import pytest
from gi.repository import GLib

import helper_service
from helper_service import (
    ALICE,
    BOB,
    FAILED,
    RUNTIME,
    STATE,
    is_sentence,
    on_lo,
    refused,
    restart_computer,
)
from network import ip
from system_bus import USERS, wait_until

KEPT = ["127.0.0.5", "127.0.0.6", "fd00::5"]
KEPT_FULL = {"127.0.0.5/32", "127.0.0.6/32", "fd00::5/128"}


@pytest.fixture
def state_file(helper, mock, alice, bob):
    """The one file there is when three addresses are kept; the service has ended."""
    helper.add(alice, KEPT[:2], "always", label="lo:kept")
    helper.add(bob, KEPT[2], "always")
    helper.kill(signal.SIGTERM)
    (file,) = [STATE / name for name in helper_service.state_files()]
    assert file.stat().st_mode & 0o077 in (0, 0o044, 0o040)
    return file


def start_both_ways(helper, bus):
    """As after a restart: first --restore, then the service."""
    restart_computer()
    process = helper.start_as_systemd("--restore")
    time.sleep(0.3)
    assert process.poll() in (None, 0, 1), helper.output()
    helper.start()
    return helper.output()


def originals_beside(file):
    return [other.read_bytes() for other in STATE.iterdir() if other != file and other.is_file()]


# Row 16: what is in the file


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"\xff" * 1000, b"{", b"[]", b"null", b"{}", b'{"version": 999999, "kept": []}',
     b"\n\n\n", b"[" * 100_000, b"127.0.0.9\n"],
    ids=range(11),
)  # fmt: skip
def test_case_16_a_file_that_is_none(helper, bus, state_file, alice, content):
    state_file.write_bytes(content)
    says = start_both_ways(helper, bus)
    assert on_lo() == {} and helper.kept() == set()
    if content.strip():
        assert content in originals_beside(state_file)
    assert says.strip() or not content, "it says nothing"
    helper.add(alice, "127.0.0.9", "always")
    assert helper.kept() == {("127.0.0.9/32", ALICE)}
    helper.kill()
    assert helper.kept() == {("127.0.0.9/32", ALICE)}


def test_case_16_truncated_anywhere(helper, bus, state_file):
    whole = state_file.read_bytes()
    for length in sorted({1, 2, *range(5, len(whole) - 2, max(1, len(whole) // 12))}):
        state_file.write_bytes(whole[:length])
        restart_computer()
        helper.start()
        kept = {address for address, _ in helper.kept()}
        assert kept <= KEPT_FULL, length
        assert kept == KEPT_FULL or whole[:length] in originals_beside(state_file), length
        helper.kill(signal.SIGTERM)
        shutil.rmtree(STATE)
        STATE.mkdir()
        os.chown(STATE, USERS["hearth-helper"], USERS["hearth-helper"])


def test_case_16_of_another_version(helper, bus, state_file):
    text = state_file.read_text()
    other = re.sub(r'("version"\s*:\s*)(\d+)', r"\g<1>4711", text)
    assert other != text, "the file does not say its version"
    state_file.write_text(other)
    says = start_both_ways(helper, bus)
    assert on_lo() == {} and helper.kept() == set()
    assert other.encode() in originals_beside(state_file) and says.strip()


@pytest.mark.parametrize("filling", [b"x", b"\0", b" ", b'{"a":'])
def test_case_16_of_100_mb(helper, bus, state_file, filling):
    with open(state_file, "wb") as file:
        for _ in range(100):
            file.write(filling * (1_000_000 // len(filling)))
    process = helper.start()
    assert helper.kept() == set()
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024
    sanitized = b"AddressSanitizer" in pathlib.Path(helper_service.BUILT).read_bytes()
    limit = 400_000_000 if sanitized else 60_000_000
    assert peak < limit, f"{peak} bytes"
    assert helper.output().strip()


@pytest.mark.parametrize(
    "bad",
    ["127.0.0.1", "127.0.0.1/8", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "169.254.1.1/16",
     "127.0.0.6/8", "::1", "ff02::1", "fe80::1", "::ffff:127.0.0.5", "127.1", "localhost", "", "127.0.0.6\\n",
     "10.0.0.0/0", "%n", "x" * 10_000],
)  # fmt: skip
def test_case_16_forbidden_addresses(helper, bus, state_file, bad):
    text = state_file.read_text()
    damaged = text.replace("127.0.0.5/32", bad) if "127.0.0.5/32" in text else text.replace("127.0.0.5", bad)
    assert damaged != text
    state_file.write_text(damaged)
    says = start_both_ways(helper, bus)
    wait_until(lambda: set(on_lo()) == KEPT_FULL - {"127.0.0.5/32"}, 3, "what is valid, and no more")
    assert {address for address, _ in helper.kept()} == KEPT_FULL - {"127.0.0.5/32"}
    assert damaged.encode() in originals_beside(state_file)
    assert says.strip()


def test_case_16_duplicates(helper, bus, state_file):
    state_file.write_text(state_file.read_text().replace("127.0.0.6", "127.0.0.5"))
    start_both_ways(helper, bus)
    assert {address for address, _ in helper.kept()} == {"127.0.0.5/32", "fd00::5/128"}
    assert set(on_lo()) == {"127.0.0.5/32", "fd00::5/128"}


def test_case_16_an_interface_that_is_not_loopback(helper, bus, state_file):
    """Whatever the file says, only loopback is touched."""
    text = state_file.read_text()
    damaged = text.replace('"lo"', '"h0"')
    state_file.write_text(damaged)
    ip("link", "add", "h0", "type", "veth", "peer", "name", "h1")
    try:
        start_both_ways(helper, bus)
        assert "inet 127" not in ip("addr", "show", "dev", "h0")
        assert "fd00" not in ip("addr", "show", "dev", "h0")
    finally:
        ip("link", "del", "h0")


def test_case_16_more_than_the_quota(helper, bus, state_file):
    """5,000 written by hand: it starts, in time, and has no more than is allowed in all."""
    value = json.loads(state_file.read_text())
    (key,) = [key for key, entries in value.items() if isinstance(entries, list)]
    template = json.dumps(value[key][0])
    address = re.search(r"127\.0\.0\.[56]", template)[0]
    many = [f"127.{n // 250 + 10}.7.{n % 250 + 1}" for n in range(5000)]
    value[key] = [json.loads(template.replace(address, one)) for one in many]
    state_file.write_text(json.dumps(value))
    begin = time.monotonic()
    start_both_ways(helper, bus)
    kept = helper.kept()
    assert time.monotonic() - begin < 10
    assert len(on_lo()) <= 4096 and len(kept) <= 5000


@pytest.mark.parametrize("content", [b"", b"\0" * 64, b"{", b'{"version": 999999}', b"\xff" * 4096])
def test_runtime_files_that_are_none(helper, mock, alice, content):
    """As for the state: it starts all the same, and what it does not know any more is left alone."""
    helper.add(alice, "127.0.0.2", "session")
    helper.add(alice, "127.0.0.3", "always")
    helper.kill()
    for file in RUNTIME.rglob("*"):
        if file.is_file():
            file.write_bytes(content)
    helper.start()
    assert ("127.0.0.3/32", "always", ALICE) in helper.owned()
    assert helper.kept() == {("127.0.0.3/32", ALICE)}
    helper.add(alice, "127.0.0.4", "session")
    alice.kill()
    wait_until(lambda: "127.0.0.4/32" not in on_lo(), 2)


# Row 15: where the file is


def try_to_keep(helper, client, address="127.0.0.2"):
    """Keeping either works or changes nothing and says why."""
    before = on_lo()
    try:
        helper.add(client, address, "always")
    except GLib.Error as error:
        if helper.is_running():
            assert helper_service.error_name(error) == FAILED, error.message
            is_sentence(helper_service.error_text(error))
        assert on_lo() == before
        return False
    return True


@pytest.fixture
def elsewhere():
    """A folder of somebody's that must stay as it is."""
    folder = pathlib.Path("/run/elsewhere")
    folder.mkdir(mode=0o777)
    (folder / "precious").write_text("precious")
    os.chmod(folder, 0o777)
    yield folder
    assert {file.name: file.read_text() for file in folder.iterdir()} == {"precious": "precious"}
    assert folder.stat().st_uid == 0 and (folder / "precious").stat().st_uid == 0
    shutil.rmtree(folder)


def test_case_15_the_folder_is_a_link(helper, mock, alice, elsewhere):
    STATE.parent.mkdir(exist_ok=True)
    STATE.symlink_to(elsewhere)
    try_to_keep(helper, alice)


def test_case_15_the_file_is_a_link(helper, state_file, alice, elsewhere):
    state_file.unlink()
    state_file.symlink_to(elsewhere / "precious")
    helper.start()
    try_to_keep(helper, alice)


def test_case_15_files_beside_it_are_links(helper, state_file, alice, elsewhere):
    """Names that a program which writes a new file and renames it would use."""
    for suffix in (".new", ".tmp", "~", ".bak", ".broken", ".aside", ".old", "_", ".1"):
        (STATE / (state_file.name + suffix)).symlink_to(elsewhere / "precious")
        (STATE / ("." + state_file.name + suffix)).symlink_to(elsewhere / "precious")
    state_file.write_text("{")
    helper.start()
    try_to_keep(helper, alice)


def test_case_15_the_file_is_a_fifo(helper, state_file, alice):
    state_file.unlink()
    os.mkfifo(state_file, 0o666)
    os.chown(state_file, USERS["hearth-helper"], USERS["hearth-helper"])
    helper.start()
    assert helper.kept() == set()
    try_to_keep(helper, alice)


def test_case_15_the_file_is_a_folder_or_a_socket(helper, state_file, alice):
    state_file.unlink()
    state_file.mkdir()
    (state_file / "x").write_text("x")
    helper.start()
    assert helper.kept() == set()
    try_to_keep(helper, alice)
    helper.kill(signal.SIGTERM)
    shutil.rmtree(STATE)
    STATE.mkdir()
    os.chown(STATE, USERS["hearth-helper"], USERS["hearth-helper"])
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(state_file))
        helper.start()
        assert helper.kept() == set()
        try_to_keep(helper, alice, "127.0.0.3")


@pytest.mark.parametrize("what", ["folder", "file"])
def test_case_15_of_another_owner(helper, state_file, alice, what):
    """bob's file in bob's folder says nothing that the service would do."""
    target = STATE if what == "folder" else state_file
    os.chown(target, BOB, BOB)
    os.chmod(target, 0o777 if what == "folder" else 0o666)
    with contextlib.suppress(GLib.Error):
        helper.start()
        assert helper.kept() == set() or what == "folder" and STATE.stat().st_uid == USERS["hearth-helper"]


def test_case_15_writable_by_everybody(helper, state_file):
    """Somebody else could have written what stands there."""
    os.chmod(state_file, 0o666)
    helper.start()
    assert helper.kept() == set() or state_file.stat().st_mode & 0o022 == 0


@contextlib.contextmanager
def file_system(size):
    """A small one in the place of the state folder."""
    STATE.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "test", STATE], check=True)
    os.chown(STATE, USERS["hearth-helper"], USERS["hearth-helper"])
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", STATE], check=True)


def test_case_15_the_disk_is_full(helper, mock, alice):
    with file_system("64k"):
        helper.add(alice, KEPT, "always")
        with contextlib.suppress(OSError), open(STATE / "filling", "wb") as file:
            while True:
                file.write(b"x" * 4096)
                file.flush()
        os.truncate(STATE / "filling", 12 * 4096)  # a little room: the file begins, but does not fit
        before = on_lo(), helper.kept()
        many = [f"127.8.{i // 250}.{i % 250 + 1}" for i in range(1000)]
        with refused(FAILED) as raised:
            helper.add(alice, many, "always")
        assert (on_lo(), helper.kept()) == before
        assert re.search("space|full|writ|sav", error_of(raised), re.I)
        helper.kill()
        assert helper.kept() == before[1]
        os.unlink(STATE / "filling")
        helper.add(alice, "127.0.0.2", "always")
        assert len(helper.kept()) == 4
        helper.kill(signal.SIGTERM)


def error_of(raised):
    return helper_service.error_text(raised.value)


def test_case_15_the_disk_is_read_only(helper, mock, alice):
    with file_system("1m"):
        helper.add(alice, KEPT, "always")
        subprocess.run(["mount", "-o", "remount,ro", STATE], check=True)
        with helper.unchanged(), refused(FAILED):
            helper.add(alice, "127.0.0.2", "always")
        with helper.unchanged(), refused(FAILED):
            helper.keep(alice, KEPT[0], False)
        with helper.unchanged(), refused(FAILED):
            helper.remove(alice, KEPT[:2])
        helper.kill()
        helper.start()
        assert {address for address, _ in helper.kept()} == KEPT_FULL
        helper.add(alice, "127.0.0.3", "restart")
        helper.kill(signal.SIGTERM)


def test_case_15_the_folder_went_away(helper, mock, alice):
    helper.add(alice, KEPT, "always")
    shutil.rmtree(STATE)
    try_to_keep(helper, alice)
    kept = helper.kept()
    helper.kill()
    assert helper.kept() in (kept, set())
