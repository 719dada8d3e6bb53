# SPDX-License-Identifier: GPL-3.0-or-later
"""What callers may say: everything else is an error that changes nothing and costs nothing."""

import os
import pathlib
import socket
import subprocess
import sys

import pytest
from gi.repository import Gio, GLib

from helper_service import (
    ALICE,
    DENIED,
    EXISTS,
    INVALID,
    LIMIT,
    NAME,
    NOT_FOUND,
    PATH,
    TAGS,
    error_name,
    on_lo,
    refused,
    wait_until,
)
from network import ip, veth
from system_bus import become, put_over

# What only the kernel, not the rules, would take; and what is no address at all.
FORBIDDEN = [
    "0.0.0.0", "0.1.2.3", "127.0.0.0", "127.0.0.1", "127.255.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.5", "::ffff:10.0.0.5", "fe80::1", "febf::1", "ff02::1",
]  # fmt: skip
NOT_CANONICAL = [
    "", " ", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.2", "2130706434", "127.0.0.2 ", " 127.0.0.2",
    "127.0.0.2\n", "127.0.0.02", "127.0.0.256", "127.0.0", "127.0.0.2.3", "127.0.0.2-20", "127.0.0.2,127.0.0.3",
    "FD00::1", "fd00:0::1", "fd00:0:0:0:0:0:0:1", "fe80::1%lo", "fd00::1%lo", "fd00::1%1", "[fd00::1]",
    "fd00::g", "127.0.0.2/255.255.255.255",
    "localhost", "lo", "127.0.0.2/", "127.0.0.2/032", "127.0.0.2/+32", "127.0.0.2/ 32",
    "127.0.0.2/32/32", "١٢٧.0.0.2", "127.0.0.2\u200b", "%n%n%n%s", "127.0.0.2;reboot", "../../etc/passwd",
]  # fmt: skip
WRONG_PREFIX = [
    f"{address}/{prefix}"
    for address, prefixes in {
        "127.0.0.2": [0, 1, 8, 24, 31, 33, 128, 256, 4294967328, -1],
        "fd00::1": [0, 32, 64, 127, 129, 65536],
    }.items()
    for prefix in prefixes
]
ALLOWED = ["127.0.0.2", "127.255.255.254", "169.254.1.2", "192.168.77.7", "192.0.2.9", "fd00::2", "2001:db8::9"]


@pytest.fixture
def calm(helper, mock):
    """The service, running, with nothing to lose but one address of alice's."""
    helper.add(helper.bus.connect("alice"), "127.0.0.200", "always")
    return helper


def test_case_10_only_what_the_rules_allow_is_added(calm, mock, alice):
    for address in FORBIDDEN + NOT_CANONICAL + WRONG_PREFIX:
        for lifetime in ("session", "always"):
            with refused(INVALID) as raised:
                calm.add(alice, address, lifetime)
            assert "hearth" not in raised.value.message.lower().split(": ", 1)[1], address
    for address in FORBIDDEN:
        full = "/128" if ":" in address else "/32"
        with calm.unchanged(), refused(INVALID):
            calm.add(alice, address + full)
        with calm.unchanged(), refused(INVALID):
            calm.add(alice, ["127.0.0.9", address])
    assert set(on_lo()) == {"127.0.0.200/32"}
    assert mock.asked() == ["io.github.hearthapp.Hearth.keep"]


@pytest.mark.parametrize("lifetime", TAGS)
def test_case_10_what_is_allowed_is_added_as_one_address(calm, alice, lifetime):
    calm.add(alice, ALLOWED[:4], lifetime)
    calm.add(alice, [a + ("/128" if ":" in a else "/32") for a in ALLOWED[4:]], lifetime)
    written = {a + ("/128" if ":" in a else "/32") for a in ALLOWED}
    kernel = on_lo()
    assert set(kernel) == written | {"127.0.0.200/32"}
    assert {kernel[a][0] for a in written} == {TAGS[lifetime]}
    assert calm.owned() == {(a, lifetime, ALICE) for a in written} | {("127.0.0.200/32", "always", ALICE)}


@pytest.mark.parametrize("base", ["127.0.0.1", "127.0.0.1/8", "127.0.0.1/32", "::1", "::1/128", "::1/64"])
def test_case_10_base_addresses_are_never_touched(calm, alice, bus, base):
    for client in (alice, bus.root):
        with calm.unchanged(), refused(INVALID, NOT_FOUND):
            calm.remove(client, base)
        with calm.unchanged(), refused(INVALID, NOT_FOUND):
            calm.remove(client, ["127.0.0.200", base])
        for keep in (True, False):
            with calm.unchanged(), refused(INVALID, NOT_FOUND):
                calm.keep(client, base, keep)


