# SPDX-License-Identifier: GPL-3.0-or-later
"""How it starts and what it may do: both ways, and where the system lacks something."""

import json
import os
import pathlib
import re
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree

import pytest
from gi.repository import GLib

import helper_service
import network
import system_bus
from helper_service import (
    FAILED,
    NAME,
    NOT_SUPPORTED,
    PROGRAM,
    RUNTIME,
    STATE,
    error_text,
    on_lo,
    read_ini,
    refused,
    unit_of_the_bus,
)
from network import ip
from system_bus import USERS, become, wait_until

NET_ADMIN = 1 << 12


@pytest.fixture(params=["activated", "as systemd"])
def started(request, helper, mock):
    """The service, running, in both ways."""
    if request.param == "activated":
        helper.start()
    else:
        helper.start_as_systemd()
        helper.bus.wait_for(NAME)
    return helper


def status_of(process):
    lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    return {key: value.split() for key, value in (line.split(":", 1) for line in lines)}


def test_its_rights(started):
    status = status_of(started.process)
    assert status["Uid"] == status["Gid"] == [str(USERS["hearth-helper"])] * 4
    assert status["Groups"] == [] or status["Groups"] == [str(USERS["hearth-helper"])]
    assert int(status["CapEff"][0], 16) == int(status["CapPrm"][0], 16) == NET_ADMIN
    assert int(status["CapInh"][0], 16) | int(status["CapAmb"][0], 16) | NET_ADMIN == NET_ADMIN
    assert int(status["CapBnd"][0], 16) == NET_ADMIN
    assert status["NoNewPrivs"] == ["1"]
    for thread in os.listdir(f"/proc/{started.process}/task"):
        of_thread = status_of(f"{started.process}/task/{thread}")
        assert (of_thread["Uid"], of_thread["CapEff"]) == (status["Uid"], status["CapEff"])


def test_it_works(started, alice):
    token = started.add(alice, ["127.0.0.2", "fd00::2"], "always")
    assert started.agrees() == {"127.0.0.2/32", "fd00::2/128"}
    started.undo(alice, token)
    started.add(alice, "127.0.0.3", "session")
    alice.kill()
    wait_until(lambda: not on_lo(), 2)


def test_its_folders(started, alice):
    started.add(alice, "127.0.0.2", "always")
    for folder in (STATE, RUNTIME):
        assert folder.stat().st_uid == USERS["hearth-helper"] and folder.stat().st_mode & 0o022 == 0


def run_as_alice(*arguments):
    command = [PROGRAM, *arguments]
    return subprocess.run(
        command, preexec_fn=lambda: become("alice"), capture_output=True, text=True, timeout=20
    )


def test_started_by_a_user_it_does_nothing(helper, mock):
    result = run_as_alice()
    assert result.returncode != 0 and result.stderr
    assert "Sanitizer" not in result.stderr


def test_arguments(helper):
    for arguments, status in ((["--help"], 0), (["--version"], 0), (["--nonsense"], None), (["restore"], None)):
        result = run_as_alice(*arguments)
        assert result.returncode == status if status is not None else result.returncode not in (0, -6, -11)
        assert result.stdout or result.stderr


# Row 5: the name


def test_case_05_nobody_else_gets_the_name(helper, mock, bus):
    for running in (False, True):
        for user in ("alice", "bob", "polkitd", "messagebus"):
            client = bus.connect(user)
            for flags in range(8):
                with pytest.raises(GLib.Error) as raised:
                    client.ask_bus("RequestName", "(su)", NAME, flags)
                assert helper_service.error_name(raised.value) == helper_service.DENIED
        if not running:
            helper.start()


def test_case_05_even_its_own_user_cannot_take_it_over(helper, mock, bus, alice):
    process = helper.start()
    rival = bus.connect("hearth-helper")
    assert rival.ask_bus("RequestName", "(su)", NAME, 2 | 4) == 3  # exists
    helper.add(alice, "127.0.0.2")
    assert helper.process == process


def test_case_05_a_second_one_leaves_the_first_alone(helper, mock, alice):
    helper.add(alice, "127.0.0.2", "session")
    process = helper.process
    helper.start_as_systemd()  # it may wait for the first to go, or end
    second = helper.started.pop()
    time.sleep(0.5)
    assert helper.process == process
    with helper.unchanged():
        system_bus.end(second)
    assert second.returncode != -signal.SIGKILL


