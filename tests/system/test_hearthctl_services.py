# SPDX-License-Identifier: GPL-3.0-or-later
"""Who listens, as hearthctl says it, in a network namespace of its own; ss(8) is the witness."""

import contextlib
import json
import os
import pwd
import re
import signal
import subprocess
import sys

import pytest

import network
from confined import forbid_netlink
from network import ip, veth

HEARTHCTL = os.environ["HEARTHCTL"]
NOBODY, DAEMON, NAMELESS = 65534, 1, 54321


def as_user(uid):
    return ["setpriv", "--reuid", str(uid), "--regid", str(uid), "--clear-groups", "--inh-caps=-all"]


AS_NOBODY = as_user(NOBODY)

# Opens the sockets that it is told on its first line, says where they are, and has them open until its input
# ends.
PROGRAM = """
import json, os, signal, socket, sys

wanted = json.loads(sys.stdin.readline())
if wanted.get("comm"):
    open("/proc/self/comm", "w").write(wanted["comm"])
held, ports = [], []
for one in wanted["sockets"]:
    family = socket.AF_INET6 if ":" in one["address"] else socket.AF_INET
    is_tcp = one.get("protocol", "tcp") == "tcp"
    s = socket.socket(family, socket.SOCK_STREAM if is_tcp else socket.SOCK_DGRAM)
    if family == socket.AF_INET6:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, one.get("only_ipv6", False))
    if one.get("shared"):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if one.get("device"):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, one["device"].encode())
    s.bind((one["address"], one.get("port", 0)))
    if is_tcp and one.get("listens", True):
        s.listen()
    if one.get("peer"):
        s.connect((one["address"], one["peer"]))
    held.append(s)
    ports.append(s.getsockname()[1])
children = []
for i in range(wanted.get("forks", 0)):
    child = os.fork()
    if child == 0:
        signal.pause()
    children.append(child)
print(json.dumps(ports), flush=True)
sys.stdin.read()
for child in children:
    os.kill(child, signal.SIGKILL)
"""


class Listeners:
    """A process with sockets."""

    def __init__(self, sockets, uid=0, **more):
        command = [*(as_user(uid) if uid else []), sys.executable, "-c", PROGRAM]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(json.dumps({"sockets": sockets, **more}) + "\n")
        self.process.stdin.flush()
        self.pid = self.process.pid
        self.ports = json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        assert self.process.wait(20) == 0


@contextlib.contextmanager
def listeners(*sockets, **more):
    held = Listeners(sockets, **more)
    try:
        yield held
    finally:
        held.end()


@pytest.fixture(autouse=True)
def as_it_was():
    assert services() == []
    yield
    network.restore()


def hearthctl(*arguments, before=(), **options):
    return subprocess.run(
        [*before, HEARTHCTL, "services", *arguments], capture_output=True, text=True, timeout=60, **options
    )