def test_case_10_a_base_address_that_somebody_made_twice(calm, alice):
    ip("addr", "add", "127.0.0.1/32", "dev", "lo")
    with calm.unchanged(), refused(INVALID):
        calm.remove(alice, "127.0.0.1/32")


def test_case_10_base_addresses_survive_their_secondaries(calm, alice):
    """127.0.0.2/8 becomes a secondary of 127.0.0.1/8, and 10.0.0.1/8 has one of its own."""
    for address in ("127.0.0.2/8", "10.0.0.1/8", "10.0.0.2/8"):
        ip("addr", "add", address, "dev", "lo")
    calm.remove(alice, "127.0.0.2/8")
    try:
        calm.remove(alice, "10.0.0.1/8")
    except GLib.Error as error:
        assert error_name(error) == INVALID
        assert {"10.0.0.1/8", "10.0.0.2/8"} <= set(on_lo())
    else:
        assert "10.0.0.2/8" in on_lo()


def test_removing_means_that_prefix(calm, alice):
    for address in ("10.0.0.1/24", "10.0.0.1/32", "192.0.2.7/24"):
        ip("addr", "add", address, "dev", "lo")
    with calm.unchanged(), refused(NOT_FOUND):
        calm.remove(alice, "192.0.2.7")
    calm.remove(alice, "10.0.0.1")
    assert set(on_lo()) == {"10.0.0.1/24", "192.0.2.7/24", "127.0.0.200/32"}


def test_case_10_what_is_already_something_here(calm, alice):
    with veth():
        ip("addr", "add", "10.20.30.40/24", "dev", "h0")
        ip("link", "set", "h0", "up")
        ip("link", "set", "h1", "up")
        ip("route", "add", "default", "via", "10.20.30.1")
        put_over("/etc/resolv.conf", "nameserver 10.66.66.66\n")
        try:
            for address in ("10.20.30.40", "10.20.30.1", "10.66.66.66"):
                with calm.unchanged(), refused(INVALID):
                    calm.add(alice, address)
                with calm.unchanged(), refused(INVALID):
                    calm.add(alice, ["10.20.30.2", address], "always")
        finally:
            subprocess.run(["umount", "/etc/resolv.conf"], check=True)
    calm.add(alice, "10.66.66.66")


@pytest.mark.parametrize(
    "interface",
    ["h0", "nothing", "", "Lo", "lo ", "lo:1", "l" * 16, "l" * 100_000, "../lo", "lo\n", "1", "%n", "é"],
    ids=range(13),
)
def test_case_11_an_interface_that_is_not_loopback(calm, alice, interface):
    with veth():
        ip("addr", "add", "192.0.2.77/32", "dev", "h0")
        for call in (
            lambda: calm.add(alice, "127.0.0.9", interface=interface),
            lambda: calm.remove(alice, "192.0.2.77", interface=interface),
            lambda: calm.keep(alice, "192.0.2.77", interface=interface),
        ):
            with calm.unchanged(), refused(INVALID, NOT_FOUND):
                call()
        assert "192.0.2.77" in ip("addr", "show", "dev", "h0")


@pytest.mark.parametrize(
    "label",
    ["", "lo", "lo:", 'lo:"', "lo:\\", "lo:\n", "lo:\x07", "lo:a b", "lo:é", "lo:%n%s", "lo:" + "x" * 13,
     "x" * 1000, "eth0:x", "LO:x", "lo:a/b", "lo:a:b", "127.0.0.2", "lo:\u202e"],
    ids=range(18),
)  # fmt: skip
def test_case_08_labels(calm, alice, label):
    with calm.unchanged(), refused(INVALID):
        calm.add(alice, "127.0.0.9", label=label)
    assert label == "" or len(label) < 4 or label not in calm.output() or label in "127.0.0.2"


def test_case_08_labels_that_are_good(calm, alice):
    calm.add(alice, ["127.0.0.9", "127.0.0.10"], "always", label="lo:A-z_0.9-12_")
    calm.add(alice, "127.0.0.11", "session", label="lo:x")
    kernel = on_lo()
    assert {kernel[f"127.0.0.{i}/32"][1] for i in (9, 10)} == {"lo:A-z_0.9-12_"}
    assert kernel["127.0.0.11/32"][1] == "lo:x"
    with calm.unchanged(), refused(INVALID):
        calm.add(alice, "fd00::9", label="lo:six")
    with calm.unchanged(), refused(INVALID):
        calm.add(alice, ["127.0.0.12", "fd00::9"], label="lo:six")