def test_case_05_the_bus_policy():
    config = ElementTree.parse(helper_service.bus_policy()).getroot()
    for policy in config.iter("policy"):
        everyone = policy.get("context") is not None or policy.get("user") in (None, "*")
        for rule in policy:
            attributes = set(rule.attrib)
            if rule.tag == "allow" and attributes & {"own", "own_prefix"}:
                assert not everyone and rule.get("own") == NAME
                assert policy.get("user") in ("hearth-helper", "root")
            if rule.tag == "allow" and any(name.startswith("send_") for name in attributes):
                assert rule.get("send_destination") == NAME
            assert "eavesdrop" not in attributes
    owners = {p.get("user") for p in config.iter("policy") for r in p if r.tag == "allow" and r.get("own")}
    assert "hearth-helper" in owners


def test_case_05_messages_that_only_pretend(helper, mock, alice):
    """A service's signals and replies are nothing a client can send in its name."""
    helper.add(alice, "127.0.0.2", "session")
    rival = helper.bus.connect("bob")
    gone = GLib.Variant("(sss)", (alice.name, alice.name, ""))
    rival.connection.emit_signal(None, "/org/freedesktop/DBus", system_bus.BUS, "NameOwnerChanged", gone)
    rival.connection.flush_sync(None)
    rival.ask_bus("GetId")
    with helper.unchanged():
        pass
    assert set(on_lo()) == {"127.0.0.2/32"}


# Row 21: what the system lacks


def test_case_21_ipv6_is_off(helper, mock, alice):
    helper.start()
    network.switch_ipv6(False)
    before = on_lo()
    for addresses in ("fd00::2", ["127.0.0.2", "fd00::2"]):
        with refused(NOT_SUPPORTED) as raised:
            helper.add(alice, addresses)
        assert "IPv6" in error_text(raised.value)
        assert on_lo() == before and helper.owned() == set()
    helper.add(alice, "127.0.0.3")


def test_case_21_lo_is_down(helper, mock, alice):
    helper.start()
    ip("link", "set", "lo", "down")
    for address in ("127.0.0.2", "fd00::2"):
        try:
            helper.add(alice, address)
        except GLib.Error as error:
            assert helper_service.error_name(error) in (NOT_SUPPORTED, FAILED)
            helper_service.is_sentence(error_text(error))
            assert not {a.split("/")[0] for a in on_lo()} & {address}
        else:
            assert address in {a.split("/")[0] for a in on_lo()}
    ip("link", "set", "lo", "up")
    assert {a for a, _, _ in helper.owned()} == set(on_lo())


def test_case_21_no_capability(helper, mock, alice):
    """Like a unit from which somebody took AmbientCapabilities=."""
    for folder in (STATE, RUNTIME):
        folder.mkdir()
        os.chown(folder, USERS["hearth-helper"], USERS["hearth-helper"])
    environment = {**os.environ, "STATE_DIRECTORY": str(STATE), "RUNTIME_DIRECTORY": str(RUNTIME)}
    with open(helper.log, "a") as log:
        process = subprocess.Popen(
            [PROGRAM], preexec_fn=lambda: become("hearth-helper"), stdout=log, stderr=log, env=environment
        )
    wait_until(lambda: process.poll() is not None or helper.is_running(), 10)
    if process.poll() is None:
        with helper.unchanged(), refused(NOT_SUPPORTED, FAILED) as raised:
            helper.add(alice, "127.0.0.2", "always")
        assert "CAP_NET_ADMIN" in error_text(raised.value)
        system_bus.end(process)
    else:
        assert process.returncode != 0 and "CAP_NET_ADMIN" in helper.output()


def test_case_21_a_system_without_sysctl(helper, mock, alice):
    system_bus.mount_empty("/proc/sys")
    try:
        helper.add(alice, ["127.0.0.2", "fd00::2"], "always")
        assert helper.agrees() == {"127.0.0.2/32", "fd00::2/128"}
        helper.kill()
        helper.start()
        assert len(helper.owned()) == 2
    finally:
        subprocess.run(["umount", "/proc/sys"], check=True)


def test_case_21_no_user_of_its_own(helper, mock):
    """sysusers was not run: it does not go on as root."""
    system_bus.put_over("/etc/passwd", "root:x:0:0::/root:/bin/sh\n")
    try:
        with pytest.raises(GLib.Error):
            helper.undo(helper.bus.root, "x", timeout=10)
        assert "hearth-helper" in helper.output()
        assert not helper.is_running()
    finally:
        subprocess.run(["umount", "/etc/passwd"], check=True)
    helper.statuses.unlink(missing_ok=True)  # it may say that it failed


