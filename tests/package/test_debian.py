# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's packages: built and checked by `./hearth deb`, installed by dpkg into a copy of this system, used as
they are there, removed. The last test is the removal."""

import os
import pathlib
import pwd
import stat
import subprocess

import pytest
from gi.repository import GLib

import network
import polkit
import system_bus
from system_bus import error_name, wait_until
from system_copy import SystemCopy

SOURCE = pathlib.Path(os.environ["HEARTH_SOURCE"])
PACKAGES = {"hearth", "hearth-cli", "hearth-helper"}
APPLICATION = "io.github.hearthapp.Hearth"
HELPER = f"{APPLICATION}.Helper1"
PATH = "/io/github/hearthapp/Hearth/Helper1"
PROGRAM = "/usr/libexec/hearth-helper"
STATE, RUNTIME = pathlib.Path("/var/lib/hearth-helper"), pathlib.Path("/run/hearth-helper")
WANTED = pathlib.Path("/etc/systemd/system/paths.target.wants/hearth-helper-restore.path")
# Where dpkg and systemd-sysusers write down what they did.
ACCOUNTS = {f"/etc/{name}{end}" for name in ["passwd", "group", "shadow", "gshadow", ".pwd.lock"] for end in ["", "-"]}


def run(*command):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert result.returncode == 0, (result.stdout + result.stderr)[-4000:]
    return result.stdout


def dpkg(*arguments):
    return run("env", "DEBIAN_FRONTEND=noninteractive", "dpkg", *arguments)


def files_named_hearth():
    """In the whole system, but for the checkout, and for the folders that are not the system's."""
    places = [f"/{name}" for name in os.listdir("/") if name not in ("dev", "proc", "sys", "tmp")]
    prune = ["(", "-path", SOURCE, "-o", "-path", "/usr/share/zoneinfo", ")", "-prune"]
    return set(run("find", *places, *prune, "-o", "-iname", "*hearth*", "-print").splitlines())


class System:
    """packages: the files that were installed; copy: where; before: what had or held such a name before"""

    def __init__(self, folder):
        # As a person would, so lintian has seen them too.
        self.packages = [pathlib.Path(line) for line in run(SOURCE / "hearth", "deb").splitlines()]
        self.copy = SystemCopy(folder, shared=[SOURCE])
        self.copy.enter()
        os.environ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        os.environ.pop("GSETTINGS_SCHEMA_DIR", None)
        for file in pathlib.Path("/etc/dpkg/dpkg.cfg.d").iterdir():
            file.unlink()  # the manual is not installed in a build environment
        # Somebody without rights.
        run("useradd", "--uid", system_bus.USERS["alice"], "alice")
        self.before = files_named_hearth() | self.files_that_speak_of_hearth()
        self.bus = None

    def files_that_speak_of_hearth(self):
        """Of those that are not as they were in the system that was copied; dpkg may remember."""
        found = set()
        for place, changed in self.copy.changes.items():
            for file in changed.rglob("*"):
                if stat.S_ISREG(file.lstat().st_mode) and b"hearth" in file.read_bytes():
                    found.add(f"{place}/{file.relative_to(changed)}")
        return {file for file in found if not file.startswith("/var/lib/dpkg/")}

    def start_bus(self):
        """A system bus with what the packages brought for it, and the real polkitd, which reads where it always
        does."""
        for name in ("seats", "sessions", "users", "machines"):
            os.makedirs(f"/run/systemd/{name}", exist_ok=True)
        services = pathlib.Path("/usr/share/dbus-1/system-services")
        self.bus = system_bus.SystemBus(
            policies=[polkit.POLICY, f"/usr/share/dbus-1/system.d/{HELPER}.conf"],
            services={f"{HELPER}.service": (services / f"{HELPER}.service").read_text()},
        )
        self.polkitd = subprocess.Popen(
            ["/usr/lib/polkit-1/polkitd", "--no-debug"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name != "G_DEBUG"},
        )
        self.bus.wait_for(polkit.NAME)

    def stop(self):
        if self.bus is not None:
            system_bus.end(self.polkitd)
            self.bus.stop()


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    system = System(tmp_path_factory.mktemp("system"))
    dpkg("--install", *system.packages)
    system.start_bus()
    yield system
    system.stop()


