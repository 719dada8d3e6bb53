# SPDX-License-Identifier: GPL-3.0-or-later
"""hearthctl check, with each fault made for real: in a network namespace, and with an /etc, of its own.

All the while somebody watches the one way out of here: nothing may pass.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import time

import pytest

import network
from network import ip

HEARTHCTL = os.environ["HEARTHCTL"]
HOST = "hearth-box"

IDS = (
    "lo-up ipv4-address ipv6-address localhost-name host-name echo-ipv4 echo-ipv6 tcp-ipv4 tcp-ipv6 "
    "udp-ipv4 udp-ipv6 hops-ipv4 hops-ipv6 alias containers"
).split()
OF_IPV4 = {"echo-ipv4", "tcp-ipv4", "udp-ipv4", "hops-ipv4", "alias"}
OF_IPV6 = {"echo-ipv6", "tcp-ipv6", "udp-ipv6", "hops-ipv6"}

PING = "/proc/sys/net/ipv4/ping_group_range"
HOSTS = f"127.0.0.1 localhost\n::1 localhost\n127.0.1.1 {HOST}\n"

# Longer than any step may take, by its own time-out.
BOUND_S = 20


@pytest.fixture(autouse=True, scope="module")
def own_computer(tmp_path_factory):
    """A host name, and an /etc with the little that is needed."""
    os.unshare(os.CLONE_NEWUTS)
    socket.sethostname(HOST)
    etc = tmp_path_factory.mktemp("etc")
    for name in ("ld.so.cache", "passwd", "group", "services", "protocols"):
        if os.path.exists(f"/etc/{name}"):
            shutil.copy(f"/etc/{name}", etc)
    subprocess.run(["mount", "--bind", etc, "/etc"], check=True)
    yield
    subprocess.run(["umount", "/etc"], check=True)


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def allow_ping(allowed):
    write(PING, "0 0" if allowed else "1 0")


@pytest.fixture(autouse=True)
def good(own_computer):
    """All is well, and is again afterwards."""
    write("/etc/hosts", HOSTS)
    write("/etc/nsswitch.conf", "hosts: files dns\n")
    write("/etc/host.conf", "multi on\n")
    write("/etc/resolv.conf", "nameserver 127.0.0.53\n")
    allow_ping(True)
    yield
    network.restore()


def is_of_somebody_else(frame):
    """Whether it is more than a new link's own talk: neighbours, groups and routers of IPv6."""
    (kind,) = struct.unpack("!H", frame[12:14])
    if kind != 0x86DD:
        return True
    header = 14 + 40
    if frame[20] == 0:  # hop-by-hop options come first
        header += 8 * (frame[header + 1] + 1)
    elif frame[20] != 58:
        return True
    return frame[header] not in (131, 132, 133, 134, 135, 136, 143)


class Watch:
    """What comes through a link. Every frame, of ETH_P_ALL."""

    def __init__(self, link):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.socket.bind((link, 0))
        self.socket.setblocking(False)

    def read(self):
        frames = []
        with contextlib.suppress(BlockingIOError):
            while True:
                frames.append(self.socket.recv(65536))
        return [frame for frame in frames if is_of_somebody_else(frame)]

    def close(self):
        self.socket.close()


@pytest.fixture(autouse=True)
def way_out(good):
    """Everything that is not on this computer goes to a router that is always there."""
    with network.veth():
        for end in ("h0", "h1"):
            write(f"/proc/sys/net/ipv6/conf/{end}/accept_dad", "0")
            ip("link", "set", end, "up")
        ip("addr", "add", "192.0.2.1/24", "dev", "h0")
        ip("addr", "add", "2001:db8::1/64", "dev", "h0", "nodad")
        for router in ("192.0.2.254", "2001:db8::fe"):
            ip("neigh", "add", router, "lladdr", "02:00:00:00:00:fe", "dev", "h0", "nud", "permanent")
            ip("route", "add", "default", "via", router)
        with contextlib.closing(Watch("h1")) as watch:
            yield watch
            assert watch.read() == []


def hearthctl(*arguments, prefix=()):
    return subprocess.run(
        [*prefix, HEARTHCTL, "check", *arguments], capture_output=True, text=True, timeout=BOUND_S
    )


