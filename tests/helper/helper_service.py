# SPDX-License-Identifier: GPL-3.0-or-later
"""hearth-helper on a bus of a test's own, as its callers see it and as ip(8) and the files show it.

What is installed is read from the build: the bus policy, the activation file, the polkit policy, the units.
"""

import configparser
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess

import pytest
from gi.repository import GLib

import system_bus
from network import ip
from system_bus import USERS, error_name, error_text, wait_until

BUILT = os.environ["HEARTH_HELPER"]
PROGRAM = "/run/test/hearth-helper"  # where every user can start it, wherever the checkout lies
FOLDERS = [pathlib.Path(folder) for folder in os.environ["HEARTH_DATA"].split(":")]

NAME = "io.github.hearthapp.Hearth.Helper1"
PATH = "/io/github/hearthapp/Hearth/Helper1"
ACTION = "io.github.hearthapp.Hearth."
ERROR = "io.github.hearthapp.Hearth.Error."
DISMISSED, EXISTS, NOT_FOUND = ERROR + "Dismissed", ERROR + "Exists", ERROR + "NotFound"
NOT_SUPPORTED, FAILED = ERROR + "NotSupported", ERROR + "Failed"
INVALID = "org.freedesktop.DBus.Error.InvalidArgs"
DENIED = "org.freedesktop.DBus.Error.AccessDenied"
LIMIT = "org.freedesktop.DBus.Error.LimitsExceeded"
BASE = {"127.0.0.1/8", "::1/128"}
TAGS = {"session": "0x68", "restart": "0x69", "always": "0x6a"}
ALICE, BOB = USERS["alice"], USERS["bob"]


# What is installed


def installed(suffix, text):
    """The one file among the data whose name ends so and in which this stands."""
    found = {
        file.name: file
        for folder in FOLDERS
        for file in sorted(folder.rglob(f"*{suffix}"))
        if file.is_file() and text in file.read_text(errors="replace")
    }
    assert len(found) == 1, f"{sorted(found)} for {suffix} with {text}"
    return next(iter(found.values()))


def bus_policy():
    return installed(".conf", "<busconfig>")


def activation_file():
    return installed(".service", "SystemdService=")


def polkit_policy():
    return installed(".policy", ACTION + "keep")


def units():
    files = [file for folder in FOLDERS for file in folder.rglob("*.service")]
    return {file.name: file for file in files if "[Unit]" in file.read_text()}


def read_ini(file):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(file.read_text() if isinstance(file, pathlib.Path) else file)
    return parser


def unit_of_the_bus():
    """The unit that the activation file names, as a section of what systemd would do."""
    name = read_ini(activation_file())["D-BUS Service"]["SystemdService"]
    files = units()
    if name not in files:  # an alias
        (name,) = [other for other, file in files.items() if f"Alias={name}" in file.read_text()] or [name]
    return read_ini(files[name])["Service"]


STATE = pathlib.Path("/var/lib") / unit_of_the_bus()["StateDirectory"]
RUNTIME = pathlib.Path("/run") / unit_of_the_bus()["RuntimeDirectory"]


# The kernel


def all_on_lo():
    """{"127.0.0.2/32": (tag, label)}"""
    found = json.loads(ip("-j", "addr", "show", "dev", "lo"))[0]["addr_info"]
    return {f"{a['local']}/{a['prefixlen']}": (a.get("protocol"), a.get("label")) for a in found}


def on_lo():
    """The same without the base addresses."""
    return {address: value for address, value in all_on_lo().items() if address not in BASE}


def base_addresses():
    return set(all_on_lo()) & BASE


# The files


def state_files():
    """{path: what is in it}, links as links."""
    files = {}
    for file in sorted(STATE.rglob("*")) if STATE.is_dir() else []:
        kind = file.lstat().st_mode
        if stat.S_ISREG(kind):
            files[str(file.relative_to(STATE))] = file.read_bytes()
        else:
            files[str(file.relative_to(STATE))] = stat.S_IFMT(kind)
    return files