def test_all_of_them_are_installed_as_they_were_packed(system):
    assert {file.name.split("_")[0] for file in system.packages} == PACKAGES
    states = run("dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Abbrev}\n", *PACKAGES)
    assert set(states.splitlines()) == {f"{name} ii " for name in PACKAGES}
    assert run("dpkg", "--verify", *PACKAGES) == "" and run("dpkg", "--audit") == ""


def test_the_programs_run_and_have_their_pages(system):
    version = run("dpkg-query", "--show", "--showformat", "${Version}", "hearth-cli")
    for program in ["hearth", "hearthctl", "hearth-serve"]:
        assert version in run(program, "--version")
        assert program in run("man", "--where", "1", program)
    assert "hearth-helper" in run("man", "--where", "8", "hearth-helper")
    assert "127.0.0.1/8" in run("hearthctl", "list")
    assert APPLICATION in run("gsettings", "list-schemas").split()


def test_zsh_and_the_others_look_where_the_completions_are(system):
    folders = run("zsh", "-f", "-c", "print -l $fpath").split()
    assert any(os.path.exists(f"{folder}/_hearthctl") for folder in folders)
    for place in ["bash-completion/completions/hearthctl", "fish/vendor_completions.d/hearthctl.fish"]:
        assert os.path.exists(f"/usr/share/{place}")


def test_what_is_kept_comes_back_with_the_computer(system):
    assert WANTED.is_symlink() and WANTED.exists()
    enabled = {link for link in pathlib.Path("/etc/systemd/system").rglob("hearth*") if link.is_symlink()}
    assert enabled == {WANTED}


def ask(client, method, signature, *arguments):
    return client.call(HELPER, PATH, HELPER, method, GLib.Variant(signature, arguments))


def get(client, name):
    arguments = GLib.Variant("(ss)", (HELPER, name))
    return client.call(HELPER, PATH, "org.freedesktop.DBus.Properties", "Get", arguments)


def test_the_bus_starts_the_helper_as_its_user(system):
    assert get(system.bus.root, "Version") == run("hearthctl", "--version").split()[1]
    process = system.bus.process_of(HELPER)
    assert os.readlink(f"/proc/{process}/exe").endswith(PROGRAM)
    assert os.stat(f"/proc/{process}").st_uid == pwd.getpwnam("hearth-helper").pw_uid


def test_the_helper_asks_polkit_and_changes_addresses(system):
    ask(system.bus.root, "Add", "(sassa{sv})", "lo", ["127.0.0.2"], "restart", {})
    assert ("127.0.0.2", 32) in network.addresses_of_lo()
    with pytest.raises(GLib.Error) as raised:
        ask(system.bus.connect("alice"), "Add", "(sassa{sv})", "lo", ["10.55.0.77"], "restart", {})
    assert error_name(raised.value) == "org.freedesktop.DBus.Error.AccessDenied"
    assert ("10.55.0.77", 32) not in network.addresses_of_lo()


def test_removed_they_leave_what_was_kept_and_purged_nothing(system):
    ask(system.bus.root, "Add", "(sassa{sv})", "lo", ["127.0.0.3"], "always", {})
    process = system.bus.process_of(HELPER)
    assert (STATE / "kept.json").exists() and RUNTIME.exists()

    dpkg("--remove", *PACKAGES)
    wait_until(lambda: not os.path.exists(f"/proc/{process}"), what="the end of the helper")
    assert not os.path.exists(PROGRAM) and (STATE / "kept.json").exists()

    dpkg("--purge", *PACKAGES)
    assert not STATE.exists() and not RUNTIME.exists()
    assert APPLICATION not in run("gsettings", "list-schemas").split()
    # The user stays, as Debian has it, so that nobody else gets its number; nobody can be it.
    left = files_named_hearth() | system.files_that_speak_of_hearth()
    assert left - system.before <= ACCOUNTS
    shadow = pathlib.Path("/etc/shadow").read_text()
    assert "\nhearth-helper:!*" in shadow and pwd.getpwnam("hearth-helper").pw_shell.endswith("nologin")