def test_options_that_are_not_known(calm, alice):
    for options in (
        {"labels": GLib.Variant("s", "lo:x")},
        {"label": GLib.Variant("i", 1)},
        {"label": GLib.Variant("ay", b"lo:\xff\0x")},
        {"label": GLib.Variant("v", GLib.Variant("s", "lo:x"))},
        {"label": GLib.Variant("s", "lo:x"), "force": GLib.Variant("b", True)},
        {"": GLib.Variant("s", "")},
    ):
        with calm.unchanged(), refused(INVALID):
            calm.call(alice, "Add", "(sassa{sv})", "lo", ["127.0.0.9"], "restart", options)


@pytest.mark.parametrize("lifetime", ["", "Session", "forever", "session ", "1", "x" * 100_000], ids=range(6))
def test_lifetimes_that_are_not_known(calm, alice, lifetime):
    with calm.unchanged(), refused(INVALID):
        calm.add(alice, "127.0.0.9", lifetime)


def test_case_08_nothing_reaches_the_log_unescaped(calm, alice):
    for nasty in ("\x1b[31mred", "line\nforged: line", "%s%n%p", "\r127.0.0.1"):
        for call in (
            lambda: calm.add(alice, nasty),
            lambda: calm.add(alice, "127.0.0.9", nasty),
            lambda: calm.add(alice, "127.0.0.9", interface=nasty),
            lambda: calm.add(alice, "127.0.0.9", label=nasty),
            lambda: calm.undo(alice, nasty),
        ):
            with refused(INVALID, NOT_FOUND):
                call()
        assert nasty not in calm.output()


# Too much


def test_no_addresses_twice_the_same_and_too_many(calm, alice):
    for addresses in ([], ["127.0.0.9", "127.0.0.9"], ["127.0.0.9", "127.0.0.9/32"]):
        for call in (calm.add, calm.remove, calm.keep):
            with calm.unchanged(), refused(INVALID):
                call(alice, addresses)
    many = [f"127.7.{i // 256}.{i % 256}" for i in range(1025)]
    for call in (calm.add, calm.remove, calm.keep):
        with calm.unchanged(), refused(INVALID, LIMIT):
            call(alice, many)
    calm.add(alice, many[:1023])
    with calm.unchanged(), refused(LIMIT):
        calm.add(alice, "127.0.0.9")  # the 1,025th of this user
    with calm.unchanged(), refused(EXISTS, LIMIT):
        calm.add(alice, many[:1])
    calm.remove(alice, many[0])
    calm.add(alice, "127.0.0.9")


def test_the_quota_is_a_users_whatever_the_window_and_lifetime(calm, bus, alice, bob):
    calm.add(alice, [f"127.7.1.{i}" for i in range(200)], "always")
    calm.add(bus.connect("alice"), [f"127.7.2.{i}" for i in range(200)], "session")
    calm.add(alice, [f"fd00::{i:x}" for i in range(1, 624)])
    with calm.unchanged(), refused(LIMIT):
        calm.add(bus.connect("alice"), "127.0.0.9", "session")
    calm.add(bob, "127.0.0.9", "session")


def memory_of(process):
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


def descriptors_of(process):
    return len(os.listdir(f"/proc/{process}/fd"))


def test_case_09_long_strings_and_long_lists(calm, alice):
    process = calm.process
    before = memory_of(process), descriptors_of(process)
    for size in (1_000_000, 32_000_000):
        big = "1" * size
        with refused(INVALID, LIMIT):
            calm.add(alice, big)
        with refused(INVALID, NOT_FOUND, LIMIT):
            calm.undo(alice, big)
    with refused(INVALID, LIMIT):
        calm.add(alice, [f"10.{i >> 16}.{i >> 8 & 255}.{i & 255}" for i in range(100_000)])
    with refused(INVALID, LIMIT):
        calm.remove(alice, ["127.0.0.2"] * 100_000)
    assert calm.process == process
    assert descriptors_of(process) == before[1]
    wait_until(lambda: memory_of(process) < before[0] + 100_000_000, 5, "memory that is given back")


def test_case_09_64_mb_is_the_bus_s_limit_not_ours(calm, alice):
    process = calm.process
    with calm.unchanged(), pytest.raises(GLib.Error):  # the bus closes on whoever sends more than 32 MiB
        calm.add(alice, "1" * 64_000_000)
    assert calm.process == process