def services(**options):
    result = hearthctl("--json", **options)
    assert (result.returncode, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert list(document) == ["services"]
    return document["services"]


def service_at(port, **options):
    (found,) = [service for service in services(**options) if service["port"] == port]
    return found


def name_of_user(number):
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return None


def read_ss_line(line):
    """One of `ss -H -tulnpe`: tcp LISTEN 0 5 127.0.0.1%lo:80 0.0.0.0:* users:(("a",pid=1,fd=3)) uid:1 ino:7 …"""
    fields = line.split()
    where, port = fields[4].rsplit(":", 1)
    address, _, device = where.partition("%")
    address = "::" if address == "*" else address.strip("[]")
    if "%" in address:  # [fe80::1%h0]
        address, device = address.split("%")
    user = re.search(r"\buid:(\d+)", line)
    processes = re.findall(r'\("((?:[^"])*)",pid=(\d+),', line)
    program, pid = min(processes, key=lambda found: int(found[1])) if processes else (None, None)
    return {
        "protocol": fields[0],
        "address": address,
        "port": int(port),
        "device": device,
        "uid": int(user[1]) if user else 0,
        "pid": int(pid) if pid else None,
        "program": program,
    }


def what_ss_says(before=()):
    """Several sockets of one user at one place are one service, of the process with the lowest number."""
    result = subprocess.run([*before, "ss", "-H", "-tulnpe"], capture_output=True, text=True, check=True)
    found = {}
    for line in result.stdout.splitlines():
        socket = read_ss_line(line)
        key = tuple(socket[name] for name in ("protocol", "address", "port", "device", "uid"))
        if key not in found or (socket["pid"] or 1 << 40) < (found[key]["pid"] or 1 << 40):
            found[key] = socket
    return sorted(
        (
            (s["protocol"], s["address"], s["port"], name_of_user(s["uid"]), s["pid"], s["program"])
            for s in found.values()
        ),
        key=repr,
    )


def what_hearthctl_says(before=(), **options):
    names = ("protocol", "address", "port", "user", "pid", "program")
    return sorted((tuple(s[name] for name in names) for s in services(before=before, **options)), key=repr)


# What is there

EVERY_KIND = [
    {"protocol": protocol, "address": address, "only_ipv6": only_ipv6}
    for protocol in ("tcp", "udp")
    for address, only_ipv6 in (
        ("127.0.0.1", False),
        ("127.0.0.2", False),
        ("0.0.0.0", False),
        ("::1", True),
        ("::1", False),
        ("::", True),
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:0.0.0.0", False),
        ("192.0.2.1", False),
        ("fd00::1", False),
    )
]


@contextlib.contextmanager
def listeners_of_every_kind():
    """600 and some sockets of 14 processes of 4 users."""
    with veth(), contextlib.ExitStack() as stack:
        for address in ("192.0.2.1/24", "fd00::1/64"):
            ip("addr", "add", address, "dev", "h0", *(["nodad"] if ":" in address else []))
        ip("link", "set", "h0", "up")
        ip("link", "set", "h1", "up")
        for uid in (0, NOBODY, DAEMON, NAMELESS) * 3:
            stack.enter_context(listeners(*EVERY_KIND * 2, uid=uid))
        shared = [{**kind, "port": 9000 + i, "shared": True} for i, kind in enumerate(EVERY_KIND)]
        for uid in (0, 0, DAEMON, DAEMON):
            own = [{**one, "port": one["port"] + uid * 100} for one in shared]
            stack.enter_context(listeners(*own, *own, uid=uid))
        stack.enter_context(listeners(*({**k, "port": 1 + i} for i, k in enumerate(EVERY_KIND)), forks=2))
        for device in ("lo", "h0"):
            bound = [{**k, "device": device} for k in EVERY_KIND if k["address"] in ("0.0.0.0", "::", "127.0.0.1")]
            stack.enter_context(listeners(*bound, uid=NOBODY))
        yield stack


def test_every_kind_is_what_ss_says():
    with listeners_of_every_kind():
        expected = what_ss_says()
        assert len(expected) > 500
        assert what_hearthctl_says() == expected
        assert {one[3] for one in expected} == {"root", "nobody", "daemon", None}


def test_not_permitted():
    """The sockets are in /proc too; but how far an address reaches is the kernel's word."""
    result = hearthctl("--json", preexec_fn=forbid_netlink)
    assert (result.returncode, result.stdout) == (3, "") and "AF_NETLINK" in result.stderr


def test_ordinary_user():
    """It sees all sockets and who owns them, but the processes of others are hidden from it."""
    with listeners_of_every_kind():
        expected = what_ss_says(before=AS_NOBODY)
        assert what_hearthctl_says(before=AS_NOBODY) == expected
        for one in services(before=AS_NOBODY):
            is_own = one["user"] == "nobody"
            assert (one["pid"] is not None, one["program"] is not None) == (is_own, is_own)


def test_a_process_that_dies():
    with listeners({"address": "127.0.0.1", "port": 7001}):
        doomed = Listeners([{"address": "127.0.0.1"}, {"address": "127.0.0.1", "protocol": "udp"}])
        assert len(services()) == 3
        doomed.process.kill()
        doomed.process.wait()
        assert [one["port"] for one in services()] == [7001]


def test_the_socket_outlives_its_process():
    """A child that inherited it has it then."""
    parent = Listeners([{"address": "127.0.0.1", "port": 7002}], forks=1)
    assert service_at(7002)["pid"] == parent.pid
    parent.process.kill()
    parent.process.wait()
    heir = service_at(7002)["pid"]
    assert heir not in (None, parent.pid) and what_hearthctl_says() == what_ss_says()
    os.kill(heir, signal.SIGKILL)
    while services():
        pass


def test_what_does_not_wait_for_others_is_not_listed():
    """Bound without listen(), and UDP with a peer."""
    with listeners(
        {"address": "127.0.0.1", "listens": False},
        {"address": "127.0.0.1", "protocol": "udp", "peer": 9},
        {"address": "127.0.0.1", "port": 7003},
    ):
        assert [one["port"] for one in services()] == [7003]


def test_several_sockets_at_one_place_are_one_service():
    one = {"address": "127.0.0.1", "port": 7004, "shared": True}
    with listeners(one, one, one) as first, listeners(one):
        assert service_at(7004)["pid"] == first.pid


def test_long_name_of_a_program(tmp_path):
    """The kernel keeps 15 bytes of it."""
    program = tmp_path / "a-program-with-a-long-name"
    program.symlink_to(os.path.realpath(sys.executable))
    process = subprocess.Popen(
        [program, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    print(json.dumps({"sockets": [{"address": "127.0.0.1", "port": 7005}]}), file=process.stdin, flush=True)
    process.stdout.readline()
    assert service_at(7005)["program"] == "a-program-with-a-long-name"
    process.communicate()


# Who can reach it

PLACES = {
    7100: {"address": "127.0.0.1"},
    7101: {"address": "0.0.0.0"},
    7102: {"address": "::"},
    7103: {"address": "::", "only_ipv6": True},
    7104: {"address": "::ffff:0.0.0.0"},
    7105: {"address": "::ffff:127.0.0.1"},
    7106: {"address": "0.0.0.0", "device": "lo"},
    7107: {"address": "::", "device": "lo"},
    7108: {"address": "0.0.0.0", "protocol": "udp"},
    7109: {"address": "224.0.0.251", "protocol": "udp"},
}


def letters_of_reach(more=()):
    """One for each place: t for this computer, l for the local network, i for the internet."""
    with listeners(*({"port": port, **place} for port, place in {**PLACES, **dict(more)}.items())):
        return "".join(one["reach"][0] for one in services())


def give_address(address, device="h0"):
    ip("addr", "add", address, "dev", device, *(["nodad"] if ":" in address else []))


@contextlib.contextmanager
def network_with(*addresses, up=True):
    """A link that is up, without the address that IPv6 gives to each by itself."""
    with veth():
        for link in ("h0", "h1"):
            ip("link", "set", link, "addrgenmode", "none")
            if up:
                ip("link", "set", link, "up")
        for address in addresses:
            give_address(address)
        yield


def test_reach_with_loopback_alone():
    assert letters_of_reach() == "tttttttttl"


@pytest.mark.parametrize(
    "addresses, letters",
    [
        ([], "tttttttttl"),
        (["10.0.0.1/24"], "tlltltttll"),
        (["8.8.8.8/24"], "tiititttil"),
        (["fe80::1/64"], "ttlltttttl"),
        (["fd00::1/64"], "ttlltttttl"),
        (["2606:4700::1111/64"], "ttiitttttl"),
        (["10.0.0.1/24", "2606:4700::1111/64"], "tliiltttll"),
        (["10.0.0.1/24", "8.8.8.8/24"], "tiititttil"),
    ],
)
def test_reach_with_a_network(addresses, letters):
    with network_with(*addresses):
        assert letters_of_reach() == letters


def test_reach_with_a_network_that_is_down():
    with network_with("8.8.8.8/24", up=False):
        assert letters_of_reach() == "tttttttttl"


def test_reach_of_an_address():
    more = {
        7110: {"address": "10.0.0.1"},
        7111: {"address": "8.8.8.8"},
        7112: {"address": "fd00::1"},
        7113: {"address": "::ffff:8.8.8.8"},
        7114: {"address": "8.8.8.8", "device": "lo"},
    }
    with network_with("10.0.0.1/24", "8.8.8.8/24", "fd00::1/64"):
        assert letters_of_reach(more)[-5:] == "lilit"


def test_reach_of_what_is_bound_to_a_link():
    """Only the addresses of that link are its own."""
    more = {7110: {"address": "0.0.0.0", "device": "h0"}, 7111: {"address": "0.0.0.0", "device": "h1"}}
    with network_with("10.0.0.1/24"):
        give_address("8.8.8.8/24", "h1")
        assert letters_of_reach(more)[-2:] == "li"


# How it is said


def test_json():
    with listeners({"address": "127.0.0.1", "port": 5432}, {"address": "::", "port": 3000}, uid=DAEMON) as held:
        result = hearthctl("--json")
        assert result.stdout == (
            '{"services":[{"protocol":"tcp","address":"::","port":3000,"reach":"this-computer","user":"daemon",'
            f'"pid":{held.pid},"program":"python3","name":"Development server"}},'
            '{"protocol":"tcp","address":"127.0.0.1","port":5432,"reach":"this-computer","user":"daemon",'
            f'"pid":{held.pid},"program":"python3","name":"PostgreSQL"}}]}}\n'
        )


def test_json_in_order():
    with listeners(*EVERY_KIND[:6], {"address": "127.0.0.1", "port": 1}, uid=0):
        ports = [one["port"] for one in services()]
        assert ports == sorted(ports) and ports[0] == 1


def test_nobody_listens():
    assert hearthctl("--json").stdout == '{"services":[]}\n'
    assert hearthctl().stdout == "Nobody listens on this computer.\n"


def test_text():
    with listeners({"address": "127.0.0.1", "port": 5432}, {"address": "::1", "port": 7006}) as held:
        assert hearthctl().stdout == (
            f"tcp  127.0.0.1:5432            only this computer · python3 {held.pid} · root · PostgreSQL\n"
            f"tcp  [::1]:7006                only this computer · python3 {held.pid} · root\n"
        )
        assert hearthctl(before=AS_NOBODY).stdout == (
            "tcp  127.0.0.1:5432            only this computer · root · PostgreSQL\n"
            "tcp  [::1]:7006                only this computer · root\n"
        )


def test_names_are_shown_as_text():
    """A program may be called what a terminal would obey."""
    with listeners({"address": "127.0.0.1", "port": 7007}, comm="a\033[31m\nb"):
        text = hearthctl().stdout
        assert "\033" not in text and text.count("\n") == 1
        assert service_at(7007)["program"] == "a\033[31m\nb"


@pytest.mark.parametrize(
    "place, name",
    [
        ({"address": "127.0.0.1", "port": 631}, "Printing (CUPS)"),
        ({"address": "127.0.0.53", "port": 53}, "Names (systemd-resolved)"),
        ({"address": "127.0.0.53", "port": 53, "protocol": "udp"}, "Names (systemd-resolved)"),
        ({"address": "127.0.0.1", "port": 53}, "Names (DNS)"),
        ({"address": "::1", "port": 3000}, "Development server"),
        ({"address": "127.0.0.1", "port": 3000, "protocol": "udp"}, None),
        ({"address": "127.0.0.1", "port": 48999}, None),
    ],
)
def test_name(place, name):
    with listeners(place):
        assert service_at(place["port"])["name"] == name


def test_name_that_the_system_knows():
    """Where Hearth has nothing to say of a port, services(5) may."""
    with open("/etc/services") as file:
        system = {}
        for name, port in re.findall(r"^([^#\s]+)\s+(\d+)/tcp", file.read(), re.M):
            system.setdefault(int(port), name)
    for port, name in system.items():
        with listeners({"address": "127.0.0.1", "port": port}):
            if service_at(port)["name"] == name:
                return
    pytest.fail("no port has its name of services(5)")


def test_help():
    result = hearthctl("--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert "hearthctl services [OPTION…]" in result.stdout
    assert "--json" in result.stdout and "who can reach it" in result.stdout
    everything = subprocess.run([HEARTHCTL, "--help"], capture_output=True, text=True, check=True).stdout
    assert "services" in everything


@pytest.mark.parametrize(
    "arguments, phrase",
    [(["--nosuch"], "Unknown option"), (["tcp"], "“tcp” is one argument too many")],
)
def test_wrong_arguments(arguments, phrase):
    result = hearthctl(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert phrase in result.stderr and "--help" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_full_disk_is_a_failure(arguments):
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [HEARTHCTL, "services", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=30
        )
    assert result.returncode == 1 and "could not be written: No space left on device" in result.stderr