class Result:
    def __init__(self, prefix=()):
        result = hearthctl("--json", prefix=prefix)
        assert result.stderr == ""
        answer = json.loads(result.stdout)
        self.checks = {check["id"]: check for check in answer["checks"]}
        assert list(self.checks) == IDS
        assert answer["passed"] == all(c["state"] != "failed" for c in answer["checks"])
        assert result.returncode == (0 if answer["passed"] else 1)

    def having(self, state):
        return {name for name, check in self.checks.items() if check["state"] == state}

    def __getitem__(self, name):
        return self.checks[name]


def assert_all_good():
    result = Result()
    assert result.having("passed") == set(IDS)
    return result


def repair(check):
    """Does what it says that an administrator can run."""
    command = check["remedy_command"]
    with open("/proc/self/gid_map") as file:
        groups = int(file.read().split()[2])
    if groups == 1:  # of a user who made this namespace: there are no others in it
        command = command.replace("2147483647", "0")
    subprocess.run(["sh", "-c", command], check=True, capture_output=True)


def assert_repaired_by(check):
    repair(check)
    return assert_all_good()


# All is well


def test_good():
    result = assert_all_good()
    for check in result.checks.values():
        assert check["title"] and check["command"] and check["result"]
        assert check["ms"] > 0
        assert check["remedy_command"] is None
    assert result["lo-up"]["command"] == "ip link show lo"
    assert result["localhost-name"]["result"] in (
        "localhost is ::1, 127.0.0.1; lines 1, 2 of /etc/hosts say so.",
        "localhost is 127.0.0.1, ::1; lines 1, 2 of /etc/hosts say so.",
    )
    assert result["host-name"]["result"] == (
        f"This computer is called “{HOST}”, which is 127.0.1.1; line 3 of /etc/hosts says so."
    )
    for name, address in (("echo-ipv4", "127.0.0.1"), ("echo-ipv6", "::1")):
        assert result[name]["result"].startswith(f"{address} answered in ")
    for name, address in (("tcp-ipv4", "127.0.0.1"), ("udp-ipv6", "::1"), ("alias", "127.0.0.2")):
        assert result[name]["result"].startswith(f"A byte went to {address} and back by ")
    assert "one hop" in result["hops-ipv6"]["result"]
    assert result["containers"]["result"] == "All programs that can be seen from here share this localhost."


def test_good_for_people():
    result = hearthctl()
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["✓ Loopback is switched on", "    lo is switched on."]
    assert lines[-1] == "localhost works on this computer."
    assert "Look for yourself" not in result.stdout


