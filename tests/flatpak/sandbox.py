# SPDX-License-Identifier: GPL-3.0-or-later
"""Hearth's Flatpak as ./hearth flatpak installed it, run in its real sandbox by a user of the test."""

import os
import pathlib
import subprocess

from system_bus import USERS, become, end

ID = "io.github.hearthapp.Hearth"
SHOWN = pathlib.Path("/run/flatpak-test")  # where every user may go, wherever the checkout lies


def install():
    """Shows the installations where every user can see them; once a process."""
    settings = pathlib.Path(os.environ["HEARTH_FLATPAK"])
    assert settings.exists(), "There is no Flatpak yet; ./hearth test flatpak builds it."
    for line in settings.read_text().splitlines():
        name, _, installation = line.partition("=")
        for folder in ("app", "exports", "repo", "runtime"):
            if os.path.isdir(f"{installation}/{folder}"):
                shown = SHOWN / name / folder
                shown.mkdir(parents=True)
                subprocess.run(["mount", "--bind", f"{installation}/{folder}", shown], check=True)
        os.environ[name] = str(SHOWN / name)


class Sandbox:
    """What USER runs in the sandbox. Root is as little there as everybody else: bwrap takes its rights."""

    def __init__(self, user="root", **environment):
        self.user = user
        self.started = []
        self.environment = {name: value for name, value in os.environ.items() if name != "G_DEBUG"}
        if user != "root":
            home = pathlib.Path("/run/home") / user
            runtime = home / "runtime"
            runtime.mkdir(parents=True, exist_ok=True)
            runtime.chmod(0o700)
            for folder in (home, runtime):
                os.chown(folder, USERS[user], USERS[user])
            for name in ("CONFIG", "CACHE", "STATE", "DATA"):
                self.environment.pop(f"XDG_{name}_HOME", None)
            self.environment |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "TMPDIR": "/tmp"}
            self.environment.pop("DBUS_SESSION_BUS_ADDRESS")
        self.environment |= environment

    def command(self, program, *arguments):
        return ["flatpak", "run", "--user", f"--command={program}", ID, *map(str, arguments)]

    def options(self):
        return {
            "env": self.environment,
            "cwd": "/",
            "preexec_fn": None if self.user == "root" else lambda: become(self.user),
        }

    def run(self, program, *arguments):
        return subprocess.run(
            self.command(program, *arguments), capture_output=True, text=True, timeout=60, **self.options()
        )

    def start(self, program, *arguments, **options):
        return self.start_command(self.command(program, *arguments), **options)

    def start_command(self, command, **options):
        """As somebody outside would."""
        self.started.append(subprocess.Popen(command, text=True, **self.options(), **options))
        return self.started[-1]

    def show(self, folder):
        """Lets it be seen in there without a portal, until it is hidden."""
        self.override(f"--filesystem={folder}:ro")

    def hide(self):
        self.override("--reset")

    def override(self, option):
        subprocess.run(["flatpak", "override", "--user", option, ID], check=True, **self.options())

    def stop(self):
        subprocess.run(["flatpak", "kill", ID], capture_output=True, **self.options())
        for process in self.started:
            end(process)