def test_it_says_what_changed_and_only_then(helper, mock, bus, alice):
    heard = []
    bob = bus.connect("bob")
    bob.connection.signal_subscribe(
        NAME, NAME, "Changed", helper_service.PATH, None, 0, lambda *args: heard.append(args[5].unpack())
    )
    token = helper.add(alice, ["127.0.0.2", "127.0.0.3"])
    wait_until(lambda: heard)
    seen = len(heard)
    assert seen == 1
    helper.undo(alice, token)
    wait_until(lambda: len(heard) > seen)
    seen = len(heard)
    mock.answer = "no"
    with refused(helper_service.DENIED):
        helper.add(alice, "127.0.0.2")
    bob.ask_bus("GetId")
    assert len(heard) == seen and set(heard) == {()}


# The units


def test_the_unit_of_the_bus():
    unit = unit_of_the_bus()
    assert unit["User"] == "hearth-helper"
    assert unit["AmbientCapabilities"] == unit["CapabilityBoundingSet"] == "CAP_NET_ADMIN"
    assert unit["ProtectSystem"] == "strict" and unit["BusName"] == NAME
    assert unit.get("PrivateNetwork", "no") == "no" and unit.get("PrivateUsers", "no") == "no"
    assert unit["NoNewPrivileges"] in ("yes", "true")
    assert unit["RuntimeDirectoryPreserve"] in ("yes", "restart"), "or a killed one forgets its session aliases"
    assert unit.get("Restart", "no") in ("on-failure", "on-abnormal", "always"), "or nobody tidies up"


def test_systemd_finds_nothing_wrong(tmp_path):
    """With the program and the user in place, as after an installation."""
    folder = tmp_path
    units = helper_service.units()
    assert any("--restore" in file.read_text() for file in units.values())
    for name, file in units.items():
        text = file.read_text()
        program = read_ini(text)["Service"]["ExecStart"].split()[0]
        (folder / name).write_text(text.replace(program, PROGRAM))
    helper_service.Helper(tmp_path)  # puts the program there
    for name in units:
        verify = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(folder / name)], capture_output=True, text=True
        )
        ours = [line for line in verify.stderr.splitlines() if "earth" in line]
        assert (verify.returncode, ours) == (0, []), verify.stderr
        rated = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(folder / name)],
            capture_output=True,
            text=True,
        )
        assert rated.returncode == 0, rated.stdout[-800:] + rated.stderr


def test_what_is_installed_names_what_is_installed():
    service = read_ini(helper_service.activation_file())["D-BUS Service"]
    assert service["Name"] == NAME and service["User"] == "root"
    programs = {service["Exec"].split()[0]}
    programs |= {read_ini(file)["Service"]["ExecStart"].split()[0] for file in helper_service.units().values()}
    assert len(programs) == 1 and programs.pop().endswith("/hearth-helper")
    configs = [file.read_text() for folder in helper_service.FOLDERS for file in folder.rglob("*.conf")]
    assert any(re.search(r"^u!? +hearth-helper ", text, re.M) for text in configs), "no sysusers"


def test_where_it_is_installed():
    """Where the daemons look. dbus-daemon reads no policy below /usr/local."""
    information = pathlib.Path(os.environ["HEARTH_BUILD"]) / "meson-info/intro-installed.json"
    installed = json.loads(information.read_text())
    places = {pathlib.Path(place).name: str(pathlib.Path(place).parent) for place in installed.values()}
    prefix = os.path.commonpath([places["hearth-helper"], places["io.github.hearthapp.Hearth.gschema.xml"]])
    assert places["hearth-helper"] in (f"{prefix}/libexec", f"{prefix}/lib/hearth", f"{prefix}/libexec/hearth")
    policy = "/usr/share/dbus-1/system.d" if prefix == "/usr" else "/etc/dbus-1/system.d"
    assert places[helper_service.bus_policy().name] == policy
    assert places[helper_service.activation_file().name] == f"{prefix}/share/dbus-1/system-services"
    assert places[helper_service.polkit_policy().name] == f"{prefix}/share/polkit-1/actions"
    for unit in helper_service.units():
        assert places[unit] in ("/usr/lib/systemd/system", f"{prefix}/lib/systemd/system")
    service = read_ini(helper_service.activation_file())["D-BUS Service"]
    assert service["Exec"].split()[0] == f"{places['hearth-helper']}/hearth-helper"