def test_bad_for_people():
    ip("addr", "del", "127.0.0.1/8", "dev", "lo")
    result = hearthctl()
    assert (result.returncode, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    at = lines.index("✗ 127.0.0.1 is there")
    assert lines[at + 1 : at + 5] == [
        "    127.0.0.1 is missing from lo, so localhost does not work as programs expect.",
        "    Look for yourself: ip -4 address show lo",
        "    Put it back.",
        "    An administrator can run: ip address add 127.0.0.1/8 dev lo",
    ]
    assert lines[-1] == "Something is not right with localhost on this computer."


def test_arguments():
    assert hearthctl("--help").returncode == 0
    assert hearthctl("lo").returncode == 2


def test_unwritable():
    with open("/dev/full", "w") as full:
        result = subprocess.run([HEARTHCTL, "check"], stdout=full, stderr=subprocess.PIPE, timeout=BOUND_S)
    assert result.returncode == 1
    assert b"could not be written" in result.stderr


def test_watch_sees(way_out):
    """The witness is not blind: what does go out is seen, of either family."""
    for family, address in ((socket.AF_INET, "198.51.100.1"), (socket.AF_INET6, "2001:db8:1::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"h", (address, 9))
        assert len(way_out.read()) == 1


def test_what_is_sent():
    """Only loopback is spoken to, and what proves the one hop may make no more."""
    with contextlib.closing(Watch("lo")) as watch:
        assert_all_good()
        packets = [frame[14:] for frame in watch.read()]
    ipv4 = [packet for packet in packets if packet[0] >> 4 == 4]
    ipv6 = [packet for packet in packets if packet[0] >> 4 == 6]
    assert {p[12:16] for p in ipv4} | {p[16:20] for p in ipv4} == {bytes([127, 0, 0, n]) for n in (1, 2)}
    assert {p[8:24] for p in ipv6} | {p[24:40] for p in ipv6} == {bytes([0] * 15 + [1])}
    udp, icmp, tcp = 17, 1, 6
    assert {p[9] for p in ipv4} == {udp, icmp, tcp}
    assert {1, 64} == {p[8] for p in ipv4 if p[9] == udp}
    assert {1, 64} == {p[7] for p in ipv6 if p[6] == udp}


# The link


def test_lo_down():
    ip("link", "set", "lo", "down")
    result = Result()
    assert result.having("failed") >= {"lo-up"}
    assert result.having("skipped") == OF_IPV4 | OF_IPV6 | {"ipv6-address"}
    assert result["lo-up"]["result"] == "lo is switched off, so localhost does not work."
    assert result["tcp-ipv4"]["result"] == "Not tried: lo is switched off."
    assert_repaired_by(result["lo-up"])


def test_ipv4_missing():
    ip("addr", "del", "127.0.0.1/8", "dev", "lo")
    result = Result()
    assert result.having("failed") == {"ipv4-address"}
    assert result.having("skipped") == OF_IPV4
    assert_repaired_by(result["ipv4-address"])


def test_ipv6_missing():
    ip("addr", "del", "::1/128", "dev", "lo")
    result = Result()
    assert result.having("failed") == {"ipv6-address"}
    assert result.having("skipped") == OF_IPV6
    assert_repaired_by(result["ipv6-address"])


def test_ipv6_off():
    """A choice, and no fault."""
    network.switch_ipv6(False)
    result = Result()
    assert result.having("failed") == set()
    assert result.having("skipped") == OF_IPV6 | {"ipv6-address"}
    assert result["ipv6-address"]["result"] == "IPv6 is switched off on lo, so localhost is 127.0.0.1 only."
    assert_repaired_by(result["ipv6-address"])


def test_no_alias():
    """127.0.0.1 alone is on lo, without the rest of 127.0.0.0/8."""
    ip("addr", "del", "127.0.0.1/8", "dev", "lo")
    ip("addr", "add", "127.0.0.1/32", "dev", "lo")
    result = Result()
    assert result.having("warning") == {"alias"}
    assert result["alias"]["remedy_command"] == "hearthctl add 127.0.0.2"
    subprocess.run([HEARTHCTL, "add", "127.0.0.2"], check=True, capture_output=True)
    assert_all_good()


# The names


@pytest.mark.parametrize(
    "hosts",
    ["", "127.0.0.1 localhost.example\n", "127.1 localhost\n", "localhost 127.0.0.1", "\0\xff\n# localhost"],
    ids=["empty", "other-name", "short-address", "wrong-way-round", "garbage"],
)
def test_hosts_without_localhost(hosts):
    write("/etc/hosts", f"127.0.1.1 {HOST}\n{hosts}")
    result = Result()
    assert result.having("failed") == {"localhost-name"}
    assert result["localhost-name"]["result"].startswith("No line of /etc/hosts has localhost, and ")
    assert_repaired_by(result["localhost-name"])


def test_hosts_with_foreign_address():
    write("/etc/hosts", f"127.0.1.1 {HOST}\n\n192.0.2.9 localhost")
    result = Result()
    assert result.having("failed") == {"localhost-name"}
    assert result["localhost-name"]["result"] == (
        "localhost leads to 192.0.2.9, which is not this computer: line 3 of /etc/hosts says so."
    )
    assert_repaired_by(result["localhost-name"])
    with open("/etc/hosts") as file:
        assert "# 192.0.2.9 localhost\n" in file.read()


def test_hosts_with_a_foreign_address_too():
    write("/etc/hosts", HOSTS + "2001:db8::9 other localhost\n")
    result = Result()
    assert result.having("failed") == {"localhost-name"}
    assert "line 4 of /etc/hosts says so" in result["localhost-name"]["result"]
    assert_repaired_by(result["localhost-name"])


def test_hosts_without_ipv6():
    write("/etc/hosts", f"127.0.1.1 {HOST}\n127.0.0.1 localhost\n")
    result = Result()
    assert result.having("warning") == {"localhost-name"}
    assert result["localhost-name"]["result"] == (
        "localhost is only 127.0.0.1, not ::1; line 2 of /etc/hosts says so."
    )
    assert_repaired_by(result["localhost-name"])


def test_first_line_only():
    """Without host.conf(5) the C library reads no further than the first line that has the name."""
    os.remove("/etc/host.conf")
    result = Result()
    assert result.having("warning") == {"localhost-name"}
    assert result["localhost-name"]["result"] == (
        "localhost is only 127.0.0.1, not ::1, which /etc/hosts has too."
    )
    assert_repaired_by(result["localhost-name"])


def test_no_hosts():
    os.remove("/etc/hosts")
    result = Result()
    assert result.having("failed") == {"localhost-name"}
    assert result.having("warning") == {"host-name"}
    assert result["localhost-name"]["result"].startswith("There is no file /etc/hosts, and ")
    repair(result["host-name"])
    assert_repaired_by(result["localhost-name"])


def test_hosts_that_never_ends():
    """A FIFO stands there: whoever reads it waits for ever, the C library too."""
    os.remove("/etc/hosts")
    os.mkfifo("/etc/hosts")
    try:
        result = Result()
    finally:
        os.remove("/etc/hosts")
    assert result.having("failed") == {"localhost-name", "host-name"}
    assert result["localhost-name"]["result"].startswith("It had not ended after ")


def test_host_unknown():
    write("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")
    result = Result()
    assert result.having("warning") == {"host-name"}
    assert_repaired_by(result["host-name"])


def test_host_elsewhere():
    write("/etc/hosts", f"127.0.0.1 localhost\n::1 localhost\n192.0.2.9 {HOST}\n")
    result = Result()
    assert result.having("warning") == {"host-name"}
    assert "192.0.2.9, which is no address of this computer now" in result["host-name"]["result"]
    assert_repaired_by(result["host-name"])


def test_host_on_the_network():
    """The address of another interface is one's own too."""
    write("/etc/hosts", f"127.0.0.1 localhost\n::1 localhost\n192.0.2.1 {HOST}\n")
    assert_all_good()


@pytest.mark.parametrize(
    "nsswitch", ["hosts: files dns\n", "hosts: dns files\n", ""], ids=["last", "first", "none"]
)
def test_name_server_elsewhere(nsswitch):
    """It is not asked: the way out stays silent."""
    write("/etc/nsswitch.conf", nsswitch)
    write("/etc/resolv.conf", "nameserver 192.0.2.53\nnameserver 2001:db8::53\n")
    if "dns files" not in nsswitch:
        write("/etc/hosts", "")
    result = Result()
    assert result.having("failed") == {"localhost-name"}
    assert result.having("warning") == {"host-name"}
    for name in ("localhost-name", "host-name"):
        assert "ther computers are asked for" in result[name]["result"]
        assert "192.0.2.53, 2001:db8::53" in result[name]["result"]
        assert "It was not done here." in result[name]["result"]
    if "dns files" in nsswitch:
        assert result["localhost-name"]["remedy_command"] is None
        assert "/etc/nsswitch.conf" in result["localhost-name"]["remedy"]
    else:
        repair(result["host-name"])
        assert_repaired_by(result["localhost-name"])


@contextlib.contextmanager
def silent_name_server(address="127.0.0.53", more=""):
    write("/etc/resolv.conf", f"nameserver {address}\n{more}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((address, 53))
        server.settimeout(BOUND_S)
        yield server


@pytest.mark.parametrize(
    "address, more", [("127.0.0.1", ""), ("127.0.0.53", "search lan\n")], ids=["any", "search"]
)
def test_name_server_forwards(address, more):
    """Nor is one of this computer that asks others itself, or is asked for a name that it does not know."""
    write("/etc/hosts", "")
    with silent_name_server(address, more) as server:
        result = Result()
        for name in ("localhost-name", "host-name"):
            assert result[name]["result"].endswith("It was not done here.")
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.recv(512)


def test_name_server_hangs():
    write("/etc/hosts", "")
    with silent_name_server() as server:
        result = Result()
        assert b"localhost" in server.recv(512) + server.recv(512) + server.recv(512)
        assert result.having("failed") == {"localhost-name"}
        assert result.having("warning") == {"host-name"}
        for name in ("localhost-name", "host-name"):
            assert "did not answer in time: the name server 127.0.0.53" in result[name]["result"]
        repair(result["host-name"])
        assert_repaired_by(result["localhost-name"])


def test_name_server_hangs_before_hosts():
    write("/etc/nsswitch.conf", "hosts: dns files\n")
    with silent_name_server():
        result = Result()
        assert result.having("failed") == {"localhost-name"}
        assert result["localhost-name"]["result"] == (
            "No answer came in time from the name server 127.0.0.53, which is asked for localhost before "
            "/etc/hosts is looked at."
        )
        assert result["localhost-name"]["remedy_command"] is None
        write("/etc/nsswitch.conf", "hosts: files dns\n")
        assert_all_good()


def test_interrupted_while_it_hangs():
    write("/etc/hosts", "")
    with silent_name_server() as server:
        with subprocess.Popen([HEARTHCTL, "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            server.recv(512)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=BOUND_S)
    assert (process.returncode, out, err) == (1, b"", b"")


# Ping


def test_ping_not_allowed():
    allow_ping(False)
    result = Result()
    assert result.having("warning") == {"echo-ipv4", "echo-ipv6"}
    assert result.having("failed") == set()
    for name, address in (("echo-ipv4", "127.0.0.1"), ("echo-ipv6", "::1")):
        assert result[name]["result"].startswith(
            f"Ordinary programs may not send a ping here. TCP was tried instead, and {address} answered in "
        )
    assert_repaired_by(result["echo-ipv4"])


@pytest.mark.parametrize(
    "path, name", [("ipv4/icmp_echo_ignore_all", "echo-ipv4"), ("ipv6/icmp/echo_ignore_all", "echo-ipv6")]
)
def test_ping_ignored(path, name):
    write(f"/proc/sys/net/{path}", "1")
    try:
        result = Result()
        assert result.having("warning") == {name}
        assert result[name]["result"].startswith("A ping was not answered. TCP was tried instead, and ")
        assert_repaired_by(result[name])
    finally:
        write(f"/proc/sys/net/{path}", "0")


@contextlib.contextmanager
def ping_held_up(family, protocol):
    """As by a firewall: sending is refused, the socket is not."""
    ip(family, "rule", "add", "pref", "10", "lookup", "local")
    ip(family, "rule", "add", "pref", "5", "ipproto", protocol, "prohibit")
    ip(family, "rule", "del", "pref", "0", "lookup", "local")
    try:
        yield
    finally:
        ip(family, "rule", "add", "pref", "0", "lookup", "local")
        ip(family, "rule", "del", "pref", "5")
        ip(family, "rule", "del", "pref", "10")


@pytest.mark.parametrize(
    "family, protocol, name", [("-4", "icmp", "echo-ipv4"), ("-6", "ipv6-icmp", "echo-ipv6")]
)
def test_ping_held_up(family, protocol, name):
    with ping_held_up(family, protocol):
        result = Result()
        assert result.having("warning") == {name}
        assert result[name]["result"].startswith("A ping was not answered. TCP was tried instead, and ")
        assert "firewall" in result[name]["remedy"]
        assert result[name]["remedy_command"] is None
    assert_all_good()


# Containers


def wait_until_it_is(process, name):
    while True:
        with open(f"/proc/{process.pid}/comm") as file:
            if file.read().strip() == name:
                return
        time.sleep(0.01)


@contextlib.contextmanager
def container():
    """A process with a loopback of its own, which is what a container is."""
    process = subprocess.Popen(["unshare", "--net", "sleep", "1000"])
    try:
        wait_until_it_is(process, "sleep")
        yield process
    finally:
        process.kill()
        process.wait()


def test_container():
    with container() as process:
        # Another one in the same namespace is none of its own.
        other = subprocess.Popen(["nsenter", f"--net=/proc/{process.pid}/ns/net", "sleep", "1000"])
        wait_until_it_is(other, "sleep")
        result = Result()
        other.kill()
        other.wait()
        assert result.having("passed") == set(IDS)
        assert result["containers"]["result"] == (
            f"A localhost of their own, another one than this, have: “sleep” (process {process.pid})."
        )
        assert "published port" in result["containers"]["remedy"]


def test_container_of_somebody_else():
    """Its namespace may not be looked at by name, and is told apart all the same."""
    with container() as process:
        prefix = ["unshare", "--user", "--map-root-user"]
        link = f"/proc/{process.pid}/ns/net"
        assert subprocess.run([*prefix, "readlink", link], capture_output=True).returncode != 0
        result = Result(prefix)["containers"]["result"]
        assert f"“sleep” (process {process.pid})" in result


def test_many_containers():
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(container()) for _ in range(6)]
        result = Result()["containers"]["result"]
        assert result.endswith(" and 2 more.")
        assert result.count("“sleep”") == 4
        assert f"process {processes[0].pid}" in result