def test_case_09_wrong_signatures(calm, alice):
    for method in ("Add", "Remove", "Keep", "Undo"):
        for signature, values in [
            (None, None),
            ("(i)", (1,)),
            ("(as)", (["127.0.0.9"],)),
            ("(ss)", ("lo", "127.0.0.9")),
            ("(sassa{ss})", ("lo", ["127.0.0.9"], "restart", {})),
            ("(sass)", ("lo", ["127.0.0.9"], "restart")),
            ("(sasi)", ("lo", ["127.0.0.200"], 0)),
            ("(v)", (GLib.Variant("s", "lo"),)),
        ]:
            arguments = None if signature is None else GLib.Variant(signature, values)
            with calm.unchanged(), pytest.raises(GLib.Error) as raised:
                alice.call(NAME, PATH, NAME, method, arguments)
            assert error_name(raised.value) in (INVALID, "org.freedesktop.DBus.Error.UnknownMethod")


SENDER_OF_DESCRIPTORS = """
import sys
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SYSTEM, None)
name, path = sys.argv[1:]
for _ in range(20):
    files = Gio.UnixFDList.new_from_array([])
    for _ in range(8):
        with open("/dev/null") as file:
            files.append(file.fileno())
    call = GLib.Variant("(sassa{sv})", ("lo", ["127.0.0.1"], "restart", {"label": GLib.Variant("h", 3)}))
    try:
        bus.call_with_unix_fd_list_sync(name, path, name, "Add", call, None, 0, 10000, files, None)
    except GLib.Error as error:
        print(Gio.DBusError.get_remote_error(error))
"""


def test_case_09_unexpected_descriptors(calm):
    process = calm.process
    before = descriptors_of(process)
    result = subprocess.run(
        [sys.executable, "-c", SENDER_OF_DESCRIPTORS, NAME, PATH],
        preexec_fn=lambda: become("alice"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.stdout.split() == [INVALID] * 20, result.stderr
    wait_until(lambda: descriptors_of(process) == before, 5, "descriptors that are closed")
    assert calm.process == process


def test_case_09_bytes_that_are_no_message(calm, bus):
    """The bus lets nothing through that is not valid; the service must not notice."""
    process = calm.process
    good = Gio.DBusMessage.new_method_call(NAME, PATH, NAME, "Undo")
    good.set_body(GLib.Variant("(s)", ("MARK",)))
    good.set_serial(7)
    blob = bytes(good.to_blob(Gio.DBusCapabilityFlags.NONE))
    for mark in (b"\xff\xfe\xfd\xfc", b"MA\0K"):
        client = bus.connect("alice")
        client.socket.sendall(blob.replace(b"MARK", mark))
        client.socket.settimeout(5)
        wait_until(lambda: not bus.owner(client.name), 5, "the end of who sends nonsense")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            client.socket.send(b"x")
        client.socket.close()
        client.socket = socket.socket(socket.AF_UNIX)
        bus.clients.remove(client)
    with calm.unchanged():
        assert calm.process == process


def test_one_bad_address_spoils_the_whole_call(calm, alice):
    ip("addr", "add", "127.0.0.30/32", "dev", "lo")
    with calm.unchanged(), refused(EXISTS):
        calm.add(alice, [f"127.0.0.{i}" for i in range(2, 60)], "always")
    with calm.unchanged(), refused(NOT_FOUND):
        calm.remove(alice, ["127.0.0.200", "127.0.0.3"])
    with calm.unchanged(), refused(NOT_FOUND):
        calm.keep(alice, ["127.0.0.200", "127.0.0.3"], False)
    with calm.unchanged(), refused(NOT_FOUND):
        calm.keep(alice, ["127.0.0.3"])


def test_a_range_is_one_call_and_one_question(calm, mock, alice):
    mock.asked()
    calm.add(alice, [f"127.0.0.{i}" for i in range(2, 200)], "session", interactive=True)
    assert len(mock.questions) == 1
    assert len(on_lo()) == 199
    assert calm.agrees()


def test_an_unknown_token(calm, alice):
    for token in ("", "0", "x" * 64, "../../x", "\n"):
        with calm.unchanged(), refused(NOT_FOUND, INVALID):
            calm.undo(alice, token)


def test_a_denied_call_is_denied_however_wrong(calm, mock, alice):
    mock.answer = "no"
    with calm.unchanged(), refused(DENIED, EXISTS):
        calm.add(alice, "127.0.0.200")