# The service


class Helper:
    """The service on BUS; it runs from the first call on. Activated by the bus as root, or, with
    start_as_systemd(), as its own user with CAP_NET_ADMIN."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "helper.log"
        self.statuses = folder / "helper.status"
        self.script = folder / "start-helper"
        self.bus = None
        self.started = []
        self.set_prefix("")
        if not os.path.exists(PROGRAM):
            os.makedirs(os.path.dirname(PROGRAM), exist_ok=True)
            shutil.copy(BUILT, PROGRAM)

    def set_prefix(self, prefix):
        """Words before the program the next time it is activated: strace(1), env(1)…"""
        self.script.write_text(
            f'#!/bin/sh\n{prefix} {PROGRAM} "$@" </dev/null >>{self.log} 2>&1\necho $? >>{self.statuses}\n'
        )
        self.script.chmod(0o755)

    def service(self):
        """The activation file, with the program of the build."""
        text = re.sub(r"^Exec=\S*", f"Exec={self.script}", activation_file().read_text(), flags=re.M)
        return {f"{NAME}.service": text}

    def environment(self):
        """As an installed system has it, but that what the code may never do ends it; and that what is
        freed is given back under the sanitizers too, so that memory can be measured."""
        sanitizer = os.environ.get("ASAN_OPTIONS", "")
        sanitizer += ":quarantine_size_mb=1:allocator_release_to_os_interval_ms=100"
        return {"G_DEBUG": "fatal-criticals", "TMPDIR": "/tmp", "ASAN_OPTIONS": sanitizer}

    def start_as_systemd(self, *arguments, prefix=()):
        """As the unit says: its own user, CAP_NET_ADMIN alone, and its folders made for it."""
        unit = unit_of_the_bus()
        for folder, mode in ((STATE, "StateDirectoryMode"), (RUNTIME, "RuntimeDirectoryMode")):
            folder.mkdir(exist_ok=True)
            folder.chmod(int(unit.get(mode, "0755"), 8))
            os.chown(folder, USERS["hearth-helper"], USERS["hearth-helper"])
        user = str(USERS["hearth-helper"])
        process = subprocess.Popen(
            [*prefix, "setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"]
            + ["--inh-caps=-all,+net_admin", "--ambient-caps=-all,+net_admin", "--bounding-set=-all,+net_admin"]
            + [PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=open(self.log, "a"),
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                **self.environment(),
                "STATE_DIRECTORY": str(STATE),
                "RUNTIME_DIRECTORY": str(RUNTIME),
            },
        )
        self.started.append(process)
        return process

    def start(self):
        """Activates it, if it does not run; its process."""
        self.bus.root.ask_bus("StartServiceByName", "(su)", NAME, 0)
        return self.process

    @property
    def process(self):
        return self.bus.process_of(NAME)

    def is_running(self):
        return bool(self.bus.owner(NAME))

    def kill(self, how=signal.SIGKILL):
        """Ends it where it stands, and waits until the bus knows."""
        if self.is_running():
            process = self.process
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, how)
            self.bus.wait_for_end_of(NAME)
            wait_until(lambda: is_gone(process), 10, "the end of the helper")

    def output(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def clean_up(self):
        """Ends it in the orderly way; what it said and how it ended must be clean."""
        with contextlib.suppress(AssertionError):
            if self.bus.process.poll() is None:
                self.kill(signal.SIGTERM)
        for process in self.started:
            assert system_bus.end(process) in (0, -signal.SIGKILL, -signal.SIGTERM), self.output()
        bad = re.search(r"Sanitizer|runtime error:|CRITICAL|Assertion|assertion|ERROR \*\*", self.output())
        assert not bad, self.output()[-6000:]
        if self.statuses.exists():
            assert set(self.statuses.read_text().split()) <= {"0", "137"}, self.output()[-6000:]

    # its methods

    def call(self, client, method, signature, *arguments, **options):
        return client.call(NAME, PATH, NAME, method, GLib.Variant(signature, arguments), **options)

    def start_call(self, client, method, signature, *arguments, **options):
        return client.start_call(NAME, PATH, NAME, method, GLib.Variant(signature, arguments), **options)

    def add(self, client, addresses, lifetime="restart", interface="lo", label=None, **options):
        return self.start_add(client, addresses, lifetime, interface, label, **options).result(60)

    def start_add(self, client, addresses, lifetime="restart", interface="lo", label=None, **options):
        extra = {} if label is None else {"label": GLib.Variant("s", label)}
        arguments = interface, listed(addresses), lifetime, extra
        return self.start_call(client, "Add", "(sassa{sv})", *arguments, **options)

    def remove(self, client, addresses, interface="lo", **options):
        return self.call(client, "Remove", "(sas)", interface, listed(addresses), **options)

    def keep(self, client, addresses, keep=True, interface="lo", **options):
        return self.call(client, "Keep", "(sasb)", interface, listed(addresses), keep, **options)

    def undo(self, client, token, **options):
        return self.call(client, "Undo", "(s)", token, **options)

    # what it says

    def get(self, name, client=None):
        return (client or self.bus.root).call(
            NAME, PATH, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (NAME, name))
        )

    def owned(self):
        """{(address, lifetime, user)}"""
        owned = [(a, l, u) for i, a, l, u in self.get("Owned") if i == "lo"]
        assert len(owned) == len(set(owned))
        return set(owned)

    def kept(self):
        """{(address, user)}"""
        kept = [(a, u) for i, a, u in self.get("Kept") if i == "lo"]
        assert len(kept) == len(set(kept))
        return set(kept)

    def all(self):
        """Everything that a change could change, from every witness."""
        return on_lo(), self.owned(), self.kept(), state_files()

    @contextlib.contextmanager
    def unchanged(self):
        """Whatever is done in here leaves the kernel, the lists and the files as they were."""
        before = self.all()
        yield
        assert self.is_running(), self.output()[-3000:]
        assert self.all() == before
        assert base_addresses() == BASE

    def agrees(self):
        """The kernel, what the helper says and the files tell the same story; what is on lo."""
        kernel, owned, kept = on_lo(), self.owned(), self.kept()
        assert base_addresses() == BASE
        assert {(a, tag) for a, (tag, _) in kernel.items() if tag in TAGS.values()} == {
            (address, TAGS[lifetime]) for address, lifetime, _ in owned
        }
        assert {a for a, lifetime, _ in owned if lifetime == "always"} <= {a for a, _ in kept}
        for address, _ in kept:
            assert any(address.split("/")[0].encode() in text for text in state_files().values()), address
        return set(kernel)


def listed(addresses):
    return [addresses] if isinstance(addresses, str) else list(addresses)


def is_gone(process):
    """Also when nobody has waited for it yet."""
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def restart_computer(keep_state=True):
    """What a restart leaves: the state folder, and a fresh lo."""
    shutil.rmtree(RUNTIME, ignore_errors=True)
    ip("addr", "flush", "dev", "lo", "scope", "global")
    for address in on_lo():
        ip("addr", "del", address, "dev", "lo")
    if not keep_state:
        for file in STATE.iterdir():
            shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()


@contextlib.contextmanager
def refused(*names):
    """The call in here fails with one of these errors, in a sentence for a person."""
    with pytest.raises(GLib.Error) as raised:
        yield raised
    assert error_name(raised.value) in names, raised.value.message
    is_sentence(error_text(raised.value))


def is_sentence(text):
    assert len(text) >= 15, text
    assert text[0].isupper() or text[0] in "“\"'/" or re.match("[0-9a-f]*[.:]", text), text
    assert text.rstrip("”\"")[-1] in ".!?…", text
    assert all(character.isprintable() for character in text), repr(text)
    assert len(text) < 1000, len(text)
