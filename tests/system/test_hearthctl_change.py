# SPDX-License-Identifier: GPL-3.0-or-later
"""What hearthctl changes, as root in a network namespace of its own and as an ordinary user with nothing there
to do it; ip(8) is the witness."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import time

import pytest

import network
from confined import forbid_netlink
from network import ip, veth

HEARTHCTL = os.environ["HEARTHCTL"]
AS_NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps=-all"]
BASE = {("127.0.0.1", 8), ("::1", 128)}
VERBS = ("add", "remove", "keep", "forget")


def hearthctl(*arguments, prefix=(), **options):
    return subprocess.run([*prefix, HEARTHCTL, *arguments], capture_output=True, text=True, timeout=30, **options)


def succeeds(*arguments, **options):
    result = hearthctl(*arguments, **options)
    assert result.returncode == 0, result.stderr
    return result


def plan(*arguments, **options):
    return json.loads(hearthctl(*arguments, "--json", **options).stdout)


def added():
    """What is on lo besides the base addresses, with the tags that ip(8) shows."""
    return {(a["local"], a["prefixlen"]): a.get("protocol") for a in network.links()[0]["addr_info"]
            if (a["local"], a["prefixlen"]) not in BASE}


def ids(found):
    return [(finding["level"], finding["id"]) for finding in found["findings"]]


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    assert BASE <= network.addresses_of_lo()
    network.restore()


# add


def test_add():
    result = succeeds("add", "127.0.0.2")
    assert result.stdout == "Added to lo: 127.0.0.2 (until restart)\n"
    assert added() == {("127.0.0.2", 32): "0x69"}


def test_add_many():
    result = succeeds("add", "127.0.0.2-20", "10.55.0.77,fd00::2")
    assert result.stdout == "Added to lo: 10.55.0.77, 127.0.0.2, 127.0.0.3 and 18 more (until restart)\n"
    assert set(added()) == {(f"127.0.0.{i}", 32) for i in range(2, 21)} | {("10.55.0.77", 32), ("fd00::2", 128)}
    (loopback,) = [a for a in network.links()[0]["addr_info"] if a["local"] == "127.0.0.2"]
    assert loopback["scope"] == "host"


def test_warnings_come_before_the_change():
    result = succeeds("add", "8.8.8.8", "127.0.0.2")
    assert result.stderr.splitlines()[0].startswith("hearthctl: warning: 8.8.8.8: ")
    assert "hearthctl: note: " in result.stderr


def test_json():
    found = plan("add", "127.0.0.2")
    (finding,) = found["findings"]
    assert re.search(r"answers without an alias already.*127\.0\.0\.2\.$", finding.pop("message"))
    assert found == {
        "add": [{"address": "127.0.0.2", "prefix": 32, "interface": "lo"}],
        "findings": [{"level": "note", "id": "answers-already"}],
        "authority": "direct",
        "commands": {
            "linux": ["ip addr add 127.0.0.2/32 dev lo"],
            "networkmanager": ["nmcli device modify lo +ipv4.addresses 127.0.0.2/32"],
            "macos": ["ifconfig lo0 inet 127.0.0.2 netmask 255.255.255.255 alias"],
            "windows": [
                'netsh interface ipv4 add address "Loopback Pseudo-Interface 1" 127.0.0.2 255.255.255.255 store=active'
            ],
        },
        "done": True,
    }
    assert list(found) == ["add", "findings", "authority", "commands", "done"]


@pytest.mark.parametrize("verb", VERBS)
def test_dry_run_changes_nothing(verb):
    ip("addr", "add", "127.0.0.6/32", "dev", "lo", "proto", "0x69")
    before = added()
    found = plan(verb, "127.0.0.2" if verb == "add" else "127.0.0.6", "--dry-run")
    assert list(found)[0] == verb and "done" not in found
    assert found["authority"] == ("direct" if verb in ("add", "remove") else "none")
    assert added() == before


def test_dry_run_is_the_change():
    """What it says it would do is what the change says it did."""
    expected = plan("add", "127.0.0.2-4", "10.0.0.1", "--dry-run")
    done = plan("add", "127.0.0.2-4", "10.0.0.1")
    assert done.pop("done") is True
    assert done == expected


def test_dry_run_text():
    result = succeeds("add", "fd00::2", "--dry-run")
    assert result.stdout == ("Would add to lo: fd00::2 (until restart), directly\n"
                             "  ip addr add fd00::2/128 dev lo\n")
    assert added() == {}


def test_some_are_there():
    ip("addr", "add", "127.0.0.3/32", "dev", "lo")
    found = plan("add", "127.0.0.2-4")
    assert ids(found) == [("warning", "taken"), ("note", "answers-already")]
    assert [a["address"] for a in found["add"]] == ["127.0.0.2", "127.0.0.4"]
    assert added() == {("127.0.0.2", 32): "0x69", ("127.0.0.3", 32): None, ("127.0.0.4", 32): "0x69"}


def test_all_are_there():
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    result = hearthctl("add", "127.0.0.2")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "hearthctl: Nothing to add, it is on lo already: 127.0.0.2.\n"
    result = hearthctl("add", "127.0.0.2", "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"] == "Nothing to add, it is on lo already: 127.0.0.2."
    assert json.loads(result.stdout)["add"] == []


@pytest.mark.parametrize("spec", ["0.0.0.0", "127.0.0.1", "127.0.0.0", "127.255.255.255", "224.0.0.1", "240.0.0.1",
                                  "255.255.255.255", "::", "::1", "fe80::1", "ff02::1", "::ffff:127.0.0.5",
                                  "127.0.0.2/8", "127.1", "0177.0.0.1", "hello", "", "127.0.0.2-127.9.9.9"])
def test_what_is_never_added(spec):
    result = hearthctl("add", spec)
    assert (result.returncode, result.stdout) == (2, "")
    assert re.match(r"hearthctl: \S.*\.$", result.stderr)
    assert added() == {}


def test_what_this_computer_needs():
    with veth():
        ip("addr", "add", "192.0.2.1/24", "dev", "h0")
        ip("link", "set", "h0", "up")
        ip("route", "add", "default", "via", "192.0.2.254")
        ip("neigh", "add", "192.0.2.7", "lladdr", "02:00:00:00:00:07", "dev", "h0", "nud", "permanent")
        for address, phrase in [("192.0.2.1", "on another interface"), ("192.0.2.254", "is the gateway")]:
            result = hearthctl("add", address, "127.0.0.2")
            assert result.returncode == 2 and phrase in result.stderr
            assert added() == {}
        found = plan("add", "192.0.2.7")
        assert ("warning", "hides-host") in ids(found)


def test_ipv6_off():
    network.switch_ipv6(False)
    result = hearthctl("add", "fd00::2")
    assert result.returncode == 1 and "disable_ipv6=0" in result.stderr
    assert ("warning", "reachable") in ids(plan("add", "fd00::2", "--dry-run"))
    network.switch_ipv6(True)
    ip("addr", "replace", "::1/128", "dev", "lo")


def test_lifetimes():
    result = hearthctl("add", "127.0.0.2", "--for", "ever")
    assert result.returncode == 2 and "“ever” is not how long" in result.stderr
    result = hearthctl("add", "127.0.0.2", "--for", "always")
    assert result.returncode == 4 and "Hearth’s helper" in result.stderr
    assert "An administrator can run" not in result.stderr  # nothing that would keep it
    assert added() == {}


# remove, keep, forget


def test_remove():
    succeeds("add", "127.0.0.2-4")
    result = succeeds("remove", "127.0.0.2-3")
    assert (result.stdout, result.stderr) == ("Removed from lo: 127.0.0.2, 127.0.0.3\n", "")
    assert set(added()) == {("127.0.0.4", 32)}
    found = plan("remove", "127.0.0.4")
    assert list(found) == ["remove", "findings", "authority", "commands", "done"]
    assert found["commands"]["linux"] == ["ip addr del 127.0.0.4/32 dev lo"]
    assert added() == {}


def test_remove_what_others_added():
    ip("addr", "add", "10.1.0.5/24", "dev", "lo")
    result = hearthctl("remove", "10.1.0.5")
    assert result.returncode == 1 and "Not on lo: 10.1.0.5." in result.stderr
    result = succeeds("remove", "10.1.0.5/24")
    assert "warning: Not added by Hearth" in result.stderr
    assert added() == {}


def test_remove_would_take_others_along():
    ip("addr", "add", "10.1.0.5/24", "dev", "lo")
    ip("addr", "add", "10.1.0.6/24", "dev", "lo")
    result = hearthctl("remove", "10.1.0.5/24")
    assert result.returncode == 2 and "10.1.0.6/24 would go with it" in result.stderr
    assert set(added()) == {("10.1.0.5", 24), ("10.1.0.6", 24)}
    succeeds("remove", "10.1.0.5/24", "10.1.0.6/24")


@pytest.mark.parametrize("verb", ["keep", "forget"])
def test_nobody_can_keep(verb):
    ip("addr", "add", "127.0.0.2/32", "dev", "lo", "proto", "0x6a")
    result = hearthctl(verb, "127.0.0.2")
    assert result.returncode == 4 and "Hearth’s helper" in result.stderr
    result = hearthctl("remove", "127.0.0.2")
    assert result.returncode == 4 and "would come back" in result.stderr
    assert added() == {("127.0.0.2", 32): "0x6a"}


SPELLINGS = ["127.0.0.1", "127.0.0.1/8", "127.0.0.1/32", "127.0.0.1-2", "127.0.0.0-1", "127.0.0.0-127.0.0.5", "::1",
             "::1/128", "::1/64", "0:0:0:0:0:0:0:1", "::0:1", "::1-2", "127.0.0.1,::1", " 127.0.0.1 ", "127.0.0.1/0"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("spec", SPELLINGS)
def test_localhost_stays(verb, spec):
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    before = network.links()
    result = hearthctl(verb, spec)
    assert result.returncode == 2 and result.stdout == ""
    assert network.links() == before


@pytest.mark.parametrize("verb", VERBS)
def test_other_interfaces_stay(verb):
    with veth():
        ip("addr", "add", "127.0.0.7/32", "dev", "h0")
        before = network.links()
        for name, status in [("h0", 2), ("nosuch", 1), ("", 1), ("lo ", 1)]:
            result = hearthctl(verb, "127.0.0.7", "--interface", name)
            assert (result.returncode, result.stdout) == (status, ""), result.stderr
        assert network.links() == before


@pytest.mark.parametrize("verb", VERBS)
def test_usage(verb):
    result = hearthctl(verb)
    assert result.returncode == 2 and "No address is named" in result.stderr
    assert "ADDRESS…" in succeeds(verb, "--help").stdout
    assert f"\n  {verb} " in succeeds("--help").stdout
    if verb != "add":
        assert hearthctl(verb, "127.0.0.2", "--for", "always").returncode == 2


# As an ordinary user, with nothing there that could do it


def test_nobody_can_add():
    result = hearthctl("add", "127.0.0.2", prefix=AS_NOBODY)
    assert (result.returncode, result.stdout) == (4, "")
    assert "This process may not change addresses itself" in result.stderr and "system bus" in result.stderr
    command = result.stderr.splitlines()[-1].strip()
    assert added() == {}
    subprocess.run(["sh", "-ec", command], check=True)
    assert set(added()) == {("127.0.0.2", 32)}


def test_nobody_can_dry_run():
    result = hearthctl("add", "127.0.0.2", "--dry-run", "--json", prefix=AS_NOBODY)
    assert result.returncode == 0 and json.loads(result.stdout)["authority"] == "none"
    found = json.loads(hearthctl("add", "127.0.0.2", "--json", prefix=AS_NOBODY).stdout)
    assert list(found)[-1] == "error" and found["authority"] == "none"


def test_many_commands_are_cut_short():
    result = hearthctl("add", "127.0.0.2-100", prefix=AS_NOBODY)
    assert "  … and 91 more like these" in result.stderr.splitlines()


def test_root_of_no_network():
    """Root in a user namespace of its own has every right but over this network."""
    result = hearthctl("add", "127.0.0.2", prefix=["unshare", "--user", "--map-root-user"])
    assert result.returncode == 4 and added() == {}


def test_confined():
    result = hearthctl("add", "127.0.0.2", preexec_fn=forbid_netlink)
    assert result.returncode == 3 and "AF_NETLINK" in result.stderr


# authority


def test_authority():
    found = json.loads(succeeds("authority", "--json").stdout)
    assert found["authority"] == "direct"
    assert [a["id"] for a in found["available"]][:2] == ["direct", "helper"]
    assert found["available"][0] == {"id": "direct", "available": True, "reason": None}
    assert found["available"][1]["available"] is False and "system bus" in found["available"][1]["reason"]
    assert succeeds("authority").stdout.startswith("Addresses are changed directly.\n  direct           Available\n")


def test_authority_of_nobody():
    assert json.loads(succeeds("authority", "--json", prefix=AS_NOBODY).stdout)["authority"] == "none"
    assert succeeds("authority", prefix=AS_NOBODY).stdout.startswith("Nothing here can change addresses.\n")


# commands


def test_commands_of_another_interface():
    result = succeeds("commands", "127.0.0.2", "--interface", "dummy0", "--os", "linux")
    assert result.stdout == "ip addr add 127.0.0.2/32 dev dummy0\n"


# For a session


class Session:
    def __init__(self, *arguments, **options):
        self.process = subprocess.Popen([HEARTHCTL, "add", *arguments, "--for", "session"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, start_new_session=True, **options)
        self.first = self.process.stdout.readline()

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait(5)


@pytest.fixture
def session(request):
    sessions = []

    def start(*arguments, **options):
        sessions.append(Session(*arguments, **options))
        return sessions[-1]

    yield start
    for started in sessions:
        with contextlib.suppress(ProcessLookupError):
            started.process.kill()
        started.process.stdout.close()
        started.process.wait()


def wait_until_gone(within=2):
    deadline = time.monotonic() + within
    while added() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert added() == {}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_session_ends_in_order(session, how):
    started = session("127.0.0.2-4", "fd00::2")
    assert started.first == "Added to lo: 127.0.0.2, 127.0.0.3, 127.0.0.4, fd00::2 (while Hearth is open)\n"
    assert started.process.stdout.readline() == "Waiting. Ctrl+C removes them.\n"
    assert set(added().values()) == {"0x68"} and len(added()) == 4
    assert started.end(how) == 0
    assert added() == {}


def test_session_is_killed(session):
    started = session("127.0.0.2-200")
    assert len(added()) == 199
    assert started.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until_gone()


def test_session_leaves_others(session):
    """What others have put there, and what is there till a restart, is not its business."""
    succeeds("add", "127.0.0.9")
    started = session("127.0.0.2-3")
    ip("addr", "del", "127.0.0.2/32", "dev", "lo")
    ip("addr", "replace", "127.0.0.3/32", "dev", "lo")
    assert started.end(signal.SIGINT) == 0
    assert added() == {("127.0.0.3", 32): None, ("127.0.0.9", 32): "0x69"}


def test_session_is_read_by_nobody(session):
    started = session("127.0.0.2")
    started.process.stdout.close()
    assert started.process.wait(5) == 0
    assert added() == {}
    started.process.stdout = open(os.devnull)


def test_session_json(session):
    started = session("127.0.0.2", "--json")
    assert json.loads(started.first)["done"] is True
    assert added() == {("127.0.0.2", 32): "0x68"}
    assert started.end(signal.SIGTERM) == 0 and added() == {}


def test_session_on_a_terminal_that_is_closed():
    """The end of the terminal is a signal to all that run in front on it, the guard's parent among them."""
    child, master = pty.fork()
    if child == 0:
        os.execv(HEARTHCTL, [HEARTHCTL, "add", "127.0.0.2", "--for", "session"])
    output = b""
    while b"Ctrl+C" not in output:
        output += os.read(master, 4096)
    assert added() == {("127.0.0.2", 32): "0x68"}
    os.close(master)
    os.waitpid(child, 0)
    wait_until_gone()


def test_ctrl_c_on_a_terminal():
    child, master = pty.fork()
    if child == 0:
        os.execv(HEARTHCTL, [HEARTHCTL, "add", "127.0.0.2", "--for", "session"])
    output = b""
    while b"Ctrl+C" not in output:
        output += os.read(master, 4096)
    os.write(master, b"\x03")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(master)
    assert added() == {}


def test_session_that_fails_leaves_nothing(session):
    ip("addr", "add", "127.0.0.2/32", "dev", "lo")
    result = hearthctl("add", "127.0.0.2", "--for", "session")
    assert result.returncode == 1
    assert added() == {("127.0.0.2", 32): None}
