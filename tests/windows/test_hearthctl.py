# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl.exe as a user runs it, with a network and a Wine of its own; ip(8) is the witness."""

import contextlib
import json
import os
import subprocess
from pathlib import Path

import pytest

import network
from network import ip

HEARTHCTL = os.environ["HEARTHCTL"]
HEARTH_SERVE = os.environ["HEARTH_SERVE"]

# Of what Wine 10 has not: IcmpSendEcho6, and an answer to what this computer's own name is.
NOT_IN_WINE = {"echo-ipv6", "host-name"}


def environment():
    environment = {**os.environ, "LANG": "C.UTF-8"}
    environment.pop("TMPDIR", None)  # which Wine 10 frees, although it is the environment's
    return environment


def hearthctl(*arguments):
    return subprocess.run(
        ["wine", HEARTHCTL, *arguments], capture_output=True, text=True, timeout=60, env=environment()
    )


@contextlib.contextmanager
def served(folder):
    """hearth-serve.exe, and the line in which it says where it listens."""
    with subprocess.Popen(
        ["wine", HEARTH_SERVE, "--json", "--port", "0", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as process:
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


def asked(*arguments):
    result = hearthctl(*arguments, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.fixture(autouse=True)
def as_it_was():
    with open("/proc/sys/net/ipv4/ping_group_range", "w") as groups:
        groups.write("0 2147483647")  # everybody may send a ping, as on Windows
    yield
    network.restore()


def test_list_is_what_ip_says():
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    ip("addr", "add", "fd00::2/128", "dev", "lo")
    said = {
        (interface["name"], interface["loopback"], interface["up"]): {
            (address["address"], address["prefix"]) for address in interface["addresses"]
        }
        for interface in asked("list")["interfaces"]
    }
    assert said == {("lo", True, True): network.addresses_of_lo()}
    assert ("127.0.0.2", 32) in said["lo", True, True]


def test_list_for_people():
    result = hearthctl("list")
    assert result.returncode == 0
    assert result.stdout.splitlines()[1].startswith("  127.0.0.1/8  Only this computer")


def test_services_are_who_listens(tmp_path):
    assert asked("services")["services"] == []
    with served(tmp_path) as said:
        services = asked("services")["services"]
    listeners = {(one["protocol"], one["address"], one["port"], one["program"]) for one in services}
    assert listeners == {("tcp", address, said["port"], "hearth-serve.exe") for address in ("127.0.0.1", "::1")}


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("127.0.0.1", "What is sent to it never leaves this computer"),
        ("192.0.2.1", "RFC 5737"),
        ("localhost:8080", "leads to this computer itself"),
        ("2130706433", "127.0.0.1"),
    ],
)
def test_explain(what, words):
    result = hearthctl("explain", what)
    assert result.returncode == 0
    assert words in result.stdout


@pytest.fixture
def names(tmp_path):
    """The folder in which Windows keeps names of the network: one of the test's own."""
    here = Path(os.environ["WINEPREFIX"], "drive_c/windows/system32/drivers/etc").resolve()
    subprocess.run(["mount", "--bind", tmp_path, here], check=True)
    yield tmp_path
    subprocess.run(["umount", here], check=True)


def test_explain_knows_the_names_of_windows(names):
    (names / "hosts").write_text("# of this test\n127.0.0.7 shop.test\n")
    said = " ".join(hearthctl("explain", "shop.test").stdout.split())
    assert "Line 2 of C:\\windows\\system32\\drivers\\etc\\hosts says that shop.test is 127.0.0.7." in said
    said = " ".join(hearthctl("explain", "other.test").stdout.split())
    assert "GetHostAddresses('other.test')" in said


def test_services_know_the_names_of_windows(names):
    with served(names) as said:
        (names / "services").write_text(f"hearth-of-this-test {said['port']}/tcp\n")
        result = hearthctl("services")
    assert result.returncode == 0
    assert "hearth-of-this-test" in result.stdout


def test_explain_nonsense():
    result = hearthctl("explain", "127.0.0.256:x y")
    assert result.returncode != 0
    assert result.stderr


def test_check():
    said = {check["id"]: check for check in asked("check")["checks"]}
    assert {id for id, check in said.items() if check["state"] != "passed"} == {*NOT_IN_WINE, "containers"}
    assert said["containers"]["state"] == "skipped"
    assert said["alias"]["result"].startswith("A byte went to 127.0.0.2 and back by TCP")
    assert "ip " not in said["lo-up"]["command"]


def test_check_sees_what_is_missing():
    ip("addr", "del", "::1/128", "dev", "lo")
    result = hearthctl("check", "--json")
    said = {check["id"]: check["state"] for check in json.loads(result.stdout)["checks"]}
    assert said["ipv6-address"] != "passed"
    assert said["ipv4-address"] == "passed"


def test_unknown_command():
    result = hearthctl("lsit")
    assert result.returncode == 2
    assert "lsit" in result.stderr
